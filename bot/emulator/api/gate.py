"""The gate of the API: method, token, right, quota, faults, and the log of every call."""

from __future__ import annotations

import json
import logging
import re
import secrets
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException

from bot.emulator.api import quotas, tokens
from bot.emulator.errors import ApiError
from bot.emulator.faults import AFTER
from bot.emulator.platform import Platform

log = logging.getLogger(__name__)

HANG_SECONDS = 60.0
SLOW_SECONDS = 3.0
_ESCAPE = re.compile(rb"(?<!\\)((?:\\\\)*)\\u([0-9a-fA-F]{4})")
_CONTROL = re.compile(rb"00[01][0-9a-fA-F]")


@dataclass
class Call:
    """One call of the API."""

    platform: Platform
    request: Request

    @cached_property
    def json(self) -> dict[str, Any]:
        """The body as an object. Raises ApiError 44002 when empty, 47001 when it is no JSON object.

        An escaped \\uXXXX stays as it was typed, as the documentation of drafts warns.
        """
        body = self.request.get_data()
        if not body.strip():
            raise ApiError(44002)
        try:
            value = json.loads(_ESCAPE.sub(_literal, body).decode("utf-8"), strict=False)
        except (ValueError, RecursionError) as error:
            raise ApiError(47001) from error
        if not isinstance(value, dict):
            raise ApiError(47001)
        return value

    @property
    def escaped(self) -> bool:
        """Whether the body spells letters as \\uXXXX."""
        return any(not _CONTROL.match(found.group(2)) for found in _ESCAPE.finditer(self.request.get_data()))

    def text(self, name: str) -> str:
        """A field of the body as text; numbers too, since the documentation mixes them."""
        value = self.json.get(name, "")
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""

    def number(self, name: str, default: int) -> int:
        """A field of the body as a number. Raises ApiError 47001."""
        value = self.json.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).lstrip("-").isdigit():
            raise ApiError(47001)
        return int(value)


def _literal(found: re.Match[bytes]) -> bytes:
    if _CONTROL.match(found.group(2)):  # JSON has no other spelling for these
        return found.group(0)
    return found.group(1) + rb"\\u" + found.group(2)


@dataclass(frozen=True)
class Route:
    """One endpoint: its method, path, the right it needs, and what it does."""

    method: str
    path: str
    act: Callable[[Call], Mapping[str, Any] | Response]
    right: str = ""
    token: bool = True


def mount(app: Flask, platform: Platform, routes: list[Route]) -> None:
    """Opens the endpoints."""
    for route in routes:
        app.add_url_rule(
            route.path, route.path, lambda route=route: _pass(platform, route), methods=["GET", "POST"],
            provide_automatic_options=False,
        )  # fmt: skip


def _pass(platform: Platform, route: Route) -> Response:
    fault = platform.faults.strike(route.path)
    act = fault["act"] if fault else ""
    seconds = (fault or {}).get("seconds")
    if act == "slow":
        platform.worker.stopping.wait(SLOW_SECONDS if seconds is None else seconds)
    if act in ("hang", "drop", "refuse"):
        code = fault["errcode"] if fault and act == "refuse" else None
        _log(platform, route.path, code, act)
        if fault and act == "refuse":
            return refusal(ApiError(fault["errcode"], fault.get("errmsg") or ""))
        return _cut(platform, HANG_SECONDS if seconds is None else seconds, hang=act == "hang")
    answer, code = _answer(platform, route)
    _log(platform, route.path, code, act)
    if act in AFTER:
        return _cut(platform, HANG_SECONDS if seconds is None else seconds, hang=act == "act_then_hang")
    return answer


def _answer(platform: Platform, route: Route) -> tuple[Response, int]:
    try:
        if route.method != request.method:
            raise ApiError(43002 if route.method == "POST" else 43001)
        if route.token:
            tokens.check(platform, request.args.get("access_token", ""))
        if route.right and not platform.settings.may(route.right):
            raise ApiError(48001)
        quotas.spend(platform, route.path)
        with platform.state.transaction():
            result = route.act(Call(platform, request))
    except ApiError as error:
        return refusal(error), error.code
    except HTTPException:
        raise
    except Exception:
        log.exception("a call of %s failed", route.path)
        return refusal(ApiError(-1)), -1
    return (result if isinstance(result, Response) else answer(result)), 0


def answer(value: Mapping[str, Any]) -> Response:
    """JSON as the platform sends it: text/plain without a charset, letters as they are."""
    response = Response(json.dumps(value, ensure_ascii=False))
    response.headers["Content-Type"] = "text/plain"
    return response


def refusal(error: ApiError) -> Response:
    """An error as the platform words it, ending in its rid."""
    message = error.message.replace("{ip}", _ip())
    rid = f"{secrets.token_hex(4)}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
    return answer({"errcode": error.code, "errmsg": f"{message} rid: {rid}", **error.extra})


def _ip() -> str:
    return f"{request.remote_addr} ipv6 ::ffff:{request.remote_addr}"


def _log(platform: Platform, path: str, code: int | None, fault: str) -> None:
    with platform.state.transaction():
        number = platform.state.count("call")
        entry = {"endpoint": path, "at": platform.clock.stamp(), "errcode": code, "fault": fault or None}
        platform.state.shelf("calls").put(str(number), entry)


def _cut(platform: Platform, seconds: float, *, hang: bool) -> Response:
    """Ends the connection without an answer, at once or after a long silence."""
    if hang:
        platform.worker.stopping.wait(seconds)
    connection = request.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)
    return Response(b"", 200)
