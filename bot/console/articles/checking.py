"""What the checks found in an article, seen to: masked, put right, left with a reason, or the reason taken back."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.articles.article import page
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import GongkaiError
from content.rules.people import Right
from content.services.articles import masking
from content.services.checks import judgement

pages = Blueprint("checking", __name__, url_prefix="/articles/<int:number>")
FAMILY = PageFamily(pages)


@pages.post("/mask")
@opened(Right.WRITE)
def mask(number: int) -> Response:
    """Masks one finding, or all personal data; a new wording."""
    names = set(request.form.getlist("finding")) or None
    try:
        done = masking.mask(context.office(), number, names, username=context.visitor().username)
    except GongkaiError as error:
        return Response(page(number, fault=plain(error.message)), 409, mimetype="text/html")
    return _done(number, done.sentence)


@pages.post("/correct")
@opened(Right.WRITE)
def correct(number: int) -> Response:
    """Puts one wrong word right, or all of them; a new wording."""
    names = set(request.form.getlist("finding")) or None
    try:
        done = masking.correct(context.office(), number, names, username=context.visitor().username)
    except GongkaiError as error:
        return Response(page(number, fault=plain(error.message)), 409, mimetype="text/html")
    return _done(number, done.sentence)


@pages.post("/dismiss")
@opened(Right.WRITE)
def dismiss(number: int) -> Response:
    """Leaves findings as they are, for a reason."""
    names, note = request.form.getlist("finding"), forms.line("note")
    try:
        judgement.dismiss(context.office(), number, names, username=context.visitor().username, note=note)
    except GongkaiError as error:
        return Response(page(number, fault=plain(error.message)), 409, mimetype="text/html")
    return _done(number, said("finding_left"))


@pages.post("/reopen")
@opened(Right.WRITE)
def reopen(number: int) -> Response:
    """Takes the reason back."""
    try:
        judgement.reopen(context.office(), number, request.form.getlist("finding"), username=context.visitor().username)
    except GongkaiError as error:
        return Response(page(number, fault=plain(error.message)), 409, mimetype="text/html")
    return _done(number, said("finding_reopened"))


def _done(number: int, sentence: str) -> Response:
    return forms.done(url_for("console.article.show", number=number, _anchor="checks"), sentence)
