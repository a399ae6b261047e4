"""A small client of the side door, for tests and for the demo."""

from __future__ import annotations

from typing import Any

import requests

TIMEOUT = 60


class DoorError(Exception):
    """The side door refused; the message says why."""


class Door:
    """Speaks with /_/… of an emulator at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = requests.Session()
        self._http.trust_env = False

    def look(self, *parts: str) -> dict[str, Any]:
        """The state, or only the named parts of it."""
        return self._read(self._http.get(f"{self.url}/_/state", params={"include": ",".join(parts)}, timeout=TIMEOUT))

    def act(self, name: str, **body: Any) -> dict[str, Any]:
        """POST /_/<name>. Raises DoorError."""
        return self._read(self._http.post(f"{self.url}/_/{name}", json=body, timeout=TIMEOUT))

    def close(self) -> None:
        """Closes the connection."""
        self._http.close()

    def _read(self, answer: requests.Response) -> dict[str, Any]:
        value: dict[str, Any] = answer.json()
        if answer.status_code != 200:
            raise DoorError(f"{answer.status_code} {value.get('error')}")
        return value
