"""What was formed under the catalogue and is to be disclosed: by when, and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from content.rules.catalogue import time_limits
from content.rules.errors import BadInput, Conflict
from content.rules.figures.holiday_calendar import EstimatedCalendar, UnknownYear, WorkCalendar
from content.rules.language import plain_text
from content.rules.people import Right
from content.services.figures import terms
from content.services.office import Office
from content.store import catalogue_items, people
from content.store.figures import ledger
from content.store.tables import CatalogueDuty, CatalogueItem

WHAT = "登记要公开的信息"
LONGEST, LONGEST_URL = 300, 1000


@dataclass(frozen=True)
class DutyLine:
    """Something that is to be disclosed. `due` is None where its year's holidays are not known, `why` says so.

    `day`: the day to keep in mind: the last of the term, or its estimate, which is never final.
    """

    duty: CatalogueDuty
    item: CatalogueItem
    due: date | None
    why: str
    day: date
    late: bool  # not disclosed in time, or not yet and the day is past

    def to_json(self) -> dict[str, Any]:
        """`{"id","item","what","body","formed_on","due_on","limit","disclosed_on","late"}`."""
        disclosed = self.duty.disclosed_on
        return {
            "id": self.duty.id, "item": self.item.name, "what": self.duty.what, "body": self.item.body,
            "formed_on": self.duty.formed_on.isoformat(), "due_on": self.due.isoformat() if self.due else None,
            "limit": self.why, "disclosed_on": disclosed.isoformat() if disclosed else None, "late": self.late,
        }  # fmt: skip


def form(office: Office, item_id: int, *, what: str, on: date, username: str) -> int:
    """Something was formed, changed or approved under an item; its number. Raises BadInput, NotAllowed, NotFound."""
    words = plain_text.one_line(plain_text.clean(what))
    if not words or len(words) > LONGEST:
        raise BadInput(f"请写明是什么信息，最多 {LONGEST} 个字。")
    if on > office.clock.today():
        raise BadInput(f"日期 {on} 还没有到。请写形成、变更或者批准的日期。")
    now = office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what=WHAT)
        item = catalogue_items.item(session, item_id)
        row = CatalogueDuty(item_id=item.id, what=words, formed_on=on, created_at=now, created_by=username)
        session.add(row)
        session.flush()
        ledger.append(session, kind="duty.added", actor=username, role=actor.role, subject=f"duty:{row.id}", at=now,
                      item=item.name, what=words, formed_on=on.isoformat())  # fmt: skip
        return row.id


def disclose(office: Office, number: int, *, on: date | None, key: str, url: str, username: str) -> None:
    """It is out: as a disclosure of ours (`key`), or elsewhere (`url`). Raises BadInput, Conflict, NotAllowed, NotFound."""
    if bool(key) == bool(url):
        raise BadInput("请给一样：公开信息的编号（--disclosure），或者网址（--url）。")
    if url and not url.startswith(("http://", "https://")):
        raise BadInput(f"网址“{url[:40]}”不完整，要以 http:// 或 https:// 开头。")
    if len(url) > LONGEST_URL:
        raise BadInput(f"网址太长，最多 {LONGEST_URL} 个字符。")
    now = office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what=WHAT)
        row = catalogue_items.duty(session, number)
        if row.disclosed_on:
            raise Conflict(f"第 {number} 号在 {row.disclosed_on} 已经公开。")
        found = catalogue_items.disclosure(session, key) if key else None
        day = on or (found.published_on if found else None) or office.clock.today()
        if not row.formed_on <= day <= office.clock.today():
            raise BadInput(f"公开的日期要在 {row.formed_on} 到今天之间，这里是 {day}。可以用 --on 写明。")
        row.disclosed_on, row.url, row.disclosure_id = day, url, found.id if found else None
        ledger.append(session, kind="duty.disclosed", actor=username, role=actor.role, subject=f"duty:{number}", at=now,
                      disclosed_on=day.isoformat(), disclosure=key, url=url)  # fmt: skip


def listing(office: Office, *, all_of_them: bool = False) -> list[DutyLine]:
    """What is still to be disclosed, or everything; what is due first comes first."""
    with office.store.read() as session:
        rows = catalogue_items.duties(session)
    calendar, today = terms.calendar(office.home), office.clock.today()
    found = [
        _line(calendar, duty, item, today=today) for duty, item in rows if all_of_them or duty.disclosed_on is None
    ]
    return sorted(found, key=lambda line: (line.day, line.duty.id))


def _line(calendar: WorkCalendar, duty: CatalogueDuty, item: CatalogueItem, *, today: date) -> DutyLine:
    limit = time_limits.read(item.time_limit)
    try:
        due = time_limits.due(calendar, duty.formed_on, limit)
    except UnknownYear as error:
        guessed = time_limits.due(EstimatedCalendar(calendar.table), duty.formed_on, limit)
        return DutyLine(duty, item, None, error.message, guessed, False)
    return DutyLine(duty, item, due, limit.words, due, (duty.disclosed_on or today) > due)
