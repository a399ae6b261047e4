"""导入: a sheet, step by step: the file, the sheet, its columns, some rows, the receipt; and undoing the last one."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms, long_work
from bot.console.family import NavLink, PageFamily, opened
from bot.console.long_work import Report
from bot.console.wording import plain, said
from bot.outside import download, remote_pictures
from bot.outside.portal_feed import WebFeed
from content.intake.notices.outlines import SheetOutline
from content.intake.rows import SheetChoice
from content.rules import notes
from content.rules.errors import BadInput, GongkaiError, NotFound, Stopped
from content.rules.people import Right
from content.services.notices import (
    import_memory,
    import_receipts,
    import_undo,
    notice_import,
    page_import,
    post_sheet,
    sample_sheets,
    sheet_import,
)
from content.services.notices.checked_rows import OnProgress
from content.services.notices.page_import import KeptPages
from content.services.notices.sheet_import import FirstRows
from content.services.office import Office
from content.store.tables import ImportReceipt

IMPORTERS = (Right.WRITE, Right.COUNT)
pages = Blueprint("imports", __name__, url_prefix="/imports")
FAMILY = PageFamily(pages, (NavLink(2, "导入", "console.imports.start", IMPORTERS),))
POST = post_sheet.KIND
KIND_WORDS = {"posting": "招聘信息", "disclosure": "公开信息", "portal": "门户网站的条目", POST: "稿件"}
STEPS = ("选文件", "对应列", "看前几行", "收据")
MOST_REASON = 300  # characters
MOST_NAMED = 5  # pages that could not be read
MOST_COLUMNS, MOST_ROWS = 1000, 1_000_000
COLUMN = "column-"  # before the number of a column, in the names of the form's fields


@pages.get("/")
@opened(*IMPORTERS)
def start() -> str:
    """Which file, and of what; and what was imported lately."""
    return _start()


@pages.post("/")
@opened(*IMPORTERS)
def take() -> Response:
    """Keeps the file, or what the web pages say that were given or named."""
    kind, url = request.form.get("kind", ""), forms.line("url")
    files = [(each.filename or "", each.read()) for each in request.files.getlist("file") if each.filename]
    try:
        if kind not in _kinds():
            raise BadInput(said("no_import_kind"))
        if kind == POST and (url or any(page_import.is_page(name) for name, _ in files)):
            raise BadInput(said("posts_from_sheets"))
        if url and not files:
            return _fetch(kind, url)
        if files and all(page_import.is_page(name) for name, _ in files):
            kept = page_import.saved(context.office(), kind, files)
            return forms.done(url_for("console.imports.rows", key=kept.key, kind=kind), _pages_read(kept), _tone(kept))
        if len(files) > 1:
            raise BadInput(said("one_sheet_at_a_time"))
        key = sheet_import.keep(context.office(), *(files[0] if files else ("", b"")))
    except GongkaiError as error:
        return Response(_start(plain(error.message)), 400, mimetype="text/html")
    return redirect(url_for("console.imports.columns", key=key, kind=kind), 303)


@pages.get("/<key>/columns")
@opened(*IMPORTERS)
def columns(key: str) -> Response:
    """Which sheet, and which column is what."""
    kind = _kind()
    sheets = _outline(key, kind)
    if not sheets:
        return redirect(url_for("console.imports.rows", key=key, kind=kind), 303)
    return Response(_columns(key, kind, sheets, _chosen(sheets)), mimetype="text/html")


@pages.route("/<key>/rows", methods=["GET", "POST"])
@opened(*IMPORTERS)
def rows(key: str) -> Response:
    """The first rows as they would be taken in."""
    kind, office = _kind(), context.office()
    choice = _choice()
    try:
        found = _first_rows(office, key, kind, choice)
    except BadInput as error:
        sheets = _outline(key, kind)
        page = _columns(key, kind, sheets, _chosen(sheets), plain(error.message))
        return Response(page, 400, mimetype="text/html")
    page = render_template(
        "console/notices/rows.html", key=key, kind=kind, kind_words=KIND_WORDS[kind], steps=STEPS, choice=choice,
        file=sheet_import.file_of(office, key).name, found=found, unused=_unused(key, kind, choice),
    )  # fmt: skip
    return Response(page, mimetype="text/html")


@pages.post("/<key>/run")
@opened(*IMPORTERS)
def run(key: str) -> Response:
    """Takes everything in, beside the page; safe to repeat, since rows are known by their numbers."""
    kind, choice, username = _kind(), _choice(), context.visitor().username
    sheet_import.file_of(context.office(), key)
    target = url_for("console.imports.receipt", number=0).removesuffix("0")
    title = said("importing", kind=KIND_WORDS[kind])

    def work(office: Office, report: Report) -> str:
        done = _run(office, key, kind, choice, username, report)
        return f"→ {target}{done.id} {said('imported')}"

    return long_work.begin(title, url_for("console.imports.start"), work)


@pages.get("/receipts/<int:number>")
@opened(*IMPORTERS)
def receipt(number: int) -> str:
    """What one import did, cell by cell where something was wrong."""
    found = import_receipts.one(context.office(), number)
    held = {row.get("held", "") for row in found.told["refused"]}
    return render_template("console/notices/receipt.html", found=found, held=held, most_reason=MOST_REASON, kind_words=KIND_WORDS, place=sheet_import.place,
                           sheet=sheet_import.sheet_of(context.office(), number),
                           has_file=sheet_import.faults_file(context.office(), number) is not None)  # fmt: skip


@pages.post("/receipts/<int:number>/excuse")
@opened(*IMPORTERS)
def excuse(number: int) -> Response:
    """Takes the rows that were kept out for an error all the same, with a reason that the ledger keeps."""
    office, username = context.office(), context.visitor().username
    found, origin = import_receipts.one(office, number), import_memory.origin(office, number)
    reason = notes.note(request.form.get("reason", ""), needed=said("no_excuse"), longest=MOST_REASON)
    if origin is None:
        raise NotFound(said("no_import_file"))
    key, choice = origin
    sheet_import.file_of(office, key)
    target = url_for("console.imports.receipt", number=0).removesuffix("0")

    def work(office: Office, report: Report) -> str:
        done = sheet_import.run(office, key, found.kind, choice, username=username, reason=reason,
                                on_progress=_until_written(report))  # fmt: skip
        return f"→ {target}{done.id} {said('imported')}"

    return long_work.begin(said("importing", kind=KIND_WORDS[found.kind]), url_for("console.imports.start"), work)


@pages.get("/sample/<kind>.xlsx")
@opened(*IMPORTERS)
def sample(kind: str) -> Response:
    """A sheet to start from: the columns of a kind, and an example."""
    if kind not in _kinds():
        raise NotFound(said("no_import_kind"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.xlsx"
        sample_sheets.write(path, kind)
        return send_file(io.BytesIO(path.read_bytes()), as_attachment=True,
                         download_name=f"{KIND_WORDS[kind]}样表.xlsx")  # fmt: skip


@pages.get("/receipts/<int:number>/faults.xlsx")
@opened(*IMPORTERS)
def faults(number: int) -> Response:
    """The rows to correct, as a sheet."""
    path = sheet_import.faults_file(context.office(), number)
    if path is None:
        raise NotFound(said("no_faults_file"))
    return send_file(path, as_attachment=True, download_name=f"要改的行-{number}.xlsx")


@pages.post("/receipts/<int:number>/undo")
@opened(*IMPORTERS)
def undo(number: int) -> Response:
    """Undoes the last import of its kind."""
    count = import_undo.undo(context.office(), number, username=context.visitor().username)
    return forms.done(url_for("console.imports.receipt", number=number), said("import_undone", count=count))


def _fetch(kind: str, url: str) -> Response:
    """Fetches pages beside the page; then on to their first rows."""
    web = WebFeed(near=download.is_near(context.office().settings.base_url), trusts=False)
    target = url_for("console.imports.rows", key="KEY", kind=kind)

    def work(office: Office, report: Report) -> str:
        kept = page_import.at_address(office, web, kind, url,
                                      on_pages=lambda done, total: report(said("fetching"), done, total))  # fmt: skip
        return f"→ {target.replace('KEY', kept.key)} {_pages_read(kept)}"

    return long_work.begin(said("fetching"), url_for("console.imports.start", kind=kind), work)


def _pages_read(kept: KeptPages) -> str:
    return " ".join([said("pages_read", count=kept.count), *kept.unread[:MOST_NAMED]])


def _tone(kept: KeptPages) -> str:
    return "watch" if kept.unread else "done"


def _until_written(report: Report) -> OnProgress:
    """Tells how far an import is; it can be given up until its rows are written."""

    def told(step: str, done: int, total: int) -> None:
        try:
            report(step, done, total)
        except Stopped:
            if step != notice_import.INDEXING:
                raise

    return told


def _outline(key: str, kind: str) -> list[SheetOutline]:
    office = context.office()
    return post_sheet.outline(office, key) if kind == POST else sheet_import.outline(office, key, kind)


def _first_rows(office: Office, key: str, kind: str, choice: SheetChoice | None) -> FirstRows:
    if kind == POST:
        if choice:
            post_sheet.demand_columns(choice)
        return post_sheet.first_rows(office, key, choice, fetch=remote_pictures.pictures(office))
    if choice and "title" not in choice.fields:
        raise BadInput(said("no_title_column"))
    return sheet_import.first_rows(office, key, kind, choice)


def _unused(key: str, kind: str, choice: SheetChoice | None) -> list[str]:
    """The headings of columns that hold something and that nobody uses."""
    sheet = next((each for each in _outline(key, kind) if choice and each.name == choice.sheet), None)
    columns = zip(sheet.columns, choice.fields, strict=False) if sheet and choice else ()
    return [column.title or column.letter for column, field in columns if not field and column.says_something]


def _run(
    office: Office, key: str, kind: str, choice: SheetChoice | None, username: str, report: Report
) -> ImportReceipt:
    if kind == POST:
        fetch = remote_pictures.pictures(office)
        return post_sheet.run(office, key, choice, username=username, on_progress=report, fetch=fetch)
    return sheet_import.run(office, key, kind, choice, username=username, on_progress=_until_written(report))


def _kinds() -> dict[str, str]:
    """What the visitor may import: posts only who may write."""
    may_write = context.visitor().may(Right.WRITE)
    return {kind: words for kind, words in KIND_WORDS.items() if kind != POST or may_write}


def _start(fault: str = "") -> str:
    return render_template("console/notices/imports.html", kinds=_kinds(), all_kinds=KIND_WORDS, fault=fault, given=request.form,
                           asked=request.args.get("kind", ""), receipts=import_receipts.newest(context.office()))  # fmt: skip


def _columns(key: str, kind: str, sheets: list[SheetOutline], chosen: SheetOutline, fault: str = "") -> str:
    office = context.office()
    remembered = import_memory.remembered_columns(office, kind, chosen)
    offered = remembered or [column.field for column in chosen.columns]
    given = [request.form.get(f"{COLUMN}{at}", field) for at, field in enumerate(offered)]
    return render_template(
        "console/notices/columns.html", key=key, kind=kind, kind_words=KIND_WORDS[kind], steps=STEPS, sheets=sheets,
        chosen=chosen, given=given, fault=fault, file=sheet_import.file_of(office, key).name, remembered=remembered,
        words=post_sheet.field_words() if kind == POST else sheet_import.field_words(kind),
    )  # fmt: skip


def _chosen(sheets: list[SheetOutline]) -> SheetOutline:
    """The sheet asked for; else the one of which most is recognised."""
    asked = request.values.get("sheet")
    return next((sheet for sheet in sheets if sheet.name == asked),
                max(sheets, key=lambda sheet: sheet.recognised))  # fmt: skip


def _kind() -> str:
    kind = request.values.get("kind", "")
    if kind not in _kinds():
        raise BadInput(said("no_import_kind"))
    return kind


def _choice() -> SheetChoice | None:
    """What the form says of the sheet; None for a file whose fields have names."""
    if "fields" in request.form:
        told = tuple(request.form["fields"].split(",")[:MOST_COLUMNS])
    else:
        told = tuple(request.form.get(f"{COLUMN}{at}", "") for at in range(_count("columns", MOST_COLUMNS)))
    return SheetChoice(request.form.get("sheet", ""), _count("headings", MOST_ROWS), told) if told else None


def _count(name: str, most: int) -> int:
    text = request.form.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 9 else 0
