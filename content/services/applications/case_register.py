"""Reviews and suits about disclosure: entered when they are filed, closed with a result of the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from content.rules.applications.cases import KINDS, CaseResult
from content.rules.errors import BadInput, Conflict
from content.rules.figures.annual_report import form
from content.rules.language import plain_text
from content.rules.people import Right
from content.services.office import Office
from content.store import applications, disclosure_cases, people
from content.store.figures import ledger
from content.store.tables import DisclosureCase

LONGEST = 60
WHAT = "登记行政复议和行政诉讼"


@dataclass(frozen=True)
class NewCase:
    """What was filed; `reference` is the number that the court or the review body gave it, `application` one of ours."""

    kind: str
    filed_on: date
    reference: str = ""
    application: str = ""


def add(office: Office, new: NewCase, *, username: str) -> int:
    """Enters a case; its number. Raises BadInput, NotAllowed, NotFound."""
    reference = plain_text.one_line(plain_text.clean(new.reference))
    if new.kind not in KINDS:
        raise BadInput(
            f"没有“{new.kind}”这一类。可以用的是："
            + "；".join(f"{k} {words}" for k, words in form.CASES.items())
            + "。"
        )
    if new.filed_on > office.clock.today():
        raise BadInput(f"日期 {new.filed_on} 还没有到。")
    if len(reference) > LONGEST:
        raise BadInput(f"案号太长，最多 {LONGEST} 个字。")
    now = office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what=WHAT)
        if new.application:
            applications.find(session, new.application)
        row = DisclosureCase(kind=new.kind, filed_on=new.filed_on, reference=reference, application=new.application,
                             created_at=now, created_by=username)  # fmt: skip
        session.add(row)
        session.flush()
        ledger.append(session, kind="case.added", actor=username, role=actor.role, subject=f"case:{row.id}", at=now,
                      kind_of_case=new.kind, filed_on=new.filed_on.isoformat(), reference=reference,
                      application=new.application)  # fmt: skip
        return row.id


def end(office: Office, number: int, *, result: CaseResult, on: date, username: str) -> None:
    """Closes a case. Raises BadInput, Conflict, NotAllowed, NotFound."""
    now = office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what=WHAT)
        row = disclosure_cases.find(session, number)
        if row.ended_on:
            raise Conflict(f"第 {number} 号在 {row.ended_on} 已经审结。")
        if not row.filed_on <= on <= office.clock.today():
            raise BadInput(f"审结的日期要在 {row.filed_on} 到今天之间，给的是 {on}。")
        row.result, row.ended_on = result, on
        ledger.append(session, kind="case.ended", actor=username, role=actor.role, subject=f"case:{number}", at=now,
                      result=str(result), ended_on=on.isoformat())  # fmt: skip


def everything(office: Office) -> list[DisclosureCase]:
    """All cases, oldest first."""
    with office.store.read() as session:
        return disclosure_cases.everything(session)
