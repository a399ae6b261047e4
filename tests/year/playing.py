"""The year played: time goes from stop to stop, and at each stop everything that is due has to happen."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import OPEN, Delivery, PublicationState
from content.services.office import Office
from content.store.articles import publications
from content.store.clock_lead import LEAD
from content.store.tables import Article, JobRun, Leader, Publication
from scheduler.runner.due import latest_due
from scheduler.timetable import wanted
from tests.fixtures.hands import Hands
from tests.year.crew import Crew
from tests.year.plan import Accident, Day, Plan, instant
from tests.year.staff import Staff

STOPS = ("08:20", "10:06", "16:01")  # when jobs have come due; those of the night run in the morning
EVENING = "18:30"  # on a special day somebody stays until the posts are out
NEAR = timedelta(minutes=40)  # stops this near to each other are one
ROUNDS = (10, 14, 17, 18)  # the hours from which on somebody looks at what waits, once each
LAGS = (0.0, 0.0, 20.0, 300.0, 1200.0)  # seconds by which a look or a retry comes late
LULL = 0.15  # real seconds that the platform is given to finish its own work
LONG = 15.0  # real seconds at one stop that are worth telling
TOO_LONG = 150.0
USUAL: dict[str, Any] = {
    "rights": {"freepublish": True}, "publish_status": 0, "mass_status": "send success", "mass_confirmation": False,
    "ip_whitelist": [], "delayed_days": [],
}  # fmt: skip


class Year:
    """Plays a plan with a crew and a staff; afterwards `struck` and `long_stops` tell of it."""

    def __init__(self, *, office: Office, crew: Crew, staff: Staff, hands: Hands, plan: Plan, seed: int) -> None:
        self.office, self.crew, self.staff, self.hands, self.plan = office, crew, staff, hands, plan
        self.dice = random.Random(f"playing {seed}")
        self.struck: Counter[str] = Counter()
        self.long_stops: list[str] = []
        self.stops = 0
        self._accidents: list[tuple[float, Accident]] = []
        self._store = sqlite3.connect(crew.home / "gongkai.db")  # only to be told that somebody wrote
        self._seen: tuple[datetime, int] | None = None
        self._was_busy = True
        self._asked: Iterator[str] = iter(())

    def play(self, tell: Callable[[Day], None]) -> None:
        """All days of the plan, one after the other; `tell` is called after each."""
        self.staff.follow()
        self.staff.queue(self.plan.reserves)
        for number, day in enumerate(self.plan.days):
            if number % 7 == 0:
                self.staff.queue([post for ahead in self.plan.days[number : number + 7] for post in ahead.posts])
            self._dawn(day)
            self._day(day)
            tell(day)

    def come_to_rest(self, days: int = 40) -> bool:
        """Nothing goes wrong any more: days pass until nothing is under way; False if that never comes."""
        self._dawn(Day(self.plan.days[-1].on))
        for number in range(1, days):
            if not self._under_way() and number > 2:
                return True
            self._day(Day(self.plan.days[-1].on + timedelta(days=number)))
        return False

    def _dawn(self, day: Day) -> None:
        """The day's weather."""
        door = self.crew.door
        self._note_faults()
        door.act("faults", clear=True)
        if day.faults:
            door.act("faults", rules=day.faults)
        switches = dict(day.switches)
        if switches.get("delayed_days"):
            switches["delayed_days"] = [str(day.on - timedelta(days=1))]
        door.act("options", **{**USUAL, **switches})
        if day.tokens_die:
            door.act("kill_tokens")
        self.staff.import_notices(day)

    def _day(self, day: Day) -> None:
        stops = _stops(day)
        at_stop: dict[int, list[Accident]] = {number: [] for number in range(len(stops))}
        for accident in day.accidents:
            at_stop[int(accident.stop * len(stops))].append(accident)
        self._asked = iter(day.questions)
        rounds = list(ROUNDS)
        for number, stop in enumerate(stops):
            self._go_to(stop, at_stop[number])
            if day.switches:
                self._attend(day.switches)
            if rounds and stop.hour >= rounds[0]:
                rounds = [hour for hour in rounds if hour > stop.hour]
                self._people(stays=stop.hour >= ROUNDS[-1] and bool(day.switches))
        midnight = instant(day.on + timedelta(days=1), "00:00")
        while due := self._next_due(midnight):  # before the next day brings another platform
            self._go_to(due, [])

    def _go_to(self, stop: datetime, accidents: list[Accident]) -> None:
        """Time goes on to `stop`, and halts wherever something is due on the way."""
        while True:
            earlier = self._next_due(stop)
            late = timedelta(seconds=self.dice.choice(LAGS))
            now = min(stop, earlier + late) if earlier else stop
            self.hands.set(now)
            begun = time.monotonic()
            self._accidents = [(begun + accident.after, accident) for accident in accidents]
            accidents = []
            self._let_things_happen(begun)
            if now >= stop:
                return

    def _let_things_happen(self, begun: float) -> None:
        """Returns when nothing is due any more, and the platform has done what it had to."""
        self.stops += 1
        while True:
            self._strike()
            if not self._accidents and not self._busy():
                self._let_the_platform_work()
                if not self._busy():
                    break
            assert time.monotonic() - begun < TOO_LONG, f"at {self.hands.now} nothing moves on: {self._under_way()}"
            self.crew.demand_alive()
            time.sleep(0.02)
        if time.monotonic() - begun > LONG:
            self.long_stops.append(f"{self.hands.now:%m-%d %H:%M} {time.monotonic() - begun:.0f} s")
        self.crew.recover()

    def _strike(self) -> None:
        now = time.monotonic()
        for accident in [each for at, each in self._accidents if at <= now]:
            self.crew.strike(accident.target, accident.rest)
        self._accidents = [(at, each) for at, each in self._accidents if at > now]

    def _let_the_platform_work(self) -> None:
        """Until it has nothing to do; one that is dead has not, and late events are not waited for."""
        with contextlib.suppress(requests.RequestException):
            self.crew.door.act("settle", timeout=LULL)

    def _people(self, *, stays: bool) -> None:
        """Somebody looks at what waits, and somebody asks something; who stays presses every button."""
        self.crew.door.act("options", webhook=f"{self.crew.open_web()}/wechat")
        self.staff.round(diligent=stays)
        for text in self._asked:
            self.staff.ask(text)

    def _attend(self, switches: dict[str, Any]) -> None:
        """What a person does on a special day."""
        if "mass_confirmation" in switches:
            self.staff.confirm_pushes()
        if "ip_whitelist" in switches and self.hands.now.astimezone(self.office.settings.zone).hour >= 14:
            self.crew.door.act("options", ip_whitelist=[])
        if {"publish_status", "mass_status"} & set(switches) and self.staff.refused():
            self.crew.door.act("options", publish_status=0, mass_status="send success")

    def _note_faults(self) -> None:
        """Adds up what struck, since a day's rules are cleared at its end."""
        for rule in self.crew.door.look("faults")["faults"]:
            self.struck[f"{rule['act']} {rule.get('errcode', '')}".strip()] += rule["struck"]

    def _next_due(self, stop: datetime) -> datetime | None:
        """When something under way is to be looked at before `stop`; what waits for a person is looked at by the way."""
        hurried = OPEN - {PublicationState.HANDED}
        query = select(Publication.next_try_at).where(
            Publication.state.in_(hurried), Publication.next_try_at > self.hands.now, Publication.next_try_at < stop
        )
        with self.office.store.read() as session:
            return session.scalar(query.order_by(Publication.next_try_at).limit(1))

    def _under_way(self) -> list[str]:
        with self.office.store.read() as session:
            return [f"{each.id} {each.state} {each.reason}" for each in publications.in_states(session, OPEN)]

    def _busy(self) -> bool:
        """Whether something is due now that has not been done; looked at anew when time or store have changed."""
        [version] = self._store.execute("PRAGMA data_version").fetchone()
        if self._seen != (self.hands.now, version):
            self._seen = self.hands.now, version
            now = self.hands.now.astimezone(UTC)
            with self.office.store.read() as session:
                self._was_busy = (
                    self._steps_due(session, now) or self._posts_due(session, now) or self._jobs_due(session, now)
                )
        return self._was_busy

    def _steps_due(self, session: Session, now: datetime) -> bool:
        query = select(Publication.id).where(Publication.state.in_(OPEN), Publication.next_try_at <= now)
        return session.scalar(query.limit(1)) is not None

    def _posts_due(self, session: Session, now: datetime) -> bool:
        """Pushes of a day wait for the last of them."""
        query = select(Article).where(Article.state == ArticleState.SCHEDULED, ~publications.has_open_publication())
        waiting = [(each.due_at, each.delivery == Delivery.MASS) for each in session.scalars(query) if each.due_at]
        today = self.office.clock.day(now)
        later = any(pushed and at > now and self.office.clock.day(at) == today for at, pushed in waiting)
        return any(at <= now and not (later and pushed) for at, pushed in waiting)

    def _jobs_due(self, session: Session, now: datetime) -> bool:
        """A run that a killed clock left behind is taken up by and by, and not waited for."""
        leader = session.get(Leader, LEAD)
        for job in (job for job in wanted(self.office.settings) if job.at):
            due = latest_due(job, now, self.office.settings.zone)
            run = session.scalars(select(JobRun).where(JobRun.job == job.name, JobRun.due_at == due)).first()
            mine = run and run.outcome == "running" and leader and run.runner == leader.holder
            if due and (run is None or mine):
                return True
        return False


def _stops(day: Day) -> list[datetime]:
    """The instants of a day at which time halts; of those that lie near each other the last."""
    hours = (*STOPS, EVENING) if day.switches else STOPS
    wanted = sorted({instant(day.on, hour) for hour in hours} | {post.at for post in day.posts if post.at})
    return [at for at, after in zip(wanted, [*wanted[1:], None], strict=True) if after is None or after - at > NEAR]
