"""Looking for work: what a citizen wants, as a form whose address can be kept, and the postings that fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request

from bot.pages.layout import PAGE, page_count, page_number
from content.rules.jobs.posting_figures import SCHOOLING_WORDS, RequiredDegree, Wanted
from content.rules.language import plain_text
from content.services.jobs import job_page
from content.services.office import Office

LONGEST = 60  # characters of a condition
PAY = (3000, 4000, 5000, 6000, 8000, 10000, 15000, 20000)  # yuan a month to choose from
MOST_PAY = 1_000_000
ARGUMENTS = {"words": "q", "place": "place", "pay": "pay", "schooling": "degree", "employer": "employer"}
SHOWN: dict[str, Callable[[Any], str]] = {
    "words": lambda words: f"工种：{words}",
    "place": lambda place: f"地点：{place}",
    "pay": lambda pay: f"工资能到{pay}元",
    "schooling": lambda schooling: f"{SCHOOLING_WORDS[schooling]}可报",
    "employer": lambda employer: f"单位：{employer}",
}
LOOSER = {"words": "不限工种", "place": "不限地点", "pay": "不限工资", "schooling": "不限学历", "employer": "不限单位"}


def blueprint(office: Office) -> Blueprint:
    """`/jobs`."""
    pages = Blueprint("jobs", __name__)

    @pages.get("/jobs")
    def jobs() -> str:
        wanted, page = _wanted(), page_number()
        found = job_page.find(office, wanted, limit=PAGE, offset=PAGE * (page - 1))
        last = page_count(found.total)
        if page > last:
            page, found = last, job_page.find(office, wanted, limit=PAGE, offset=PAGE * (last - 1))
        places, employers = job_page.suggestions(office)
        return render_template(
            "jobs.html", wanted=wanted, rows=found.rows, total=found.total, page=page, pages=last, places=places,
            employers=employers, conditions=_conditions(wanted), pays=sorted({*PAY, wanted.pay or PAY[0]}),
            schoolings=SCHOOLING_WORDS, looser=_looser(office, wanted) if not found.total else [],
        )  # fmt: skip

    return pages


def _wanted() -> Wanted:
    degree = _number("degree", max(RequiredDegree))
    return Wanted(
        words=_text("q"),
        place=_text("place"),
        pay=_number("pay", MOST_PAY),
        schooling=RequiredDegree(degree) if degree else None,
        employer=_text("employer"),
    )


def _conditions(wanted: Wanted) -> list[tuple[str, str]]:
    """Each condition that is set: the argument that holds it, and its words."""
    return [(ARGUMENTS[name], words(value)) for name, words in SHOWN.items() if (value := getattr(wanted, name))]


def _looser(office: Office, wanted: Wanted) -> list[tuple[str, str, int]]:
    """The conditions that would have to go for something to be found, and how much would be."""
    counts = job_page.without(office, wanted)
    return [(ARGUMENTS[name], LOOSER[name], count) for name, count in counts.items()]


def _text(name: str) -> str:
    return plain_text.one_line(request.args.get(name, ""))[:LONGEST]


def _number(name: str, most: int) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:9]) <= most and len(text) < 9 else None
