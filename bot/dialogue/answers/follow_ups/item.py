"""Questions about the item that was shown last: its facts, and the passage of it that holds what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.answers.cards import facts
from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.answers.follow_ups import entry, posting
from bot.dialogue.answers.follow_ups.passage import (
    OF_NOTICES,
    SURELY,
    answer_in,
    is_of_the_matter,
    nearest_in,
    opened_item,
    question,
    text_of,
    whom_to_ask,
)
from bot.dialogue.answers.lists import FOUND, SHOWN
from bot.dialogue.answers.notices.search import search
from bot.dialogue.command_words import entry_number
from bot.dialogue.reply_text import lines, plain, say
from bot.dialogue.turn import AskedQuestion, ListedItem, Scene, Turn, once
from bot.wechat.messages import Text
from content.rules.citizens import triage
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import MessageKind
from content.rules.follow_ups import aspects, own_words, posting_questions
from content.rules.jobs import trades
from content.rules.language import answering_sentence, plain_text
from content.rules.notices import accounts
from content.services.answers import notice_search, offered_notices
from content.services.answers.notice_search import NoticeDetails
from content.services.notices import related
from content.store.notices.notices import IN_FORCE

WHOLE_TEXT = 1200  # bytes of a text in a reply
LONGEST = 22  # characters of a question about what was shown
HALF_SAID = 0.5
ALL_SAID = 0.99  # of a question's own words
MOST_OWN = 4  # characters of own words in a question that has nothing else to be about than what was shown
SHORT = 8  # characters of 要房产证吗, of what was shown
MORE = 4  # items beside those that were listed
_ASKS = re.compile(
    r"[吗么呢嘛?]|[不没]$|多少|几|哪|什么|啥|怎么|咋|多久|[能行可以]不|(.)[不没]\1|没有|有没有|谁|要求|条件"
)
_LACKS = re.compile(  # a condition that is told: 居住证还没办, 社保才交了半年
    "还没|没办(?!法)|没有?(?:办|拿|交|带|买|签|领|毕业)|办不了|不够|不满|才(?:交|办|住|干|买|缴)了?|过期|丢了|忘(?:了|记)?$|不见了"
)
_PAUSES = re.compile("[,，;；。 ]+")
_GOES_ON_BY_FIGURE = re.compile("(?:补|奖|领|给|发)(?:多少|几多|几[千百万])")  # 招两个人补几多, of help for employers
_YEAR = re.compile("20\\d\\d")
_OF_WORK = re.compile("找工作|求职|招聘(?!会)")
_REQUIRES = re.compile(  # of what was shown: 交社保吗, 身份证复印件要吗
    "^(?:都|必须|一定|还)?(?:要(?!找|问|办|查|投诉)|需要|需|得|用|算|包|交|带).{1,8}(?:吗|么|不|嘛|几[个年月天]+|多久)$|^[^,。]{2,8}(?:要|行|用|算|带|给)(?:吗|么|不|嘛)$"
)
_ANOTHER = re.compile(
    "(?:别的|其他|其它|另外的?)(?:什么|啥)?(救助|救济|帮扶|扶持|补贴|补助|津贴|奖励|优惠|政策|项目|保险)"
)  # 还有别的救助没
_GOES_ON = re.compile(f"^(?:比|跟|较|那|这|它|还|也|再|就|如果|要是|万一|但|可是|不过)|[呢]$|{_REQUIRES.pattern}")


def is_asked_of(scene: Scene) -> bool:
    """Whether a message can only be about what was shown: it names an entry, or nothing of its own that is not said there."""
    return _certain(scene) is not None


def of_what_was_shown(scene: Scene) -> Turn:
    """That item, with the passage that says what is asked."""
    return card(scene, _certain(scene)) or search(scene)


def is_meant(scene: Scene) -> bool:
    """Whether a short question has no other matter than what was shown, though that says nothing of its words."""
    return _likely(scene) is not None


def of_what_is_meant(scene: Scene) -> Turn:
    """That item, with whom to ask."""
    return card(scene, _likely(scene)) or search(scene)


def another(scene: Scene) -> str:
    """救助 of 还有别的救助没: what kind of notice is wanted beside the one that was shown; empty if none is."""
    if scene.subject is None or scene.recall is None or scene.recall.source not in OF_NOTICES:
        return ""
    found = _ANOTHER.search(scene.bare)
    return found[1] if found else ""


def whole(scene: Scene) -> Turn:
    """全文: the beginning of the item that was shown last, as far as a reply holds it, and its link."""
    item = opened_item(scene, scene.recall.subject if scene.recall else None)
    if item is None or scene.recall is None:
        return told(scene, "ask_first")
    reply = Text(lines(facts(item, plain(text_of(item), WHOLE_TEXT))))
    return Turn(reply, recall=replace(scene.recall, at=scene.now), results=(item.result,))


@once
def _certain(scene: Scene) -> ListedItem | None:
    """The item that a message is surely about; None if it may be about something else."""
    recall = scene.recall
    if recall is None or not recall.shown or len(scene.bare) > LONGEST:
        return None
    if entry_number(scene.bare, len(recall.shown)) is not None:
        return entry.by_number(scene)
    if entry.means_one(scene):  # whatever else its words may mean
        return entry.by_word(scene)
    if scene.subject is None or another(scene):
        return None
    if _wants_other_work(scene):
        is_of_a_notice = scene.subject.kind != "posting" and _GOES_ON_BY_FIGURE.search(scene.bare) is not None
        return _saying(scene) if is_of_a_notice else None
    if _asks_of_the_other_account(scene, scene.subject):
        return None
    if named := entry.by_word(scene):
        return None if _is_of_another(scene, named) else named
    if scene.subject.kind == "posting":
        return scene.subject if posting.is_asked(scene, scene.subject) else None
    return _saying(scene)


def _saying(scene: Scene) -> ListedItem | None:
    """The notice that was shown and says a question's own words together with what it asks; the first if it has none."""
    subject = scene.subject
    asked, words = aspects.read(question(scene)), own_words.of(scene.bare)
    assert subject is not None  # _certain
    asks = bool(asked.aspects or asked.matters or asked.is_whether or _asks_in_part(scene))
    if not own_words.names(words):
        may_be_of_another = aspects.names_people(scene.text) or _is_told_elsewhere(scene)
        item = opened_item(scene, subject) if may_be_of_another else None
        return subject if asks and (item is None or answer_in(scene, item)) else None
    if not asks and not _ASKS.search(scene.bare) and not _LACKS.search(scene.bare):
        return None
    is_triaged = scene.finding is not None and scene.finding.sure and not asked.is_whether
    least = ALL_SAID if is_triaged else HALF_SAID
    for one in (subject, *_listed(scene, subject)):
        item = opened_item(scene, one)
        if item is None or one.kind == "posting" or _is_of_another_year(scene, item):
            continue
        said = plain_text.normalise(f"{item.result.title} {text_of(item)}")
        if own_words.share(words, said) >= least and (answer := answer_in(scene, item)):
            if is_triaged and not all(needs.search(plain_text.normalise(answer)) for needs in asked.matters):
                continue  # 身份证丢了在哪补 asks for no paper of what was shown
            return None if _is_of_another(scene, one, _told(words, answer)) else one
    is_a_paper = scene.finding is not None and scene.finding.kind is MessageKind.ELSEWHERE
    return subject if is_a_paper and len(scene.bare) <= SHORT and _REQUIRES.search(scene.bare) else None


