"""The emulator's side door, as far as the demo needs it (docs/emulator.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import requests

from content.rules.errors import GongkaiError

TIMEOUT = 30.0  # seconds


class SideDoor:
    """Moves the emulator's time, turns its switches, and acts for followers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = requests.Session()
        self._http.trust_env = False  # a proxy of the user's has no business on the loopback

    def app_id(self) -> str:
        """The account that this emulator rehearses, or "" while it does not answer."""
        try:
            answer = self._http.get(f"{self.url}/_/state", params={"include": "account"}, timeout=TIMEOUT)
            return str(answer.json()["account"]["app_id"])
        except (requests.RequestException, ValueError, KeyError):
            return ""

    def hold_time(self, at: datetime) -> None:
        """The emulator's clock stands still at `at`."""
        self._act("time", now=at.isoformat(), hold=True)

    def let_time_go(self) -> None:
        """The emulator's clock shows the real time again."""
        self._act("time")

    def switch(self, **settings: Any) -> None:
        """Turns switches."""
        self._act("options", **settings)

    def settle(self) -> None:
        """Returns when the emulator has done all that it was asked to do."""
        self._act("settle")

    def follow(self, user: str) -> None:
        """Somebody begins to follow the account."""
        self._act("follow", user=user)

    def say(self, user: str, text: str) -> None:
        """A follower writes, and the answer has come when this returns."""
        self._act("say", user=user, text=text)

    def close(self) -> None:
        """Closes the connection."""
        self._http.close()

    def _act(self, name: str, **body: Any) -> None:
        try:
            answer = self._http.post(f"{self.url}/_/{name}", json=body, timeout=TIMEOUT)
        except requests.RequestException as error:
            raise GongkaiError(f"微信模拟器没有回应（{type(error).__name__}）。请按 Ctrl-C 后重新启动演示。") from error
        if answer.status_code != 200:
            raise GongkaiError(f"微信模拟器没有照办 {name}：{answer.text[:200]}")
