"""The way in: the home page and the search."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from bot.dialogue.hearing import fold
from content.services import answering, browsing
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
            disclosures=answering.newest(office, "disclosure", limit=NEWEST),
            postings=answering.newest(office, "posting", limit=NEWEST),
            totals={kind: answering.count(office, kind) for kind in ("disclosure", "posting")},
            articles=browsing.newest_articles(office, NEWEST),
        )

    @pages.get("/search")
    def search() -> str:
        question = fold(request.args.get("q", ""))
        answers = answering.find(office, question, FOUND)
        found = answering.shown(office, answers.hits)
        near = found if request.args.get("all") else _near(found)
        return render_template(
            "search.html",
            question=question,
            results=near,
            left_out=len(found) - len(near),
            meant=answers.asked if answers.mended else "",
            fits=not found or answering.fits(office, answers.asked, found),
        )

    return pages


def _near(found: list[answering.Result]) -> list[answering.Result]:
    """Without the long tail of what shares but a word with the question."""
    best = max((result.score for result in found), default=0.0)
    return [result for result in found if result.score >= NEAR * best]
