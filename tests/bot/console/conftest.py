"""A console with the five people of the world, who can log in."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.serving import make_server

from bot.app import create_app
from content.services.office import Office
from tests import world
from tests.bot.console.colleague import Colleague, give_passwords


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for a file of tests, with a Redis of its own."""
    opened = Office(world.settings(tmp_path_factory.mktemp("console") / "home"))
    world.furnish(opened)
    give_passwords(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(office: Office) -> Flask:
    """Its web application."""
    return create_app(office)


@pytest.fixture(scope="module")
def clerk(app: Flask) -> Colleague:
    """林晓雨, who writes and imports."""
    return Colleague(app, "linxiaoyu")


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where a browser finds the console, on a port of this machine."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/console"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def editor(app: Flask) -> Colleague:
    """林晓雨, who writes."""
    return Colleague(app, "linxiaoyu")


@pytest.fixture(scope="module")
def first(app: Flask) -> Colleague:
    """孙浩, who reviews first."""
    return Colleague(app, "sunhao")


@pytest.fixture(scope="module")
def second(app: Flask) -> Colleague:
    """周建国, who reviews second."""
    return Colleague(app, "zhoujianguo")


@pytest.fixture(scope="module")
def chief(app: Flask) -> Colleague:
    """赵明华, who has the last word."""
    return Colleague(app, "zhaominghua")


@pytest.fixture(scope="module")
def admin(app: Flask) -> Colleague:
    """何静, who keeps the accounts."""
    return Colleague(app, "hejing")
