"""Posts from a sheet, step by step as other sheets: its columns are told, some rows are read, then all are queued as drafts."""

from __future__ import annotations

import hashlib
import json

from config import reference
from content.intake.articles.pictures import Fetch
from content.intake.notices import outlines
from content.intake.notices.outlines import SheetOutline
from content.intake.rows import POSTS, SheetChoice
from content.rules.errors import BadInput, Stopped
from content.services.articles import bulk_import
from content.services.articles.bulk_import import SHEET_FIELDS, OnProgress, PostImportReceipt
from content.services.articles.drafts import check_writer
from content.services.notices import import_memory, sheet_import
from content.services.notices.sheet_import import FirstRows, ShownRow
from content.services.office import Office
from content.store.tables import ImportReceipt

KIND = "post"  # of its receipts
LONGEST_SHOWN = 80  # characters of a cell


def outline(office: Office, key: str) -> list[SheetOutline]:
    """The sheets of a kept file that hold something; none of JSON lines. Raises BadInput for a page."""
    path = sheet_import.file_of(office, key)
    return outlines.read(path.read_bytes(), path.name, fields=SHEET_FIELDS, names=POSTS)


def field_words() -> list[tuple[str, str]]:
    """The fields of a post with their words, for choosing."""
    table = reference.table(POSTS.table)
    return [(name, table[name][0]) for name in SHEET_FIELDS]


def first_rows(office: Office, key: str, choice: SheetChoice | None, *, fetch: Fetch | None = None) -> FirstRows:
    """The first rows as they would be queued, and what is wrong with them; nothing is stored."""
    path = sheet_import.file_of(office, key)
    sheet = bulk_import.rows_of(path.read_bytes(), path.name, _few(choice))
    sheet.rows = sheet.rows[: sheet_import.SHOWN]
    looked = len(sheet.rows) + len(sheet.refused)
    words, receipt = dict(field_words()), PostImportReceipt()
    ready = bulk_import.look(office, sheet, receipt, fetch=fetch)
    facts = [name for name in SHEET_FIELDS if name not in ("title", "key", "body")]
    shown = [
        ShownRow(row.number, str(row.cells.get("title", "")), "",
                 [(words[name], _in_chinese(row.cells[name])) for name in facts if row.cells.get(name)]
                 + [(words["body"], " ".join(str(row.cells.get("body", "")).split())[:LONGEST_SHOWN])])
        for row in ready
    ]  # fmt: skip
    faults = [(sheet_import.place(fault), fault["message"]) for fault in (*receipt.refused, *receipt.warnings)]
    return FirstRows(shown, faults, receipt.refused_rows, looked=looked)


def run(
    office: Office, key: str, choice: SheetChoice | None, *, username: str, on_progress: OnProgress, fetch: Fetch
) -> ImportReceipt:
    """Queues every row as a draft; the receipt, also of what was done before `on_progress` stopped it.

    Raises BadInput if the file cannot be read, NotAllowed.
    """
    check_writer(office, username)
    path = sheet_import.file_of(office, key)
    data, done = path.read_bytes(), PostImportReceipt()
    stopped = False
    try:
        sheet = bulk_import.rows_of(data, path.name, choice)
        bulk_import.take_rows(office, sheet, done, username=username, fetch=fetch, on_progress=on_progress)
    except Stopped:
        stopped = True
    told = {**vars(done), "changed": 0, "withdrawn": 0, "stopped": stopped}
    row = ImportReceipt(kind=KIND, file_name=path.name[:1024], file_sha256=hashlib.sha256(data).hexdigest(), complete=False,
                        receipt=json.dumps(told, ensure_ascii=False), at=office.clock.now(), actor=username)  # fmt: skip
    with office.store.write() as session:
        session.add(row)
        session.flush()
        session.expunge(row)
    sheet_import.keep_faults(office, path, row, choice)
    for each in outline(office, key) if choice else ():
        if choice and each.name == choice.sheet:
            import_memory.remember_columns(office, KIND, each, choice)
    return row


def demand_columns(choice: SheetChoice) -> None:
    """Raises BadInput unless the title and the body are among the columns."""
    if not {*POSTS.needed} <= {*choice.fields}:
        raise BadInput("请指出哪一列是标题，哪一列是正文。")


def _in_chinese(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    told = next((word for word, name in bulk_import.DELIVERY_WORDS.items() if name == value), str(value))
    return told[:LONGEST_SHOWN]


def _few(choice: SheetChoice | None) -> SheetChoice | None:
    return sheet_import.with_few(choice) if choice else None
