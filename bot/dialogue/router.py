"""Who answers what: an ordered list of matcher and reply, to be read aloud; the first that fits answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.dialogue import command_words
from bot.dialogue.answers import (
    complaints,
    letters,
    notice_consents,
    places,
    platform_results,
    several_matters,
    staff_count,
    subscriptions,
    triage,
)
from bot.dialogue.answers.cards import open_item
from bot.dialogue.answers.citizen_news import with_news
from bot.dialogue.answers.fixed_replies import farewell, silence, told, unhelped
from bot.dialogue.answers.follow_ups import (
    department,
    entry,
    guide,
    item,
    more_jobs,
    named_posting,
    next_answer,
    other_matter,
    posting,
    whom_to_ask,
)
from bot.dialogue.answers.jobs import doubts, english_jobs, job_answers, refining, seekers
from bot.dialogue.answers.lists import go_back, newest
from bot.dialogue.answers.notices import dates, documents, penalties, place_name
from bot.dialogue.answers.notices.search import search
from bot.dialogue.answers.office import directory, guides, job_adverts, office_days, progress, several
from bot.dialogue.command_words import BACK, FINE, GOODBYE, HELLO, HELP, JOBS, MORE, NEWS, THANKS, UNHELPED, WHOLE
from bot.dialogue.follow_up_matchers import asks_of_another_time, changes_a_wish, follows, takes_a_wish_back
from bot.dialogue.matchers import (
    Matcher,
    a_number,
    anything,
    asks_for_a_person,
    asks_for_newest,
    asks_for_own_letters,
    asks_for_subscriptions,
    asks_how_to_end,
    asks_nearby,
    asks_nothing,
    asks_when_answered,
    corrects,
    drops_a_job_condition,
    ends_writing,
    event,
    from_a_device,
    gives_thanks,
    hands_over,
    has_a_guide,
    has_done,
    is_job_result,
    is_taught,
    is_writing,
    kind,
    leaves_writing,
    may_be_about_the_office,
    may_be_of_staff,
    may_refine,
    meant,
    names_a_date,
    names_a_document,
    subscribes,
    takes_back,
    talks_of_a_notice,
    unsubscribes,
    wants_no_more,
    wants_no_more_of_one,
    wants_to_be_told,
    words,
)
from bot.dialogue.message_kinds import (
    asks_clearly,
    asks_plainly,
    asks_whether,
    is_danger,
    is_triaged,
    may_advertise,
    may_ask_several,
    may_be_english,
    may_be_of_penalties,
    may_be_told_to_pay,
    may_tell_of_a_vain_call,
    tells_a_story,
    wants_work,
)
from bot.dialogue.reply_text import speak_for
from bot.dialogue.turn import Recall, Scene, Turn, heard, remembered, unstressed
from bot.wechat.messages import Message, Reply
from content.rules.follow_ups import own_words
from content.services.answers import notice_search
from content.services.office import Office

Answerer = Callable[[Scene], Turn]

LEAST_CLAUSE, MOST_CLAUSES = 4, 8  # characters of a clause that may have an answer of its own, and how many are tried

_FINE = re.compile(
    "(?:" + "|".join(sorted(map(re.escape, FINE), key=len, reverse=True)) + ")+[啊呀哈哦了]?"
)  # 好的知道了

_PAUSES = re.compile("[,.!?~、]+")

disclosures = partial(newest, kind="disclosure")
postings = partial(newest, kind="posting")

WORDS: dict[str, Answerer] = {  # texts that are one of these words and nothing else
    **dict.fromkeys(MORE, more_jobs.goes_on),
    **dict.fromkeys(HELP, partial(told, name="help")),
    **dict.fromkeys(HELLO, partial(told, name="hello")),
    **dict.fromkeys(BACK, go_back),
    **dict.fromkeys(WHOLE, item.whole),
    **dict.fromkeys(THANKS, partial(told, name="thanks")),
    **dict.fromkeys(FINE, partial(told, name="fine")),
    **dict.fromkeys(GOODBYE, partial(told, name="goodbye")),
    **dict.fromkeys(UNHELPED, unhelped),
    **dict.fromkeys(JOBS, postings),
    **dict.fromkeys(NEWS, disclosures),
}

MENU: dict[str, Answerer] = {  # the keys of config/data/menu.toml
    "how_to_ask": partial(told, name="how_to_ask"),
    "how_to_find_work": partial(told, name="how_to_find_work"),
    "newest_disclosure": disclosures,
    "newest_posting": postings,
    "help": partial(told, name="help"),
}


def a_word(scene: Scene) -> bool:
    """The text is one of `WORDS`."""
    return _word(scene) in WORDS


def _word(scene: Scene) -> str:
    if scene.bare in WORDS:
        return scene.bare
    if (
        scene.recall is not None
        and command_words.MAY_WANT_MORE.search(scene.bare)
        and command_words.wants_more(scene.bare)
    ):
        return "更多"
    if (joined := _PAUSES.sub("", scene.bare)) in WORDS:  # 你好，在吗
        return joined
    return "好的" if _FINE.fullmatch(scene.bare) else unstressed(scene.bare)


# Nobody asked anything.
EVENTS: list[tuple[Matcher, Answerer]] = [
    (is_job_result, platform_results.kept),
    (event("unsubscribe"), farewell),
    (event("subscribe"), partial(told, name="welcome")),
    (event("scan"), partial(told, name="welcome_back")),
    (event("click"), lambda scene: MENU.get(scene.message.key, MENU["help"])(scene)),
    (event("scancode_waitmsg"), partial(told, name="scanned")),
    (event("subscribe_msg_popup_event"), notice_consents.answered),
    (event("subscribe_msg_change_event"), notice_consents.answered),
    (event("subscribe_msg_sent_event"), notice_consents.carried),
    (anything, silence),
]

MESSAGES: list[tuple[Matcher, Answerer]] = [
    # What depends on who writes and on what was said before, or changes it.
    (from_a_device, silence),
    (lambda scene: may_be_of_staff(scene) and staff_count.is_a_code(scene), staff_count.bound),
    (lambda scene: may_be_of_staff(scene) and staff_count.is_an_end(scene), staff_count.unbound),
    (lambda scene: may_be_of_staff(scene) and staff_count.is_asked(scene), staff_count.told),
    (hands_over, letters.hand_over),
    (asks_when_answered, letters.when),
    (asks_for_a_person, letters.open_letter),
    (asks_for_own_letters, letters.mine),
    (takes_back, letters.take_back),
    (ends_writing, letters.end),
    (asks_for_subscriptions, subscriptions.mine),
    (asks_how_to_end, subscriptions.how),
    (lambda scene: scene.may_go_on and changes_a_wish(scene), subscriptions.change),
    (lambda scene: scene.may_go_on and takes_a_wish_back(scene), subscriptions.end_the_last),
    (subscribes, subscriptions.keep),
    (unsubscribes, subscriptions.end),
    (wants_no_more, subscriptions.end_all),
    (wants_no_more_of_one, subscriptions.end),
    (wants_to_be_told, subscriptions.keep_what_was_asked),
    (a_word, lambda scene: WORDS[_word(scene)](scene)),
    (drops_a_job_condition, job_answers.loosened),
    (a_number, open_item),
    (gives_thanks, partial(told, name="thanks")),
    (has_done, partial(told, name="fine")),
    (leaves_writing, lambda scene: letters.left(scene, _first(scene, _questions()))),
    (is_writing, letters.add),
    # What depends on the words and the day alone, and changes nothing.
    (lambda scene: may_be_told_to_pay(scene) and doubts.is_told(scene), doubts.told),
    (corrects, lambda scene: _rather(scene)),
    (lambda scene: may_ask_several(scene) and bool(several_matters.parts(scene)), lambda scene: _each(scene)),
    # Before any reading as a question about what was shown: staff answered these very words.
    (is_taught, guides.taught),
    (lambda scene: may_be_english(scene) and english_jobs.is_asked(scene), english_jobs.told),
    (lambda scene: may_advertise(scene) and job_adverts.goes_on(scene), job_adverts.gone_on),
    (lambda scene: may_advertise(scene) and job_adverts.hires(scene), job_adverts.told),
    (lambda scene: scene.may_go_on and entry.names_none(scene), entry.no_such),
    (lambda scene: scene.may_go_on and department.is_asked_of(scene), department.of_it),
    (
        lambda scene: (
            scene.recall is not None and scene.recall.source in next_answer.SOURCES and next_answer.is_asked(scene)
        ),
        next_answer.told,
    ),
    (lambda scene: scene.may_go_on and posting.asks_of_none(scene), partial(told, name="jobs_nothing_to_ask_of")),
    (lambda scene: scene.may_go_on and whom_to_ask.is_asked(scene), whom_to_ask.told),
    (lambda scene: scene.may_go_on and may_refine(scene) and job_answers.asks_for_places(scene), job_answers.places),
    (lambda scene: scene.may_go_on and may_refine(scene) and more_jobs.wants_nearer(scene), more_jobs.nearer),
    (
        lambda scene: scene.may_go_on and may_refine(scene) and more_jobs.wishes_what_none_says(scene),
        more_jobs.not_told,
    ),
    (lambda scene: scene.may_go_on and more_jobs.asks_of_the_employer(scene), more_jobs.of_the_employer),
    (lambda scene: scene.may_go_on and named_posting.is_named(scene), named_posting.told),
    (
        lambda scene: scene.may_go_on and may_refine(scene) and not entry.means_one(scene) and refining.refines(scene),
        refining.refined,
    ),
    (lambda scene: scene.may_go_on and asks_of_another_time(scene) and dates.also_of_then(scene), dates.of_then_too),
    (lambda scene: scene.may_go_on and seekers.goes_on(scene), seekers.told),
    (lambda scene: scene.may_go_on and posting.asks_of_each(scene), posting.of_each),
    (lambda scene: scene.may_go_on and guide.says_it(scene), guide.of_the_guide),
    (lambda scene: scene.may_go_on and follows(scene) and item.is_asked_of(scene), item.of_what_was_shown),
    (lambda scene: scene.may_go_on and guide.is_asked_of(scene), guide.of_the_guide),
    (lambda scene: may_be_about_the_office(scene) and directory.names_a_department(scene), directory.department),
    (lambda scene: may_be_about_the_office(scene) and office_days.is_asked(scene), office_days.told),
    (lambda scene: may_be_about_the_office(scene) and directory.asks_plainly_who(scene), directory.department),
    (lambda scene: may_tell_of_a_vain_call(scene) and complaints.hotline_failed(scene), complaints.beyond_the_hotline),
    (has_a_guide, complaints.standing_guide),
    (lambda scene: "政府" in scene.bare and guides.asks_of_a_government(scene), guides.of_a_government),
    (lambda scene: may_ask_several(scene) and several.asks_several(scene), several.told),
    (lambda scene: may_be_about_the_office(scene) and directory.asks_for_leaders(scene), directory.leaders),
    (lambda scene: may_be_about_the_office(scene) and progress.is_asked(scene), progress.told),
    (lambda scene: may_be_about_the_office(scene) and job_adverts.is_asked(scene), job_adverts.told),
    (names_a_document, documents.by_number),
    (lambda scene: may_be_of_penalties(scene) and penalties.is_asked(scene), penalties.told),
    (lambda scene: scene.complaint is not None and complaints.complains_on(scene), complaints.heard_again),
    (lambda scene: scene.complaint is not None and complaints.pleads(scene), complaints.added),
    (is_triaged, triage.told),
    (lambda scene: may_be_about_the_office(scene) and directory.asks_who_sees_to_it(scene), directory.department),
    (
        lambda scene: scene.may_go_on and talks_of_a_notice(scene) and other_matter.also_of(scene),
        other_matter.of_the_other,
    ),
    (lambda scene: scene.may_go_on and follows(scene) and item.is_meant(scene), item.of_what_is_meant),
    (lambda scene: scene.may_go_on and talks_of_a_notice(scene) and other_matter.goes_on(scene), other_matter.of_both),
    (lambda scene: not asks_clearly(scene) and place_name.is_said(scene), place_name.told),
    (asks_nearby, places.how),
    (lambda scene: scene.complaint is not None and complaints.says_where_or_when(scene), complaints.added),
    (tells_a_story, triage.told),
    (wants_work, job_answers.offered),
    (names_a_date, dates.of_then),
    (asks_for_newest, disclosures),
    (asks_nothing, partial(told, name="hello")),
    (words, search),
    # What has no words.
    (kind("text"), partial(told, name="no_words")),
    (kind("voice"), partial(told, name="voice")),
    (kind("image"), partial(told, name="image")),
    (kind("video", "shortvideo"), partial(told, name="video")),
    (kind("location"), places.nearby),
    (kind("link"), partial(told, name="link")),
    (kind("file"), partial(told, name="file")),
    (anything, partial(told, name="other")),
]


STANDING: list[tuple[Matcher, Answerer]] = [
    (a_word, lambda scene: WORDS[_word(scene)](scene)),
    (is_taught, guides.taught),
    (has_a_guide, guides.standing),
]
TRIAGED = (is_triaged, tells_a_story)


def take(
    office: Office, message: Message, *, now: datetime, recall: Recall | None = None, asker: str = "", typed: str = ""
) -> Turn:
    """One turn of a conversation: the first route whose matcher fits, and news before it.

    Without an `asker` (a keyed hash) it reads and changes nothing; with one, letters and wishes are kept.
    """
    speak_for(office.name)
    scene = Scene(office, message, text=heard(message), recall=recall, now=now, asker=asker, typed=typed)
    is_said = not message.is_event and not from_a_device(scene)
    if is_said and is_danger(scene) and not complaints.says_only_where(scene):  # whatever else may fail
        return triage.danger(scene)
    turn = _first(scene, EVENTS) if message.is_event else _answered(scene)
    if turn.typed and scene.complaint is not None:
        turn = complaints.with_all_its_words(scene, turn)
    turn = replace(turn, recall=remembered(scene, turn))
    return with_news(scene, turn) if scene.is_awaited else turn


def answer(office: Office, message: Message, now: datetime) -> Reply:
    """The reply to a message by itself, without a memory of what was said before."""
    return take(office, message, now=now).reply


def consult(office: Office, text: str, now: datetime) -> Turn:
    """What a citizen who writes this would get: the reply, and the whole ranking behind it in `results`."""
    message = Message("text", fields={"Content": text})
    turn = take(office, message, now=now)
    results = turn.results
    scene = Scene(office, message, text=heard(message), recall=None, now=now)
    # what shapes the reply is no part of the ranking
    if any(found is not None for found in (scene.danger, scene.finding, scene.story)):
        results = _first(scene, [route for route in MESSAGES if route[0] not in TRIAGED]).results
    return replace(turn, results=tuple(notice_search.shown(office, results)))


def _answered(scene: Scene) -> Turn:
    """The first that fits; what nothing was surely found for gets the answer of the kind that it is like."""
    turn = _first(scene, MESSAGES)
    if turn.meant and (known := _known(replace(scene, text=turn.meant))):
        return replace(known, results=turn.results)
    in_vain, recall = turn.question is not None and not turn.question.answered, turn.recall
    if in_vain and may_refine(scene) and recall and recall.source == "jobs":
        return turn  # 快递呢, after a list of jobs
    lists_jobs = recall and recall.source in ("jobs", "posting") and not (scene.job and scene.job.query.words)
    if (in_vain or turn.doubtful or lists_jobs or scene.finding is not None) and triage.is_amid_danger(scene):
        return replace(triage.still_in_danger(scene), results=turn.results)
    if (in_vain or turn.doubtful) and (other := _of_another_kind(scene, turn, in_vain=in_vain)):
        return other
    if turn.doubtful or (in_vain and asks_whether(scene)):
        return job_answers.in_it(scene, turn)
    return job_answers.instead(scene, turn) if in_vain else turn


def _of_another_kind(scene: Scene, turn: Turn, *, in_vain: bool) -> Turn | None:
    """What is said to a message that the search did not surely answer, by what else it may be; None for a question."""
    if complaints.adds_to_it(scene):
        return replace(complaints.added(scene), results=turn.results)
    if turn_of_parts := several.of_the_known(scene):
        return replace(turn_of_parts, results=turn.results)
    if known := next(filter(None, map(_known, _clauses(scene))), None):
        return replace(known, results=turn.results)
    if in_vain and job_answers.is_surely_of_work(scene) and (work := job_answers.in_it(scene, turn)) is not turn:
        return work
    if (scene.likeness if in_vain else scene.story) is not None and not asks_plainly(scene):
        return replace(triage.told(scene), results=turn.results)
    return None


def _rather(scene: Scene) -> Turn:
    """What is said to what a citizen rather wants: of what was shown, if nothing else is named."""
    rather = scene.of(meant(scene))
    names = own_words.names(own_words.of(rather.text))
    return _answered(replace(rather, recall=None) if names else rather)


def _each(scene: Scene) -> Turn:
    """What is said to each question of a message that asks several things."""
    asked = several_matters.parts(scene)
    routes = MESSAGES[[fits for fits, _ in MESSAGES].index(corrects) + 2 :]
    turns: list[Turn] = []
    recall = scene.recall
    for part, goes_on in asked:
        turn = _first(replace(part, recall=recall if goes_on or not turns else scene.recall), routes)
        turns.append(turn)
        recall = replace(turn.recall, at=scene.now) if turn.recall is not None else recall
    return several_matters.together(scene, [part for part, _ in asked], turns, whole=_first(scene, routes))


def _questions() -> list[tuple[Matcher, Answerer]]:
    """The routes behind those for commands and letters."""
    return MESSAGES[[fits for fits, _ in MESSAGES].index(is_writing) + 1 :]


def _clauses(scene: Scene) -> list[Scene]:
    """Each clause of a message by itself: 你们几点上班, and then why it is asked."""
    clauses = [clause for clause in re.split("[,;.!?\\s]+", scene.text) if len(clause) >= LEAST_CLAUSE]
    return [replace(scene, text=clause) for clause in clauses[:MOST_CLAUSES]] if len(clauses) > 1 else []


def _known(scene: Scene) -> Turn | None:
    """What is said to words that have an answer of their own: dianhua is 电话."""
    return _first(scene, STANDING) if any(fits(scene) for fits, _ in STANDING) else None


def _first(scene: Scene, routes: Sequence[tuple[Matcher, Answerer]]) -> Turn:
    return next(reply(scene) for fits, reply in routes if fits(scene))
