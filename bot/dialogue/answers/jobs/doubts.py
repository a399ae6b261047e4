"""What is said to who is asked for money by an employer, or doubts a posting that he names: harm comes before any list."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers import triage
from bot.dialogue.answers.lists import SHOWN, entry
from bot.dialogue.reply_text import lines, say, tap
from bot.dialogue.turn import AskedQuestion, ListedItem, Recall, Scene, Turn, once
from bot.wechat.messages import Text
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.follow_ups import aspects, posting_questions
from content.rules.jobs import trades
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.reading import idle_words, money_demanded
from content.services.jobs import job_search

AS_THE_FILE_HAS_IT = "应聘时让我先交钱"  # for whoever tells it in other words
LEAST = 2  # characters of its title and employer by which a posting is named
LONGEST = 120  # characters; a longer story has its answer in the file
_OF_FRAUD = ("求职被骗", "诈骗")  # matters of the file that leave the posting unnamed
_ASKS = re.compile("[吗么呢嘛?]$|要不要|收不收|用不用|多少")
_DOUBT = posting_questions.DOUBT


def is_told(scene: Scene) -> bool:
    """Money that is demanded, in a talk of jobs or with a job; or a doubt about a posting that is named."""
    if len(scene.bare) > LONGEST or scene.message.kind not in ("text", "voice"):
        return False
    found = scene.finding
    if found is not None and found.sure and found.matter.name not in _OF_FRAUD:
        return False
    if _is_demand(scene):
        return True
    return _DOUBT.asked.search(scene.text) is not None and bool(_named(scene))


def told(scene: Scene) -> Turn:
    """Not to pay, and whom to call; of a posting in doubt what the office can say and how to look for oneself."""
    if not _is_demand(scene):
        return _of_the_named(scene)
    if scene.finding is not None and scene.finding.sure:
        return triage.told(scene)
    turn = triage.told(scene.of(AS_THE_FILE_HAS_IT))
    question = AskedQuestion(scene.asked, answered=True, offered=turn.question.offered if turn.question else ())
    return replace(turn, question=question, typed=scene.asked[:LONGEST_LETTER])


@once
def _is_demand(scene: Scene) -> bool:
    """Whether money is demanded for a job; 要交押金吗 alone asks what a posting says."""
    if not money_demanded.is_told(scene.text):
        return False
    if _ASKS.search(scene.bare) and posting_questions.asks_nothing_else(aspects.standard(scene.bare)):
        return False
    recall = scene.recent
    talks_of_jobs = recall is not None and (
        recall.source in ("jobs", "posting") or (recall.subject is not None and recall.subject.kind == "posting")
    )
    return talks_of_jobs or money_demanded.is_of_hiring(scene.text)


def _of_the_named(scene: Scene) -> Turn:
    shown = _named(scene)
    results = job_search.results(scene.office, [one.id for one in shown])
    said = [say("jobs_in_doubt"), *(entry(place, one) for place, one in enumerate(results, start=1))]
    said += [say("posting_unvouched"), say("hand_over_offer", tap=tap("tap_hand_over"))]
    question = AskedQuestion(scene.asked, answered=True, offered=tuple(one.ref for one in results))
    recall = Recall("jobs", "", tuple(ListedItem.of(one.ref) for one in results))
    return Turn(Text(lines(said)), recall, question, tuple(results), typed=scene.asked[:LONGEST_LETTER])


@once
def _named(scene: Scene) -> list[ListedItem]:
    """The open postings whose title and employer say most of the trade, the firm and the figures that are named."""
    names = scene.office.postings.names()
    text = _DOUBT.asked.sub(" ", scene.text)
    named = {*names.titles_in(text), *trades.known().named(text), names.brand_in(text)} - {""}
    words = named | {run for run in idle_words.without(text) if names.mentions(run)}
    those = job_search.search(scene.office, JobQuery(), scene.today).postings
    said = {one.id: sum(len(word) for word in words if word in f"{one.title} {one.employer}") for one in those}
    best = max(said.values(), default=0)
    if best < LEAST:
        heads = (tuple([one]) for one in trades.known().named(text))
        found = next((job_search.search(scene.office, JobQuery(head), scene.today) for head in heads), None)
        those = found.postings if found and not found.relaxed and not found.unmet else ()
    else:
        those = tuple(one for one in those if said[one.id] == best)
    return [ListedItem("posting", one.id) for one in those[:SHOWN]]
