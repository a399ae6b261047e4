"""The example of a reverse proxy as it stands under deploy/, before a real `gongkai web`; where nginx is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from tests.bot.cli.web_alone import query, running, tell
from tests.bot.platform_side import Side, read, text
from tests.fixtures.office_processes import OfficeProcesses, until
from tests.fixtures.ports import free_port

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
EXAMPLE = Path(__file__).parents[3] / "deploy" / "nginx.conf"
SIDE = Side(clock=time.time)

pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine (Debian: apt install nginx-light)")


def configuration(folder: Path, port: int, web: str) -> str:
    """The example with ports of a test's and without TLS, inside what a distribution has around it."""
    example = "\n".join(line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if "ssl_cert" not in line)
    for ours, tests in (
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port};"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("127.0.0.1:8000", web.removeprefix("http://")),
    ):
        assert ours in example
        example = example.replace(ours, tests)
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    return f"{user}\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}\n{example}\n}}\n"


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, OfficeProcesses]]:
    """The address of a running nginx, and the office behind it."""
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    with running(tmp_path_factory.mktemp("web")) as processes:
        tell(processes)
        file = folder / "nginx.conf"
        file.write_text(configuration(folder, port, processes.web), encoding="utf-8")
        process = subprocess.Popen([str(NGINX), "-c", str(file), "-p", str(folder), "-g", "daemon off;"])
        try:
            until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0, what="nginx to come up")
            yield f"http://127.0.0.1:{port}", processes
        finally:
            process.terminate()
            process.wait(20)


def test_deliveries_come_through_unchanged(proxy: tuple[str, OfficeProcesses]) -> None:
    for _ in range(5):
        sent, body = SIDE.safe(text("公租房"))
        answer = requests.post(f"{proxy[0]}/wechat", params=sent, data=body.encode(), timeout=20)
        assert "公共租赁住房" in read(SIDE.unseal(answer.text))["Content"]
    assert requests.post(f"{proxy[0]}/wechat", params=SIDE.query(), data=b"x" * 70_000, timeout=20).status_code == 413
    assert requests.get(f"{proxy[0]}/metrics", timeout=20).status_code == 403


def test_bodies_that_stand_still_are_given_up_by_the_proxy_and_never_reach_us(
    proxy: tuple[str, OfficeProcesses],
) -> None:
    address, processes = proxy
    host, port = address.removeprefix("http://").split(":")
    head = f"POST /wechat?{query(SIDE.query())} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n<xml>"
    with ExitStack() as lines:
        stuck = [lines.enter_context(socket.create_connection((host, int(port)), timeout=20)) for _ in range(24)]
        for line in stuck:
            line.sendall(head.encode())
        assert requests.get(f"{processes.web}/healthz", timeout=5).status_code == 200
        assert requests.get(f"{address}/healthz", timeout=5).status_code == 200
        for line in stuck:
            answer = line.recv(4096)
            assert not answer or answer.startswith(b"HTTP/1.1 408"), "given up within the test's patience"
