"""公开率: how much of what each department had to disclose is out, and how much of that in time."""

from __future__ import annotations

from dataclasses import dataclass

from content.services.catalogue import disclosure_duties
from content.services.catalogue.disclosure_duties import DutyLine
from content.services.office import Office

NOBODY = "（没有写公开主体）"


@dataclass(frozen=True)
class DisclosureRate:
    """Of what a department had to disclose: how much is out, and how much of that in time."""

    body: str
    due: int
    disclosed: int
    in_time: int

    @property
    def rate(self) -> float:
        """公开率, in per cent."""
        return 100 * self.disclosed / self.due if self.due else 100.0


def rates(office: Office, year: int) -> list[DisclosureRate]:
    """Each department's rate for what fell due in a year up to today, or was disclosed before its day; lowest first."""
    today = office.clock.today()
    counted: dict[str, list[DutyLine]] = {}
    for line in disclosure_duties.listing(office, all_of_them=True):
        if line.due and line.due.year == year and (line.due <= today or line.duty.disclosed_on):
            counted.setdefault(line.item.body or NOBODY, []).append(line)
    found = [
        DisclosureRate(body, len(lines), sum(line.duty.disclosed_on is not None for line in lines),
                       sum(line.duty.disclosed_on is not None and not line.late for line in lines))
        for body, lines in counted.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.rate, one.body))
