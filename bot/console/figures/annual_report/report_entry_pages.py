"""填数字、写正文: the forms of a year's report. The check runs while somebody types, and with a button without a script."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import PageFamily, opened
from bot.console.figures.annual_report.report_overview import STAFF, facts
from bot.console.wording import plain, said
from content.rules.errors import BadInput, GongkaiError
from content.rules.figures.annual_report import form
from content.rules.people import Right
from content.services.figures.annual_report import report_editing, report_text, year_figures
from content.services.figures.annual_report.report_editing import EntryConflict, EntryForm, OthersChange

pages = Blueprint("annual_report_entry", __name__, url_prefix="/report")
FAMILY = PageFamily(pages)
CHECK = "check"  # the button that only checks


@pages.get("/<int:number>/figures")
@opened(Right.COUNT)
def figures(number: int) -> str:
    """The three tables, filled as they stand."""
    return _figures(number)


@pages.post("/<int:number>/figures")
@opened(Right.COUNT)
def enter(number: int) -> Response:
    """Keeps the rows that were changed, or only checks what stands in the form."""
    sent = EntryForm(_rows(number), _shown(), frozenset(request.form.getlist("drop")))
    return _taken(number, sent, "figures")


@pages.get("/<int:number>/text")
@opened(*STAFF)
def text(number: int) -> str:
    """The six sections, as written or as drafted from the figures."""
    return _text(number)


@pages.post("/<int:number>/text")
@opened(*STAFF)
def write(number: int) -> Response:
    """Keeps the sections that were changed, or only checks what stands in the form."""
    given = {name: request.form.get(name, "") for name in report_text.NAMES if name in request.form}
    return _taken(number, EntryForm(given, _shown()), "text")


def _taken(number: int, sent: EntryForm, where: str) -> Response:
    if request.headers.get("X-Requested-With"):
        return _fragment(number, sent, where)
    if request.form.get("action") == CHECK:
        return Response(_again(number, sent, where, checked=True), mimetype="text/html")
    try:
        changed = report_editing.edit(context.office(), number, sent, username=context.visitor().username)
    except EntryConflict as conflict:
        page = _again(number, sent, where, fault=plain(conflict.message), theirs=conflict.changes)
        return Response(page, 409, mimetype="text/html")
    except GongkaiError as error:
        return Response(_again(number, sent, where, fault=plain(error.message)), 400, mimetype="text/html")
    told = said("report_kept", count=len(changed)) if changed else said("report_unchanged")
    return forms.done(url_for(f".{where}", number=number), told)


def _fragment(number: int, sent: EntryForm, where: str) -> Response:
    """What the check says of what stands in the form, for the page's script."""
    found = year_figures.gather(context.office(), number, typed=sent.changed)
    return Response(
        render_template("console/figures/report_findings.html", where=where, **facts(found)), mimetype="text/html"
    )


def _again(number: int, sent: EntryForm, where: str, *, checked: bool = False, fault: str = "",
           theirs: Sequence[OthersChange] = ()) -> str:  # fmt: skip
    """The form once more with all that was typed, and what is wrong or different."""
    shown = {**sent.shown, **{change.name: change.now for change in theirs}}
    page = _figures if where == "figures" else _text
    return page(
        number, typed=sent.changed, shown=shown, dropped=sent.dropped, checked=checked, fault=fault, theirs=theirs
    )


def _figures(number: int, **more: Any) -> str:
    found = year_figures.gather(context.office(), number, typed=more.get("typed") or {})
    values = report_editing.values(found)
    shown = more.pop("shown", None) or report_editing.values(year_figures.gather(context.office(), number))
    shape = found.report.format
    return render_template(
        "console/figures/report_entry.html", where="figures",
        active=[(f"t2.{row.name}", row.name.removesuffix("(万元)"), row.columns, values[f"t2.{row.name}"])
                for row in form.ACTIVE[shape]],
        requests=[(f"t3.{row.name}", row.label, values[f"t3.{row.name}"]) for row in form.REQUESTS[shape]],
        cases=[(f"t4.{name}", words, values[f"t4.{name}"]) for name, words in form.CASES.items()],
        applicants=form.APPLICANTS, case_columns=form.CASE_COLUMNS,
        last_out=found.previous.requests.get(form.CARRIED_OUT) if found.previous else None,
        sources=_sources(number), was=_was(shown), typed=more.pop("typed", {}), **_usual(more), **facts(found),
    )  # fmt: skip


def _text(number: int, **more: Any) -> str:
    found = year_figures.gather(context.office(), number, typed=more.get("typed") or {})
    shown = more.pop("shown", None) or report_editing.values(year_figures.gather(context.office(), number))
    values = report_editing.values(found)
    return render_template(
        "console/figures/report_text.html", where="text",
        parts_of_text=[(name, values[name], "\n".join(found.drafted[at])) for at, name in enumerate(report_text.NAMES)],
        sources=_sources(number), was=_was({name: shown.get(name, "") for name in report_text.NAMES}),
        typed=more.pop("typed", {}), **_usual(more), **facts(found),
    )  # fmt: skip


def _usual(more: dict[str, Any]) -> dict[str, Any]:
    return {"fault": "", "theirs": (), "checked": False, "dropped": frozenset(), **more}


def _sources(number: int) -> dict[str, tuple[str, Any]]:
    """Who entered a row and when; rows of the registers are not in it."""
    return report_editing.sources(context.office(), number)


def _was(shown: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f"was.{name}", json.dumps(value, ensure_ascii=False)) for name, value in shown.items()]


def _shown() -> dict[str, Any]:
    """What the form showed when it was opened. Raises BadInput for a form that is not ours."""
    try:
        return {name.removeprefix("was."): json.loads(value) for name, value in request.form.items()
                if name.startswith("was.")}  # fmt: skip
    except ValueError as error:
        raise BadInput(said("bad_request")) from error


def _rows(number: int) -> dict[str, list[Any]]:
    """The rows of the form as cells; a row that did not come is not in it."""
    found = year_figures.gather(context.office(), number)
    widths = {name: len(value) for name, value in report_editing.values(found).items() if isinstance(value, list)}
    return {
        name: report_editing.cells(name, [request.form.get(f"{name}.{at}", "") for at in range(width)])
        for name, width in widths.items()
        if f"{name}.0" in request.form
    }
