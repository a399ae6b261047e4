"""Many posts at once, from JSON lines or a sheet: each row stands alone, and the receipt says what became of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any, TypeVar

from config import reference
from content.intake import jsonl
from content.intake.articles.documents import LARGEST, PostBody, from_text, read_bytes
from content.intake.articles.pictures import Fetch
from content.intake.rows import POSTS, InputSheet, Row, RowFault, SheetChoice
from content.rules.errors import BadInput, Conflict, GongkaiError
from content.rules.language import moments
from content.rules.publishing.limits import ATTACHMENT_BYTES, INPUT_IMAGE_BYTES, one_line, visible
from content.services.articles.drafts import check_writer, is_same, write_new, writer
from content.services.articles.submission_form import Draft, FaultyPost, PostForm, Upload, keep, take
from content.services.office import Office
from content.store.articles import articles

TEXTS = ("title", "body", "format", "category", "department", "delivery", "digest", "author", "source_url")
FIELDS = frozenset({*TEXTS, "key", "at", "cover", "attach", "reserve"})
SHEET_FIELDS = ("title", "body", "at", "category", "department", "delivery", "digest", "author", "source_url", "reserve",
                "key")  # fmt: skip
T = TypeVar("T")
BATCH = 50  # rows written in one transaction, so that nobody else waits long
TOLD_EACH = 20  # rows between two words on how far it is
READING = "正在收稿件"
OWN_KEY = "sheet-"  # before the keys of rows that bring none
DELIVERY_WORDS = {"发布": "publish", "直接发布": "publish", "群发": "mass", "草稿箱": "draft", "只放草稿箱": "draft"}
YES, NO = {"是", "1", "备稿", "√"}, {"否", "0", "不是"}

OnProgress = Callable[[str, int, int], None]  # what is done, how many rows, of how many


@dataclass(frozen=True)
class Prepared:
    """A row that can be taken in, and what is made of it."""

    row: Row
    post: PostForm
    draft: Draft


@dataclass
class PostImportReceipt:
    """What an import did."""

    new: int = 0
    unchanged: int = 0
    ids: list[int] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)

    @property
    def refused_rows(self) -> int:
        """How many rows were refused."""
        return len({fault["row"] for fault in self.refused})

    def refuse(self, row: Row, faults: list[tuple[str, str]]) -> None:
        """Notes what is wrong with a row."""
        self.refused += [_told(row.fault(name, message)) for name, message in faults]

    def warn(self, row: Row, messages: tuple[str, ...]) -> None:
        """Notes what the author of a row should know."""
        self.warnings += [{"row": row.number, "message": message} for message in messages]


def _told(fault: RowFault) -> dict[str, Any]:
    """A fault as the receipt has it; the cell where there is one."""
    cell = {"cell": fault.cell, "column": fault.column} if fault.cell else {}
    return {"row": fault.row, "field": fault.field, "message": fault.message, **cell}


def import_posts(office: Office, path: Path, *, username: str, fetch: Fetch | None = None) -> PostImportReceipt:
    """Drafts from a .jsonl file or a sheet. A key that is there already is skipped if unchanged, else refused.

    Raises BadInput if the file cannot be read, NotAllowed.
    """
    check_writer(office, username)
    data, receipt = read_bytes(path, "文件", LARGEST), PostImportReceipt()
    sheet = rows_of(data, path.name, None)
    return take_rows(office, sheet, receipt, username=username, folder=path.parent, fetch=fetch)


def rows_of(data: bytes, name: str, choice: SheetChoice | None) -> InputSheet:
    """The rows of a file of posts; of a sheet by what a person said of its columns, or as they are recognised. Raises BadInput."""
    from content.intake.notices import sheets  # loads slowly, and most commands need none

    suffix = PurePath(name).suffix.lower()
    if suffix == ".jsonl":
        return jsonl.read(data, name, POSTS)
    if suffix in sheets.NAMED:
        raise BadInput(
            f"“{name}”是网页，不是表格。稿件请放在 .xlsx 或 .csv 里，每行一篇；一篇网页请在“写一篇”里拖进去。"
        )
    return as_written(sheets.read(data, name, choice or sheet_choice(data, name)))


def sheet_choice(data: bytes, name: str) -> SheetChoice:
    """The sheet of which most is recognised, each column as what it was taken for. Raises BadInput."""
    from content.intake.notices import outlines  # loads slowly as well

    found = outlines.read(data, name, fields=SHEET_FIELDS, names=POSTS)
    best = max(found, key=lambda outline: outline.recognised, default=None)
    if best is None or not {*POSTS.needed} <= {*best.choice.fields}:
        words = reference.table(POSTS.table)
        wanted = "和".join(f"“{words[column][0]}”" for column in POSTS.needed)
        raise BadInput(f"“{name}”里没有找到{wanted}两列。请在第一行写上列名，每行一篇。")
    return best.choice


def take_rows(
    office: Office,
    sheet: InputSheet,
    receipt: PostImportReceipt,
    *,
    username: str,
    folder: Path | None = None,
    fetch: Fetch | None = None,
    on_progress: OnProgress = lambda step, done, total: None,
) -> PostImportReceipt:
    """Drafts from rows; the receipt is filled in as they are written, so that it holds also when `on_progress` stops it.

    `folder`: where the files lie that rows name; without one they may name none.
    """
    receipt.refused += [_told(fault) for fault in sheet.refused]
    receipt.warnings += [_told(fault) for fault in sheet.warnings]
    told = _telling(sheet.rows, on_progress)
    for batch in _batches(_prepared(office, told, folder, receipt, fetch)):
        _write(office, _new(office, batch, receipt), receipt, username=username)
    receipt.refused.sort(key=lambda fault: int(fault["row"]))
    return receipt


def look(office: Office, sheet: InputSheet, receipt: PostImportReceipt, *, fetch: Fetch | None = None) -> list[Row]:
    """The rows that could be taken in; the receipt learns what is wrong with the others. Nothing is written."""
    receipt.refused += [_told(fault) for fault in sheet.refused]
    receipt.warnings += [_told(fault) for fault in sheet.warnings]
    return [ready.row for ready in _prepared(office, sheet.rows, None, receipt, fetch)]


def _telling(rows: list[Row], on_progress: OnProgress) -> Iterator[Row]:
    for place, row in enumerate(rows):
        if place % TOLD_EACH == 0:
            on_progress(READING, place, len(rows))
        yield row


def as_written(sheet: InputSheet) -> InputSheet:
    """The rows of a sheet in the words of a post's fields, their text as it was typed; a row without a key gets one by what it says.

    So the same sheet may be taken in again: what is there already is left alone.
    """
    sheet.rows = [replace(row, cells=_in_words(row.cells)) for row in sheet.rows]
    return sheet


def _in_words(cells: dict[str, Any]) -> dict[str, Any]:
    from content.intake.notices.cells import text as as_text  # loads slowly as well

    texts: dict[str, Any] = {name: text for name, cell in cells.items() if (text := as_text(cell))}
    if "delivery" in texts:
        texts["delivery"] = DELIVERY_WORDS.get(texts["delivery"], texts["delivery"])
    if texts.get("reserve") in YES | NO:
        texts["reserve"] = texts["reserve"] in YES
    if "key" not in texts:
        said = json.dumps(texts, ensure_ascii=False, sort_keys=True)
        texts["key"] = f"{OWN_KEY}{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    texts["format"] = "text"  # a cell knows no marks: 138****1234, # 1号楼
    return texts


def _batches(ready: Iterator[Prepared]) -> Iterator[list[Prepared]]:
    """The rows in batches in which no key stands twice, so that a row finds the earlier one of its key written."""
    batch: list[Prepared] = []
    for row in ready:
        if len(batch) == BATCH or (row.post.key and row.post.key in {other.post.key for other in batch}):
            yield batch
            batch = []
        batch.append(row)
    yield batch


def _new(office: Office, batch: list[Prepared], receipt: PostImportReceipt) -> list[Prepared]:
    """The rows of a batch that are to be written; those whose key is there already are noted."""
    new = []
    with office.store.read() as session:
        for row in batch:
            existing = articles.by_key(session, row.post.key) if row.post.key else None
            if existing is None:
                new.append(row)
            elif row.post.key.startswith(OWN_KEY):
                receipt.unchanged += 1
                receipt.warn(row.row, (f"这一行已经收过了，是稿件 {existing.id}，跳过。",))
            elif is_same(session, existing, row.post, row.draft):
                receipt.unchanged += 1
                receipt.warn(row.row, (f"key“{row.post.key}”已经是稿件 {existing.id}，内容没有变，跳过。",))
            else:
                receipt.refuse(row.row, [("key", _changed(row.post.key, existing.id))])
    return new


def _write(office: Office, rows: list[Prepared], receipt: PostImportReceipt, *, username: str) -> None:
    for row in rows:
        keep(office, row.draft)
    with office.store.write() as session:
        author = writer(session, username)
        for row in rows:
            try:
                queued = write_new(office, session, row.post, row.draft, writer=author)
            except Conflict as error:  # somebody else took the key since we looked; nothing of this row is written
                receipt.refuse(row.row, [("key", error.message)])
                continue
            receipt.new += 1
            receipt.ids.append(queued.id)
            receipt.warn(row.row, queued.warnings)


def _changed(key: str, article_id: int) -> str:
    return f"key“{key}”已经是稿件 {article_id}，这里的内容不同。要改它请用 gongkai queue edit {article_id}，要新增请换一个 key。"


def _prepared(
    office: Office, rows: Iterable[Row], folder: Path | None, receipt: PostImportReceipt, fetch: Fetch | None
) -> Iterator[Prepared]:
    for row in rows:
        try:
            post = _post(office, row.cells, folder)
            draft = take(office, post, fetch=fetch)
        except FaultyPost as error:
            receipt.refuse(row, error.faults)
            continue
        except GongkaiError as error:
            receipt.refuse(row, [("", error.message)])
            continue
        unknown = sorted(row.cells.keys() - FIELDS)
        if unknown:
            receipt.warn(row, (f"不认识的字段没有用上：{'、'.join(unknown)}。",))
        yield Prepared(row, post, draft)


def _post(office: Office, cells: dict[str, Any], folder: Path | None) -> PostForm:
    """The post of a row; what cannot be read in it is among its faults."""
    row = _Reading(office, cells, folder)
    text = {name: row.text(name) for name in TEXTS}
    read: dict[str, Any] = {
        "body": row.of("body", lambda: from_text(text["body"], text["format"], folder=folder), PostBody("", "", "")),
        "wanted_at": row.of("at", row.moment, None),
        "cover": row.of("cover", row.cover, None),
        "attachments": row.of("attach", row.attachments, tuple[Upload, ...]()),
        "reserve": row.of("reserve", row.reserve, False),
    }
    plain: dict[str, Any] = {name: text[name] for name in TEXTS if name not in ("body", "format", "delivery")}
    return PostForm(**plain, **read, delivery=text["delivery"] or None, key=one_line(str(cells.get("key", ""))),
                faults=tuple(row.faults))  # fmt: skip


class _Reading:
    """Reads the cells of one row, and keeps what is wrong with them."""

    def __init__(self, office: Office, cells: dict[str, Any], folder: Path | None) -> None:
        self.office, self.cells, self.folder = office, cells, folder
        self.faults: list[tuple[str, str]] = []

    def of(self, name: str, read: Callable[[], T], otherwise: T) -> T:
        """What `read` gives; if it raises BadInput that is noted, and `otherwise` stands for it."""
        try:
            return read()
        except BadInput as error:
            self.faults.append((name, error.message))
            return otherwise

    def text(self, name: str) -> str:
        """A cell that must be text."""
        value = self.cells.get(name, "")
        if isinstance(value, str):
            return visible(value)
        self.faults.append((name, f"“{name}”应当是文字。"))
        return ""

    def moment(self) -> datetime | None:
        """The cell `at`."""
        try:
            return moments.read(self.cells["at"], self.office.settings.zone) if "at" in self.cells else None
        except moments.NoHour:
            raise BadInput(f"时间“{self.cells['at']}”没有写几点。请写成 {moments.EXAMPLE}。") from None
        except (TypeError, ValueError):
            raise BadInput(f"看不懂时间“{self.cells['at']}”。请写成 {moments.EXAMPLE}。") from None

    def cover(self) -> Upload | None:
        """The file that the cell `cover` names."""
        name = self.text("cover")
        return Upload(Path(name).name, self.file(name, "封面", INPUT_IMAGE_BYTES)) if name else None

    def attachments(self) -> tuple[Upload, ...]:
        """The files that the cell `attach` names: one name, or a list."""
        given = self.cells.get("attach", [])
        names = [given] if isinstance(given, str) else given
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise BadInput("“attach”应当是文件名，或者文件名的列表。")
        return tuple(Upload(Path(name).name, self.file(name, "附件", ATTACHMENT_BYTES)) for name in names)

    def file(self, name: str, what: str, most: int) -> bytes:
        """A file that a cell names, beside the file of the rows."""
        if self.folder is None:
            raise BadInput(f"这里不能带{what}“{name}”，请收进来以后在稿件里加。")
        return read_bytes(self.folder / name, what, most)

    def reserve(self) -> bool:
        """The cell `reserve`."""
        value = self.cells.get("reserve", False)
        if not isinstance(value, bool):
            raise BadInput("“备稿”（reserve）应当是 true 或 false，表格里写 是 或 否。")
        return value
