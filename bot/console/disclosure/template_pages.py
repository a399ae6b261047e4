"""文书模板: the texts of documents, each checked; the office may write its own and go back to what came along."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from content.rules.applications import document_template
from content.rules.errors import GongkaiError
from content.rules.people import Right
from content.services.applications import documents

pages = Blueprint("templates", __name__, url_prefix="/templates")
FAMILY = PageFamily(pages)


@pages.get("/")
@opened(Right.REGISTER)
def listing() -> str:
    """All templates; a faulty one says what is wrong."""
    return render_template("console/disclosure/templates.html", rows=documents.templates(context.office()))


@pages.get("/<kind>")
@opened(Right.REGISTER)
def show(kind: str) -> str:
    """One text, to be changed."""
    return _page(kind)


@pages.post("/<kind>")
@opened(Right.REGISTER)
def change(kind: str) -> Response:
    """Keeps the office's own text, or goes back. What is typed is kept where it has a fault."""
    text = "" if request.form.get("back") else request.form.get("text", "")
    documents.template(context.office(), kind)
    try:
        documents.change(context.office(), kind, text, username=context.visitor().username)
    except GongkaiError as error:
        return Response(_page(kind, plain(error.message), text), 400, mimetype="text/html")
    return forms.done(
        url_for("console.templates.show", kind=kind), said("template_changed" if text.strip() else "template_back")
    )


def _page(kind: str, fault: str = "", text: str = "") -> str:
    state = documents.template(context.office(), kind)
    return render_template("console/disclosure/template.html", state=state, fault=fault, text=text or state.template.text,
                           gaps=document_template.gaps(kind))  # fmt: skip
