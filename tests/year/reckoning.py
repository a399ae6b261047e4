"""The end of the year: our ledger, our counters, and the platform's own list, held against each other."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from content.rules.alarms import AlarmKind
from content.services.figures import ledger_audit, yearly_tally
from content.services.office import Office
from content.store.figures import ledger
from content.store.tables import Alarm, Article, JobRun
from tests import world
from tests.year.crew import Crew
from tests.year.staff import Out, Staff, on_the_platform

ZONE = world.ZONE
LOST_WITH_REDIS = 10  # questions; emptying it takes along those that are not in SQL yet
TOKEN = re.compile(r"\d{2,6}_[A-Za-z0-9_-]{100,}")  # as the emulator issues them
DELIVERED = {
    ("published", "api"): "publish",
    ("pushed", "api"): "mass",
    ("published", "hand"): "draft",
    ("pushed", "hand"): "draft",
}


@dataclass
class Reckoning:
    """The rows of the table, and what is wrong."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def say(self, what: str, value: object) -> None:
        """A row that only tells."""
        self.rows.append((what, str(value)))

    def demand(self, what: str, value: object, ok: bool, *, examples: Iterable[object] = ()) -> None:
        """A row that must be right."""
        self.rows.append((what, f"{value}{'' if ok else '   <-- WRONG'}"))
        if not ok:
            self.wrong.append(f"{what}: {value} {list(examples)[:10]}")

    def __str__(self) -> str:
        width = max(len(what) for what, _ in self.rows)
        return "\n".join(f"{what:<{width}}  {value}" for what, value in self.rows)


def reckon(office: Office, crew: Crew, *, first: date, last: date) -> Reckoning:
    """Everything that has to be so after the days from `first` to `last`."""
    found = Reckoning()
    out = on_the_platform(crew)
    with office.store.read() as session:
        states = {row.id: row.state for row in session.execute(select(Article.id, Article.state))}
        approved = {_number(entry) for entry in ledger.since(session, 0, "article.approved")}
        uncalled = set(session.scalars(select(Article.id).where(Article.reserve, Article.due_at.is_(None))))
        written = [(_number(entry), json.loads(entry.data)) for entry in ledger.since(session, 0, "article.published")]
    once(found, approved - uncalled, out, states)
    entries(found, written, out)
    counts(found, office, out, {first.year, last.year})
    days(found, out, first, last)
    chain(found, office)
    secrets(found, crew)
    return found


def once(found: Reckoning, wanted: set[int], out: list[Out], states: dict[int, str]) -> None:
    """Each approved article is out once, nothing else is, and we know it."""
    times = Counter(each.article_id for each in out)
    lost = sorted(wanted - set(times))
    doubled = sorted(number for number, count in times.items() if count > 1)
    foreign = sorted(set(times) - wanted)
    stuck = {number: states[number] for number in wanted if states[number] != "published"}
    found.say("approved articles", len(wanted))
    found.demand("out exactly once", sum(times[n] == 1 for n in wanted), not lost and not doubled)
    found.demand("lost", len(lost), not lost, examples=lost)
    found.demand("doubled", len(doubled), not doubled, examples=doubled)
    found.demand("out without approval", len(foreign), not foreign, examples=foreign)
    found.demand("not known as published", len(stuck), not stuck, examples=stuck.items())


def entries(found: Reckoning, written: list[tuple[int, dict[str, Any]]], out: list[Out]) -> None:
    """Each article has one entry in the ledger, of the platform's day, delivery and address."""
    times = Counter(number for number, _ in written)
    there = {each.article_id: each for each in out}
    twice = [number for number, count in times.items() if count > 1]
    day = [number for number, data in written if number in there and data["published_on"] != str(_day(there[number]))]
    way = [number for number, data in written if number in there and data["delivery"] != _way(there[number])]
    url = [number for number, data in written if number in there and data["url"] not in ("", there[number].url)]
    found.demand("entries in the ledger", len(written), not twice and set(times) == set(there), examples=twice)
    found.demand("of another day than the platform's", len(day), not day, examples=day)
    found.demand("of another delivery", len(way), not way, examples=way)
    found.demand("with another address", len(url), not url, examples=url)


