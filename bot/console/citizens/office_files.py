"""固定答复: the office's guides, directory and triage, edited as texts that check themselves before they are kept."""

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
    "guides": "地址、电话、办公时间、怎么申请……说到这些词就用的答复。",
    "directory": "各部门的电话、地址、管哪些事，领导分工。",
    "triage": "怎样认出危险、投诉、别的单位的事和闲聊，各自怎么答。保存之前先拿文件里的例子试一遍。",
}


@pages.get("/")
@opened(Right.ANSWER)
def listing() -> str:
    """The files, and which of them have faults."""
    return render_template("console/office_files.html", files=office_files.every(context.office()), tells=TELLS)


@pages.get("/<name>")
@opened(Right.ANSWER)
def edit(name: str) -> str:
    """One file."""
    return _page(name)


@pages.post("/<name>")
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
    return forms.done(url_for("console.office_files.listing"), said("office_file_saved"))


def _page(
    name: str, *, text: str = "", faults: list[str] | None = None, is_late: bool = False, begun_with: str = ""
) -> str:
    file = office_files.one(context.office(), name)
    return render_template(
        "console/office_file.html", file=file, tells=TELLS, text=text or file.text, faults=faults or list(file.faults),
        differences=office_files.differences(file.text, text) if is_late else [],
        begun_with=file.sha256 if is_late or not begun_with else begun_with,
    )  # fmt: skip
