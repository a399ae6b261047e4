"""An office with very many disclosures; since it takes minutes to make it is kept for the next time.

The rows go into the table as `gongkai import` would write them, but in bulk; the index is built over them as always.
GONGKAI_BENCH_CACHE names the folder where the office is kept, else it lies in the temporary folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench import town
from content.services.answers import index_upkeep
from content.services.office import Office
from content.services.setup import prepare
from content.store import schema
from content.store.tables import Disclosure

BATCH = 5000
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def kept(count: int, opened: Callable[[Path], Office]) -> Path:
    """The home of an office with so many disclosures, made now or some time before."""
    home = _folder() / f"{count}-{_edition()}"
    if not (home / "made").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        office = opened(home)
        try:
            prepare(office)
            _fill(office, count)
        finally:
            office.close()
        (home / "made").touch()
    office = opened(home)
    try:
        index_upkeep.refresh(office)
    finally:
        office.close()
    return home


def _fill(office: Office, count: int) -> None:
    rows = map(_row, town.disclosures(count))
    while batch := list(islice(rows, BATCH)):
        with office.store.write() as session:
            session.execute(insert(Disclosure), batch)


def _row(fields: dict[str, str]) -> dict[str, Any]:
    text = json.dumps(fields, ensure_ascii=False)
    own = {name: fields[name] for name in ("key", "title", "body", "document_no")}
    return {
        **own,
        "fields": text,
        "fingerprint": hashlib.sha256(text.encode()).hexdigest(),
        "published_on": date.fromisoformat(fields["published_on"]),
        "version": 1,
        "first_seen_at": NOW,
        "changed_at": NOW,
    }


def _folder() -> Path:
    return Path(os.environ.get("GONGKAI_BENCH_CACHE") or Path(tempfile.gettempdir(), "gongkai-bench"))


def _edition() -> str:
    """Changes with the made-up texts and with the tables."""
    versions = sorted(path.name for path in (Path(schema.__file__).parent / "migrations" / "versions").glob("*.py"))
    return hashlib.sha256(Path(town.__file__).read_bytes() + " ".join(versions).encode()).hexdigest()[:12]
