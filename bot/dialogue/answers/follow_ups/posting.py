"""Questions about jobs that were shown: the facts of one, or of all that were listed, and what none of them says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.answers.cards import POSTING_FACTS, facts
from bot.dialogue.answers.follow_ups.passage import opened_item, text_of
from bot.dialogue.answers.lists import SHOWN, entry
from bot.dialogue.command_words import entry_number, rest_after_number
from bot.dialogue.matchers import MOST_OF_A_FOLLOW_UP
from bot.dialogue.reply_text import lines, plain, say, tap
from bot.dialogue.turn import AskedQuestion, ListedItem, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.follow_ups import asked_of_shown, aspects, own_words, posting_questions, posting_requirements
from content.rules.follow_ups.posting_questions import PostingQuestion
from content.rules.jobs import trades
from content.rules.language import plain_text
from content.services.answers import quoted_answers
from content.services.answers.notice_search import NoticeDetails

LONGEST_REST = 2  # characters that a question may say besides
_WHICH = re.compile("(?:这些|这几个|那|里面|其中)*哪一?[个家].{1,10}")
_ASKS = re.compile(
    "[吗么呢嘛?]|[不没]$|多[少久长大远]|几|哪|什么|啥|怎么|咋|(.)[不没]\\1|有没|电话|地址|位置|联系|发[我个一]|给我|要求|条件|学历|经验|工资"
)
_SENTENCES = re.compile("[^。;；\n]+[。;；]?")
_ASKS_IT = re.compile("[吗么呢?]$|[不没]$|(.)[不没]\1|多少|几|什么|啥|哪|怎么|有没有|要不要")
HALF_SAID = 0.5
MOST_OF_REQUIREMENTS = 540  # bytes of what the text asks for
MOST_QUOTED = 150  # bytes of a sentence beside others
_HOW_MANY = re.compile("(?:几|多少)个?([间台吨件套桌层斤米瓦排趟本节顿户亩辆单])")
_HOW = re.compile("怎么样|好不好|具体|详细|介绍|说说")
_OF_EACH = (
    "phone",
    "how_to_apply",
    "address",
    "salary",
    "degree",
    "experience",
    "headcount",
    "valid_until",
    "employer",
    "benefits",
)


def is_asked(scene: Scene, subject: ListedItem) -> bool:
    """Whether a short question asks of a posting what postings are asked, or what this one says."""
    said = question(scene)
    if len(scene.bare) > MOST_OF_A_FOLLOW_UP + LONGEST_REST or not _ASKS.search(said):
        return False
    asked, rest = posting_questions.read(said)
    if asked and len(rest) <= LONGEST_REST and not trades.known().named(rest):
        return True
    if not rest:
        return _HOW.search(scene.bare) is not None
    item = opened_item(scene, subject)
    words = [run for run in plain_text.runs_of(rest) if len(run) > 1]
    return item is not None and bool(words) and own_words.share(words, plain_text.normalise(_all(item))) >= 0.99


def question(scene: Scene) -> str:
    """What a message asks, without what it tells of oneself: 要几年经验 of 要几年经验呀 我才毕业."""
    return aspects.standard(posting_questions.asking(scene.text).strip(" ?。!.").replace(" ", ""))


def card(scene: Scene, subject: ListedItem, item: NoticeDetails) -> Turn:
    """All its facts, the sentence of its text that says what is asked, and what it does not say."""
    assert scene.recall is not None  # whoever shows a card
    shown = scene.recall.shown
    asked, _ = posting_questions.read(plain_text.normalise(rest_after_number(question(scene))))
    missing = [one for one in asked if one.says.pattern != posting_questions.NEVER and not _says(item, one)]
    passage = _passage(scene, item, asked)
    unasked = not asked and not passage and _ASKS_IT.search(scene.bare) is not None and not _is_in_facts(scene, item)
    silent = not passage and (bool(missing) or unasked)
    answer = passage or (_silence(item, missing) if silent else "")
    fields = [field for one in asked for field in one.fields if field != "benefits" or _in_benefits(item, one)]
    lacking = [say("posting_asks_it_all_the_same")] if asked_of_shown.lacks(scene.bare) else []
    said = facts(item, first=fields, answer=[*filter(None, [answer]), *lacking, *notes(asked)])
    kept = AskedQuestion(scene.asked, answered=True, offered=(item.result.ref,))
    place = shown.index(subject) + 1 if subject in shown else scene.recall.opened
    recall = replace(scene.recall, at=scene.now, opened=place, asked=scene.asked[:LONGEST_LETTER])
    typed = scene.asked[:LONGEST_LETTER] if silent else ""
    return Turn(Text(lines(said)), recall=recall, question=kept, results=(item.result,), typed=typed)


def notes(asked: Sequence[PostingQuestion]) -> list[str]:
    """What is said to such questions whatever the posting says."""
    return [say(note) for note in dict.fromkeys(one.note for one in asked) if note]


def _is_in_facts(scene: Scene, item: NoticeDetails) -> bool:
    """Whether the card says the words of the question: 有公寓吗 and 人才公寓."""
    _, rest = posting_questions.read(rest_after_number(question(scene)))
    words = [run for run in plain_text.runs_of(rest) if len(run) > 1]
    return not words or own_words.share(words, plain_text.normalise(" ".join(facts(item)))) >= HALF_SAID


def _silence(item: NoticeDetails, missing: Sequence[PostingQuestion]) -> str:
    """What it does not say, and whom to ask."""
    what = "、".join(one.called for one in missing) or say("what_you_ask")
    if item.fields.get("phone"):
        return say("posting_silent", what=what)
    return say("posting_silent_unreachable", what=what, hand_over=tap("tap_hand_over"))


def asks_of_each(scene: Scene) -> bool:
    """电话多少, 在什么地方, of several jobs none of which was looked at; 哪个离火车站近点."""
    recall = scene.recall
    if recall is None or scene.subject is None or scene.subject.kind != "posting":
        return False
    if len(scene.bare) > MOST_OF_A_FOLLOW_UP or entry_number(scene.bare, len(recall.shown)) is not None:
        return False
    asked, rest = posting_questions.read(question(scene))
    several = len(recall.shown[recall.page :]) > 1 and not recall.opened
    if several and asked and len(rest) <= 1 and _ASKS.search(question(scene)) and (_field(asked) or notes(asked)):
        return True
    return not recall.opened and _WHICH.fullmatch(scene.bare) is not None


def asks_of_none(scene: Scene) -> bool:
    """多少钱一个月, of work that was not found."""
    recall = scene.recent
    of_jobs = recall is not None and recall.source == "jobs" and not recall.shown
    return of_jobs and posting_questions.asks_nothing_else(aspects.standard(scene.bare))


def of_each(scene: Scene) -> Turn:
    """The jobs that were listed, with what is asked of each."""
    assert scene.recall is not None  # asks_of_each
    shown = scene.recall.shown
    asked, _ = posting_questions.read(question(scene))
    if notes(asked) and not _field(asked):
        return Turn(Text(lines(notes(asked))), recall=replace(scene.recall, at=scene.now))
    fields = [field for one in asked for field in one.fields] or ["address", "benefits"]
    known = [(place, opened_item(scene, one)) for place, one in enumerate(shown, start=1) if place > len(shown) - SHOWN]
    said = [say("compare_jobs" if _WHICH.fullmatch(scene.bare) else "each_of_these")]
    for place, item in known:
        if item is not None:
            said += [entry(place, item.result), _facts_of(item, asked, fields)]
    silent = say("not_said")
    if asked and all(line.strip("　") == silent for line in said[2::2]):
        what = "、".join(one.called for one in asked)
        said.append(say("postings_silent", what=what, hand_over=tap("tap_hand_over")))
    said += [say("posting_asks_it_all_the_same")] if asked_of_shown.lacks(scene.bare) else []
    said += notes(asked)
    kept = AskedQuestion(scene.asked, answered=True, offered=tuple(one.ref for one in shown[-SHOWN:]))
    results = tuple(item.result for _, item in known if item)
    recall = replace(scene.recall, at=scene.now, asked=scene.asked[:LONGEST_LETTER])
    return Turn(Text(lines(said)), recall=recall, question=kept, results=results)


def _facts_of(item: NoticeDetails, asked: Sequence[PostingQuestion], fields: Sequence[str]) -> str:
    """Those of its facts and the sentences of its text that say what is asked, in a line; else that it does not."""
    told = [one for one in asked if _in_benefits(item, one)]
    said = [
        say(phrase, value=plain(str(item.fields[field])))
        for phrase, field in POSTING_FACTS.items()
        if field in fields and item.fields.get(field) and (field != "benefits" or told or not asked)
    ]
    said += [f"“{plain(found, MOST_QUOTED)}”" for one in asked if one not in told and (found := _sentence(item, one))]
    return f"　{'　'.join(said) or say('not_said')}"


def _sentence(item: NoticeDetails, asked: PostingQuestion) -> str:
    """The words of its text that say what is asked and no field of its own does."""
    if set(asked.fields) & {"how_to_apply"} and item.fields.get("how_to_apply"):
        return str(item.fields["how_to_apply"])
    if asked.fields and not set(asked.fields) & {"benefits", "degree"}:
        return ""
    return next(
        (
            part
            for part in _SENTENCES.findall(f"{item.result.title}\n{text_of(item)}")
            if asked.says.search(plain_text.fold(part))
        ),
        "",
    )


def _field(asked: Sequence[PostingQuestion]) -> bool:
    """Whether some field of postings says what is asked."""
    return any(field in _OF_EACH for one in asked for field in one.fields)


def _says(item: NoticeDetails, asked: PostingQuestion) -> bool:
    """Whether one of its fields, or its text, says what is asked."""
    if asked.fields and asked.fields != ("benefits",) and any(item.fields.get(field) for field in asked.fields):
        return True
    return asked.says.search(plain_text.normalise(_all(item))) is not None


def _in_benefits(item: NoticeDetails, asked: PostingQuestion) -> bool:
    """Whether its benefits say what is asked, if that is a matter of theirs."""
    return "benefits" in asked.fields and asked.says.search(str(item.fields.get("benefits") or "")) is not None


def _passage(scene: Scene, item: NoticeDetails, asked: Sequence[PostingQuestion]) -> str:
    """The sentence of its text that says what is asked and no field does, quoted; empty if there is none."""
    if any(one.called == "要求" for one in asked) and (told := posting_requirements.of(text_of(item))):
        return f"“{plain(told, MOST_OF_REQUIREMENTS)}”"
    if how := next((item.fields.get("how_to_apply") for one in asked if "how_to_apply" in one.fields), None):
        return f"“{plain(str(how), 300)}”"
    if any(item.fields.get(field) for one in asked for field in one.fields if field != "benefits"):
        return ""
    text = f"{text_of(item)}\n{item.fields.get('how_to_apply') or ''}"
    for one in asked:
        if not _in_benefits(item, one):
            found = next((part for part in _SENTENCES.findall(text) if one.says.search(plain_text.fold(part))), "")
            if found:
                return f"“{plain(found.strip(), 300)}”"
    if asked:
        return ""
    if counted := _counted(scene.bare, text):
        return f"“{plain(counted, 300)}”"
    said = quoted_answers.of_an_item(item, rest_after_number(question(scene)), text=text, before="", today=scene.today)
    return "\n".join(f"“{plain(found.text, 300)}”" for found in said)


def _counted(bare: str, text: str) -> str:
    """The sentence that has a number of what is counted: 14至16间 for 一天做几间; empty if none has."""
    asked = _HOW_MANY.search(bare)
    if asked is None:
        return ""
    number = re.compile(rf"\d+(?:\s?[至到~—-]\s?\d+)?\s?个?{asked[1]}")
    return next((part.strip() for part in _SENTENCES.findall(text) if number.search(plain_text.fold(part))), "")


def _all(item: NoticeDetails) -> str:
    """All that a posting says."""
    return " ".join([item.result.title, *(str(value) for value in item.fields.values() if value)])
