"""Reading forms: lines, times, numbers, files; and sending a form once however often it is pressed."""

from __future__ import annotations

from datetime import date, datetime

from flask import redirect, request
from werkzeug.wrappers import Response

from bot.console import context
from bot.console.wording import said
from config import clock
from content.rules.errors import BadInput
from content.rules.publishing.limits import one_line

LONGEST_NUMBER = 9  # digits


def line(name: str) -> str:
    """A field on one line."""
    return one_line(request.form.get(name, ""))


def same_twice(password: str, again: str) -> None:
    """Raises BadInput unless the same was typed twice."""
    if password != again:
        raise BadInput(said("not_twice"))


def moment(name: str) -> datetime | None:
    """A date and time of the office's zone, in UTC; None if it was left empty. Raises BadInput."""
    text = line(name)
    if not text:
        return None
    try:
        return clock.parse(text.replace(" ", "T"), context.office().settings.zone)
    except ValueError as error:
        raise BadInput(said("no_time", text=text)) from error


def day(name: str) -> date:
    """A date of the office's calendar; today if it was left empty. Raises BadInput."""
    text = line(name)
    try:
        return date.fromisoformat(text) if text else context.office().clock.today()
    except ValueError as error:
        raise BadInput(said("no_day", text=text[:20])) from error


def number(name: str) -> int:
    """A whole number from the query; 1 for anything that is none."""
    return max(1, whole(request.args.get(name, "")))


def whole(text: str) -> int:
    """The whole number that a text is; 0 for anything else, and for more digits than any of ours has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def done(target: str, sentence: str, tone: str = "done") -> Response:
    """On to another page, which says what was done."""
    session = context.session()
    if session:
        context.console().sessions.tell(session, tone, sentence)
    return redirect(target, 303)


def is_second_press() -> bool:
    """Whether this form was taken already."""
    key = request.form.get("form_key", "")
    return bool(key) and not context.console().sessions.once(key)


def may_come_again() -> None:
    """This form was refused, so that it may be sent again."""
    if key := request.form.get("form_key", ""):
        context.console().sessions.again(key)
