"""All that the emulator remembers: one SQLite file, so that a kill -9 loses nothing that was answered."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL,
    rank REAL NOT NULL DEFAULT 0, body TEXT NOT NULL, UNIQUE (kind, id));
CREATE INDEX IF NOT EXISTS records_in_order ON records (kind, rank, number);
CREATE TABLE IF NOT EXISTS texts (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blobs (id TEXT PRIMARY KEY, type TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS singles (name TEXT PRIMARY KEY, body TEXT NOT NULL);
"""
TABLES = ("records", "texts", "blobs", "singles")

Record = dict[str, Any]


class State:
    """A small document store. One connection, one lock: every act of the platform is one transaction."""

    def __init__(self, path: Path | None = None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")  # survives the death of the process, which is what we promise
        self._db.executescript(SCHEMA)
        self._lock = threading.RLock()
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; may be nested, then the outermost decides."""
        with self._lock:
            if self._depth == 0:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._db.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("COMMIT")

    def run(self, sql: str, *arguments: Any) -> list[tuple[Any, ...]]:
        """One statement and its rows."""
        with self._lock:
            return self._db.execute(sql, arguments).fetchall()

    def shelf(self, kind: str) -> Shelf:
        """The records of one kind."""
        return Shelf(self, kind)

    def value(self, name: str, default: Any = None) -> Any:
        """A single value, or `default`."""
        rows = self.run("SELECT body FROM singles WHERE name = ?", name)
        return json.loads(rows[0][0]) if rows else default

    def set_value(self, name: str, value: Any) -> None:
        """Keeps a single value."""
        self.run("INSERT OR REPLACE INTO singles VALUES (?, ?)", name, json.dumps(value, ensure_ascii=False))

    def count(self, name: str, *, start: int = 0) -> int:
        """Raises a counter by one and returns it; the first value is start + 1."""
        with self.transaction():
            number: int = self.value(name, start) + 1
            self.set_value(name, number)
            return number

    def keep_text(self, id: str, text: str) -> None:
        """Keeps a long text apart from its record."""
        self.run("INSERT OR REPLACE INTO texts VALUES (?, ?)", id, text)

    def text(self, id: str) -> str:
        """A long text, or nothing."""
        rows = self.run("SELECT body FROM texts WHERE id = ?", id)
        return str(rows[0][0]) if rows else ""

    def keep_blob(self, id: str, type: str, body: bytes) -> None:
        """Keeps a file: `type` is its MIME type."""
        self.run("INSERT OR REPLACE INTO blobs VALUES (?, ?, ?)", id, type, body)

    def blob(self, id: str) -> tuple[str, bytes] | None:
        """A file's MIME type and bytes."""
        rows = self.run("SELECT type, body FROM blobs WHERE id = ?", id)
        return (str(rows[0][0]), bytes(rows[0][1])) if rows else None

    def clear(self) -> None:
        """Forgets everything."""
        with self.transaction():
            for table in TABLES:
                self.run(f"DELETE FROM {table}")

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._db.close()


class Shelf:
    """Records of one kind, by id, each with its running number and a rank to order by."""

    def __init__(self, state: State, kind: str) -> None:
        self._state = state
        self._kind = kind

    def put(self, id: str, body: Record, *, rank: float | None = None) -> int:
        """Adds or replaces a record; returns its running number, which it keeps for life."""
        text = json.dumps(body, ensure_ascii=False)
        rows = self._state.run(
            "INSERT INTO records (kind, id, rank, body) VALUES (?, ?, ?, ?) ON CONFLICT (kind, id) "
            "DO UPDATE SET body = excluded.body, rank = coalesce(?, rank) RETURNING number",
            *(self._kind, id, rank or 0, text, rank),
        )
        return int(rows[0][0])

    def get(self, id: str) -> Record | None:
        """A record, or None."""
        rows = self._state.run("SELECT body FROM records WHERE kind = ? AND id = ?", self._kind, id)
        return json.loads(rows[0][0]) if rows else None

    def delete(self, id: str) -> bool:
        """Removes a record; says whether there was one."""
        return bool(self._state.run("DELETE FROM records WHERE kind = ? AND id = ? RETURNING number", self._kind, id))

    def size(self) -> int:
        """How many records there are."""
        return int(self._state.run("SELECT count(*) FROM records WHERE kind = ?", self._kind)[0][0])

    def all(self) -> list[Record]:
        """All records, oldest first."""
        rows = self._state.run("SELECT body FROM records WHERE kind = ? ORDER BY number", self._kind)
        return [json.loads(row[0]) for row in rows]

    def newest(self, offset: int, limit: int) -> list[Record]:
        """A page of records, highest rank first, then youngest first."""
        sql = "SELECT body FROM records WHERE kind = ? ORDER BY rank DESC, number DESC LIMIT ? OFFSET ?"
        return [json.loads(row[0]) for row in self._state.run(sql, self._kind, limit, offset)]

    def ranked(self, low: float, high: float) -> list[Record]:
        """Records whose rank lies in [low, high), lowest first."""
        sql = "SELECT body FROM records WHERE kind = ? AND rank >= ? AND rank < ? ORDER BY rank, number"
        return [json.loads(row[0]) for row in self._state.run(sql, self._kind, low, high)]

    def after(self, number: int, limit: int = 500) -> list[tuple[int, Record]]:
        """Records with a greater running number, oldest first, each with its number."""
        sql = "SELECT number, body FROM records WHERE kind = ? AND number > ? ORDER BY number LIMIT ?"
        return [(int(row[0]), json.loads(row[1])) for row in self._state.run(sql, self._kind, number, limit)]
