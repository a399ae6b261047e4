"""`gongkai web` under attack: requests that never come whole, and more messages than it can answer."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
import requests

from tests.bot.cli.web_alone import deliver, query, running, tell
from tests.bot.platform_side import Side, read, text
from tests.fixtures.office_processes import OfficeProcesses

SIDE = Side(clock=time.time)
HALF_SENT = 24
HALVES = {
    "a signed delivery": lambda: (
        f"POST /wechat?{query(SIDE.query())} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n<xml>"
    ),
    "a stranger's": lambda: "POST /wechat HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n<xml>",
    "in pieces": lambda: (
        f"POST /wechat?{query(SIDE.query())} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<xml>\r\n"
    ),
    "a form": lambda: (
        "POST /apply/status HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\na=1"
    ),
    "a head": lambda: "GET / HTTP/1.1\r\nHost: x\r\nX-Long: ",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcesses]:
    """A web process with disclosures to tell of."""
    with running(tmp_path_factory.mktemp("crowd")) as processes:
        tell(processes)
        yield processes


def dial(processes: OfficeProcesses) -> socket.socket:
    host, port = processes.web.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


@pytest.mark.parametrize("kind", HALVES)
def test_requests_that_are_half_sent_hold_nobody_up(served: OfficeProcesses, kind: str) -> None:
    with ExitStack() as lines:
        for _ in range(HALF_SENT):
            line = lines.enter_context(dial(served))
            line.sendall(HALVES[kind]().encode())
        time.sleep(0.2)
        assert requests.get(f"{served.web}/healthz", timeout=5).status_code == 200
        assert "公共租赁住房" in read(deliver(served, text("公租房")))["Content"]
        assert requests.get(f"{served.web}/", timeout=5).status_code == 200


def test_a_stranger_is_turned_away_before_a_body_is_sent(served: OfficeProcesses) -> None:
    with dial(served) as line:
        line.sendall(HALVES["a stranger's"]().encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 403")


def test_many_at_once_are_all_answered(served: OfficeProcesses) -> None:
    with ThreadPoolExecutor(60) as pool:
        asked = [text("公租房", sender=f"oCrowd{number}") for number in range(300)]
        answers = list(pool.map(lambda xml: deliver(served, xml), asked))
    assert all("公共租赁住房" in read(answer)["Content"] for answer in answers)