def _asks_of_the_other_account(scene: Scene, subject: ListedItem) -> bool:
    """实际花了多少, of a budget: what was spent stands in another notice."""
    if not accounts.may_ask(scene.bare):
        return False
    item = opened_item(scene, subject)
    return item is not None and accounts.asks_of_the_other(scene.bare, item.result.title)


def _asks_in_part(scene: Scene) -> bool:
    """苗钱另算不 种的白菜: whether one part of a message asks whether something goes."""
    parts = [part for part in _PAUSES.split(scene.text) if part]
    return len(parts) > 1 and any(aspects.read(part).is_whether for part in parts)


def _is_told_elsewhere(scene: Scene) -> bool:
    """坐公交要钱不, of what was shown on 高龄补贴: whether it names a matter that is surely another one."""
    found, recall = scene.finding, scene.recall
    if found is None or recall is None or not found.sure or found.kind is not MessageKind.ELSEWHERE:
        return False
    before = triage.classify(recall.text, scene.office.triage.read())
    return before is None or before.matter is not found.matter


def _is_of_another_year(scene: Scene, item: NoticeDetails) -> bool:
    """Whether a year is asked for, and the title of an item tells of others only."""
    year, titled = answering_sentence.year_asked(scene.text, scene.today), _YEAR.findall(item.result.title)
    return bool(year and titled) and str(year) not in titled


