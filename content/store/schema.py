"""Bringing the store to the newest schema, by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from content.store.session import Store

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(store: Store, revision: str = "head") -> None:
    """Creates or updates all tables; safe to repeat."""
    with store.engine.execution_options(gongkai_write=True).begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_current(store: Store) -> bool:
    """Whether the store has the newest schema."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest()


def newest() -> str | None:
    """The newest revision that this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
