"""After a list of jobs: the next of it, those nearby, and what else an employer of it is looking for."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.follow_ups import entry
from bot.dialogue.answers.follow_ups.passage import opened_item
from bot.dialogue.answers.jobs import job_answers, refining
from bot.dialogue.answers.lists import go_on
from bot.dialogue.reply_text import lines, plain, say, tapped
from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Text
from content.rules.follow_ups import aspects, posting_questions
from content.rules.jobs.job_query import JobQuery

LONGEST = 20  # characters
_NEARER = re.compile(
    "(?:那|有没有|有|要|想要|最好|还是|哪个)*(?:离我?家?|距离|地方|位置)?(?:更|再)?(?:近一?[点些]|最近|不远|近)的?(?:有没有|有|呢|吗|地方|岗位|工作)*"
)
_CLAUSES = re.compile(r"[\s,。;?!]+")
_LIVES = re.compile(
    "(?:我|俺|人)?(?:家|人)?(?:就|现在|目前)?(?:住在?|在|家在)([\u4e00-\u9fff]{2,8}?)(?:那头|那边|这边|附近|一带)?(?:的|啊|呢)?"
)
_EASIER = re.compile(
    "(?:那|有没有|有|要|想要|想找|找|最好|哪个|哪家|换)*(?:个|点|比较|更|最|不太|不怎么)*(?:轻松|不累|省力|清闲|舒服|稳定|靠谱|正规|体面|有前途|有发展|好干|好做)(?:一?[点些])?"
)
_SAME_EMPLOYER = re.compile(
    "(?:那|就)?(?:第.{1,3}[个家条])?(?:(?:[这那](?:个|家)?|他们?|她们|它们?|人)家?|该|同一[个家]|上面那?[个家])的?(?:家|里|边|公司|单位|厂子?|企业|店|门店)*(?:里|还|都|也|现在|另外|目前)*"
    "(?:有没有|有|在)*(?:招不招|招聘?|要|缺)?(?:其[他它]|别的|哪些|什么|啥|几个)+(?:人|岗位?|职位|工作|工种|活)?(?:在?招)?(?:的|吗|呢|没|没有|人)*"
)


def goes_on(scene: Scene) -> Turn:
    """The next of a list; of jobs with the conditions that hold for it, and at its end those to let go of."""
    recall = scene.recall
    if recall is None or recall.source != "jobs" or not recall.text or not recall.shown:
        return go_on(scene)
    turn = go_on(scene, head=say("go_on_jobs", conditions=job_answers.understood(scene)))
    if turn.recall is None and (taps := job_answers.loosening(scene)):  # there is no more
        assert isinstance(turn.reply, Text)  # finish_list
        return replace(turn, reply=Text(lines([turn.reply.content, say("jobs_end", taps=taps)])))
    return turn


def wants_nearer(scene: Scene) -> bool:
    """近一点的有吗, after a list of jobs."""
    of_jobs = scene.subject is not None and scene.subject.kind == "posting"
    return of_jobs and "近" in scene.bare and _NEARER.fullmatch(_from_home(scene)[1]) is not None


def _from_home(scene: Scene) -> tuple[str, str]:
    """员村 of 有没有近一点的 我住员村, and the bare text without it."""
    clauses = [clause for clause in _CLAUSES.split(scene.text) if clause]
    homes = [found for clause in clauses if (found := _LIVES.fullmatch(clause))]
    rest = "".join(clause for clause in clauses if not _LIVES.fullmatch(clause))
    return (homes[0][1], rest) if homes and rest else ("", scene.bare)


def nearer(scene: Scene) -> Turn:
    """Those at the place where somebody lives; else where those of the list are, and how to send one's own place."""
    home, _ = _from_home(scene)
    if home and (query := refining.at(scene, home)):
        return job_answers.listed(scene, query)
    turn = job_answers.places(scene)
    assert isinstance(turn.reply, Text)  # places
    place = job_answers.first_place(scene)
    unknown = [say("jobs_none_at", place=plain(home))] if home else []
    how = say("jobs_near_how", place=plain(place))
    return replace(turn, reply=Text(lines([*unknown, *turn.reply.content.split("\n"), how])))


def wishes_what_none_says(scene: Scene) -> bool:
    """轻松一点的呢, after a list of jobs: what no posting tells of itself."""
    of_jobs = scene.subject is not None and scene.subject.kind == "posting"
    if not of_jobs or len(scene.bare) > LONGEST or _EASIER.match(scene.bare) is None:
        return False
    return not posting_questions.asks_nothing_else(aspects.standard(scene.bare))  # 靠谱吗 asks of what was shown


def not_told(scene: Scene) -> Turn:
    """That it cannot be told, and what of that kind can be asked for; the list stands as it is."""
    assert scene.recall is not None  # wishes_what_none_says
    taps = "　".join(tapped(words, "wish") for words in ("坐着上班的", "白班的", "不加班的", "双休的"))
    return Turn(Text(say("jobs_not_told", taps=taps)), recall=replace(scene.recall, at=scene.now))


def asks_of_the_employer(scene: Scene) -> bool:
    """这家公司还招什么, of a job that was shown."""
    of_jobs = scene.subject is not None and scene.subject.kind == "posting"
    return of_jobs and len(scene.bare) <= LONGEST and _SAME_EMPLOYER.fullmatch(scene.bare) is not None


def of_the_employer(scene: Scene) -> Turn:
    """All that this employer looks for."""
    item = opened_item(scene, entry.by_number(scene) or scene.subject)
    name = str(item.fields.get("employer") or "") if item else ""
    return job_answers.listed(scene, JobQuery(employer=name)) if name else go_on(scene)
