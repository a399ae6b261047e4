"""How an application ends: exactly the rows of the form that is in force in the year of the answer."""

from __future__ import annotations

from datetime import date

from content.rules.applications.steps import ApplicationState, Step
from content.rules.errors import BadInput
from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.form import Format

NOT_CORRECTED = {Format.OF_2019: "o", Format.OF_2021: "o1"}
NOT_PAID = {Format.OF_2019: "o", Format.OF_2021: "o2"}
OTHERWISE = {Format.OF_2019: "o", Format.OF_2021: "o3"}  # withdrawn by the applicant, and the like
STILL_UNCLEAR, TOO_MANY = "u3", "n4"


def outcomes(on: date) -> dict[str, str]:
    """The outcomes of that day's form: name in JSON and printed label."""
    return {row.name: row.label for row in form.REQUESTS[form.format_of_year(on.year)] if row.group}


def possible(on: date, *, state: ApplicationState, done: frozenset[Step]) -> dict[str, str]:
    """The outcomes that an application in this state can have on that day."""
    found = {}
    for name, label in outcomes(on).items():
        try:
            check(name, on, state=state, done=done)
        except BadInput:
            continue
        found[name] = label
    return found


def check(outcome: str, on: date, *, state: ApplicationState, done: frozenset[Step]) -> None:
    """Raises BadInput, in words, for an outcome that the form does not have, or that cannot be one from here."""
    shape = form.format_of_year(on.year)
    known = outcomes(on)
    if outcome not in known:
        raise BadInput(
            f"{on.year} 年的表三没有“{outcome}”这一行。可以用的是："
            + "；".join(f"{name} {words}" for name, words in known.items())
            + "。"
        )
    waiting = {ApplicationState.CORRECTING: NOT_CORRECTED, ApplicationState.PAYING: NOT_PAID}.get(state)
    if waiting and outcome not in (waiting[shape], OTHERWISE[shape]):
        raise BadInput(f"申请人还没有{'补正' if state is ApplicationState.CORRECTING else '缴费'}，现在只能以"
                       f"“{known[waiting[shape]]}”或“{known[OTHERWISE[shape]]}”办结。")  # fmt: skip
    if waiting is None and shape is Format.OF_2021 and outcome in ("o1", "o2"):
        raise BadInput(f"“{known[outcome]}”只用于正等着申请人补正或者缴费的申请。")
    if outcome == STILL_UNCLEAR and Step.CORRECT not in done:
        raise BadInput("“补正后申请内容仍不明确”要先通知补正、收到补正（《政府信息公开条例》第三十条）。")
    if outcome == TOO_MANY and Step.ASK_REASONS not in done:
        raise BadInput("“无正当理由大量反复申请”要先请申请人说明理由（《政府信息公开条例》第三十五条）。")
