"""Disk, database and Redis fail for real: it is told without a row, in words, and ends by itself."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.app import create_app
from content.rules.alarms import AlarmKind
from content.services.alarms import lifecycle, machine_check
from content.services.alarms.machine_check import MachineWatch
from content.services.office import Office
from content.store import machine_faults
from content.store.disk.spool import Spool
from tests import world
from tests.fixtures.office_processes import OfficeProcesses
from tests.world import NOON


@dataclass
class Bell:
    """Hears what is told."""

    heard: list[Mapping[str, object]] = field(default_factory=list)

    def ring(self, url: str, body: Mapping[str, object]) -> None:
        self.heard.append(body)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office on SQLite, whose file can be damaged, with an address for alarms."""
    office = Office(world.settings(tmp_path / "home", alarm_url="https://hooks.example/x"))
    world.furnish(office)
    yield office
    office.close()


def damage(office: Office) -> None:
    """Something wrote over the database."""
    office.store.close()
    file = office.home / "gongkai.db"
    for beside in (file.with_name("gongkai.db-wal"), file.with_name("gongkai.db-shm")):
        beside.unlink(missing_ok=True)
    data = bytearray(file.read_bytes())
    data[100:] = b"\xa5" * (len(data) - 100)
    file.write_bytes(data)


def test_when_all_is_well_nothing_is_told(office: Office) -> None:
    bell = Bell()
    MachineWatch(office, bell).look()
    assert machine_check.faults(office) == {} and not bell.heard and not lifecycle.listing(office)


def test_a_damaged_database_rings_without_a_row_and_pages_say_so(office: Office) -> None:
    damage(office)
    bell = Bell()
    watch = MachineWatch(office, bell)
    watch.look()
    watch.look()
    [told] = bell.heard
    assert (told["kind"], told["subject"]) == ("machine", "database") and "备份" in str(told["message"])
    client = create_app(office).test_client()
    ready = client.get("/readyz")
    assert ready.status_code == 503 and ready.json is not None and not ready.json["parts"]["database"]
    figures = client.get("/metrics")
    assert figures.status_code == 200 and 'gongkai_machine_fault{part="database"} 1.0' in figures.text
    assert client.get("/healthz").status_code == 200


def test_a_page_of_the_database_that_is_read_seldom_is_found_by_reading_all(office: Office) -> None:
    with office.store.write() as session:
        session.execute(text("CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<20000) "
                             "SELECT i, hex(randomblob(40)) AS words FROM n"))  # fmt: skip
    office.store.close()
    file = office.home / "gongkai.db"
    data = bytearray(file.read_bytes())
    data[-40 * 4096 : -20 * 4096] = b"\x07" * (20 * 4096)
    file.write_bytes(data)
    assert machine_check.database(office) == "", "what is needed can be read"
    assert machine_check.database(office, whole=True) == machine_faults.DAMAGED


def test_a_full_redis_is_told_stands_in_the_list_and_ends_by_itself(office: Office) -> None:
    client, bell = office.redis.client, Bell()
    watch = MachineWatch(office, bell)
    try:
        client.config_set("maxmemory", "1")
        watch.look()
        [alarm] = lifecycle.listing(office)
        assert alarm.kind == AlarmKind.MACHINE and alarm.message == machine_faults.REDIS_FULL
        assert create_app(office).test_client().get("/readyz").status_code == 503
    finally:
        client.config_set("maxmemory", "0")
    watch.look()
    assert not lifecycle.listing(office) and len(bell.heard) == 1


def test_a_disk_that_cannot_be_written_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_check, "LEAST_FREE", 10**18)
    assert "只剩" in machine_check.disk(office)
    monkeypatch.undo()
    assert "没有" in machine_check.disk(Office(office.settings.model_copy(update={"home": Path("/proc/1")})))
    assert not list(office.home.glob(".probe*"))


def error_of(office: Office, *statements: str) -> str:
    """The words for what the last of these statements raises."""
    with pytest.raises(DBAPIError) as told, office.store.engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    return machine_faults.words(told.value)


def test_errors_of_the_machine_have_words(office: Office) -> None:
    fill = "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<9999) SELECT i, hex(randomblob(99)) FROM n"
    assert error_of(office, "PRAGMA max_page_count=1", fill) == machine_faults.FULL
    assert error_of(office, "PRAGMA query_only=ON", fill) == machine_faults.READ_ONLY
    assert machine_faults.words(OSError(errno.ENOSPC, "No space left on device")) == machine_faults.FULL
    assert machine_faults.words(OSError(errno.EROFS, "x")) == machine_faults.READ_ONLY
    assert "/srv/x" in machine_faults.words(PermissionError(errno.EACCES, "x", "/srv/x"))
    wrapped = ValueError("outside")
    wrapped.__cause__ = OSError(errno.ENOSPC, "x")
    assert machine_faults.words(wrapped) == machine_faults.FULL
    assert machine_faults.words(ValueError("a fault of ours")) == ""
    with pytest.raises(RedisError) as told:
        office.redis.client.config_set("maxmemory", "1")
        office.redis.client.set("x", "1")
    office.redis.client.config_set("maxmemory", "0")
    assert machine_faults.words(told.value) == machine_faults.REDIS_FULL


def test_a_command_on_a_damaged_database_says_what_to_do(tmp_path: Path) -> None:
    processes = OfficeProcesses(tmp_path)
    processes.furnish()
    with processes.office() as office:
        damage(office)
    for command in (["queue", "list"], ["tally", "2026"], ["init"], ["alarms", "list"]):
        done = processes.run(*command, code=1)
        assert "已经损坏" in done.stderr and "程序出了意外" not in done.stderr and "Traceback" not in done.stderr, (
            command
        )
    processes.close()


def test_what_a_full_disk_cut_off_is_not_left_in_the_spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(tmp_path)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        spool.put("", "mark", {"a": 1}, at=NOON)
    assert [path.name for path in (tmp_path / "spool").iterdir()] == []
