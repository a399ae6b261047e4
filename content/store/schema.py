"""Bringing the store to the newest schema, by Alembic."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from content.store.session import Store

MIGRATIONS = Path(__file__).parent / "migrations"
MARK = "alembic_version"  # Alembic's table of one row, the revision


def migrate(store: Store, revision: str = "head") -> None:
    """Creates or updates all tables; safe to repeat."""
    from alembic import command  # takes a tenth of a second to load, and few commands migrate
    from alembic.config import Config

    with store.engine.execution_options(gongkai_write=True).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_current(store: Store) -> bool:
    """Whether the store has the newest schema."""
    with store.engine.connect() as connection:
        if not inspect(connection).has_table(MARK):
            return False
        revision: str | None = connection.scalar(text(f"SELECT version_num FROM {MARK}"))
        return revision == newest()


def newest() -> str:
    """The newest revision that this code knows; their files are named after them, in order."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
