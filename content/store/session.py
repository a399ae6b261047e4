"""The engine, and the two kinds of transactions: `read()` and `write()`.

SQLite: WAL, foreign keys on, and BEGIN IMMEDIATE for every writing transaction, since a deferred one that turns into
a write fails at once with "database is locked" however long it was told to wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

BUSY_TIMEOUT = 10  # seconds to wait for another writer


class Store:
    """A connection pool to the SQL store at `url`."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that changes nothing."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed at the end, and rolled back by an exception."""
        writer = self.engine.execution_options(gongkai_write=True)
        with Session(writer, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    writing = connection.get_execution_options().get("gongkai_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
