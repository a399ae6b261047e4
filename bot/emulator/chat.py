"""The conversation on each citizen's phone, and who follows the account."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.emulator.clock import Clock
from bot.emulator.state import State

HOUR = 3600
CITIZEN, ACCOUNT, NOTICE = "citizen", "account", "notice"


def openid(app_id: str, name: str) -> str:
    """The openid of a named phone with this account: 28 characters, always the same."""
    return "o" + hashlib.sha256(f"{app_id}/{name}".encode()).hexdigest()[:27]


def original_id(app_id: str) -> str:
    """The account's original id: gh_ and twelve hex digits."""
    return "gh_" + hashlib.sha256(app_id.encode()).hexdigest()[:12]


class Chats:
    """Phones and their bubbles."""

    def __init__(self, app_id: str, state: State, clock: Clock) -> None:
        self._app_id = app_id
        self._state = state
        self._clock = clock
        self.users = state.shelf("users")

    def phone(self, name: str) -> dict[str, Any]:
        """The person with this phone; a new one does not follow yet."""
        id = openid(self._app_id, name)
        with self._state.transaction():
            if (user := self.users.get(id)) is None:
                user = {"openid": id, "name": name, "follows": False, "followed_at": 0, "windows": []}
                self.users.put(id, user)
        return user

    def followers(self) -> list[dict[str, Any]]:
        """Everyone who follows now."""
        return [user for user in self.users.all() if user["follows"]]

    def follow(self, id: str, *, follows: bool) -> None:
        """Begins or ends following."""
        with self._state.transaction():
            user = self.users.get(id)
            if user is None:
                return
            user["follows"] = follows
            user["followed_at"] = self._clock.stamp() if follows else user["followed_at"]
            user["windows"] = user["windows"] if follows else []
            self.users.put(id, user)

    def open_window(self, id: str, *, seconds: int, messages: int, replaces: str) -> None:
        """Allows the account so many customer-service messages for so long; one window per kind (`replaces`)."""
        with self._state.transaction():
            if (user := self.users.get(id)) is not None:
                window = {"kind": replaces, "until": self._clock.stamp() + seconds, "left": messages}
                user["windows"] = [w for w in user["windows"] if w["kind"] != replaces] + [window]
                self.users.put(id, user)

    def add(self, id: str, author: str, bubble: dict[str, Any]) -> int:
        """Adds a bubble to a phone; returns its number."""
        number = self._state.count("bubbles")
        entry = {**bubble, "user": id, "from": author, "at": self._clock.stamp()}
        return self._state.shelf(f"chat:{id}").put(str(number), entry)

    def since(self, id: str, number: int) -> list[dict[str, Any]]:
        """Bubbles after a number, each with its own."""
        return [{**body, "number": found} for found, body in self._state.shelf(f"chat:{id}").after(number)]