def counts(found: Reckoning, office: Office, out: list[Out], years: set[int]) -> None:
    """Redis, the ledger counted anew, and the platform's list: all figures of all years."""
    for year in sorted(years | {max(years) + 1}):
        now = office.clock.now()
        counted = {**yearly_tally.read(office, year, now), "as_of": ""}
        recounted = {**yearly_tally.recount(office, year, now), "as_of": ""}
        mine = [each for each in out if _day(each).year == year]
        theirs: dict[str, Any] = {
            "articles": len(mine),
            "by_month": [sum(_day(each).month == month for each in mine) for month in range(1, 13)],
            "by_delivery": {"publish": 0, "mass": 0, "draft": 0, "hand": 0, **Counter(_way(each) for each in mine)},
        }
        same = counted == recounted and all(counted[name] == value for name, value in theirs.items())
        if year in years or mine:
            figures = f"{counted['articles']} = {recounted['articles']} = {len(mine)}"
            found.demand(f"tally {year} = ledger = platform", figures, same, examples=[counted, recounted, theirs])
            found.say(f"  by delivery {year}", counted["by_delivery"])
            found.say(f"  questions {year}", counted["questions"])


def questions(found: Reckoning, office: Office, staff: Staff, years: set[int]) -> None:
    """Each question is answered and counted; Redis when emptied may take a few along that were not in SQL yet."""
    asked = staff.did["questions answered"] + staff.did["questions left without an answer"]
    counted = sum(yearly_tally.read(office, year, office.clock.now())["questions"]["asked"] for year in years)
    silent = staff.did["questions left without an answer"]
    found.demand("questions asked, counted", f"{asked}, {counted}", 0 <= asked - counted <= LOST_WITH_REDIS)
    found.demand("questions without an answer", silent, silent == 0)


def days(found: Reckoning, out: list[Out], first: date, last: date) -> None:
    """Every day has its post."""
    wanted = (first + timedelta(days=number) for number in range((last - first).days + 1))
    empty = sorted(set(wanted) - {_day(each) for each in out})
    found.demand("days without a post", len(empty), not empty, examples=map(str, empty))


def chain(found: Reckoning, office: Office) -> None:
    """The ledger is whole, and no job ran twice for its hour."""
    verdict = ledger_audit.verify(office)
    found.demand("ledger entries verified", verdict.entries, verdict.ok, examples=[verdict])
    with office.store.read() as session:
        runs = session.execute(select(JobRun.outcome, func.count()).group_by(JobRun.outcome)).all()
        alarms = session.execute(select(Alarm.kind, func.count()).group_by(Alarm.kind)).all()
        open_ = list(
            session.scalars(select(Alarm).where(Alarm.closed_at.is_(None), Alarm.kind != AlarmKind.JOB_FAILED))
        )
        again = session.execute(
            select(JobRun.job, JobRun.due_at).group_by(JobRun.job, JobRun.due_at).having(func.count() > 1)
        ).all()
    found.demand("runs of jobs", {outcome: count for outcome, count in runs}, not again)
    found.say("alarms raised", {kind: count for kind, count in alarms})
    found.say("alarms still open", [f"{each.kind} {each.subject}" for each in open_])


def reconciled(found: Reckoning, crew: Crew, first: date, last: date) -> None:
    """The product's own comparison of the whole time finds nothing."""
    receipt = crew.json("reconcile", "--from", str(first), "--to", str(last))
    differences = [item for kind in ("only_ours", "only_theirs", "different") for item in receipt[kind]]
    found.demand("reconciled: differences", len(differences), not differences, examples=differences)
    found.say("reconciled: matched, unproven", f"{receipt['matched']}, {receipt['unproven']}")


def secrets(found: Reckoning, crew: Crew) -> None:
    """No log holds a secret or a token."""
    known = [world.WECHAT[name] for name in ("wechat_app_secret", "wechat_token", "wechat_aes_key")]
    logs = [*crew.folder.glob("*.log"), *crew.home.rglob("*.log")]
    hits = [f"{log.name}: {hit}" for log in logs for hit in _leaks(log, known)]
    size = sum(log.stat().st_size for log in logs)
    found.demand(f"secrets in {len(logs)} logs, {size // 1024} KB", len(hits), not hits, examples=hits)


def _leaks(log: Path, known: list[str]) -> list[str]:
    text = log.read_text(encoding="utf-8", errors="replace")
    return [secret for secret in known if secret in text] + TOKEN.findall(text)


def _number(entry: Any) -> int:
    return int(entry.subject.removeprefix("article:"))


def _day(each: Out) -> date:
    return each.at.astimezone(ZONE).date()


def _way(each: Out) -> str:
    return DELIVERED[each.kind, each.by]
