"""After a list of jobs: the next of it, those nearby, and what else an employer of it is looking for."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers import jobs
from bot.dialogue.answers.follow_ups import entry
from bot.dialogue.answers.follow_ups.passage import opened_item
from bot.dialogue.answers.lists import go_on
from bot.dialogue.reply_text import lines, plain, say
from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Text
from content.rules.jobs.job_query import JobQuery

LONGEST = 20  # characters
_NEARER = re.compile(
    "(?:那|有没有|有|要|想要|最好|还是|哪个)*(?:离我?家?|距离|地方|位置)?(?:更|再)?(?:近一?[点些]|最近|不远|近)的?(?:有没有|有|呢|吗|地方|岗位|工作)*"
)
_SAME_EMPLOYER = re.compile(
    "(?:那|就)?(?:第.{1,3}[个家条])?(?:[这那](?:个|家)?|他们?|她们|该|同一[个家]|上面那?[个家])的?(?:家|里|边|公司|单位|厂子?|企业|店|门店)*(?:里|还|都|也|现在|另外|目前)*"
    "(?:有没有|有|在)*(?:招不招|招聘?|要|缺)?(?:其[他它]|别的|哪些|什么|啥|几个)+(?:人|岗位?|职位|工作|工种|活)?(?:在?招)?(?:的|吗|呢|没|没有|人)*"
)


def goes_on(scene: Scene) -> Turn:
    """The next of a list; of jobs with the conditions that hold for it, and at its end those to let go of."""
    recall = scene.recall
    if recall is None or recall.source != "jobs" or not recall.text or not recall.shown:
        return go_on(scene)
    turn = go_on(scene, head=say("go_on_jobs", conditions=jobs.understood(scene)))
    if turn.recall is None and (taps := jobs.loosening(scene)):  # there is no more
        assert isinstance(turn.reply, Text)  # finish_list
        return replace(turn, reply=Text(lines([turn.reply.content, say("jobs_end", taps=taps)])))
    return turn


def wants_nearer(scene: Scene) -> bool:
    """近一点的有吗, after a list of jobs."""
    of_jobs = scene.subject is not None and scene.subject.kind == "posting"
    return of_jobs and _NEARER.fullmatch(scene.bare) is not None


def nearer(scene: Scene) -> Turn:
    """Where those of the list are, and how to send one's own place."""
    turn = jobs.places(scene)
    assert isinstance(turn.reply, Text)  # places
    place = jobs.first_place(scene)
    return replace(turn, reply=Text(lines([*turn.reply.content.split("\n"), say("jobs_near_how", place=plain(place))])))


def asks_of_the_employer(scene: Scene) -> bool:
    """这家公司还招什么, of a job that was shown."""
    of_jobs = scene.subject is not None and scene.subject.kind == "posting"
    return of_jobs and len(scene.bare) <= LONGEST and _SAME_EMPLOYER.fullmatch(scene.bare) is not None


def of_the_employer(scene: Scene) -> Turn:
    """All that this employer looks for."""
    item = opened_item(scene, entry.by_number(scene) or scene.subject)
    name = str(item.fields.get("employer") or "") if item else ""
    return jobs.listed(scene, JobQuery(employer=name)) if name else go_on(scene)
