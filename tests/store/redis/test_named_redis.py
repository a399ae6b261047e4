"""A Redis that GONGKAI_REDIS_URL names: TCP, unix socket, Sentinel; down, back again, and no command sent twice."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from content.rules.errors import BadInput, GongkaiError
from content.store.redis import binary
from content.store.redis.scripts import Script, ScriptRunner
from tests.fixtures import redis_users as world


class Server:
    """A Redis of somebody else's, on a port and a socket, with its data in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.start()

    def start(self) -> None:
        """Starts it and waits until it answers."""
        self.process = subprocess.Popen(
            [binary.find(self.folder), "--port", str(self.port), "--bind", "127.0.0.1",
             "--unixsocket", str(self.folder / "s"), "--dir", str(self.folder), "--appendonly", "yes"],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        probe = redis.Redis(port=self.port)
        world.patiently(probe.ping)
        probe.close()

    def end(self, how: int = signal.SIGTERM) -> None:
        """Ends it and waits until it is gone."""
        self.process.send_signal(how)
        self.process.wait(world.PATIENCE)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running server."""
    server = Server(tmp_path)
    yield server
    server.end()


def test_a_port_and_a_socket_lead_to_the_same_data_and_start_nothing(server: Server, tmp_path: Path) -> None:
    by_port = world.opened(tmp_path / "home", f"redis://127.0.0.1:{server.port}/3")
    by_socket = world.opened(tmp_path / "home", f"unix://{server.folder / 's'}?db=3")
    by_port.client.set("note", "一网通办")
    assert by_socket.client.get("note") == "一网通办"
    assert not (tmp_path / "home").exists()
    by_port.close()
    by_socket.close()


def test_a_live_client_finds_the_server_again_after_it_was_killed(server: Server, tmp_path: Path) -> None:
    held = world.opened(tmp_path, f"redis://127.0.0.1:{server.port}")
    held.client.set("note", "一网通办")
    server.end(signal.SIGKILL)
    with pytest.raises(redis.ConnectionError):
        held.client.get("note")
    server.start()
    assert held.client.get("note") == "一网通办"
    held.close()


def test_a_script_finds_the_server_again_after_it_was_away(server: Server, tmp_path: Path) -> None:
    held = world.opened(tmp_path, f"redis://127.0.0.1:{server.port}")
    runner, script = ScriptRunner(held.hurried(0.4)), Script("return ARGV[1]")
    server.end(signal.SIGKILL)
    for _ in range(2):  # also a line that could never be opened
        with pytest.raises(redis.RedisError):
            runner.run(script, [], ["in vain"])
    server.start()
    assert runner.run(script, [], ["一网通办"]) == "一网通办"
    held.close()


def test_a_script_waits_for_a_server_that_hangs_no_longer_than_it_may(server: Server, tmp_path: Path) -> None:
    held = world.opened(tmp_path, f"redis://127.0.0.1:{server.port}")
    runner, script = ScriptRunner(held.hurried(0.1)), Script("return ARGV[1]")
    assert runner.run(script, [], ["before"]) == "before"
    server.process.send_signal(signal.SIGSTOP)
    with pytest.raises(redis.RedisError):
        runner.run(script, [], ["in vain"])
    server.process.send_signal(signal.SIGCONT)
    assert runner.run(script, [], ["after"]) == "after"
    held.close()


def test_a_server_that_is_down_is_named_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(GongkaiError, match="连不上") as caught:
        world.opened(tmp_path, f"redis://127.0.0.1:{_free_port()}")
    assert isinstance(caught.value, redis.ConnectionError)


def test_a_wrong_password_is_named_in_plain_words(server: Server, tmp_path: Path) -> None:
    direct = redis.Redis(port=server.port)
    direct.config_set("requirepass", "right")
    direct.close()
    with pytest.raises(GongkaiError, match="密码"):
        world.opened(tmp_path, f"redis://:wrong@127.0.0.1:{server.port}")
    held = world.opened(tmp_path, f"redis://:right@127.0.0.1:{server.port}")
    assert held.client.ping()
    held.close()


def test_an_unreadable_address_is_named_in_plain_words(tmp_path: Path) -> None:
    for url in ("redis://127.0.0.1:port", "sentinel://127.0.0.1:26379", "sentinel:///office"):
        with pytest.raises(BadInput, match="GONGKAI_REDIS_URL"):
            world.opened(tmp_path, url)


def test_a_connection_cut_after_the_server_acted_is_not_a_reason_to_act_again(server: Server, tmp_path: Path) -> None:
    direct = redis.Redis(port=server.port, decode_responses=True)
    with _cutting_before_the_answer_to(b"INCR", server.port) as port:
        held = world.opened(tmp_path, f"redis://127.0.0.1:{port}")
        with pytest.raises(redis.ConnectionError):
            held.client.incr("n")
        held.close()
    assert direct.get("n") == "1"
    direct.close()


def test_sentinel_tells_where_the_master_is(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "sentinel"
    folder.mkdir()
    port = _free_port()
    (folder / "sentinel.conf").write_text(
        f"port {port}\nbind 127.0.0.1\ndir {folder}\nsentinel monitor office 127.0.0.1 {server.port} 1\n"
    )
    watcher = subprocess.Popen(
        [binary.find(tmp_path), str(folder / "sentinel.conf"), "--sentinel"], stdout=subprocess.DEVNULL
    )
    try:
        url = f"sentinel://127.0.0.1:{_free_port()},127.0.0.1:{port}/office/2"  # the first one named is down
        held = world.patiently(lambda: world.opened(tmp_path, url))
        held.client.set("note", "一网通办")
        direct = redis.Redis(port=server.port, db=2, decode_responses=True)
        assert direct.get("note") == "一网通办"
        direct.close()
        held.close()
    finally:
        watcher.terminate()
        watcher.wait(world.PATIENCE)


@contextmanager
def _cutting_before_the_answer_to(command: bytes, target: int) -> Iterator[int]:
    """A relay to a server; it passes everything, but the answer to `command` it swallows, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_serve, args=(door, command, target), daemon=True).start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)


def _serve(door: socket.socket, command: bytes, target: int) -> None:
    while True:
        try:
            near, _ = door.accept()
        except OSError:
            return
        with near, socket.create_connection(("127.0.0.1", target)) as far:
            while asked := near.recv(65536):
                far.sendall(asked)
                answer = far.recv(65536)
                if command in asked:
                    break
                near.sendall(answer)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
    return port
