"""招聘和公开信息: postings and disclosures one by one: found by title, put right, taken down, put back."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from bot.web.addresses import with_args
from content.intake.notices.notice_rows import DAYS
from content.rules.errors import GongkaiError, NotFound
from content.rules.people import Right
from content.rules.publishing.limits import one_line
from content.services.notices import notice_upkeep, sheet_import

KEEPERS = (Right.WRITE, Right.COUNT)  # those who import
pages = Blueprint("notice_list", __name__, url_prefix="/notices")
FAMILY = PageFamily(pages, (NavLink(2, "招聘和公开信息", "console.notice_list.listing", KEEPERS),))
KIND_WORDS = {"posting": "招聘信息", "disclosure": "公开信息"}
LONG = frozenset({"description", "body", "benefits", "how_to_apply"})  # several lines
PAGE = 50


@pages.get("/")
@opened(*KEEPERS)
def listing() -> str:
    """One page of a kind: what citizens find, or what was taken down."""
    kind = request.args.get("kind", "posting")
    kind, gone = kind if kind in KIND_WORDS else "posting", request.args.get("gone") == "yes"
    number, words = forms.number("page"), one_line(request.args.get("q", ""))
    found = notice_upkeep.page(context.office(), kind, words=words, gone=gone, number=number, size=PAGE)
    tabs = [(with_args(kind=each, gone="", page=""), name, None, each == kind) for each, name in KIND_WORDS.items()]
    return render_template(
        "console/notices/notice_list.html", found=found, kind=kind, kind_words=KIND_WORDS[kind], tabs=tabs, gone=gone,
        words=words, number=number, today=context.office().clock.today(), last=max(1, -(-found.total // PAGE)),
        other=with_args(gone="" if gone else "yes", page=""),
    )  # fmt: skip


@pages.get("/<kind>/new")
@opened(*KEEPERS)
def new(kind: str) -> str:
    """One more, by a form."""
    return _new(kind)


@pages.post("/<kind>/new")
@opened(*KEEPERS)
def add(kind: str) -> Response:
    """Takes it in; nothing typed is lost when it cannot be taken."""
    if forms.is_second_press():
        return forms.done(url_for("console.notice_list.listing", kind=_kind(kind)), said("saved_already"), "tell")
    try:
        number = notice_upkeep.add(context.office(), _kind(kind), request.form, username=context.visitor().username,
                                   note=request.form.get("note", ""))  # fmt: skip
    except NotFound:
        raise
    except GongkaiError as error:
        forms.may_come_again()
        return Response(_new(kind, plain(error.message)), 400, mimetype="text/html")
    return forms.done(url_for("console.notice_list.show", kind=kind, number=number), said("notice_added"))


@pages.get("/<kind>/<int:number>")
@opened(*KEEPERS)
def show(kind: str, number: int) -> str:
    """One of them, to be put right or taken down."""
    return _page(kind, number)


@pages.post("/<kind>/<int:number>")
@opened(*KEEPERS)
def correct(kind: str, number: int) -> Response:
    """Puts it right; nothing typed is lost when it cannot be taken."""
    given = {name: request.form[name] for name in notice_upkeep.editable(_kind(kind)) if name in request.form}
    seen = request.form.get("version", "")
    try:
        notice_upkeep.correct(context.office(), kind, number, given, username=context.visitor().username,
                              note=request.form.get("note", ""), seen=int(seen) if seen.isdecimal() else 0)  # fmt: skip
    except NotFound:
        raise
    except GongkaiError as error:
        return Response(_page(kind, number, given, plain(error.message)), 400, mimetype="text/html")
    return forms.done(url_for("console.notice_list.show", kind=kind, number=number), said("notice_corrected"))


@pages.post("/<kind>/<int:number>/down")
@opened(*KEEPERS)
def down(kind: str, number: int) -> Response:
    """Takes it down, with a reason that the ledger keeps."""
    return _act(kind, number, notice_upkeep.take_down, "notice_taken_down")


@pages.post("/<kind>/<int:number>/back")
@opened(*KEEPERS)
def back(kind: str, number: int) -> Response:
    """Puts it back."""
    return _act(kind, number, notice_upkeep.put_back, "notice_put_back")


def _act(kind: str, number: int, act: Any, sentence: str) -> Response:
    try:
        act(
            context.office(),
            _kind(kind),
            number,
            username=context.visitor().username,
            note=request.form.get("note", ""),
        )
    except NotFound:
        raise
    except GongkaiError as error:
        return Response(_page(kind, number, fault=plain(error.message)), 400, mimetype="text/html")
    return forms.done(url_for("console.notice_list.show", kind=kind, number=number), said(sentence))


def _page(kind: str, number: int, given: dict[str, str] | None = None, fault: str = "") -> str:
    office = context.office()
    row = notice_upkeep.one(office, _kind(kind), number)
    fields = json.loads(row.fields)
    words = dict(sheet_import.field_words(kind))
    shown = {**{name: str(fields.get(name, "")) for name in notice_upkeep.editable(kind)}, **(given or {})}
    found: dict[str, list[str]] = {}
    for name, sentence in notice_upkeep.findings(office, kind, {**fields, **shown}):
        found.setdefault(name, []).append(sentence)
    return render_template(
        "console/notices/notice.html", row=row, kind=kind, kind_words=KIND_WORDS[kind], words=words, shown=shown, found=found,
        fault=fault, long=LONG, longest=notice_upkeep.LONGEST_WHY, note=request.form.get("note", ""),
        days=DAYS, page=f"{office.base_url}/{'j' if kind == 'posting' else 'd'}/{number}",
    )  # fmt: skip


def _new(kind: str, fault: str = "") -> str:
    office, names = context.office(), notice_upkeep.editable(_kind(kind))
    shown = {name: request.form.get(name, "") for name in names}
    found: dict[str, list[str]] = {}
    for name, sentence in notice_upkeep.findings(office, kind, shown) if fault else ():
        found.setdefault(name, []).append(sentence)
    return render_template(
        "console/notices/new_notice.html", kind=kind, kind_words=KIND_WORDS[kind], shown=shown, found=found, fault=fault, long=LONG,
        words=dict(sheet_import.field_words(kind)), longest=notice_upkeep.LONGEST_WHY, note=request.form.get("note", ""),
        key=request.form.get("key", ""), days=DAYS,
    )  # fmt: skip


def _kind(kind: str) -> str:
    if kind not in KIND_WORDS:
        raise NotFound(said("no_import_kind"))
    return kind
