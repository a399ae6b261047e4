"""One account's API: a refused token is replaced once, then the call fails."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any, TypeVar

import requests

from bot.wechat.tokens import Tokens
from bot.wechat.transport import CONNECT, READ, Transport, speak
from content.rules.errors import Fault, Refused, Unanswered
from content.services.office import Office

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Channel = TypeVar("Channel")
LASTS = 7200  # seconds that a token lasts (platform page on stable_token)


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
        answer = speak(
            lambda: requests.post(url, json=body, timeout=(CONNECT, READ), stream=True, allow_redirects=False)
        )
        token, lasts = answer.get("access_token"), answer.get("expires_in", LASTS)
        if not isinstance(token, str) or not token or not isinstance(lasts, int):
            raise Unanswered("微信接口的回答里没有能用的 access_token。")
        return {"access_token": token, "expires_in": min(lasts, LASTS)}


def understood(channel: type[Channel]) -> type[Channel]:
    """A channel whose calls raise Unanswered for answers of another shape than the platform's pages say."""
    for name, method in list(vars(channel).items()):
        if callable(method) and not name.startswith("_"):
            setattr(channel, name, _understood(method))
    return channel


def _understood(method: Callable[..., Answer]) -> Callable[..., Answer]:
    @functools.wraps(method)
    def call(*args: Any, **kwargs: Any) -> Answer:
        try:
            return method(*args, **kwargs)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError, OSError) as error:
            log.exception("an answer of another shape: %s", method.__name__)
            raise Unanswered("微信接口的回答和它的文档对不上，看不懂。") from error

    return call
