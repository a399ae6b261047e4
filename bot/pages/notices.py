"""The catalogue of disclosures, and a page for each disclosure and each posting."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from flask import Blueprint, render_template

from bot.dialogue.reply_text import untagged
from bot.pages import departments
from bot.pages.long_texts import asked_for
from bot.pages.safe_html import notice_body, web_link
from bot.web.addresses import with_args
from bot.web.paging import PAGE, code_asked, page_count, page_number, year_asked
from content.rules.language.plain_text import fit, one_line
from content.services.answers import notice_search
from content.services.jobs import job_search
from content.services.notices import catalogue, related
from content.services.notices.catalogue import CatalogueCounts
from content.services.office import Office

DESCRIPTION = 200  # bytes, for cards in chats


class _Chosen(NamedTuple):
    category: str
    department: str
    year: int | None


def blueprint(office: Office) -> Blueprint:
    """`/disclosures`, `/d/<id>`, `/j/<id>`."""
    pages = Blueprint("notices", __name__)

    @pages.get("/disclosures")
    def disclosures() -> str:
        chosen = _Chosen(code_asked("category"), code_asked("department"), year_asked())
        shelves = catalogue.shelves(office, **chosen._asdict())
        last = page_count(shelves.total)
        number = min(page_number(), last)
        rows = catalogue.disclosures(office, **chosen._asdict(), limit=PAGE, offset=PAGE * (number - 1))
        return render_template(
            "disclosures.html", rows=rows, number=number, pages_count=last, total=shelves.total,
            page_argument=number if number > 1 else "", **_filters(chosen, shelves),
        )  # fmt: skip

    @pages.get("/d/<int:number>")
    def disclosure(number: int) -> str:
        item = notice_search.one(office, "disclosure", number)
        body = str(item.fields.get("body") or "")
        return render_template(
            "disclosure.html",
            item=item,
            part=asked_for(notice_body(body, item.source_url)),
            summary=_summary(body),
            attachments=_attachments(item.fields.get("attachments")),
            source=web_link(item.source_url),
            department=departments.called(office, item.result.department),
            related=related.related(office, item) if item.withdrawn_at is None else related.RelatedNotices(),
        )

    @pages.get("/j/<int:number>")
    def job(number: int) -> str:
        item = notice_search.one(office, "posting", number)
        text = str(item.fields.get("description") or "")
        return render_template(
            "job.html",
            item=item,
            part=asked_for(notice_body(text, item.source_url)),
            summary=_summary(text),
            source=web_link(item.source_url),
            others=job_search.of_employer(office, item.result, office.clock.today()),
        )

    return pages


def _filters(chosen: _Chosen, shelves: CatalogueCounts) -> dict[str, object]:
    """What the page offers to choose from, and what is chosen, as the template wants it."""
    names = {"category": shelves.categories, "department": shelves.departments}
    chips = [
        (with_args(page="", **{argument: ""}), next((name for its, name, _ in names[argument] if its == code), code))
        for argument, code in (("category", chosen.category), ("department", chosen.department))
        if code
    ]
    if chosen.year:
        chips.append((with_args(year="", page=""), f"{chosen.year}年"))
    rows = {
        argument: [(with_args(page="", **{argument: code}), name, count, code) for code, name, count in counted]
        for argument, counted in names.items()
    }
    years = [(with_args(year=year, page=""), f"{year}年", count, year) for year, count in shelves.years]
    return {
        **chosen._asdict(),
        "chips": chips,
        "categories": rows["category"],
        "departments": rows["department"],
        "years": years,
    }


def _summary(body: str) -> str:
    return fit(one_line(untagged(body, 1000)), DESCRIPTION)


def _list(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _attachments(given: Any) -> list[dict[str, str]]:
    """Those with an address on the web; the import keeps a list in which one is bad as the text it was."""
    rows = given if isinstance(given, list) else _list(str(given or ""))
    named = [(str(row.get("name") or ""), web_link(str(row.get("url") or ""))) for row in rows if isinstance(row, dict)]
    return [{"name": name or url, "url": url} for name, url in named if url]
