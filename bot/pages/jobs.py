"""Looking for work: what a citizen wants, as a form whose address can be kept, and the postings that suit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from bot.web.addresses import with_args
from bot.web.paging import PAGE, page_count, page_number
from content.rules.jobs import job_query, job_wording
from content.rules.jobs.degrees import DEGREE_WORDS, Degrees, RequiredDegree
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.working_conditions import CHOICES
from content.services.jobs import job_search
from content.services.office import Office

PAY = (3000, 4000, 5000, 6000, 8000, 10000, 15000, 20000)  # yuan a month to choose from
ARGUMENTS = {  # those that hold a condition; the others hold one each, under its own name
    "words": ("q",),
    "pay": ("pay", "pay_to"),
    "dates": ("since", "until"),
}
TYPED = "typed"  # the form's own argument: its words may hold conditions, and go on to the address that says them
LABELS = {
    "board": "食宿",
    "rest": "休息",
    "shift": "班次",
    "paid_by": "怎么算工资",
    "hours": "时段",
    "overtime": "加班",
    "seat": "坐站",
    "insured": "社保",
    "commute": "班车",
    "site": "在哪做",
}
YEARS = (0, 1, 2, 3, 5, 10)  # of experience to choose from


class Chip(NamedTuple):
    """A condition in words, with the arguments to empty so that it is let go of."""

    emptied: dict[str, str]
    words: str
    without: int = 0  # postings that would suit if it went


def blueprint(office: Office) -> Blueprint:
    """`/jobs`."""
    pages = Blueprint("jobs", __name__)

    @pages.get("/jobs")
    def jobs() -> str | Response:
        query, today = job_query.from_arguments(request.args), office.clock.today()
        if request.args.get(TYPED):
            address = job_search.as_typed(office, query, today).address
            return redirect(f"/jobs?{address}" if address else "/jobs", 303)
        found = job_search.search(office, query, today)
        total = len(found.postings)
        last = page_count(total)
        number = min(page_number(), last)
        ids = [posting.id for posting in found.postings[PAGE * (number - 1) : PAGE * number]]
        chips = _chips(query, today)
        places, employers = job_search.suggestions(office, today)
        return render_template(
            "jobs.html", query=query, rows=job_search.results(office, ids), total=total, number=number,
            pages_count=last, page_argument=number if number > 1 else "", places=places, employers=employers, chips=chips,
            chip_rows=[(with_args(page="", **chip.emptied), chip.words) for chip in chips],
            relaxed=[job_wording.NO_LONGER[name] for name in found.relaxed],
            looser=[] if total and not found.relaxed else _looser(office, query, today), pays=_pays(query),
            degrees=_degrees(query), arguments=query.arguments, choices=CHOICES, labels=LABELS, years=YEARS,
        )  # fmt: skip

    return pages


def _chips(query: JobQuery, today: date) -> list[Chip]:
    return [Chip(_emptied(name), words) for name, words in job_wording.conditions(query, today).items()]


def _looser(office: Office, query: JobQuery, today: date) -> list[Chip]:
    """The conditions that would have to go for something to be found, and how much would be."""
    counts = job_search.fewer_conditions(office, query, today)
    return [Chip(_emptied(name), job_wording.NO_LONGER[name], count) for name, count in counts.items()]


def _emptied(name: str) -> dict[str, str]:
    return dict.fromkeys(ARGUMENTS.get(name, (name,)), "")


def _pays(query: JobQuery) -> list[int]:
    """The sums to choose from, and those that are chosen."""
    chosen: Iterable[int | None] = (query.pay.least, query.pay.most) if query.pay else ()
    return sorted({*PAY, *(sum_ for sum_ in chosen if sum_)})


def _degrees(query: JobQuery) -> dict[str, str]:
    """What can be chosen of degrees, by the argument that says it; what is chosen is among it."""
    own = [Degrees(RequiredDegree.ANY, level) for level in RequiredDegree]
    asked = [Degrees(level, max(RequiredDegree)) for level in DEGREE_WORDS if level >= RequiredDegree.COLLEGE]
    choices = [*own, *asked, *([query.degree] if query.degree else [])]
    return {JobQuery(degree=each).arguments["degree"]: job_wording.degree(each) for each in choices}
