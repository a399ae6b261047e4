"""What every government site must have beside its contents: a map, a statement on accessibility, a way to report mistakes."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from bot.web.addresses import own_path
from content.services.notices import catalogue
from content.services.office import Office


def blueprint(office: Office) -> Blueprint:
    """`/sitemap`, `/accessibility`, `/correct`."""
    pages = Blueprint("site", __name__)

    @pages.get("/sitemap")
    def sitemap() -> str:
        return render_template("sitemap.html", shelves=catalogue.shelves(office))

    @pages.get("/accessibility")
    def accessibility() -> str:
        return render_template("accessibility.html")

    @pages.get("/correct")
    def correct() -> str:
        """How to tell the office of a mistake; `page` is where it is."""
        asked = request.args.get("page", "")
        return render_template("correct.html", wrong=own_path(asked) if asked else "")

    return pages
