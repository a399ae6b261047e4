"""The way in: the home page and the search."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from bot.dialogue.turn import fold
from content.rules import notice_kinds
from content.services.answers import notice_search
from content.services.notices import catalogue
from content.services.office import Office

NEWEST = 5
FOUND = 30
NEAR = 0.2  # of the best score: what is below is shown only when asked for


def blueprint(office: Office) -> Blueprint:
    """`/` and `/search`."""
    pages = Blueprint("home", __name__)

    @pages.get("/")
    def home() -> str:
        return render_template(
            "home.html",
            disclosures=notice_search.newest(office, "disclosure", limit=NEWEST),
            postings=notice_search.newest(office, "posting", limit=NEWEST),
            totals={kind: notice_search.count(office, kind) for kind in notice_kinds.FOUND},
            articles=catalogue.newest_articles(office, NEWEST),
        )

    @pages.get("/search")
    def search() -> str:
        question = fold(request.args.get("q", ""))
        answers = notice_search.find(office, question, FOUND)
        found = notice_search.shown(office, answers.hits)
        near = found if request.args.get("all") else _near(found)
        return render_template(
            "search.html",
            question=question,
            results=near,
            left_out=len(found) - len(near),
            meant=answers.asked if answers.mended else "",
            fits=not found or notice_search.fits(office, answers.asked, found),
        )

    return pages


def _near(found: list[notice_search.Result]) -> list[notice_search.Result]:
    """Without the long tail of what shares but a word with the question."""
    best = max((result.score for result in found), default=0.0)
    return [result for result in found if result.score >= NEAR * best]
