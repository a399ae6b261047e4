"""Places for work: few, given in turn, and never held by who waits for a body."""

from __future__ import annotations

import io
import threading
from typing import Any

from flask import Flask
from werkzeug.test import Client

from bot.cli.processes.work_slots import WorkSlots
from bot.web.work_place import without_place
from bot.webhook.view import WAITED
from tests.fixtures.office_processes import until


class SlowBody(io.BytesIO):
    """A body whose rest comes when the test says so."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.comes, self.awaited = threading.Event(), threading.Event()

    def read(self, *size: Any) -> bytes:
        self.awaited.set()
        assert self.comes.wait(20)
        return super().read(*size)


class Application:
    """Reads the body, notes how many work at once, and works until it may end."""

    def __init__(self) -> None:
        self.working, self.most, self.served = 0, 0, 0
        self.waited: list[float] = []
        self.may_end = threading.Event()
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], _start: Any) -> list[bytes]:
        body = environ["wsgi.input"].read()
        with self._lock:
            self.working += 1
            self.most = max(self.most, self.working)
        assert self.may_end.wait(20)
        with self._lock:
            self.working -= 1
            self.served += 1
            self.waited.append(environ.get(WAITED, 0.0))
        return [body]


def call(slots: WorkSlots, body: io.BytesIO, method: str = "POST") -> threading.Thread:
    environ = {"REQUEST_METHOD": method, "wsgi.input": body}
    thread = threading.Thread(target=lambda: list(slots(environ, None)))
    thread.start()
    return thread


def test_no_more_work_at_once_than_there_are_places_and_waiting_is_measured() -> None:
    application = Application()
    slots = WorkSlots(application, 2)
    threads = [call(slots, io.BytesIO(b"x"), method) for method in ("GET", "POST") * 4]
    until(lambda: application.working == 2, what="the places to be taken")
    application.may_end.set()
    for thread in threads:
        thread.join(20)
    assert (application.served, application.most, application.working) == (8, 2, 0)
    assert max(application.waited) > 0


def test_who_waits_for_a_body_has_no_place() -> None:
    application = Application()
    slots = WorkSlots(application, 1)
    slow = [SlowBody(b"slow") for _ in range(5)]
    stuck = [call(slots, body) for body in slow]
    for body in slow:
        assert body.awaited.wait(20)
    application.may_end.set()
    call(slots, io.BytesIO(b"quick")).join(20)
    assert application.served == 1
    for body in slow:
        body.comes.set()
    for thread in stuck:
        thread.join(20)
    assert application.served == 6


def test_a_failure_gives_the_place_back() -> None:
    def fails(_environ: dict[str, Any], _start: Any) -> list[bytes]:
        raise ValueError

    slots = WorkSlots(fails, 1)
    for _ in range(3):
        try:
            slots({"REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO()}, None)
        except ValueError:
            continue


def test_who_waits_for_another_program_has_no_place() -> None:
    application, waits, may_end = Flask(__name__), threading.Event(), threading.Event()

    @application.get("/slow")
    def slow() -> str:
        with without_place():
            waits.set()
            assert may_end.wait(20)
        return "slow"

    application.add_url_rule("/quick", view_func=lambda: "quick")
    client = Client(WorkSlots(application, 1))
    thread = threading.Thread(target=client.get, args=("/slow",))
    thread.start()
    assert waits.wait(20)
    assert client.get("/quick").text == "quick"
    may_end.set()
    thread.join(20)
