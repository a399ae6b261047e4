"""The page of hours: every job, when it runs, and why then. Hours are the office's.

`every` jobs wake up by the second and find their work in rows; `at` jobs run once for each due time, and of the due
times that were missed the last is made up for, within `grace`. Jobs that are due together run in this order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from config.settings import Settings, variable
from content.rules.publishing import daily_post_hours
from content.services.publishing import JobContext
from scheduler.jobs import (
    check_ledger,
    check_tally,
    daily_digest,
    erase_applications,
    fetch_portal,
    gap_alarm,
    keep_questions,
    publish_due,
    reconcile,
    seal_ledger,
    tell_alarms,
    tell_wishes,
    tidy_drafts,
    tidy_runs,
    watch,
)


@dataclass(frozen=True)
class Job:
    """One line of the timetable: `every` so many seconds, or `at` these times of the day (HH:MM)."""

    name: str
    run: Callable[[JobContext], str]
    why: str
    every: int = 0
    at: tuple[str, ...] = ()
    grace: timedelta = timedelta(hours=12)
    needs: str = ""  # the setting without which there is nothing to do

    @property
    def words(self) -> str:
        """What it does, for people."""
        return WORDS[self.name]


TIMETABLE: tuple[Job, ...] = (
    Job("publish_due", publish_due.run, "due work is found within 5 seconds", every=1),
    Job("watch", watch.run, "what stands still is told while it can still be helped", every=15),
    Job("keep_questions", keep_questions.run, "a question is counted soon also when no other follows it", every=5),
    Job("tell_alarms", tell_alarms.run, "robots of offices take 20 messages a minute", every=10),
    Job("tell_wishes", tell_wishes.run, "news is fresh for minutes", every=60, needs="notice_template"),
    Job("tidy_drafts", tidy_drafts.run, "when no post is due", at=("03:20",)),
    Job("tidy_runs", tidy_runs.run, "when no post is due", at=("03:50",)),
    Job("seal_ledger", seal_ledger.run, "once a day is over", at=("00:05",)),
    Job("reconcile", reconcile.run, "the platform's statistics of yesterday are ready after 8:00", at=("10:00",)),
    Job("check_tally", check_tally.run, "before the office opens", at=("06:10",)),
    Job("erase_applications", erase_applications.run, "when nobody reads the register", at=("03:40",)),
    Job("check_ledger", check_ledger.run, "when nobody waits for the database", at=("04:10",)),
    Job(
        "fetch_portal",
        fetch_portal.run,
        "a feed names only its newest items; 23:50 is the day's last chance to see them",
        at=("07:20", *(f"{hour:02}:50" for hour in range(8, 24))),
        grace=timedelta(hours=1),
        needs="portal_feed",
    ),
    Job("daily_digest", daily_digest.run, "it lies there when the reviewers come", at=("07:30",)),
    Job(
        "gap_alarm",
        gap_alarm.run,
        "tomorrow's post while the office is open; today's while three reviews still fit into the day",
        at=tuple(f"{hour:%H:%M}" for hour in daily_post_hours.hours()),
    ),
)


WORDS = {
    "publish_due": "发布到期的稿件，核对结果",
    "watch": "查看有什么停滞，发出和解除告警",
    "keep_questions": "把群众的提问记入数据库",
    "tell_alarms": "推送告警",
    "tell_wishes": "发订阅通知",
    "tidy_drafts": "清理公众平台上无用的草稿",
    "tidy_runs": "清理运行记录",
    "erase_applications": "清除过期的申请人资料",
    "seal_ledger": "给台账签名",
    "reconcile": "与微信核对昨天的发布",
    "check_tally": "核对年度统计",
    "check_ledger": "核对台账",
    "fetch_portal": "读取门户网站的新条目",
    "daily_digest": "准备每日要点",
    "gap_alarm": "断更检查",
}


def find(name: str) -> Job | None:
    """The job of that name."""
    return next((job for job in TIMETABLE if job.name == name), None)


def wanted(settings: Settings) -> list[Job]:
    """The jobs that this office's settings give something to do."""
    return [job for job in TIMETABLE if not job.needs or getattr(settings, job.needs)]


def when(job: Job) -> str:
    """When a job runs, in words for people."""
    hours = f"每 {job.every} 秒" if job.every else f"每天 {'、'.join(job.at)}"
    return f"{hours}（设置了 {variable(job.needs)} 才做）" if job.needs else hours
