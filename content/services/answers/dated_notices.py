"""What fits a question and belongs to a day, a month, a quarter or a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from content.rules.language import periods_in_titles
from content.rules.language.periods import Period
from content.search.hits import Hit
from content.services.answers import notice_search
from content.services.office import Office

RANKED = 24  # of what fits whenever, so many are asked whether their title names the period
READ = 4  # … and of the best so many what their text says


def dated(office: Office, period: Period, *, limit: int = 10, today: date | None = None) -> list[Hit]:
    """What fits the question around a period (`period.rest`) and belongs to the period, best first."""
    asked = f"{period.year}年 {period.rest}" if period.year else period.rest
    then = notice_search.find(office, asked, limit, today=today, period=period).hits
    if not period.year:
        then = sorted(_about_it(office, period, asked, then, today), key=lambda hit: not period.is_named_in(hit.folded))
    return notice_search.outstanding(notice_search.fitting(office, period.rest, then))[:limit]


def _about_it(office: Office, period: Period, asked: str, then: list[Hit], today: date | None) -> Iterator[Hit]:
    """Best first: what says that it is about the period, and what came out then and says nothing of the kind."""
    published = {hit.ref for hit in then}
    whenever = notice_search.find(office, asked, RANKED, today=today).hits
    others = [hit for hit in then if hit.ref not in {hit.ref for hit in whenever}]
    for place, hit in enumerate([*whenever, *others]):
        came = hit.card()["published_on"]
        day = date.fromisoformat(came) if came else None
        if period.holds(hit.folded, day) or (hit.ref not in published and place < READ and _says(office, hit, period)):
            yield hit


def _says(office: Office, hit: Hit, period: Period) -> bool:
    """Whether the text, not the title, names the period."""
    kind, _, number = hit.ref.partition(":")
    item = notice_search.one(office, kind, int(number))
    spans = periods_in_titles.named(str(item.fields.get("body") or ""), item.result.published_on)
    return not periods_in_titles.named(hit.folded, item.result.published_on) and periods_in_titles.meets(
        spans, period.first, period.last
    )
