"""The web application: the platform's door and the citizens' pages, around one office."""

from __future__ import annotations

from flask import Flask

from bot import webhook
from bot.dialogue.askers import Askers
from bot.dialogue.memory import Memory
from bot.pages import apply, articles, health, home, jobs, layout, notices
from content.services.office import Office


def create_app(office: Office) -> Flask:
    """The application for a WSGI server. The office is opened and closed by the caller, once in each process."""
    app = Flask("gongkai", static_folder=None, template_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    askers = Askers(office.home)
    memory = Memory(office, askers)
    layout.install(app, office)
    app.register_blueprint(webhook.blueprint(webhook.Webhook(office, askers=askers, memory=memory)))
    for page in (home, notices, jobs, apply, articles):
        app.register_blueprint(page.blueprint(office))
    app.register_blueprint(health.blueprint(office, memory))
    return app
