"""What is remembered of imports at the console: which column was what, and from which file an import was made."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from content.intake.notices.outlines import SheetOutline
from content.intake.rows import SheetChoice
from content.services.office import Office


def remember_columns(office: Office, kind: str, outline: SheetOutline, choice: SheetChoice) -> None:
    """Keeps what a person said of the columns, for the next sheet with the same headings."""
    told = dict(zip(_names(outline), choice.fields, strict=False))
    _write(_columns_file(office, kind, outline), told)


def remembered_columns(office: Office, kind: str, outline: SheetOutline) -> list[str] | None:
    """The field of each column as it was chosen the last time; None if there was no such sheet before."""
    path = _columns_file(office, kind, outline)
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    return [told.get(name, "") for name in _names(outline)]


def remember_origin(office: Office, receipt_id: int, key: str, choice: SheetChoice | None) -> None:
    """Keeps from which file an import was made, and what was said of its columns."""
    _write(_origin_file(office, receipt_id), {"key": key, "choice": asdict(choice) if choice else None})


def origin(office: Office, receipt_id: int) -> tuple[str, SheetChoice | None] | None:
    """The key of the file of an import and its columns; None where nothing is known of it."""
    path = _origin_file(office, receipt_id)
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    choice = told["choice"]
    return told["key"], SheetChoice(**choice | {"fields": tuple(choice["fields"])}) if choice else None


def _names(outline: SheetOutline) -> Iterator[str]:
    """The headings, told apart where two are the same."""
    seen = Counter[str]()
    for column in outline.columns:
        seen[column.title] += 1
        yield f"{column.title} {seen[column.title]}"


def _columns_file(office: Office, kind: str, outline: SheetOutline) -> Path:
    headings = json.dumps([kind, *sorted(_names(outline))], ensure_ascii=False)
    return _folder(office) / f"columns-{hashlib.sha256(headings.encode()).hexdigest()}.json"


def _origin_file(office: Office, receipt_id: int) -> Path:
    return _folder(office) / f"origin-{receipt_id}.json"


def _folder(office: Office) -> Path:
    return office.home / "imports"


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
