"""The search and its results: narrowed by kind and year, in the order that is wanted, page by page."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from bot.dialogue.turn import fold
from bot.pages.home import suggestions
from bot.web.addresses import with_args
from bot.web.paging import PAGE, page_count, page_number, year_asked
from content.rules import notice_kinds
from content.rules.citizens import department_question
from content.services.answers import search_page
from content.services.answers.search_page import NEWEST, SearchChoice, SearchResults
from content.services.office import Office


def blueprint(office: Office) -> Blueprint:
    """`/search`."""
    pages = Blueprint("search", __name__)

    @pages.get("/search")
    def search() -> str:
        question, choice = fold(request.args.get("q", "")), _choice()
        if not question:
            return render_template(
                "search.html", question="", choice=choice, results=(), suggestions=suggestions(office)
            )
        found = search_page.search(office, question, choice)
        last = page_count(len(found.found))
        number = min(page_number(), last)
        part = found.found[PAGE * (number - 1) : PAGE * number]
        return render_template(
            "search.html", question=question, choice=choice, number=number, pages_count=last, total=len(found.found),
            results=search_page.with_passages(office, found.asked, part), left_out=found.left_out,
            meant=found.asked if found.mended else "", fits=found.fits, chips=_chips(choice),
            at_most=found.cut, department=department_question.seeing_to(question, office.directory.read()), **_filters(found, choice), suggestions=[],
        )  # fmt: skip

    return pages


def _choice() -> SearchChoice:
    kind = request.args.get("kind", "")
    return SearchChoice(
        kind=kind if kind in notice_kinds.SHORT else "",
        year=year_asked(),
        order=NEWEST if request.args.get("order") == NEWEST else "",
        everything=bool(request.args.get("all")),
    )


def _chips(choice: SearchChoice) -> list[tuple[str, str]]:
    chips = []
    if choice.kind:
        chips.append((with_args(kind="", page=""), notice_kinds.TITLES[choice.kind]))
    if choice.year:
        chips.append((with_args(year="", page=""), f"{choice.year}年"))
    return chips


def _filters(found: SearchResults, choice: SearchChoice) -> dict[str, list[tuple[str, str, int, object]]]:
    kinds = [kind for kind in notice_kinds.TITLES if found.kinds[kind] or kind == choice.kind]
    return {
        "kind_rows": [
            (with_args(kind=kind, page=""), notice_kinds.TITLES[kind], found.kinds[kind], kind) for kind in kinds
        ],
        "year_rows": [(with_args(year=year, page=""), f"{year}年", count, year) for year, count in found.years],
    }
