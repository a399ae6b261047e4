"""The departments: how to reach each, and what it has disclosed."""

from __future__ import annotations

from flask import Blueprint, render_template

from content.services.notices import catalogue
from content.services.office import Office


def blueprint(office: Office) -> Blueprint:
    """`/departments`."""
    pages = Blueprint("departments", __name__)

    @pages.get("/departments")
    def departments() -> str:
        named = [each for each in catalogue.shelves(office).departments if each[0] != catalogue.UNNAMED]
        return render_template("departments.html", departments=named)

    return pages
