"""gunicorn as a library: a master that opens nothing, and workers that each open an office of their own."""

from __future__ import annotations

import logging
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from bot.app import create_app
from config.settings import Settings
from content.services import indexing
from content.services.office import Office

LAST_WORDS = 1  # seconds for answers that are under way at SIGTERM; the platform repeats what it misses

log = logging.getLogger(__name__)


class Lines(Logger):  # type: ignore[misc]
    """gunicorn's own messages among our lines of JSON."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn does it, without handlers of its own."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class Server(BaseApplication):  # type: ignore[misc]
    """The web process. A worker whose master is killed ends within a second or two by itself."""

    def __init__(self, settings: Settings, *, workers: int, threads: int) -> None:
        self._settings = settings
        self._office: Office | None = None  # the worker's own
        self._options = {
            "bind": settings.bind,
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "keepalive": 5,
            "graceful_timeout": LAST_WORDS,
            "timeout": 30,
            "preload_app": False,
            "control_socket_disable": True,
            "loglevel": "warning",
            "logger_class": Lines,
            "proc_name": "gongkai web",
            "worker_exit": self._leave,
            "when_ready": lambda _master: click.echo(f"网站已就绪：http://{settings.bind}", err=True),
        }
        super().__init__()

    def load_config(self) -> None:
        """Our options; neither a file nor gunicorn's own command line is read."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application; called in each worker after the fork."""
        self._office = Office(self._settings)
        app = create_app(self._office)
        _warm_up(self._office)
        return app

    def _leave(self, _master: Any, _worker: Any) -> None:
        if self._office is not None:
            self._office.close()


def _warm_up(office: Office) -> None:
    """Opens Redis and the index before the first message comes; it can also be done without them."""
    try:
        office.redis.client.ping()
        indexing.keep_up(office)
    except Exception:
        log.warning("the web process starts without all its parts", exc_info=True)
