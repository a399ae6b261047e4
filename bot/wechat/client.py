"""One account's API: a refused token is replaced once, then the call fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

import requests

from bot.wechat.tokens import Tokens
from bot.wechat.transport import CONNECT, READ, Transport, speak
from content.rules.errors import Fault, Refused
from content.services.office import Office

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class Client:
    """Calls the platform for the account of the settings."""

    def __init__(self, office: Office) -> None:
        self._settings = office.settings
        self.tokens = Tokens(lambda: office.redis, office.settings.wechat_app_id, self._fetch_token)
        self.line = Transport(
            base_url=office.settings.wechat_api_url,
            app_id=office.settings.wechat_app_id,
            secret=office.settings.wechat_app_secret,
            tokens=self.tokens,
        )

    def call(self, act: Callable[[Transport], Answer]) -> Answer:
        """One call; `act` must build its request anew each time (a file body is sent whole on a repeat)."""
        token = self.tokens.current()
        try:
            return act(self.line)
        except Refused as refusal:
            if refusal.fault is not Fault.TOKEN:
                raise
            log.info("token refused with %s, replacing it once", refusal.code)
            self.tokens.replace(token)
            return act(self.line)

    def _fetch_token(self, force: bool) -> dict[str, Any]:
        body = {
            "grant_type": "client_credential",
            "appid": self._settings.wechat_app_id,
            "secret": self._settings.wechat_app_secret,
            "force_refresh": force,
        }
        url = f"{self._settings.wechat_api_url}/cgi-bin/stable_token"
        return speak(lambda: requests.post(url, json=body, timeout=(CONNECT, READ)))
