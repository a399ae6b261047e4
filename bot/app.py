"""The web application: the platform's webhook, the citizens' pages and the console around one office."""

from __future__ import annotations

import gc
import logging
from multiprocessing.util import Finalize

from flask import Flask

from bot.console import door
from bot.dialogue import router
from bot.dialogue.state.conversation_memory import Memory
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.pages import apply, articles, catalogue, departments, health, home, jobs, layout, notices, search, site
from bot.pages.forms import online_application, report_check
from bot.pages.machines import crawlers, feeds
from bot.web.uploads import InMemoryRequest
from bot.webhook import view
from bot.webhook.deferred import LOCK
from bot.webhook.deliveries import Webhook
from bot.wechat.channel import WeChatChannel
from bot.wechat.messages import Message
from config.settings import Settings
from content.services.answers import index_upkeep
from content.services.citizens import question_log
from content.services.office import Office
from content.store.disk import private
from content.store.disk.file_lock import alone

EXAMPLE = Message("text", fields={"Content": "公租房怎么申请"})  # its answer needs most of the words and tables

log = logging.getLogger(__name__)


def serving(settings: Settings) -> Flask:
    """The application of a worker process, with an office of its own that is closed at the process's end; warm."""
    private.umask()
    office = Office(settings)
    Finalize(None, office.close, exitpriority=10)
    app = create_app(office)
    _warm_up(office)
    return app


def _warm_up(office: Office) -> None:
    """Opens all that an answer needs before the first message comes; it can also be done without Redis and the index.

    What stands then stands to the end: collecting garbage does not look through it again, a tenth of a second each time.
    """
    try:
        office.redis.client.ping()
        index_upkeep.keep_up(office)
        with alone(office.home / LOCK) as first:
            if first:  # what a former process had answered and not yet counted
                question_log.bring_in(office)
        router.answer(office, EXAMPLE, office.clock.now())
    except Exception:
        log.warning("the web process starts without all its parts", exc_info=True)
    gc.collect()
    gc.freeze()


def create_app(office: Office) -> Flask:
    """The application for a WSGI server. The office is opened and closed by the caller, once in each process."""
    app = Flask("gongkai", static_folder=None, template_folder=None)
    app.request_class = InMemoryRequest
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    askers = Pseudonyms(office.home)
    memory = Memory(office, askers)
    layout.install(app, office, door.STATIC)
    for page in (home, search, notices, jobs, apply, articles, departments, catalogue, site, feeds, crawlers):
        app.register_blueprint(layout.framed(page.blueprint(office), office))
    for form in (online_application, report_check):
        app.register_blueprint(layout.framed(form.blueprint(office), office))
    app.register_blueprint(layout.framed(health.blueprint(office, memory), office))
    channel = WeChatChannel(office)
    app.register_blueprint(view.blueprint(Webhook(office, askers=askers, memory=memory, channel=channel)))
    door.install(app, office, channel)
    return app
