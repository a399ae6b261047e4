"""The web application: the platform's door in front of the citizens' pages, around one office."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Iterable
from multiprocessing.util import Finalize
from typing import Any

from flask import Flask

from bot.dialogue.state.memory import Memory
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.pages import apply, articles, health, home, jobs, layout, notices
from bot.webhook import Door, Webhook
from bot.wechat.channel import WeChatChannel
from config.settings import Settings
from content.services.answers import index_upkeep
from content.services.office import Office

HURRY = 1.5  # seconds for the database, for all that one page asks of it: pages that hang would hold up messages

# Python's way with garbage is made for programs that live for a moment: it took 5 in 100 of our time, up to 0.1 s at once.
GARBAGE = (20_000, 20, 20)
YIELD = 0.001  # seconds after which the thread that brings questions into SQL lets go of Python for one that answers

log = logging.getLogger(__name__)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def serving(settings: Settings) -> Flask:
    """The application of a worker process, with an office of its own that is closed at the process's end; warm."""
    office = Office(settings)
    Finalize(None, office.close, exitpriority=10)
    app = create_app(office)
    _warm_up(office)
    gc.collect()
    gc.freeze()  # what is there now stays, and need never be looked through again
    gc.set_threshold(*GARBAGE)
    sys.setswitchinterval(YIELD)
    return app


def _warm_up(office: Office) -> None:
    """Opens Redis and the index before the first message comes; it can also be done without them."""
    try:
        office.redis.client.ping()
        index_upkeep.keep_up(office)
    except Exception:
        log.warning("the web process starts without all its parts", exc_info=True)


def create_app(office: Office) -> Flask:
    """The application for a WSGI server. The office is opened and closed by the caller, once in each process."""
    app = Flask("gongkai", static_folder=None, template_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    askers = Pseudonyms(office.home)
    memory = Memory(office, askers)
    layout.install(app, office)
    for page in (home, notices, jobs, apply, articles):
        app.register_blueprint(page.blueprint(office))
    app.register_blueprint(health.blueprint(office, memory))
    webhook = Webhook(office, askers=askers, memory=memory, channel=WeChatChannel(office))
    app.wsgi_app = Door(webhook, _in_a_hurry(office, app.wsgi_app))  # type: ignore[method-assign, assignment]
    return app


def _in_a_hurry(office: Office, pages: Application) -> Application:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with office.store.in_a_hurry(HURRY):
            return pages(environ, start)

    return answer
