"""All that the benchmarks take from the product, in one place: whoever moves a module mends it here and nowhere else."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.cli.processes import granian_server, serve, work_slots
from config import settings
from content.services.answers import index_upkeep, notice_search
from content.services.office import Office
from content.services.setup import prepare
from content.store import schema
from content.store.citizens import question_outbox
from content.store.tables import Disclosure
from tests import world

ROOT = Path(__file__).parent.parent
GONGKAI = Path(sys.executable).with_name("gongkai")  # the command
ACCOUNT = {settings.variable(name): value for name, value in world.WECHAT.items()}

__all__ = ["ACCOUNT", "GONGKAI", "Disclosure", "Office"]


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment with the settings of one office and no others; compiled modules are kept, as on a user's machine."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(settings.PREFIX) and name != "PYTHONDONTWRITEBYTECODE"
    }
    return {**clean, **ACCOUNT, "GONGKAI_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


@contextmanager
def opened(home: Path) -> Iterator[Office]:
    """The office of a home, open in this process."""
    office = Office(world.settings(home))
    try:
        yield office
    finally:
        office.close()


def create(home: Path) -> None:
    """A new office without a disclosure."""
    with opened(home) as office:
        prepare(office)


def refresh_index(office: Office) -> None:
    """Brings the index in step with the rows."""
    index_upkeep.refresh(office)


def rank(office: Office, text: str) -> object:
    """What the ranking finds for a question."""
    return notice_search.rank(office, text)


def redis_address(office: Office) -> str:
    """The address of the office's Redis server; it runs while the office is open."""
    return f"unix://{office.redis.client.connection_pool.connection_kwargs['server'].places.socket}"


def redis_process(office: Office) -> int:
    """The process id of the office's Redis server."""
    return int(office.redis.client.info("server")["process_id"])


def await_kept_questions(office: Office) -> None:
    """Returns when all questions that were answered stand in SQL."""
    while question_outbox.waiting(office.redis.client, 1):
        time.sleep(0.01)


def migrations() -> list[str]:
    """The names of all migrations, which change with the tables."""
    return sorted(path.name for path in (Path(schema.__file__).parent / "migrations" / "versions").glob("*.py"))


def web_server(port: int) -> Any:
    """The server of `gongkai web`, with as many workers and threads."""
    return granian_server.granian(f"127.0.0.1:{port}", workers=_usual("workers"))


def slotted(application: Any) -> Any:
    """An application as `gongkai web` has it worked on: so many requests at a time."""
    return work_slots.WorkSlots(application, _usual("threads"))


def _usual(option: str) -> int:
    usual: dict[str, Any] = {each.name or "": each.default for each in serve.web.params}
    return int(usual[option])
