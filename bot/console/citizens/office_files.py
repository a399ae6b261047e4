"""固定答复: the office's guides, directory, triage and word lists as whole texts, and what they said before."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from content.rules.errors import BadInput, Conflict
from content.rules.people import Right
from content.services.citizens import office_files

pages = Blueprint("office_files", __name__, url_prefix="/office-files")
FAMILY = PageFamily(pages, (NavLink(3, "固定答复", "console.office_files.listing", (Right.ANSWER,)),))
TELLS = {
    "office": "单位名称、地址、电话、办公时间、备案号……群众看到的网页、答复和文书里用。",
    "guides": "地址、电话、办公时间、怎么申请……说到这些词就用的答复。",
    "directory": "各部门的电话、地址、管哪些事，领导分工；写一篇、导入、统计里的“部门”也是它。",
    "categories": "写一篇、导入、统计里的“栏目”；群众的网页也按它分。",
    "triage": "怎样认出危险、投诉、别的单位的事和闲聊，各自怎么答。保存之前先拿每条的例子试一遍。",
    "messages": "群众会怎么说，一句一句分好类。词认不出来的时候，像哪一类就当作哪一类。",
    "wrong_words": "送审以前提醒的错别字和慎用的词。",
}


@pages.get("/")
@opened(Right.ANSWER)
def listing() -> str:
    """The files, and which of them have faults."""
    return render_template("console/office_files.html", files=office_files.every(context.office()), tells=TELLS)


@pages.get("/<name>/text")
@opened(Right.ANSWER)
def edit(name: str) -> str:
    """One file as a text."""
    return _page(name)


@pages.post("/<name>/text")
@opened(Right.ANSWER)
def save(name: str) -> Response:
    """Keeps what was written, if it holds."""
    text, begun_with = request.form.get("text", ""), request.form.get("begun_with", "")
    try:
        office_files.save(context.office(), name, text, begun_with=begun_with, username=context.visitor().username)
    except (BadInput, Conflict) as error:
        is_late = isinstance(error, Conflict)
        page = _page(name, text=text, faults=plain(error.message).split("\n"), is_late=is_late, begun_with=begun_with)
        return Response(page, 409 if is_late else 400, mimetype="text/html")
    return forms.done(url_for("console.file_entries.listing", name=name), said("office_file_saved"))


@pages.get("/<name>/former")
@opened(Right.ANSWER)
def former(name: str) -> str:
    """What a file said before."""
    file = office_files.one(context.office(), name)
    return render_template("console/file_former.html", file=file, former=office_files.former(context.office(), name))


@pages.get("/<name>/former/<key>")
@opened(Right.ANSWER)
def former_text(name: str, key: str) -> str:
    """One of them, against what holds now."""
    return _former_page(name, key)


@pages.post("/<name>/former/<key>")
@opened(Right.ANSWER)
def bring_back(name: str, key: str) -> Response:
    """It holds again."""
    try:
        office_files.bring_back(context.office(), name, key, username=context.visitor().username)
    except (BadInput, Conflict) as error:
        page = _former_page(name, key, plain(error.message).split("\n"))
        return Response(page, 409 if isinstance(error, Conflict) else 400, mimetype="text/html")
    return forms.done(url_for("console.file_entries.listing", name=name), said("office_file_back"))


@pages.post("/<name>/built-in")
@opened(Right.ANSWER)
def take_back(name: str) -> Response:
    """What comes along holds again."""
    office_files.take_back(context.office(), name, username=context.visitor().username)
    return forms.done(url_for("console.file_entries.listing", name=name), said("office_file_built_in"))


def _page(
    name: str, *, text: str = "", faults: list[str] | None = None, is_late: bool = False, begun_with: str = ""
) -> str:
    file = office_files.one(context.office(), name)
    return render_template(
        "console/office_file.html", file=file, tells=TELLS, text=text or file.text, faults=faults or list(file.faults),
        differences=office_files.differences(file.text, text) if is_late else [],
        begun_with=file.sha256 if is_late or not begun_with else begun_with,
    )  # fmt: skip


def _former_page(name: str, key: str, faults: list[str] | None = None) -> str:
    office = context.office()
    file, text = office_files.one(office, name), office_files.former_text(office, name, key)
    until = next(each.until for each in office_files.former(office, name) if each.key == key)
    return render_template("console/file_former_text.html", file=file, key=key, until=until, faults=faults or [],
                           differences=office_files.differences(file.text, text))  # fmt: skip
