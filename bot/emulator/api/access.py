"""token, stable_token, the quota calls and getcallbackip."""

from __future__ import annotations

import hmac
from typing import Any

from bot.emulator.api import quotas, tokens
from bot.emulator.api.gate import Call, Route
from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform


def token(call: Call) -> dict[str, Any]:
    """GET cgi-bin/token: every call issues a new token."""
    given = call.request.args
    _check_account(call.platform, given.get("grant_type"), given.get("appid"), given.get("secret"))
    _check_address(call)
    return tokens.issue_old(call.platform)


def stable_token(call: Call) -> dict[str, Any]:
    """POST cgi-bin/stable_token: the same token until near its end."""
    body = call.json
    _check_account(call.platform, body.get("grant_type"), body.get("appid"), body.get("secret"))
    _check_address(call)
    return tokens.issue_stable(call.platform, force=body.get("force_refresh") is True)


def _check_account(platform: Platform, grant: Any, app_id: Any, secret: Any) -> None:
    if grant != "client_credential":
        raise ApiError(40002)
    if not app_id:
        raise ApiError(41002)
    if app_id != platform.options.app_id:
        raise ApiError(40013)
    if not secret:
        raise ApiError(41004)
    if not hmac.compare_digest(str(secret).encode(), platform.options.app_secret.encode()):
        raise ApiError(40125)


def _check_address(call: Call) -> None:
    allowed = call.platform.settings["ip_whitelist"]
    if allowed and call.request.remote_addr not in allowed:
        raise ApiError(40164)


def clear_quota(call: Call) -> dict[str, Any]:
    """POST cgi-bin/clear_quota."""
    if call.text("appid") != call.platform.options.app_id:
        raise ApiError(40013)
    quotas.clear(call.platform)
    return {"errcode": 0, "errmsg": "ok"}


def quota_get(call: Call) -> dict[str, Any]:
    """POST cgi-bin/openapi/quota/get: `quota` of one cgi_path."""
    path = call.text("cgi_path")
    most = quotas.limit(call.platform, path)
    if most is None:
        raise ApiError(76021)
    used = quotas.used(call.platform, path)
    return {
        "errcode": 0, "errmsg": "ok", "quota": {"daily_limit": most, "used": used, "remain": max(0, most - used)},
        "rate_limit": {"call_count": 0, "refresh_second": 60},
    }  # fmt: skip


def callback_ip(call: Call) -> dict[str, Any]:
    """GET cgi-bin/getcallbackip: where deliveries come from."""
    return {"ip_list": ["127.0.0.1"]}


ROUTES = [
    Route("GET", "/cgi-bin/token", token, token=False),
    Route("POST", "/cgi-bin/stable_token", stable_token, token=False),
    Route("POST", "/cgi-bin/clear_quota", clear_quota),
    Route("POST", "/cgi-bin/openapi/quota/get", quota_get),
    Route("GET", "/cgi-bin/getcallbackip", callback_ip),
    Route("GET", "/cgi-bin/get_api_domain_ip", callback_ip),
]
