"""granian as a library: a supervisor that opens nothing, and workers that each open an office of their own."""

from __future__ import annotations

import ctypes
import functools
import logging
import os
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

import click
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer, WorkerProcess

from bot.app import serving
from bot.cli.processes.work_slots import WorkSlots
from config.settings import Settings

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LAST_WORDS = 5  # seconds for answers that are under way at SIGTERM; the platform repeats what it misses
HEAD_WITHIN = 10_000  # milliseconds for the head of a request; a line that is kept open is closed after as many
# Few may wait, so that nobody waits long: with two workers 320, where a slow machine answers 200 a second. Whoever finds no
# room calls again after a second (the system's own rule for connections), which costs us nothing.
CONNECTIONS = 96  # of one worker at a time, a thread each
WAITING = 128  # besides these
PAUSE = 1.0  # seconds before all starts again after workers that died one after the other

OURS: dict[str, Any] = {"incremental": True, "handlers": {}, "loggers": {}}  # granian's lines go where ours go

log = logging.getLogger(__name__)


class WebServer:
    """The web process. Workers end with their supervisor, however it ends; one that dies is replaced."""

    def __init__(self, settings: Settings, *, workers: int, threads: int) -> None:
        self._settings = settings
        self._workers = workers
        self._threads = threads

    def run(self) -> None:
        """Serves until SIGTERM or SIGINT."""
        while not self._serve():
            log.error("the workers died one after the other; starting again")
            time.sleep(PAUSE)

    def _serve(self) -> bool:
        """Whether it ended since it was asked to."""
        server = granian(self._settings.bind, workers=self._workers)
        server.on_startup(lambda: click.echo(f"网站已就绪：http://{self._settings.bind}", err=True))
        try:
            server.serve(
                target_loader=functools.partial(_application, self._settings, self._threads), wrap_loader=False
            )
        except SystemExit:
            return bool(server.interrupt_signal)
        return True


class WorkerSupervisor(MPServer):
    """granian's, but for what it believes of its workers.

    Its watcher thread often collects a worker's exit just before the thread that stops them asks for it. Then that
    worker counted as alive, was said to refuse to end, and its number was sent a SIGKILL, whoever had it by then.
    """

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any, *_: Any) -> WorkerProcess:
        worker = super()._spawn_worker(idx, target, functools.partial(_load, callback_loader))
        worker.is_alive = functools.partial(_is_running, worker.inner)  # type: ignore[method-assign]
        return worker


def _load(application: Callable[[], Any]) -> Any:
    """The application. While it loads, SIGTERM ends the worker: the supervisor's handler, inherited, would only swallow it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    return application()


def _is_running(process: BaseProcess) -> bool:
    """Whether it has not ended yet, whoever collected its exit."""
    return not wait([process.sentinel], timeout=0)


def granian(bind: str, *, workers: int, target: str = "gongkai") -> Any:
    """The server as we run it. No access log: it would keep who asked what."""
    host, _, port = bind.rpartition(":")
    logging.getLogger("_granian").addFilter(
        lambda record: "Python threads" not in record.getMessage()
    )  # most only sleep
    return WorkerSupervisor(
        target,
        address=host.strip("[]"),
        port=int(port),
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=CONNECTIONS,
        backpressure=CONNECTIONS,
        backlog=WAITING,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_WITHIN),
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=OURS,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_WORDS,
    )


def _application(settings: Settings, threads: int) -> Callable[..., Any]:
    """The application; called in each worker."""
    _end_with(os.getppid())
    return WorkSlots(serving(settings), threads)


def _end_with(supervisor: int) -> None:
    """Ends this worker when its supervisor is gone (Linux; elsewhere a kill -9 of the supervisor leaves it running)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != supervisor:
            os.kill(os.getpid(), signal.SIGKILL)
