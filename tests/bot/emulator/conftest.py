"""An emulator on a free port, and a small account server that answers its deliveries as a test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.emulator import Options, running
from tests.bot.emulator.account_side import AES_KEY, APP_ID, SECRET, TOKEN, Account, Wechat


@pytest.fixture
def account() -> Iterator[Account]:
    """The product's side, answering `success` unless told otherwise."""
    account = Account()

    class Handler(BaseHTTPRequestHandler):
        def query(self) -> dict[str, str]:
            return dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))

        def do_GET(self) -> None:
            self.respond(200, account.echo(self.query()))

        def do_POST(self) -> None:
            query, body = self.query(), self.rfile.read(int(self.headers["Content-Length"]))
            account.seen.append((query, body))
            self.respond(*account.reply(query, body))

        def respond(self, status: int, answer: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    account.url = f"http://127.0.0.1:{server.server_port}/wechat"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield account
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def options(account: Account) -> Options:
    """One rehearsed account in memory; what takes time on the platform takes little here."""
    return Options(
        app_id=APP_ID, app_secret=SECRET, token=TOKEN, aes_key=AES_KEY, webhook=account.url,
        settings={"publish_delay": 0.02, "mass_delay": 0.02, "webhook_timeout": 1.0},
    )  # fmt: skip


@pytest.fixture
def wechat(options: Options, account: Account) -> Iterator[Wechat]:
    """The emulator and a client of it."""
    with running(options) as up:
        yield Wechat(up.url, up.door, account)
