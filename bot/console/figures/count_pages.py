"""统计: the count of a year or of any span, each figure open to its list, each line to its evidence.

Everybody who works here reads it; files that leave the house are for those who answer for the figures.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.figures import month_chart
from bot.console.formatting import day_words
from bot.console.wording import plain, said
from bot.web.addresses import with_args
from content.rules.errors import BadInput, GongkaiError
from content.rules.figures import count_phrase
from content.rules.figures.counted_publications import CHANNELS, DELIVERIES, NO_CATEGORY, NO_DEPARTMENT
from content.rules.people import Right
from content.services import coded_names
from content.services.figures import count_evidence, counting, tally_lines
from content.services.figures.count_filter import WECHAT, CountFilter
from content.services.figures.counting import CountFigures

pages = Blueprint("count", __name__, url_prefix="/count")
FAMILY = PageFamily(pages, (NavLink(4, "统计", "console.count.show"),))
PAGE = 50
YEARS = 4  # that stand as tabs; others are spans
CONDITIONS = {"channel": "渠道", "delivery": "方式", "category": "栏目", "department": "部门", "withdrawn": "撤下"}
EVERY = "all"  # the word for all channels: none given means the account
SUFFIXES = {"xlsx": ".xlsx", "csv": ".csv", "evidence": ".json"}


@pages.get("/")
@opened()
def show() -> str:
    """The figures of a span."""
    wanted, fault = _asked()
    found = counting.read(context.office(), wanted, context.now())
    return _page(found, fault=fault)


@pages.get("/lines")
@opened()
def lines() -> str:
    """The list behind a figure: as many lines as it says."""
    office, (wanted, fault), number = context.office(), _asked(), forms.number("page")
    total = tally_lines.total(office, wanted)
    rows = tally_lines.lines(office, wanted, limit=PAGE, offset=(number - 1) * PAGE)
    return render_template("console/figures/lines.html", rows=rows, total=total, number=number, fault=fault,
                           last=max(1, -(-total // PAGE)), **_choices(wanted))  # fmt: skip


@pages.get("/days")
@opened()
def days() -> str:
    """The days without a post, as a calendar."""
    wanted, _ = _asked()
    empty = frozenset(counting.empty_days(context.office(), wanted, context.now()))
    months = [(first, list(_weeks(first, empty))) for first in _firsts(empty)]
    return render_template("console/figures/days.html", months=months, empty=empty, **_choices(wanted))


@pages.get("/questions")
@opened()
def questions() -> str:
    """Questions asked and answered, day by day."""
    wanted, _ = _asked()
    rows = counting.questions_by_day(context.office(), wanted)
    return render_template("console/figures/asked.html", rows=rows, **_choices(wanted))


@pages.post("/export")
@opened(Right.COUNT)
def export() -> Response:
    """The lines as a sheet, or the signed evidence."""
    office, (wanted, _), what = context.office(), _asked(), request.form.get("what", "")
    if what not in SUFFIXES:
        raise BadInput(said("no_such_export"))
    name = f"统计-{_span_name(wanted)}{SUFFIXES[what]}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"lines{SUFFIXES[what]}"
        if what == "evidence":
            count_evidence.write(office, path, wanted, context.now())
        else:
            tally_lines.write_span(office, path, wanted, name=_span_name(wanted))
        file = path.open("rb")  # stays readable after its folder is gone
    return send_file(file, as_attachment=True, download_name=name)


@pages.post("/check")
@opened(Right.COUNT)
def check() -> Response:
    """Whether an evidence file is ours and unchanged."""
    office, given = context.office(), request.files.get("file")
    wanted, _ = _asked()
    verdict, fault = "", ""
    try:
        told = count_evidence.check(office, given.read() if given else b"")
        verdict = said("evidence_holds", at=str(told["as_of"])[:16].replace("T", " "), total=told["total"],
                       number=told["ledger_head"]["number"])  # fmt: skip
    except GongkaiError as error:
        fault = plain(error.message)
    page = _page(counting.read(office, wanted, context.now()), checked=verdict, check_fault=fault)
    return Response(page, 400 if fault else 200, mimetype="text/html")


def _page(found: CountFigures, **more: str) -> str:
    return render_template(
        "console/figures/count.html", found=found, chart=month_chart.chart(found.by_month), rule=count_phrase.RULE,
        **_choices(found.wanted), **more,
    )  # fmt: skip


def _choices(wanted: CountFilter) -> dict[str, Any]:
    """What every page of the family shows: the span, the conditions, and what may be chosen."""
    office = context.office()
    today = office.clock.today()
    given = {name: request.args.get(name, "") for name in CONDITIONS}
    return {
        "wanted": wanted,
        "span": _span_words(wanted),
        "is_year": _span_words(wanted) == f"{wanted.first.year}年",
        "tabs": [*_presets(wanted, today),
                 *((with_args(year=year, **{"from": "", "to": "", "page": ""}), f"{year}年", None,
                    _span_words(wanted) == f"{year}年") for year in range(today.year - 1, today.year - YEARS, -1))],
        "given": given,
        "deliveries": [(name, tally_lines.DELIVERY_WORDS[name]) for name in DELIVERIES],
        "channels": [(name, tally_lines.CHANNEL_WORDS[name]) for name in CHANNELS] + [(EVERY, said("every_channel"))],
        "categories": [(each.name, each.name) for each in coded_names.every_category(office)] + [(NO_CATEGORY, NO_CATEGORY)],
        "departments": [(each.name, each.name) for each in coded_names.every_department(office)] + [(NO_DEPARTMENT, NO_DEPARTMENT)],
        "chips": [(with_args(**{name: "", "page": ""}), _chip(name, value)) for name, value in given.items() if value],
        "all_off": with_args(**dict.fromkeys(CONDITIONS, ""), page=""),
        "same": lambda endpoint, **changes: _address(endpoint, wanted, **changes),
        "CHANNEL_WORDS": tally_lines.CHANNEL_WORDS,
        "DELIVERY_WORDS": tally_lines.DELIVERY_WORDS,
    }  # fmt: skip


def _presets(wanted: CountFilter, today: date) -> list[tuple[str, str, None, bool]]:
    """The spans that are asked for most: last month, and this year."""
    last = today.replace(day=1) - timedelta(days=1)
    before = (last.replace(day=1), last), {"from": last.replace(day=1), "to": last, "year": ""}
    present = (date(today.year, 1, 1), date(today.year, 12, 31)), {"from": "", "to": "", "year": today.year}
    return [
        (with_args(page="", **arguments), words, None, (wanted.first, wanted.last) == span)
        for words, (span, arguments) in (("上月", before), (f"今年（{today.year}年）", present))
    ]


def _asked() -> tuple[CountFilter, str]:
    """The span and conditions of the address, and what could not be read of them; a year, or from and to."""
    today, fault = context.office().clock.today(), ""
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    try:
        if request.args.get("from") or request.args.get("to"):
            first = _day("from", date(today.year, 1, 1))
            last = _day("to", today)
        elif year := request.args.get("year"):
            first, last = _year(year)
        return CountFilter(first, last, **_conditions()), ""
    except BadInput as error:
        fault = error.message
    return CountFilter(date(today.year, 1, 1), date(today.year, 12, 31), **_conditions()), fault


def _conditions() -> dict[str, Any]:
    channel = request.args.get("channel", "") or WECHAT
    return {
        "channel": "" if channel == EVERY else channel,
        **{name: request.args.get(name, "") for name in ("delivery", "category", "department")},
        "withdrawn": request.args.get("withdrawn") == "yes",
    }


def _day(name: str, otherwise: date) -> date:
    text = request.args.get(name, "")
    try:
        day = date.fromisoformat(text) if text else otherwise
    except ValueError as error:
        raise BadInput(said("no_day", text=text)) from error
    if not 1901 <= day.year <= 2999:
        raise BadInput(said("no_day", text=text))
    return day


def _year(text: str) -> tuple[date, date]:
    if not 1901 <= (year := forms.whole(text)) <= 2999:
        raise BadInput(said("no_year", text=text[:20]))
    return date(year, 1, 1), date(year, 12, 31)


def _address(endpoint: str, wanted: CountFilter, **changes: Any) -> str:
    arguments = {
        "from": wanted.first, "to": wanted.last, "channel": wanted.channel or EVERY, "delivery": wanted.delivery,
        "category": wanted.category, "department": wanted.department, "withdrawn": "yes" if wanted.withdrawn else "",
        **{name.removesuffix("_"): value for name, value in changes.items()},
    }  # fmt: skip
    if arguments["channel"] == WECHAT:
        arguments["channel"] = ""
    return f"{url_for(endpoint)}?{urlencode({name: str(value) for name, value in arguments.items() if value})}"


def _chip(name: str, value: str) -> str:
    words = {**tally_lines.CHANNEL_WORDS, **tally_lines.DELIVERY_WORDS, EVERY: said("every_channel")}
    return said("only_withdrawn") if name == "withdrawn" else f"{CONDITIONS[name]}：{words.get(value, value)}"


def _span_words(wanted: CountFilter) -> str:
    whole = (wanted.first.month, wanted.first.day, wanted.last.month, wanted.last.day) == (1, 1, 12, 31)
    if whole and wanted.first.year == wanted.last.year:
        return f"{wanted.first.year}年"
    return f"{day_words(wanted.first)}至{day_words(wanted.last)}"


def _span_name(wanted: CountFilter) -> str:
    return f"{wanted.first}至{wanted.last}"


def _firsts(empty: frozenset[date]) -> list[date]:
    return sorted({day.replace(day=1) for day in empty})


def _weeks(first: date, empty: frozenset[date]) -> Iterator[list[tuple[date, bool] | None]]:
    """The weeks of a month, from Monday; None outside of it; whether a day is empty."""
    day = first - timedelta(days=first.weekday())
    while day.month == first.month or day < first:
        week = [day + timedelta(days=n) for n in range(7)]
        yield [(each, each in empty) if each.month == first.month else None for each in week]
        day += timedelta(days=7)
