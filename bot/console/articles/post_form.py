"""The form of a post, read: each field as the services take it; what cannot be read is among its faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from bot.console import context, forms
from content.intake.articles import documents
from content.intake.articles.documents import PostBody
from content.render.article import image_hashes
from content.rules.errors import BadInput
from content.services.articles import Upload, editor_body
from content.services.articles.article_dossier import ArticleDossier

LINES = ("title", "category", "department", "digest", "author", "source_url")
TYPED = (*LINES, "delivery", "at", "reserve", "body")  # what is kept while somebody writes
EMPTY = PostBody("", "html", "")


def read(found: ArticleDossier | None = None) -> dict[str, Any]:
    """Fields of PostForm by name. Of an article that is there, the body only if it was changed."""
    faults: list[tuple[str, str]] = []
    values: dict[str, Any] = {name: forms.line(name) for name in LINES}
    values["delivery"] = forms.line("delivery") or None
    values["reserve"] = request.form.get("reserve") == "yes"
    values["wanted_at"] = _try("at", lambda: forms.moment("at"), faults)
    if found is None or _is_changed(found):
        values["body"] = _try("body", _body, faults) or EMPTY
    uploaded = _upload(request.files.get("cover"))
    if uploaded or request.form.get("cover_default"):
        values["cover"] = uploaded
    values["attachments"] = (*_kept(found), *_uploads("attach"))
    return {**values, "faults": tuple(faults)}


def typed() -> dict[str, str]:
    """What was typed, as it stands in the form."""
    return {name: request.form.get(name, "") for name in TYPED}


def _body() -> PostBody:
    """A file goes before what is in the editor."""
    file = _upload(request.files.get("file"))
    if file:
        return documents.from_bytes(file.name, file.data)
    text = request.form.get("body", "")
    if text.lstrip().startswith("<") or image_hashes(text):
        return editor_body.from_editor(context.office(), text)
    return documents.from_text(text, "markdown")


def _is_changed(found: ArticleDossier) -> bool:
    file = request.files.get("file")
    given = request.form.get("body", "").replace("\r\n", "\n").strip()
    return bool(file and file.filename) or given != editor_body.for_editor(found.shown).replace("\r\n", "\n").strip()


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
