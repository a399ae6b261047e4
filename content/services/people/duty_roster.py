"""值班表 (A/B岗): who is away when, and who reviews in their place meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from content.rules.errors import BadInput, Conflict, NotAllowed
from content.rules.passwords import ROBOT
from content.rules.people import Right, Role, who_may
from content.rules.publishing.three_reviews import STEP_WORDS, STEPS
from content.rules.spoken_times import day_words
from content.services.office import Office
from content.services.people import review_staff
from content.services.people.review_staff import ReviewStaff
from content.store import people, stand_ins
from content.store.figures import ledger
from content.store.tables import Absence, Person

LONGEST = timedelta(days=366)


class NobodyLeft(Conflict):
    """A cover with which nobody is left for one of the three reviews; somebody may arrange it all the same."""


@dataclass(frozen=True)
class RosterLine:
    """One absence: who is away from `first` to `last` (both included), who covers, and whether it is so today."""

    id: int
    username: str
    name: str
    cover: str
    cover_name: str
    first: date
    last: date
    now: bool


@dataclass(frozen=True)
class DutyDay:
    """Who is there on a day: for each review those who may pass it, for a colleague or for themselves; and who is away."""

    on: date
    steps: tuple[tuple[str, ...], ...]
    away: tuple[str, ...]


def week(office: Office) -> list[DutyDay]:
    """Today and the six days after it."""
    today = office.clock.today()
    with office.store.read() as session:
        staff = [person for person in people.everyone(session) if not person.disabled_at and person.username != ROBOT]
        rows = stand_ins.coming(session, today)
        return [_duty(staff, rows, today + timedelta(days=number)) for number in range(7)]


def _duty(staff: Sequence[Person], rows: Sequence[Absence], day: date) -> DutyDay:
    away = {row.person_id: row for row in rows if row.first_on <= day <= row.last_on}

    def able(right: Right) -> tuple[str, ...]:
        names = {person.name: "" for person in staff if people.holds(person, right) and person.id not in away}
        for row in away.values():
            if people.holds(row.person, right):
                names[row.cover.name] = f"（{'也' if row.cover.name in names else ''}代{row.person.name}）"
        return tuple(name + beside for name, beside in names.items())

    return DutyDay(day, tuple(able(right) for right in STEPS), tuple(row.person.name for row in away.values()))


def listing(office: Office) -> list[RosterLine]:
    """Absences of today and later, the soonest first."""
    today = office.clock.today()
    with office.store.read() as session:
        return [
            RosterLine(row.id, row.person.username, row.person.name, row.cover.username, row.cover.name, row.first_on,
                       row.last_on, row.first_on <= today)
            for row in stand_ins.coming(session, today)
        ]  # fmt: skip


def add(office: Office, username: str, *, cover: str, first: date, last: date, by: str = "", sure: bool = True) -> None:
    """From `first` to `last` the cover reviews in the person's place.

    `by`: the person, or who manages people; empty for the operator. Who is not `sure` does not arrange what leaves nobody
    for a review. Raises NotAllowed, NotFound, BadInput, Conflict, NobodyLeft.
    """
    if last < first:
        raise BadInput("最后一天不能早于第一天。")
    if last < office.clock.today():
        raise BadInput("这几天已经过去了。")
    if last - first > LONGEST:
        raise BadInput("一次最多排一年。")
    with office.store.write() as session:
        role = _may(session, username, by)
        away, stand_in = people.find(session, username), people.find(session, cover)
        _check(session, away, stand_in, first=first, last=last)
        if not sure and (lacks := _would_lack(office, session, away, stand_in, first=first, last=last)):
            raise NobodyLeft(lacks)
        now = office.clock.now()
        session.add(Absence(person_id=away.id, cover_id=stand_in.id, first_on=first, last_on=last, created_at=now))
        ledger.append(session, kind="cover.set", actor=by or "operator", role=role, subject=f"person:{away.id}", at=now,
                      username=username, cover=cover, first=str(first), last=str(last))  # fmt: skip


def _would_lack(office: Office, session: Session, away: Person, cover: Person, *, first: date, last: date) -> str:
    """What nobody could review any more with this cover, as a sentence; empty if all three could still be given."""
    rows = stand_ins.coming(session, first)
    for day in sorted({first, *(row.first_on for row in rows if first <= row.first_on <= last)}):
        staff = review_staff.on(office, session, day)
        gone = {row.person.username for row in rows if row.first_on <= day <= row.last_on}
        before, after = (
            _without(staff, gone),
            _without(review_staff.covered(staff, away, cover), {*gone, away.username}),
        )
        if (lost := after.lacking(authors=(), passed=())) and not before.lacking(authors=(), passed=()):
            word = "或".join(STEP_WORDS[step] for step in lost)
            return (
                f"{day_words(day)}起没有人能做{word}：代岗的人审了别的一审，就不能再审。"
                "那几天的稿件会审不完，请换一位代岗的。"
            )
    return ""


def _without(staff: ReviewStaff, away: Collection[str]) -> ReviewStaff:
    reviewers = tuple(each for each in staff.reviewers if each.person not in away)
    return ReviewStaff(reviewers, staff.names, staff.chief_twice)


def end(office: Office, absence_id: int, *, by: str = "") -> None:
    """It holds no more: the person is back. Raises NotAllowed, NotFound."""
    with office.store.write() as session:
        row = stand_ins.find(session, absence_id)
        role = _may(session, row.person.username, by)
        row.ended_at = office.clock.now()
        ledger.append(session, kind="cover.ended", actor=by or "operator", role=role, subject=f"person:{row.person_id}",
                      at=row.ended_at, username=row.person.username, cover=row.cover.username, first=str(row.first_on),
                      last=str(row.last_on))  # fmt: skip


def _may(session: Session, username: str, by: str) -> Role | str:
    """The role in which somebody changes a person's absence; none for the operator and for the person."""
    if not by or by == username:
        return ""
    if not people.holds(people.find(session, by), Right.MANAGE):
        raise NotAllowed(f"别人的代岗您不能排。能排的是：{who_may(Right.MANAGE)}，和本人。")
    return Role.ADMIN


def _check(session: Session, away: Person, cover: Person, *, first: date, last: date) -> None:
    if away.id == cover.id:
        raise BadInput("代岗的要是另一位同事。")
    if not people.holds(cover, Right.WRITE):
        raise BadInput(f"{cover.name}不能代岗。能代岗的是：{who_may(Right.WRITE)}。")
    for row in stand_ins.coming(session, first):
        if row.first_on > last:
            continue
        span = f"{day_words(row.first_on)} 到 {day_words(row.last_on)}"
        if row.person_id == away.id:
            raise Conflict(f"{away.name}在 {span} 已经排了代岗（{row.cover.name}）。要改，请先取消那一条。")
        if row.person_id == cover.id:
            raise Conflict(f"{cover.name}在 {span} 自己也不在，请选另一位。")
