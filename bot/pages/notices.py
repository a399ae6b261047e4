"""The catalogue of disclosures, and a page for each disclosure and each posting."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, render_template, request

from bot.dialogue.reply_text import untagged
from bot.pages.long_texts import asked_for
from bot.pages.safe_html import notice_body, web_link
from bot.web.paging import PAGE, page_count, page_number
from content.rules.language.plain_text import fit, one_line
from content.services.answers import notice_search
from content.services.notices import catalogue
from content.services.office import Office
from content.store.notices.notices import IN_FORCE

DESCRIPTION = 200  # bytes, for cards in chats


def blueprint(office: Office) -> Blueprint:
    """`/disclosures`, `/d/<id>`, `/j/<id>`."""
    pages = Blueprint("notices", __name__)

    @pages.get("/disclosures")
    def disclosures() -> str:
        page, category, year = page_number(), one_line(request.args.get("category", ""))[:64], _year()
        shelves = catalogue.shelves(office, category=category, year=year)
        pages = page_count(shelves.total)
        offset = PAGE * (min(page, pages) - 1)
        rows = catalogue.disclosures(office, category=category, year=year, limit=PAGE, offset=offset)
        name = next((name for code, name, _ in shelves.categories if code == category), category)
        return render_template(
            "disclosures.html", rows=rows, page=min(page, pages), pages=pages, shelves=shelves, category=category,
            year=year, name=name, in_force=IN_FORCE,
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
            in_force=IN_FORCE,
            replacement=_replacement(office, item),
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
        )

    return pages


def _replacement(office: Office, item: notice_search.NoticeDetails) -> catalogue.DisclosureName | None:
    name = str(item.fields.get("replaced_by") or "")
    return catalogue.named(office, name) if name else None


def _year() -> int | None:
    text = request.args.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) else None


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