def _told(words: list[str], answer: str) -> float:
    """How much of a question's own words a passage says."""
    return own_words.share(words, plain_text.normalise(answer))


def _is_of_another(scene: Scene, meant: ListedItem, told: float = 0.0) -> bool:
    """Whether the title of a notice that was not listed says more of the question than that of the one that may be meant.

    `told`: how much of the question's words the passage says that would answer, which another title must outdo too.
    """
    assert scene.recall is not None  # _certain
    wanted = notice_search.wanted(scene.office, scene.text)
    found = notice_search.find(scene.office, scene.text, SHOWN, today=scene.today).hits
    item = opened_item(scene, meant)
    if item is None or not wanted.size:
        return False
    listed = {one.ref for one in scene.recall.shown}
    own = offered_notices.titled(wanted, item.result)
    rivals = [hit for hit in found if hit.ref not in listed]
    others = [offered_notices.titled(wanted, hit) for hit in rivals]
    if max(others, default=0.0) < max(offered_notices.TITLED, own + offered_notices.TITLED / 2):
        return False
    words = own_words.of(scene.bare)
    named = max((own_words.share(words, hit.folded) for hit in rivals), default=0.0)
    is_literal = any(word in hit.folded for word in words for hit in rivals)
    return told < named or (told == named and is_literal and not _GOES_ON.search(scene.bare))


@once
def _likely(scene: Scene) -> ListedItem | None:
    """What was shown, for a short question that names no other notice."""
    subject = scene.subject
    if subject is None or len(scene.bare) > LONGEST or not _ASKS.search(scene.text) or _wants_other_work(scene):
        return None
    if another(scene) or _asks_of_the_other_account(scene, subject):
        return None
    words = own_words.of(scene.bare)
    if sum(map(len, words)) > MOST_OWN and not _GOES_ON.search(scene.bare):
        return None
    others = notice_search.find(scene.office, scene.text, SHOWN, today=scene.today).hits
    rivals = [hit for hit in others if hit.ref != subject.ref]
    names = own_words.names(words)
    if not names and aspects.names_people(scene.text):
        return None
    if _REQUIRES.search(scene.bare):
        return subject
    if names and _is_of_another(scene, subject):
        return None
    if names and notice_search.titled(scene.office, " ".join(names), rivals):
        return None
    return subject


def _wants_other_work(scene: Scene) -> bool:
    """Whether it looks for work, which is a matter of its own."""
    if scene.job is None or not scene.job.of_jobs:
        return False
    is_of_a_notice = scene.subject is not None and scene.subject.kind != "posting"
    if (
        scene.subject is not None
        and not is_of_a_notice
        and posting_questions.asks_nothing_else(posting.question(scene))
    ):
        return False  # 上班第一天要带什么
    is_a_trade = bool({*"".join(scene.job.query.words).split("|")} & trades.known().words)
    asks_of_it = "电话" in scene.bare or (not is_a_trade and aspects.read(scene.text).is_whether)
    if is_of_a_notice and asks_of_it:  # 维修电话 asks for no fitter
        return _OF_WORK.search(scene.text) is not None
    return _OF_WORK.search(scene.text) is not None or bool({*scene.job.query.conditions} & {"words", "employer"})


