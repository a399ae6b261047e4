"""What the console's pages work with: the office, the way to the platform, and who is here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from flask import current_app, g

from bot.console.sessions import ConsoleSession, Sessions
from bot.web.visitors import Visitors
from content.rules.people import Right, Role, may
from content.services.office import Office
from content.services.ports import Channel

NAME = "console"


@dataclass(frozen=True)
class Console:
    """The console of one application."""

    office: Office
    channel: Channel
    sessions: Sessions
    visitors: Visitors


@dataclass(frozen=True)
class Visitor:
    """The person who is logged in."""

    username: str
    name: str
    roles: frozenset[Role] = field(default=frozenset())

    def may(self, *rights: Right) -> bool:
        """Whether one of these rights is held; with none named, whoever works here may."""
        return not rights or may(self.roles, *rights)


def console() -> Console:
    """The console of the present application."""
    return cast(Console, current_app.extensions[NAME])


def office() -> Office:
    """The office of the present application."""
    return console().office


def now() -> datetime:
    """This instant."""
    return office().clock.now()


def visitor() -> Visitor:
    """Who is logged in; only behind the gate."""
    return cast(Visitor, g.console_visitor)


def someone() -> Visitor | None:
    """Who is logged in, if anybody."""
    return cast("Visitor | None", g.get("console_visitor"))


def session() -> ConsoleSession | None:
    """The session that the cookie named, if it holds."""
    return cast("ConsoleSession | None", g.get("console_session"))
