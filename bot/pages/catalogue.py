"""The catalogue of what must be disclosed, as citizens read it: what, by whom, by when, and where it is."""

from __future__ import annotations

from flask import Blueprint, render_template

from content.services.catalogue import catalogue_sheets
from content.services.office import Office
from content.store.tables import CatalogueItem


def blueprint(office: Office) -> Blueprint:
    """`/catalogue`."""
    pages = Blueprint("catalogue", __name__)

    @pages.get("/catalogue")
    def catalogue() -> str:
        groups: dict[str, list[CatalogueItem]] = {}
        for item in catalogue_sheets.standing(office):
            groups.setdefault(item.first, []).append(item)
        return render_template("catalogue.html", groups=groups, disclosed=catalogue_sheets.disclosed(office))

    return pages
