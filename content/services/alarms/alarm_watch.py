"""Alarms that follow what is: raised for everything that stands still, closed as soon as it moves again.

Nothing has to be reported here: what is wrong stands in the rows, whoever wrote them, and is found there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from config.clock import local
from content.rules.alarms import AlarmKind
from content.rules.errors import GongkaiError
from content.rules.publishing.comparison import DifferenceKind
from content.rules.publishing.publication import Delivery, PublicationState
from content.rules.spoken_times import day_words, time_words
from content.services.alarms import lifecycle, new_reviewers, replaced_passwords
from content.services.applications import reminders
from content.services.catalogue import duty_reminders
from content.services.figures import ledger_audit
from content.services.office import Office
from content.services.reviewing import corrections, dead_ends, owed_reviews
from content.store import people
from content.store.alarms import alarms, stuck_work
from content.store.alarms.stuck_work import LateArticle
from content.store.redis import keys
from content.store.tables import Alarm, Difference, Publication

LATE = timedelta(minutes=10)  # after which nobody will take up a due article or a run that was cut off
FOLLOWED = (AlarmKind.OVERDUE, AlarmKind.UNKNOWN, AlarmKind.WAITING, AlarmKind.REFUSED, AlarmKind.DIFFERENCE,
            AlarmKind.JOB_FAILED, AlarmKind.UNDATED, AlarmKind.APPLICATION, AlarmKind.CATALOGUE,
            AlarmKind.OWED_REVIEW, AlarmKind.NO_REVIEWER, AlarmKind.PASSWORD, AlarmKind.REVIEWERS, AlarmKind.ACCOUNT)  # fmt: skip
MOST_NAMED = 10  # differences with an alarm of their own; more are work for a list
BY_REASON = (AlarmKind.NO_RIGHT, AlarmKind.PLATFORM)  # raised by publishing, over when nothing waits for it any more


@dataclass(frozen=True)
class StuckItem:
    """Something that stands still."""

    kind: AlarmKind
    subject: str
    message: str


def watch(office: Office, now: datetime) -> tuple[int, int]:
    """Raises and closes alarms until they say what is; how many of each."""
    reminded = [StuckItem(AlarmKind.APPLICATION, one.subject, one.message) for one in reminders.reminders(office)]
    reminded += [StuckItem(AlarmKind.CATALOGUE, one.subject, one.message) for one in duty_reminders.reminders(office)]
    with office.store.read() as session:
        findings = [*_findings(office, session, now), *reminded]
        over = [alarm.id for alarm in alarms.standing(session, FOLLOWED) if not _still(alarm, findings)]
        over += [alarm.id for alarm in alarms.standing(session, BY_REASON)
                 if not stuck_work.waits_for(session, alarm.message)]  # fmt: skip
        over += [alarm.id for alarm in alarms.standing(session, (AlarmKind.UNAPPROVED,))
                 if not stuck_work.is_refused(session, alarm.subject.partition("#")[0])]  # fmt: skip
        over += [alarm.id for alarm in corrections.standing(session) if corrections.is_over(session, alarm)]
        doubted = [alarm.id for alarm in alarms.standing(session, (AlarmKind.CLOCK,))]
    if doubted and _times_agree(office):
        over += doubted
    raised = sum(
        lifecycle.raise_alarm(office, finding.kind, subject=finding.subject, message=finding.message, now=now)
        for finding in findings
    )
    if over:
        with office.store.write() as session:
            for alarm_id in over:
                lifecycle.end(session, alarms.find(session, alarm_id), now)
    return raised, len(over)


def check_ledger(office: Office, now: datetime) -> bool:
    """Walks the ledger's whole chain and what should follow it; an alarm names the first that does not, until all do."""
    verdict = ledger_audit.verify(office)
    if verdict.broken is not None:
        subject, what = f"entry:{verdict.broken}", f"台账从第 {verdict.broken} 条起不可信：{verdict.why}"
    elif verdict.faults:
        subject, what = "tables", verdict.faults[0]
    if not verdict.ok:
        message = f"{what}请不要再改动数据库，用 gongkai ledger verify 核对，从备份恢复。"
        lifecycle.raise_alarm(office, AlarmKind.LEDGER_BROKEN, subject=subject, message=message, now=now)
        return False
    with office.store.write() as session:
        for alarm in alarms.standing(session, (AlarmKind.LEDGER_BROKEN,)):
            lifecycle.end(session, alarm, now)
    return True


def overdue(office: Office, session: Session, now: datetime) -> int:
    """How many articles are due and not out, with their retries used up or taken up by nobody."""
    held = [each for each in stuck_work.held_up(session) if _kind(each) is AlarmKind.OVERDUE]
    return sum(len(each.articles) for each in held) + len(_late(office, session, now))


def unknown(session: Session) -> int:
    """How many publications are not known to be out or not, those included that the clock still looks for."""
    return stuck_work.count(session, PublicationState.UNKNOWN)


def _times_agree(office: Office) -> bool:
    """Whether a delivery was taken since the last one that was refused for its time."""
    try:
        return not office.redis.client.exists(keys.CLOCK_REFUSALS)
    except (RedisError, GongkaiError):
        return False  # nobody knows


def _still(alarm: Alarm, findings: list[StuckItem]) -> bool:
    subject = alarm.subject.partition("#")[0]
    return any((finding.kind, finding.subject) == (alarm.kind, subject) for finding in findings)


