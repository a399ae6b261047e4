"""Many posts at once, from JSON lines: each row stands alone, and the receipt says what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from config import clock
from content.intake import jsonl
from content.intake.documents import LARGEST, from_text, read_bytes
from content.intake.pictures import Fetch
from content.intake.rows import Row
from content.rules.errors import BadInput, GongkaiError
from content.rules.posts import ATTACHMENT_BYTES, INPUT_IMAGE_BYTES
from content.services.office import Office
from content.services.queueing.keeping import is_same, may_write, write_new
from content.services.queueing.taking import Draft, Faulty, Post, Upload, keep, take
from content.store import articles

TEXTS = ("title", "body", "format", "category", "department", "delivery", "digest", "author", "source_url")
FIELDS = frozenset({*TEXTS, "key", "at", "cover", "attach", "reserve"})
BATCH = 50  # rows written in one transaction, so that nobody else waits long


@dataclass
class Receipt:
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


def import_posts(office: Office, path: Path, *, username: str, fetch: Fetch | None = None) -> Receipt:
    """Drafts from a .jsonl file. A key that is there already is skipped if unchanged, else refused.

    Raises BadInput if the file cannot be read, NotAllowed.
    """
    may_write(office, username)
    sheet = jsonl.read(read_bytes(path, "文件", LARGEST), path.name)
    receipt = Receipt()
    for fault in sheet.refused:
        receipt.refuse(fault.row, [(fault.field, fault.message)])
    ready = _prepared(office, sheet.rows, path.parent, receipt, fetch)
    while batch := list(islice(ready, BATCH)):
        with office.store.write() as session:
            for number, post, draft in batch:
                existing = articles.by_key(session, post.key) if post.key else None
                if existing is None:
                    queued = write_new(office, session, post, draft, username=username)
                    receipt.new += 1
                    receipt.ids.append(queued.id)
                    receipt.warn(number, queued.warnings)
                elif is_same(office, session, existing, post, draft):
                    receipt.unchanged += 1
                    receipt.warn(number, (f"key“{post.key}”已经是稿件 {existing.id}，内容没有变，跳过。",))
                else:
                    receipt.refuse(number, [("key", _changed(post.key, existing.id))])
    receipt.refused.sort(key=lambda fault: int(fault["row"]))
    return receipt


def _changed(key: str, article_id: int) -> str:
    return f"key“{key}”已经是稿件 {article_id}，这里的内容不同。要改它请用 gongkai queue edit {article_id}，要新增请换一个 key。"


def _prepared(
    office: Office, rows: list[Row], folder: Path, receipt: Receipt, fetch: Fetch | None
) -> Iterator[tuple[int, Post, Draft]]:
    for row in rows:
        try:
            post = _post(office, row.cells, folder)
            draft = take(office, post, fetch=fetch)
        except Faulty as error:
            receipt.refuse(row.number, error.faults)
            continue
        except GongkaiError as error:
            receipt.refuse(row.number, [("", error.message)])
            continue
        unknown = sorted(row.cells.keys() - FIELDS)
        if unknown:
            receipt.warn(row.number, (f"不认识的字段没有用上：{'、'.join(unknown)}。",))
        keep(office, draft)
        yield row.number, post, draft


def _post(office: Office, cells: dict[str, Any], folder: Path) -> Post:
    wrong = [(name, f"“{name}”应当是文字。") for name in (*TEXTS, "at", "cover")
             if not isinstance(cells.get(name, ""), str)]  # fmt: skip
    if wrong:
        raise Faulty(wrong)
    text = {name: str(cells.get(name, "")) for name in TEXTS}
    return Post(
        title=text["title"],
        body=from_text(text["body"], text["format"], folder=folder),
        wanted_at=_moment(office, cells.get("at")),
        category=text["category"],
        department=text["department"],
        delivery=text["delivery"] or None,
        cover=_upload(folder, cells["cover"], "封面", INPUT_IMAGE_BYTES) if "cover" in cells else None,
        digest=text["digest"],
        author=text["author"],
        source_url=text["source_url"],
        attachments=tuple(_upload(folder, name, "附件", ATTACHMENT_BYTES) for name in _names(cells.get("attach"))),
        reserve=_flag(cells.get("reserve", False)),
        key=str(cells.get("key", "")).strip(),
    )


def _moment(office: Office, text: Any) -> Any:
    try:
        return clock.parse(text, office.settings.zone) if text else None
    except ValueError:
        raise Faulty([("at", f"看不懂时间“{text}”。请写成 2026-11-22T09:30。")]) from None


def _names(value: Any) -> list[str]:
    names = [value] if isinstance(value, str) else value or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Faulty([("attach", "“attach”应当是文件名，或者文件名的列表。")])
    return names


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Faulty([("reserve", "“reserve”应当是 true 或 false。")])
    return value


def _upload(folder: Path, name: str, what: str, largest: int) -> Upload:
    try:
        return Upload(Path(name).name, read_bytes(folder / name, what, largest))
    except BadInput as error:
        raise Faulty([("cover" if what == "封面" else "attach", error.message)]) from error