def card(scene: Scene, subject: ListedItem | None) -> Turn | None:
    """The item with the passage that says what is asked; if it has none, another that was listed or belongs to it."""
    item = opened_item(scene, subject)
    if item is None or scene.recall is None or subject is None:
        return None
    if subject.kind == "posting":
        return posting.card(scene, subject, item)
    shown = scene.recall.shown
    is_open = entry_number(scene.bare, len(shown)) is not None and not aspects.read(question(scene)).aspects
    passage = answer_in(scene, item)
    if not passage and not is_open:
        item, subject, passage = _beside(scene, item, subject)
    if not passage and not is_open and subject.kind == "disclosure":
        item, subject, passage = _named_in_it(scene, item, subject)
    passage = passage or ("" if is_open else nearest_in(scene, item))
    is_silent = not passage and not is_open
    said = [*facts(item, say("item_silent")), *whom_to_ask(scene, item)] if is_silent else facts(item, passage)
    if passage and any(aspect.name == "contact" for aspect in aspects.read(question(scene)).aspects):
        said += whom_to_ask(scene, item)[:1]
    asked = AskedQuestion(scene.asked, answered=True, offered=(item.result.ref,))
    place = shown.index(subject) + 1 if subject in shown else scene.recall.opened
    recall = replace(scene.recall, at=scene.now, opened=place, asked=question(scene)[:LONGEST_LETTER], refused="")
    typed = scene.asked[:LONGEST_LETTER] if is_silent else ""
    return Turn(Text(lines(said)), recall=recall, question=asked, results=(item.result,), typed=typed)


def _beside(scene: Scene, item: NoticeDetails, subject: ListedItem) -> tuple[NoticeDetails, ListedItem, str]:
    """What was listed beside it, or belongs to the same matter, if it surely says what is asked; or says it at all and is listed."""
    assert scene.recall is not None  # card
    less = list[tuple[NoticeDetails, ListedItem, str]]()
    for other in _others(scene, subject):
        known, is_listed = opened_item(scene, other), other in scene.recall.shown
        found = answer_in(scene, known) if known and known.result.status == IN_FORCE else ""
        if known is None or not found:
            continue
        is_of_it = is_of_the_matter(scene, known, found, is_listed=is_listed)
        if (is_of_it or is_listed) and answer_in(scene, known, least=SURELY):
            return known, other, found
        if is_of_it and is_listed:
            less.append((known, other, found))
    return less[0] if less else (item, subject, "")


def _named_in_it(scene: Scene, item: NoticeDetails, subject: ListedItem) -> tuple[NoticeDetails, ListedItem, str]:
    """A notice in force that the item names or explains, if it says what is asked; else the item."""
    near = related.related(scene.office, item)
    for one in (*near.explains, *near.others, *near.explained_by)[:MORE]:
        other = ListedItem("disclosure", one.id)
        known = opened_item(scene, other)
        if known and known.result.status == IN_FORCE and (passage := answer_in(scene, known)):
            return known, other, passage
    return item, subject, ""


def _listed(scene: Scene, subject: ListedItem) -> list[ListedItem]:
    """What was listed beside it."""
    assert scene.recall is not None  # _certain
    return [one for one in scene.recall.shown[-SHOWN:] if one != subject and one.kind != "posting"]


def _others(scene: Scene, subject: ListedItem) -> Iterator[ListedItem]:
    """What was listed beside it, then what else was found for the question before, or for both together."""
    assert scene.recall is not None  # card
    listed = _listed(scene, subject)
    yield from listed
    found = (
        notice_search.find(scene.office, f"{scene.recall.text} {scene.text}", FOUND, today=scene.today).hits
        if scene.recall.source in OF_NOTICES
        else []
    )
    more = dict.fromkeys([*scene.recall.rest[:MORE], *(ListedItem.of(hit.ref) for hit in found[:MORE])])
    yield from (one for one in more if one.kind != "posting" and one != subject and one not in listed)