def _findings(office: Office, session: Session, now: datetime) -> Iterator[StuckItem]:
    for publication in stuck_work.held_up(session):
        kind = _kind(publication)
        if kind is not None:
            yield StuckItem(kind, f"publication:{publication.id}", _words(publication))
    for late in _late(office, session, now):
        due = time_words(late.due_at, now=now, zone=office.settings.zone)
        yield StuckItem(AlarmKind.OVERDUE, f"article:{late.article_id}",
                      f"《{late.title}》{due} 就该发布，却没有动静。请看看时钟进程的日志。")  # fmt: skip
    yield from _owed(office, session, now)
    for each in dead_ends.standing(office, session):
        yield StuckItem(AlarmKind.NO_REVIEWER, f"article:{each.number}", f"《{each.title}》{each.dead_end.words}")
    yield from _differences(stuck_work.unsigned(session))
    yield from _undated(*stuck_work.undated(session))
    for subject, message in replaced_passwords.messages(office, session, now):
        yield StuckItem(AlarmKind.PASSWORD, subject, message)
    for subject, message in new_reviewers.messages(office, session, now):
        yield StuckItem(AlarmKind.REVIEWERS, subject, message)
    for person in people.altered(session):
        yield StuckItem(AlarmKind.ACCOUNT, f"person:{person.id}",
                        f"账号 {person.username}（{person.name}）在数据库里{people.ALTERED}，已经停用着，登录、审稿都不行。"
                        f"请先查是谁改的，再执行 {people.restoring(person)}：角色照台账恢复，密码作废，由管理员另给条子。")  # fmt: skip
    for run in stuck_work.failed_runs(session, now - LATE):
        due = local(run.due_at, office.settings.zone)[:16].replace("T", " ")
        what = f"没有做成：{run.note}" if run.note else "做到一半断了"
        yield StuckItem(AlarmKind.JOB_FAILED, f"{run.job} {due}"[:60],
                      f"{time_words(run.due_at, now=now, zone=office.settings.zone)} 的例行工作 {run.job} {what.rstrip('。')}。可以用 gongkai job run {run.job} 再做一次。")  # fmt: skip


def _owed(office: Office, session: Session, now: datetime) -> Iterator[StuckItem]:
    """A review that is owed after an emergency is told at once, and once more when its time is over."""
    for owed in owed_reviews.standing(office, session):
        until = time_words(owed.until, now=now, zone=office.settings.zone)
        yield StuckItem(AlarmKind.OWED_REVIEW, f"article:{owed.article}",
                        f"《{owed.title}》是应急发布，{owed.word}要在 {until} 以前补上，可以由{owed.names}来做。")  # fmt: skip
        if now > owed.until:
            yield StuckItem(AlarmKind.OWED_REVIEW, f"late-article:{owed.article}",
                            f"《{owed.title}》应急发布已经超过 24 小时，{owed.word}还没有补上，请{owed.names}马上补审。")  # fmt: skip


def _differences(rows: list[Difference]) -> Iterator[StuckItem]:
    """What was posted by hand on the platform is told in one sentence: a new account may have hundreds."""
    foreign = [row for row in rows if row.kind == DifferenceKind.ONLY_THEIRS]
    for row in [row for row in rows if row.kind != DifferenceKind.ONLY_THEIRS][:MOST_NAMED]:
        yield StuckItem(AlarmKind.DIFFERENCE, f"difference:{row.id}",
                      f"《{row.title}》（{day_words(row.on_day)}）{row.why}。查清后请用 gongkai reconcile resolve {row.id} 签认。")  # fmt: skip
    if foreign:
        first = day_words(min(row.on_day for row in foreign))
        days = first if len(foreign) == 1 else f"{first}以来"
        yield StuckItem(AlarmKind.DIFFERENCE, str(DifferenceKind.ONLY_THEIRS),
                      f"微信上有我们没有记录的文章（{days}，如《{foreign[0].title}》），还没有计入统计。"
                      "请用 gongkai reconcile 查看，逐条签认。")  # fmt: skip


def _undated(number: int, newest: str) -> Iterator[StuckItem]:
    """Items without a day are told in one sentence: a feed that changed its way of writing days has many."""
    if number:
        yield StuckItem(AlarmKind.UNDATED, "portal", f"门户网站有 {number} 条没有读出发布日期（如《{newest[:40]}》），"
                        "没有计入统计。请让网站写明日期，或者用 gongkai import portal 补上。")  # fmt: skip


def _kind(publication: Publication) -> AlarmKind | None:
    state = PublicationState(publication.state)
    if state is PublicationState.REFUSED:
        return AlarmKind.REFUSED
    if state in (PublicationState.HANDED, PublicationState.CONFIRMING):
        return AlarmKind.WAITING
    if state is PublicationState.UNKNOWN:
        return AlarmKind.UNKNOWN if publication.next_try_at is None else None
    return AlarmKind.OVERDUE if stuck_work.is_given_up(publication) else None


def _words(publication: Publication) -> str:
    titles = "、".join(f"《{part.revision.title}》" for part in publication.articles)
    return f"{titles}：{publication.reason or '没有写明原因。'}"


def _late(office: Office, session: Session, now: datetime) -> list[LateArticle]:
    """Due articles that nobody took up; those of a push may wait for the last of their day."""
    today, usual = office.clock.day(now), office.settings.wechat_delivery
    return [
        late
        for late in stuck_work.late(session, now - LATE)
        if (late.delivery or usual) != Delivery.MASS or office.clock.day(late.due_at) < today
    ]
