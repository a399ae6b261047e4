"""The answer to a question: the sentence that says it, and the notices that fit; what may be meant, where none surely does."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.dialogue.answers.lists import FOUND, SHOWN, beside, in_vain, offer_hits
from bot.dialogue.answers.office.directory import own_department
from bot.dialogue.message_kinds import wants_work
from bot.dialogue.reply_text import chinese_day, lines, plain, say, tap
from bot.dialogue.turn import Scene, Turn, once
from config.contact import contact
from content.rules.citizens import department_question, service_talk
from content.rules.follow_ups import application_term
from content.rules.follow_ups.aspects import ASKS, MAY_BE_SPOKEN, read, standard
from content.rules.language import answering_sentence, plain_text
from content.rules.language.query import vocabulary
from content.rules.notices import accounts
from content.search.hits import Hit
from content.services.answers import article_search, notice_search, offered_notices, quoted_answers
from content.services.answers.offered_notices import OfferedNotices

MEANT = 120  # bytes of what the question was taken to mean
_OF_WORK = re.compile("工作|活[路儿干]|招|岗|上班|应聘|师傅|薪|工资|[包管][吃住]|做事|兼职")
_PAUSES = re.compile("[,;.!?。 ]+")
_ASKS_NUMBER = re.compile("文号|文件号|几号文|多少号文")
_OF_NOW = re.compile(  # of the state of things, which the newest tells: 还有房吗
    "(?:还|现在|目前|最近)(?:还)?(?:有没有|有|剩|空)(?:空|多少|几)?(?:房|位|名额|学位|车位|套|间|空)|空(?:房|位|出)"
)
_ASKS_WHERE = re.compile("在哪|哪里|哪儿|去哪|地址|怎么走")
WELL_SAID = 0.75  # of a question that an article must say to be offered alone, if its title does not say half of it
HALF = 0.5
A_MATTER = 4  # characters of a word that names a matter and nothing else
NEARLY = 0.8  # of what the title says that says most
LOOKED_AT = 5  # notices whose text is looked through, where no title says what is asked
_MAY_ASK_WHO = re.compile("[谁哪]|什么|窗口|部门|科室|电话|负责")
CLEARLY = 0.25  # of what a sum is asked of, that another title says more than the first
_OF_MONEY = re.compile("补贴|补助|奖励|政府|费")  # of an office, no wage
A_STORY = 24  # characters of a message that tells besides what it asks
HOTLINE = "12345"  # where the office has not said its own telephone
QUOTED = 500  # bytes of a sentence


def search(scene: Scene) -> Turn:
    """The items that fit the question, the best three first; if there are none, says so and keeps the question."""
    answers = notice_search.find(scene.office, scene.text, FOUND, today=scene.today)
    ranking, meant = answers.hits, answers.asked if answers.mended else ""
    asks = answering_sentence.ASKS.search(scene.text) is not None and _OF_WORK.search(scene.text) is None
    of_jobs = wants_work(scene) and not asks
    chosen = _chosen(scene, answers.asked, ranking, of_jobs=of_jobs)
    chosen = replace(chosen, hits=by_account(scene, chosen.hits))
    offered = _with_articles(scene, chosen, answers.asked)
    if len(scene.bare) >= A_STORY and not of_jobs:
        offered = _with_its_question(scene, answers.asked, offered)
    offered = by_account(scene, offered)
    offered = _newest_or_named(scene, answers.asked, offered, [] if of_jobs else ranking)
    if not offered and not of_jobs and (told := _by_what_it_says(scene, answers.asked, ranking)):
        return replace(told, meant=meant)
    if not offered and not chosen.hits:
        return replace(_in_vain(scene, ranking), meant=meant)
    if (
        not offered and not _ASKS_WHERE.search(scene.text) and quoted(scene, chosen.hits[0])
    ):  # it answers, so it is sure
        offered = chosen.hits[:1]
    if not offered:
        tail = [*own_department(scene, scene.bare), say("hand_over_offer", tap=tap("tap_hand_over"))]
        turn = offer_hits(scene, chosen.hits[:SHOWN], head=say("nearest_found"), tail=tail)
        return replace(turn, results=tuple(ranking), doubtful=True, meant=meant)
    head = say("found_meant", text=plain(answers.asked, MEANT)) if answers.mended else say("found")
    quote = "" if _is_outdone(scene, answers.asked, offered) else _quoted_first(scene, answers.asked, offered)
    asks_who = _MAY_ASK_WHO.search(scene.bare) is not None and department_question.asks_who(scene.bare)
    tail = own_department(scene, scene.bare) if asks_who else []
    if _ASKS_NUMBER.search(scene.bare):
        [first] = notice_search.shown(scene.office, offered[:1])
        said = [say("fact_document_no", value=plain(first.document_no))] if first.document_no else []
        quote = "\n".join([*said, *([quote] if quote else [])])
    if quote:
        meaning = [head] if answers.mended else []
        head = "\n".join([*meaning, quote, say("quoted_more")])
    turn = offer_hits(scene, offered, head=head, tail=tail)
    return replace(turn, results=tuple(ranking), meant=meant)


def by_account(scene: Scene, found: list[Hit]) -> list[Hit]:
    """What was found, final accounts or budgets first where one of them is asked for."""
    if not accounts.NAMED.search(scene.text):
        return found
    return accounts.in_order(scene.text, found, lambda hit: hit.folded)


def _by_what_it_says(scene: Scene, asked: str, ranking: Sequence[Hit]) -> Turn | None:
    """The notice whose text says in one passage what is asked, though no title does: 5吨的车早上能走兴业路不."""
    best: tuple[float, Hit, str] | None = None
    for hit in [hit for hit in ranking if hit.ref.startswith("disclosure:") and hit.in_force][:LOOKED_AT]:
        [result] = notice_search.shown(scene.office, [hit])
        found = quoted_answers.surely_likely(scene.office, asked, result, scene.today)
        if found and (best is None or found.worth > best[0]):
            best = found.worth, hit, say("quoted", title=plain(result.title), text=plain(found.text, QUOTED))
    if best is None:
        return None
    _, hit, quote = best
    turn = offer_hits(scene, [hit], head=f"{quote}\n{say('quoted_more')}")
    return replace(turn, results=tuple(ranking))


def _with_its_question(scene: Scene, asked: str, offered: list[Hit]) -> list[Hit]:
    """What surely fits, with what the question of a story asks for before it."""
    first = offered_notices.by_its_question(scene.office, asked, scene.today)
    wanted = notice_search.wanted(scene.office, asked)
    if first is None or (offered and first.ref == offered[0].ref):
        return offered
    tells = functools.partial(offered_notices.tells, scene.office, wanted)
    if offered and tells(first) <= tells(offered[0]):
        return offered
    return [first, *(hit for hit in offered if hit.ref != first.ref)]


def _newest_or_named(scene: Scene, asked: str, offered: list[Hit], ranking: Sequence[Hit]) -> list[Hit]:
    """The newest first where it is asked how things stand now; the best if nothing is sure but its title names the matter."""
    if _OF_NOW.search(scene.bare):
        return _newest_first(scene, asked, offered)
    return offered or [hit for hit in ranking[:1] if _is_named(scene, hit)]


def _is_named(scene: Scene, hit: Hit) -> bool:
    """Whether the title of the best calls by its name a matter that a story names: 护理保险, which others only mention."""
    if not hit.ref.startswith("disclosure:") or not hit.in_force or len(scene.bare) < A_STORY:
        return False
    named = (word for words, _ in vocabulary().groups_in(scene.bare) for word in words)
    return any(len(word) >= A_MATTER and word in hit.folded for word in named)


def _newest_first(scene: Scene, asked: str, offered: list[Hit]) -> list[Hit]:
    """Those that say nearly as much of the question in their titles as any, the newest first; then the others."""
    wanted = notice_search.wanted(scene.office, asked)
    shares = [offered_notices.titled(wanted, hit) for hit in offered]
    day = {one.ref: one.published_on or date.min for one in notice_search.shown(scene.office, offered[:FOUND])}
    as_much = [
        hit for hit, share in zip(offered, shares, strict=True) if share and share >= NEARLY * max(shares, default=0.0)
    ]
    newest = sorted((hit for hit in as_much if hit.in_force), key=lambda hit: day[hit.ref], reverse=True)
    return [*newest, *(hit for hit in offered if hit not in newest)]


def _quoted_first(scene: Scene, asked: str, offered: list[Hit]) -> str:
    """The sentence of the first that answers; another that answers, and says as much in its title, comes first instead."""
    wanted = notice_search.wanted(scene.office, asked)
    first = offered_notices.titled(wanted, offered[0])
    is_of_an_article = offered_notices.is_article(offered[0])
    if _asked_of_a_text(scene):
        quoted_answers.read_texts(scene.office, [hit.ref for hit in offered[:SHOWN]])
    for hit in offered[:SHOWN]:
        is_as_much = hit is offered[0] or is_of_an_article or offered_notices.titled(wanted, hit) >= first
        if is_as_much and (quote := quoted(scene, hit)):
            offered.remove(hit)
            offered.insert(0, hit)
            return quote
    return ""


def _is_outdone(scene: Scene, asked: str, offered: Sequence[Hit]) -> bool:
    """Whether a sum is asked, and the title of another says clearly more of what it is a sum of; or the newest tells of now."""
    if _OF_NOW.search(scene.bare) and offered_notices.is_article(offered[0]):
        return True
    if not any(aspect.name == "sum" for aspect in answering_sentence.asked(scene.text)):
        return False
    wanted = notice_search.wanted(scene.office, answering_sentence.rest(asked))
    first, *others = (offered_notices.titled(wanted, hit) for hit in offered[:SHOWN])
    return any(share > first + CLEARLY for share in others)


def _in_vain(scene: Scene, ranking: Sequence[Hit]) -> Turn:
    """Nothing was found; the department that sees to such matters is told if one does."""
    if len(scene.bare) < 2:
        return in_vain(scene, "too_short", ranking)
    known = own_department(scene, scene.bare)
    if not known and service_talk.is_of_the_service(scene.bare):
        phone = contact(scene.office.home).phone or HOTLINE
        return in_vain(scene, "not_found_of_the_service", ranking, phone=plain(phone))
    return in_vain(scene, "not_found_but_who" if known else "not_found", ranking, department="".join(known))


def _with_articles(scene: Scene, chosen: OfferedNotices, asked: str) -> list[Hit]:
    """What surely fits with the articles on the same matter; articles alone only if the title of the first says it."""
    offered = beside(scene, chosen.hits if chosen.is_sure else [], asked)
    if offered and not chosen.is_sure:
        wanted = notice_search.wanted(scene.office, asked)
        [said] = article_search.shares(scene.office, asked, [offered[0].ref])
        if offered_notices.titled(wanted, offered[0]) <= HALF and (chosen.hits or said < WELL_SAID):
            return []
    return offered_notices.together(scene.office, asked, offered)


def _chosen(scene: Scene, asked: str, ranking: Sequence[Hit], *, of_jobs: bool) -> OfferedNotices:
    """What is offered. No job to who did not ask for one, unless nothing but jobs surely fits what is no question."""
    every = functools.partial(offered_notices.choose, scene.office, asked, today=scene.today)
    of_work = _OF_WORK.search(scene.text) is not None and _OF_MONEY.search(scene.text) is None
    if of_jobs or of_work:
        return every(ranking, of_jobs=of_jobs)
    notices = every([hit for hit in ranking if not hit.ref.startswith("posting:")])
    asks = answering_sentence.ASKS.search(scene.text) or _OF_MONEY.search(scene.text)
    if notices.is_sure or asks:
        return notices
    jobs = every(ranking)
    return jobs if jobs.is_sure else notices


def quoted(scene: Scene, hit: Hit) -> str:
    """The sentences of a notice that hold the date, sum, place or telephone asked for; empty if there is none."""
    return scene.kept(("quoted", scene.text, hit.ref), lambda: _quoted(scene, hit))


def _quoted(scene: Scene, hit: Hit) -> str:
    asked = _asked_of_a_text(scene)
    if not asked:
        return ""
    [result] = notice_search.shown(scene.office, [hit])
    found = quoted_answers.quoted(scene.office, asked, result, scene.today)
    if not found:
        return ""
    said = [say("quoted", title=plain(result.title), text=plain(found[0].text, QUOTED))]
    said += [f"“{plain(one.text, QUOTED)}”" for one in found[1:]]
    is_term = {aspect.name for aspect in read(asked).aspects} & {*application_term.OF_APPLYING, "date", "duration"}
    if is_term and (passed := max((one.passed for one in found if one.passed), default=None)):
        said.append(say("quoted_passed", day=chinese_day(passed)))
    elif ended := quoted_answers.term_ended_of(scene.office, asked, result, today=scene.today):
        said.append(say("term_ended", day=chinese_day(ended)))
    if term := quoted_answers.run_out(scene.office, result, scene.today):
        said.append(say("run_out", term=term))
    return lines(said)


@once
def _asked_of_a_text(scene: Scene) -> str:
    """What the sentence of a notice is to answer; empty if nothing is asked that one sentence says."""
    written = standard(scene.text) if MAY_BE_SPOKEN.search(scene.text) else scene.text
    asked = plain_text.normalise(written).strip(" 。.!?,;")
    if len(asked) >= A_STORY:  # what is told besides would choose the sentence
        clauses = [part for part in _PAUSES.split(asked) if ASKS.search(part)]
        asked = ",".join(clauses) or asked
    asks = answering_sentence.ASKS.search(asked) or answering_sentence.ASKS_WHETHER.search(asked)
    asked_for = read(asked)
    return asked if asks or asked_for.aspects or asked_for.matters else ""
