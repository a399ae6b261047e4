"""What an applicant is asked to pay: by the number of applications in the month, or by the pages of this one. Never both."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from content.rules.applications import fees
from content.rules.applications.form_fields import ApplicationForm
from content.rules.errors import BadInput
from content.services.applications import personal_data
from content.services.office import Office
from content.store import applications
from content.store.tables import Application


@dataclass(frozen=True)
class ApplicantCount:
    """How many applications the same applicant has handed in: this one is the `in_month`-th of its month."""

    in_month: int
    in_year: int


def amount(office: Office, session: Session, row: Application, *, basis: str, pages: int) -> int:
    """The fee in yuan. Raises BadInput where the rule asks for none."""
    if basis not in fees.BASIS_WORDS:
        raise BadInput("请选一种算法：按件计收，或者按量（页数）计收。一件申请只能用一种。")
    if basis == fees.BY_PAGE:
        if pages < 1:
            raise BadInput("按量计收的，请写一共多少页。")
        found, why = fees.by_page(pages), f"{pages} 页没有超过 {fees.FREE_PAGES} 页"
    else:
        ordinal = count(office, session, row).in_month
        found, why = fees.of_item(ordinal), f"这是同一申请人当月的第 {ordinal} 件，没有超过 {fees.FREE_ITEMS} 件"
    if not found:
        raise BadInput(f"按国办函〔2020〕109 号不收费：{why}。")
    return found


def count(office: Office, session: Session, row: Application) -> ApplicantCount:
    """The applications of the same person or organisation, up to this one; who it is, is told by the sealed forms."""
    day = row.received_on or row.arrived_on
    form = personal_data.unseal_form(office.home, row.sealed)
    if form is None:
        return ApplicantCount(1, 1)
    mine = _who(form)
    same = [other for other in applications.arrived_in(session, date(day.year, 1, 1), day)
            if other.id == row.id or (_order(other) < _order(row) and _is(office, other, mine))]  # fmt: skip
    months = [other for other in same if (other.received_on or other.arrived_on).month == day.month]
    return ApplicantCount(len(months), len(same))


def _order(row: Application) -> tuple[date, int]:
    return row.received_on or row.arrived_on, row.id


def _is(office: Office, row: Application, who: str) -> bool:
    form = personal_data.unseal_form(office.home, row.sealed)
    return form is not None and _who(form) == who


def _who(form: ApplicationForm) -> str:
    """The number of the card or the credit code, else the name: written by hand, they differ in case and width."""
    return unicodedata.normalize("NFKC", form.identity or form.name).upper().replace(" ", "")
