"""Offices to measure in: made-up disclosures, in our store and in that of plain parts.

Rows go into our table as `gongkai import` would write them, but in bulk; the index is built over them as always. A large
office takes minutes to make, so it is kept for the next time: in GONGKAI_BENCH_CACHE, or in the temporary folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench import disclosures, product

BATCH = 5000
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def make(home: Path, count: int) -> Path:
    """A new office with so many disclosures, and its index."""
    _fill(home, count)
    with product.opened(home) as office:
        product.refresh_index(office)
    return home


def kept(count: int) -> Path:
    """The home of an office with so many disclosures, made now or some time before; its index may be missing."""
    home = _cache() / f"{count}-{_edition()}"
    if not (home / "made").exists():
        shutil.rmtree(home, ignore_errors=True)
        _fill(home, count)
        (home / "made").touch()
    return home


def make_plain(home: Path, count: int) -> None:
    """The same disclosures in the store of plain parts, in the same home."""
    file = home / "plain.jsonl"
    disclosures.write_disclosures(file, count)
    for arguments in (["init"], ["import", "disclosures", str(file)]):
        command = [sys.executable, "-m", "bench.plain", *arguments]
        subprocess.run(command, env=product.environment(home), check=True, stdout=subprocess.DEVNULL)
    file.unlink()


def _fill(home: Path, count: int) -> None:
    product.create(home)
    rows = map(_row, disclosures.disclosures(count))
    with product.opened(home) as office:
        while batch := list(islice(rows, BATCH)):
            with office.store.write() as session:
                session.execute(insert(product.Disclosure), batch)


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


def _cache() -> Path:
    return Path(os.environ.get("GONGKAI_BENCH_CACHE") or Path(tempfile.gettempdir(), "gongkai-bench"))


def _edition() -> str:
    """Changes with the made-up texts and with the tables."""
    made = Path(disclosures.__file__).read_bytes() + " ".join(product.migrations()).encode()
    return hashlib.sha256(made).hexdigest()[:12]
