"""The way in: a search, what is often looked for, and what is new."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, render_template

from config.contact import contact
from content.rules import notice_kinds
from content.services.answers import notice_search
from content.services.answers.index_upkeep import NotReady
from content.services.notices import catalogue, latest
from content.services.office import Office

NEWEST = 10
FEW = 6  # suggestions
STATUTORY = (
    ("政府信息公开指南", "公开指南"),
    ("政府信息公开制度", "公开制度"),
    ("政府信息公开工作年度报告", "公开年报"),
)


def blueprint(office: Office) -> Blueprint:
    """`/`."""
    pages = Blueprint("home", __name__)

    @pages.get("/")
    def home() -> str:
        return render_template(
            "home.html",
            latest=latest.latest(office, NEWEST),
            totals={kind: notice_search.count(office, kind) for kind in notice_kinds.FOUND},
            suggestions=suggestions(office),
            statutory=_statutory(office),
        )

    return pages


def suggestions(office: Office) -> list[tuple[str, str]]:
    """Addresses and words of what is often looked for: as the office says, else the fullest categories."""
    words = contact(office.home).examples.split()[:FEW]
    if words:
        return [(f"/search?{urlencode({'q': word})}", word) for word in words]
    fullest = sorted(catalogue.shelves(office).categories, key=lambda each: -each[2])[:FEW]
    return [(f"/disclosures?{urlencode({'category': code})}", name) for code, name, _ in fullest]


def _statutory(office: Office) -> list[tuple[str, str]]:
    """What the law wants to be found at once, if it is there: the newest of each kind; none while there is no index."""
    found = []
    for title, words in STATUTORY:
        try:
            hits = notice_search.find(office, title, FEW).hits
        except NotReady:
            return []
        cards = [hit.card() for hit in hits if hit.ref.startswith("disclosure:") and title in hit.folded]
        if cards:
            newest = max(cards, key=lambda card: str(card["published_on"] or ""))
            found.append((f"/d/{newest['id']}", words))
    return found
