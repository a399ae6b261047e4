"""The form of a post, read: each field as the services take it; what cannot be read is among its faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from bot.console import context, forms
from bot.console.formatting import field_time
from content.intake.articles import documents
from content.intake.articles.documents import PostBody
from content.render.article import image_hashes
from content.render.covers import CoverCut
from content.rules.errors import BadInput
from content.services.articles import Upload, editor_body
from content.services.articles.article_dossier import ArticleDossier

LINES = ("title", "category", "department", "digest", "author", "source_url")
TYPED = (*LINES, "delivery", "at", "reserve", "theme", "body")  # what is kept while somebody writes
EMPTY = PostBody("", "html", "")
CUT = {"across": 50, "down": 50, "size": 100}  # percent, when a field does not say


def read(found: ArticleDossier | None = None) -> dict[str, Any]:
    """Fields of PostForm by name; of an article that is there only those that were changed."""
    faults: list[tuple[str, str]] = []
    present = values(found) if found else None
    given: dict[str, Any] = {name: forms.line(name) for name in LINES if _differs(name, present)}
    if _differs("delivery", present):
        given["delivery"] = forms.line("delivery") or None
    if _differs("reserve", present):
        given["reserve"] = request.form.get("reserve") == "yes"
    if _differs("at", present):
        given["wanted_at"] = _try("at", lambda: forms.moment("at"), faults)
    if _has_file() or _differs("body", present):
        given["body"] = _try("body", _body, faults) or EMPTY
    if theme := forms.line("theme"):
        given["theme"] = theme
    uploaded = _upload(request.files.get("cover"))
    if uploaded or request.form.get("cover_default"):
        given["cover"], given["cut"] = uploaded, CoverCut(**{name: _percent(f"cut_{name}") for name in CUT})
    if uploaded or _differs("cover_square", present):
        given["cover_square"] = _percent("cover_square")
    given["attachments"] = (*_kept(found), *_uploads("attach"))
    return {**given, "faults": tuple(faults)}


def values(found: ArticleDossier) -> dict[str, str]:
    """The present wording as the form's fields."""
    card, shown = found.card, found.shown
    return {
        "title": shown.title,
        "author": shown.author_name,
        "digest": editor_body.own_digest(shown),
        "source_url": shown.source_url,
        "category": card.category,
        "department": card.department,
        "delivery": str(card.delivery),
        "at": field_time(card.at),
        "reserve": "yes" if card.reserve else "",
        "cover_square": "50" if shown.cover_square is None else str(shown.cover_square),
        "body": editor_body.for_editor(shown),
    }


def typed() -> dict[str, str]:
    """What was typed, as it stands in the form."""
    return {name: request.form.get(name, "") for name in TYPED}


def _percent(name: str) -> int:
    text = request.form.get(name, "")
    usual, least = CUT.get(name.removeprefix("cut_"), 50), 20 if name == "cut_size" else 0
    return min(max(int(text), least), 100) if text.isascii() and text.isdigit() and len(text) < 4 else usual


def _body() -> PostBody:
    """A file goes before what is in the editor."""
    file = _upload(request.files.get("file"))
    if file:
        return documents.from_bytes(file.name, file.data)
    text = request.form.get("body", "")
    if text.lstrip().startswith("<") or image_hashes(text):
        return editor_body.from_editor(context.office(), text)
    return documents.from_text(text, "markdown")


def _has_file() -> bool:
    file = request.files.get("file")
    return bool(file and file.filename)


def _differs(name: str, present: dict[str, str] | None) -> bool:
    """Whether a field was filled in otherwise than it stood there; always in the form of a new article."""
    if present is None:
        return True
    return request.form.get(name, "").replace("\r\n", "\n").strip() != present[name].replace("\r\n", "\n").strip()


def _kept(found: ArticleDossier | None) -> list[Upload]:
    """The attachments of the present wording that stay."""
    wanted = request.form.getlist("keep")
    return [
        Upload(each.name, context.office().files.read(each.file.sha256))
        for each in (found.shown.attachments if found else ())
        if each.file.sha256 in wanted
    ]


def _uploads(name: str) -> list[Upload]:
    return [upload for file in request.files.getlist(name) if (upload := _upload(file))]


def _upload(file: FileStorage | None) -> Upload | None:
    return Upload(file.filename, file.stream.read()) if file and file.filename else None


def _try(name: str, reader: Callable[[], Any], faults: list[tuple[str, str]]) -> Any:
    try:
        return reader()
    except BadInput as error:
        faults.append((name, error.message))
        return None
