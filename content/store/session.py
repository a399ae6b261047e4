"""The engine, and the two kinds of transactions: `read()` and `write()`.

SQLite: WAL, foreign keys on, and BEGIN IMMEDIATE for every writing transaction, since a deferred one that turns into
a write fails at once with "database is locked" however long it was told to wait.

Whoever has somebody waiting says so with `in_a_hurry`: then a database that hangs is waited for that long and no longer,
and while it is known to hang, all but one learn that at once (`Hanging`). `is_away` tells such errors from all others.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from content.store.breaker import Breaker
from content.store.disk.row_seals import RowSeals

SEALS = "seals"  # in the `info` of a session: what seals its rows; nothing in a store without keys
TOP = "top"  # … and the ledger's last entry, where one was added
BUSY_TIMEOUT = 10.0  # seconds to wait for another writer
ONE_WAIT = 0.5  # of them for one transaction, in a hurry
LEAST_WAIT = 0.02
PROBE_EVERY = 1.0  # seconds between two who wait for a database that hangs
CONNECT_TIMEOUT = 2  # seconds; the least that libpq knows
# sqlite.org/rescode.html: BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB
AWAY_SQLITE = {5, 6, 8, 10, 11, 13, 14, 15, 26}
AWAY_POSTGRESQL = ("08", "53", "55P03", "57")  # classes: connection, resources, lock not available, operator


class Hanging(SQLAlchemyError):
    """The database is known to hang, and another is waiting for it."""


class Store:
    """A connection pool to the SQL store at `url`; `keys` is the folder of the key that seals its rows."""

    def __init__(self, url: str, keys: Path | None = None) -> None:
        self.engine = _engine(url)
        self.seals = RowSeals(keys) if keys is not None else None
        self._single = self.engine.execution_options(gongkai_single=True)
        self._hurry = threading.local()
        self._reading, self._writing = Breaker(PROBE_EVERY), Breaker(PROBE_EVERY)
        event.listen(self.engine, "begin", self._begin)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that changes nothing."""
        with self._guarded(self._reading), Session(self.engine, expire_on_commit=False, info=self._info()) as session:
            yield session

    def rows(self, statement: Select[Any], values: Mapping[str, object]) -> Sequence[Any]:
        """What one statement finds, as plain rows; a session and its objects cost four times as much."""
        with self._guarded(self._reading), self._single.connect() as connection:
            return connection.execute(statement, values).all()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed at the end, and rolled back by an exception."""
        writer = self.engine.execution_options(gongkai_write=True)
        with (
            self._guarded(self._writing),
            Session(writer, expire_on_commit=False, info=self._info()) as session,
        ):
            with session.begin():
                yield session
            if self.seals is not None and TOP in session.info:
                self.seals.keep_top(*session.info[TOP])

    @contextmanager
    def in_a_hurry(self, seconds: float) -> Iterator[None]:
        """Within it, this thread waits for the database at most so long, all its transactions together."""
        before, self._hurry.until = self._until(), time.monotonic() + seconds
        try:
            yield
        finally:
            self._hurry.until = before

    def is_in_a_hurry(self) -> bool:
        """Whether somebody waits for what this thread does."""
        return self._until() is not None

    def is_sound(self) -> bool:
        """Reads the whole database and says whether it hangs together (SQLite; a server looks after its own)."""
        if self.engine.dialect.name != "sqlite":
            return True
        with self.engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()

    def _info(self) -> dict[Any, Any]:
        return {SEALS: self.seals}

    def _until(self) -> float | None:
        return getattr(self._hurry, "until", None)

    @contextmanager
    def _guarded(self, breaker: Breaker) -> Iterator[None]:
        if self.is_in_a_hurry() and not breaker.lets_through():
            raise Hanging("the database does not answer")
        try:
            yield
        except SQLAlchemyError as error:
            if is_away(error):
                breaker.failed()
            raise
        breaker.worked()

    def _begin(self, connection: Connection) -> None:
        until = self._until()
        wait = BUSY_TIMEOUT if until is None else max(min(until - time.monotonic(), ONE_WAIT), LEAST_WAIT)
        if connection.dialect.name == "sqlite":
            _begin_sqlite(connection, round(1000 * wait))
        elif until is not None and connection.dialect.name == "postgresql":
            limit = str(round(1000 * wait))  # milliseconds
            connection.exec_driver_sql(
                "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)", (limit, limit)
            )


def is_away(error: BaseException) -> bool:
    """Whether an error says that the database could not be asked now, and not that something is wrong with the asking."""
    if isinstance(error, Hanging | PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code, state = getattr(error.orig, "sqlite_errorcode", None), getattr(error.orig, "sqlstate", None)
    if code is not None:
        return code & 0xFF in AWAY_SQLITE
    if state is not None:
        return str(state).startswith(AWAY_POSTGRESQL)
    return error.connection_invalidated or type(error.orig).__name__ == "OperationalError"  # no answer at all


def _engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    known = {"connect_timeout": CONNECT_TIMEOUT} if url.startswith("postgresql") else {}
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=known)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection, wait: int) -> None:
    """`wait` in milliseconds; asked for again only when the connection's last user had another."""
    known = connection.info
    if known.get("gongkai_wait") != wait:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={wait}")
        known["gongkai_wait"] = wait
    options = connection.get_execution_options()
    if not options.get("gongkai_single"):  # a single statement is a transaction by itself
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("gongkai_write") else "BEGIN")
