"""The way in: the home page and the search."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from bot.dialogue.hearing import fold
from content.services import answering, browsing
from content.services.office import Office

NEWEST = 5
FOUND = 30


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
        found = answering.rank(office, question, FOUND) if question else []
        return render_template("search.html", question=question, results=found)

    return pages
