"""Many posts at once, from JSON lines: each row stands alone, and the receipt says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from content.intake import jsonl
from content.intake.articles.documents import LARGEST, PostBody, from_text, read_bytes
from content.intake.articles.pictures import Fetch
from content.intake.rows import Row
from content.rules.errors import BadInput, Conflict, GongkaiError
from content.rules.language import moments
from content.rules.publishing.limits import ATTACHMENT_BYTES, INPUT_IMAGE_BYTES, one_line, visible
from content.services.articles.drafts import check_writer, is_same, write_new, writer
from content.services.articles.submission_form import Draft, FaultyPost, PostForm, Upload, keep, take
from content.services.office import Office
from content.store.articles import articles

TEXTS = ("title", "body", "format", "category", "department", "delivery", "digest", "author", "source_url")
FIELDS = frozenset({*TEXTS, "key", "at", "cover", "attach", "reserve"})
T = TypeVar("T")
BATCH = 50  # rows written in one transaction, so that nobody else waits long


@dataclass(frozen=True)
class Prepared:
    """A row that can be taken in: its number in the file, and what is made of it."""

    number: int
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

    def refuse(self, row: int, faults: list[tuple[str, str]]) -> None:
        """Notes what is wrong with a row."""
        self.refused += [{"row": row, "field": name, "message": message} for name, message in faults]

    def warn(self, row: int, messages: tuple[str, ...]) -> None:
        """Notes what the author of a row should know."""
        self.warnings += [{"row": row, "message": message} for message in messages]


def import_posts(office: Office, path: Path, *, username: str, fetch: Fetch | None = None) -> PostImportReceipt:
    """Drafts from a .jsonl file. A key that is there already is skipped if unchanged, else refused.

    Raises BadInput if the file cannot be read, NotAllowed.
    """
    check_writer(office, username)
    sheet = jsonl.read(read_bytes(path, "文件", LARGEST), path.name)
    receipt = PostImportReceipt()
    for fault in sheet.refused:
        receipt.refuse(fault.row, [(fault.field, fault.message)])
    for batch in _batches(_prepared(office, sheet.rows, path.parent, receipt, fetch)):
        _write(office, _new(office, batch, receipt), receipt, username=username)
    receipt.refused.sort(key=lambda fault: int(fault["row"]))
    return receipt


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
            elif is_same(session, existing, row.post, row.draft):
                receipt.unchanged += 1
                receipt.warn(row.number, (f"key“{row.post.key}”已经是稿件 {existing.id}，内容没有变，跳过。",))
            else:
                receipt.refuse(row.number, [("key", _changed(row.post.key, existing.id))])
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
                receipt.refuse(row.number, [("key", error.message)])
                continue
            receipt.new += 1
            receipt.ids.append(queued.id)
            receipt.warn(row.number, queued.warnings)


def _changed(key: str, article_id: int) -> str:
    return f"key“{key}”已经是稿件 {article_id}，这里的内容不同。要改它请用 gongkai queue edit {article_id}，要新增请换一个 key。"


def _prepared(
    office: Office, rows: list[Row], folder: Path, receipt: PostImportReceipt, fetch: Fetch | None
) -> Iterator[Prepared]:
    for row in rows:
        try:
            post = _post(office, row.cells, folder)
            draft = take(office, post, fetch=fetch)
        except FaultyPost as error:
            receipt.refuse(row.number, error.faults)
            continue
        except GongkaiError as error:
            receipt.refuse(row.number, [("", error.message)])
            continue
        unknown = sorted(row.cells.keys() - FIELDS)
        if unknown:
            receipt.warn(row.number, (f"不认识的字段没有用上：{'、'.join(unknown)}。",))
        yield Prepared(row.number, post, draft)


def _post(office: Office, cells: dict[str, Any], folder: Path) -> PostForm:
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

    def __init__(self, office: Office, cells: dict[str, Any], folder: Path) -> None:
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
        return Upload(Path(name).name, read_bytes(self.folder / name, "封面", INPUT_IMAGE_BYTES)) if name else None

    def attachments(self) -> tuple[Upload, ...]:
        """The files that the cell `attach` names: one name, or a list."""
        given = self.cells.get("attach", [])
        names = [given] if isinstance(given, str) else given
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise BadInput("“attach”应当是文件名，或者文件名的列表。")
        return tuple(
            Upload(Path(name).name, read_bytes(self.folder / name, "附件", ATTACHMENT_BYTES)) for name in names
        )

    def reserve(self) -> bool:
        """The cell `reserve`."""
        value = self.cells.get("reserve", False)
        if not isinstance(value, bool):
            raise BadInput("“reserve”应当是 true 或 false。")
        return value
