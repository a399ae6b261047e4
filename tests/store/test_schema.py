"""The schema: tables and migrations say the same, on both databases, and the ledger can't be changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import delete, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from content.store import schema
from content.store.figures import ledger
from content.store.session import Store
from content.store.tables import Base, LedgerEntry, Question
from tests.fixtures.databases import Cluster

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
QUESTION = {
    "asked_at": NOON, "asked_on": NOON.date(), "asker": "x", "text": "？", "answered": False, "offered": "[]",
    "kind": "text",
}  # fmt: skip


def config() -> Config:
    """Alembic's, for our migrations."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    return config


def step(store: Store, verb: str, revision: str) -> None:
    """One `upgrade` or `downgrade`."""
    with store.engine.execution_options(gongkai_write=True).begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        getattr(command, verb)(settings, revision)


def names(store: Store) -> set[str]:
    """All tables but Alembic's own."""
    return set(inspect(store.engine).get_table_names()) - {"alembic_version"}


def with_an_entry(store: Store) -> None:
    """A ledger of one."""
    with store.write() as session:
        ledger.append(session, kind="menu.pushed", actor="operator", subject="menu", at=NOON, sha256="0" * 64)


def test_migrations_make_exactly_the_tables_that_the_code_knows(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_there_is_one_newest_revision_and_its_file_is_the_last() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [schema.newest()]


def test_the_store_can_go_down_to_nothing_and_up_again(empty_url: str) -> None:
    store = Store(empty_url)
    try:
        schema.migrate(store)
        full = names(store)
        step(store, "downgrade", "base")
        assert names(store) == set()
        assert not schema.is_current(store)
        schema.migrate(store)
        assert names(store) == full == set(Base.metadata.tables)
        assert schema.is_current(store)
    finally:
        store.close()


def test_every_step_goes_down_and_up_by_itself(empty_url: str) -> None:
    store = Store(empty_url)
    try:
        for script in reversed(list(ScriptDirectory.from_config(config()).walk_revisions())):
            step(store, "upgrade", script.revision)
            step(store, "downgrade", "-1")
            step(store, "upgrade", script.revision)
        assert schema.is_current(store)
    finally:
        store.close()


def test_migrating_twice_changes_nothing(store: Store) -> None:
    before = names(store)
    schema.migrate(store)
    assert names(store) == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger SET actor = 'someone'", "DELETE FROM ledger", "UPDATE ledger SET hash = hash WHERE number = 1"],
)
def test_the_database_itself_refuses_to_change_the_ledger(store: Store, statement: str) -> None:
    with_an_entry(store)
    with pytest.raises(DBAPIError, match="append-only"), store.write() as session:
        session.execute(text(statement))
    with store.read() as session:
        assert [entry.actor for entry in session.scalars(select(LedgerEntry))] == ["operator"]


def test_postgresql_also_refuses_to_empty_the_ledger_at_once(postgresql: Cluster) -> None:
    store = Store(postgresql.create(postgresql.migrated))
    try:
        with_an_entry(store)
        with pytest.raises(DBAPIError, match="append-only"), store.write() as session:
            session.execute(text("TRUNCATE ledger"))
    finally:
        store.close()


def test_an_instant_comes_back_in_utc_whatever_zone_it_went_in_with(store: Store) -> None:
    shanghai = timezone(timedelta(hours=8))
    moment = datetime(2026, 11, 22, 0, 30, 0, 123456, tzinfo=shanghai)
    with store.write() as session:
        session.execute(insert(Question).values(**QUESTION | {"asked_at": moment}))
    with store.read() as session:
        kept = session.scalars(select(Question.asked_at)).one()
    assert kept == moment
    assert kept.tzinfo is UTC
    assert kept.isoformat() == "2026-11-21T16:30:00.123456+00:00"


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="without a zone"), store.write() as session:
        session.execute(insert(Question).values(**QUESTION | {"asked_at": datetime(2026, 11, 22)}))


def test_instants_of_different_zones_compare_rightly_in_sql(store: Store) -> None:
    later_by_an_hour = (NOON + timedelta(hours=1)).astimezone(timezone(timedelta(hours=-5)))
    with store.write() as session:
        session.execute(insert(Question).values(**QUESTION | {"asked_at": later_by_an_hour}))
    with store.read() as session:
        assert session.scalars(select(Question.id).where(Question.asked_at > NOON)).all()
        assert not session.scalars(select(Question.id).where(Question.asked_at < NOON)).all()


def test_an_id_never_returns_even_after_its_row_is_gone(store: Store) -> None:
    def add() -> int:
        with store.write() as session:
            row = Question(**QUESTION)
            session.add(row)
            session.flush()
            return row.id

    first, last = add(), add()
    with store.write() as session:
        session.execute(delete(Question))
    assert first < last < add()


def test_a_row_cannot_point_at_nothing(store: Store) -> None:
    table = Base.metadata.tables["person_role"]
    with pytest.raises(DBAPIError), store.write() as session:
        session.execute(insert(table).values(person_id=4711, role="editor"))


def test_a_failed_transaction_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as session:
        session.execute(insert(Question).values(**QUESTION))
        raise ZeroDivisionError
    with store.read() as session:
        assert session.scalars(select(Question)).all() == []
