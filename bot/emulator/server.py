"""Builds the emulator's web app and serves it, in the foreground or beside a test."""

from __future__ import annotations

import ipaddress
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FrameType
from urllib.parse import urlsplit

from flask import Flask, Response, redirect, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.emulator.api import access, drafts, mass, menu, people, publishing, statistics, subscribe, uploads
from bot.emulator.api.gate import mount
from bot.emulator.articles import mass_jobs, pages
from bot.emulator.options import Options
from bot.emulator.phone import page
from bot.emulator.platform import Platform
from bot.emulator.side_door import routes
from bot.emulator.side_door.client import Door

log = logging.getLogger(__name__)

FAMILIES = (access, uploads, drafts, publishing, mass, menu, people, statistics, subscribe)
MOST_BYTES = 32 * 1024 * 1024


class Quiet(WSGIRequestHandler):
    """A request handler that writes no line per request: the query carries tokens."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing; the side door shows the calls."""


@dataclass(frozen=True)
class Running:
    """An emulator that is up: its address, its side door, and the platform itself."""

    url: str
    door: Door
    platform: Platform


def create_app(platform: Platform) -> Flask:
    """The API, the article pages, the phone and the side door."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.before_request(lambda: _refuse_strangers(platform.options))
    app.add_url_rule("/", "start", lambda: redirect("/phone"))
    for family in FAMILIES:
        mount(app, platform, family.ROUTES)
    for blueprint in (pages, page, routes):
        app.register_blueprint(blueprint.blueprint(platform))
    return app


def _refuse_strangers(options: Options) -> Response | None:
    """Another site in the same browser may not press our buttons, not even under a name that it makes lead here."""
    if _is_loopback(options.bind) and not _is_ours(request.host, options):
        return Response("模拟器只认本机的地址", 403)
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin and urlsplit(origin).netloc != request.host:
        return Response("只有模拟器自己的页面可以这样做", 403)
    return None


def _is_ours(host: str, options: Options) -> bool:
    return _is_loopback(host) or host == urlsplit(options.public_url).netloc


def _is_loopback(place: str) -> bool:
    """Whether `host:port` or `host` names this machine and no other."""
    host = urlsplit(f"//{place}").hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def start(options: Options) -> tuple[Platform, BaseWSGIServer]:
    """Binds the address (port 0: a free one) and takes up what a former run left undone."""
    host, _, port = options.bind.rpartition(":")
    platform = Platform(options)
    server = make_server(host.strip("[]"), int(port), create_app(platform), threaded=True, request_handler=Quiet)
    if not options.public_url:
        platform.base_url = f"http://{host}:{server.server_port}"
    platform.worker.every(lambda: mass_jobs.overdue(platform))
    platform.worker.start()
    publishing.resume(platform)
    mass_jobs.resume(platform)
    platform.courier.resume()
    return platform, server


def serve(options: Options) -> None:
    """Serves in the foreground until SIGTERM or SIGINT."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    platform, server = start(options)
    log.info("emulator at %s", platform.base_url, extra={"url": platform.base_url})
    with _serving(platform, server):
        while not stopped.wait(1):  # a signal that comes just before a wait without an end would go unnoticed
            pass


@contextmanager
def running(options: Options) -> Iterator[Running]:
    """An emulator in threads of this process, on a free port unless `bind` names one; ends with the block."""
    if options.bind == Options.bind:
        options = replace(options, bind="127.0.0.1:0")
    platform, server = start(options)
    door = Door(platform.base_url)
    with _serving(platform, server):
        try:
            yield Running(platform.base_url, door, platform)
        finally:
            door.close()


@contextmanager
def _serving(platform: Platform, server: BaseWSGIServer) -> Iterator[None]:
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="emulator-http", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        platform.worker.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
        platform.close()
