"""The web application: the platform's door in front of the citizens' pages, around one office."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from bot.dialogue.askers import Askers
from bot.dialogue.memory import Memory
from bot.pages import apply, articles, health, home, jobs, layout, notices
from bot.webhook import Door, Webhook
from bot.wechat.channel import WeChatChannel
from content.services.office import Office

HURRY = 1.5  # seconds for the database, for all that one page asks of it: pages that hang would hold up messages

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def create_app(office: Office) -> Flask:
    """The application for a WSGI server. The office is opened and closed by the caller, once in each process."""
    app = Flask("gongkai", static_folder=None, template_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    askers = Askers(office.home)
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
