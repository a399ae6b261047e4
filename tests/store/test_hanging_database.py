"""A database that hangs: who is in a hurry learns it soon, most of them at once, and on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from content.store.breaker import Breaker
from content.store.session import Hanging, Store, is_away
from content.store.tables import Question


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Another holds the table `question`; on PostgreSQL nobody may even read it."""
    other = Store(str(store.engine.url.render_as_string(hide_password=False)))
    with other.write() as session:
        if store.engine.dialect.name == "postgresql":
            session.execute(text("LOCK TABLE question IN ACCESS EXCLUSIVE MODE"))
        else:
            session.execute(text("SELECT 1"))  # this begins it
        yield
    other.close()


def write(store: Store) -> None:
    with store.write() as session:
        session.execute(text("DELETE FROM question"))


def test_who_is_in_a_hurry_gets_an_error_that_says_why_and_the_next_one_at_once(store: Store) -> None:
    with locked(store), store.in_a_hurry(5):
        with pytest.raises(DBAPIError) as first:
            write(store)
        assert is_away(first.value)
        with pytest.raises(Hanging) as second:
            write(store)
        assert is_away(second.value)


def test_reading_goes_on_where_the_database_lets_it_and_ends_soon_where_not(store: Store) -> None:
    with locked(store), store.in_a_hurry(5):
        if store.engine.dialect.name == "sqlite":
            with store.read() as session:
                assert session.scalars(select(Question)).all() == []
        else:
            with pytest.raises(DBAPIError) as error, store.read() as session:
                session.scalars(select(Question)).all()
            assert is_away(error.value)


def test_who_has_time_waits_until_the_other_is_done(store: Store) -> None:
    done = threading.Event()

    def patient() -> None:
        write(store)
        done.set()

    waiter = threading.Thread(target=patient)
    with locked(store):
        waiter.start()
        waiter.join(0.2)
        assert not done.is_set()
    waiter.join(20)
    assert done.is_set()


def test_once_one_gets_through_all_do(store: Store) -> None:
    with locked(store), store.in_a_hurry(5), pytest.raises(SQLAlchemyError):
        write(store)
    write(store)  # who is in no hurry always tries
    with store.in_a_hurry(5):
        write(store)


def test_a_wrong_statement_is_no_sign_of_a_database_that_hangs(store: Store) -> None:
    with store.in_a_hurry(5):
        with pytest.raises(DBAPIError) as error, store.read() as session:
            session.execute(text("SELECT * FROM no_such_table"))
        assert not is_away(error.value)
        write(store)


def test_a_server_that_is_not_there_is_away(postgresql: object) -> None:
    store = Store("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(SQLAlchemyError) as error, store.read() as session:
        session.execute(text("SELECT 1"))
    assert is_away(error.value)


def test_of_many_at_an_open_breaker_one_is_let_through() -> None:
    breaker = Breaker(rest=0)
    assert all(breaker.lets_through() for _ in range(3))
    breaker = Breaker(rest=1000)
    breaker.failed()
    assert not breaker.lets_through()
    breaker.worked()
    assert breaker.lets_through()
