"""wechatpy's client, made safe: our address, our tokens, a timeout, no endless retry, answers read as they are.

Left to itself it would retry a refused token without end, wait without a timeout, re-send an empty file, carry the
token in the text of its errors (see docs/decisions.md), follow a redirect with it, and read answers without an end.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import requests
from wechatpy.client import WeChatClient

from bot.wechat import errcodes
from bot.wechat.tokens import Tokens
from content.rules.errors import Fault, PlatformError, Refused, Unanswered, Unreachable

CONNECT, READ = 3.0, 15.0  # seconds; longer than the platform's own patience, shorter than a claim's lease
WHOLE = 30.0  # seconds for all of an answer: one that drips is given up
MOST = 16 * 1024 * 1024  # bytes of an answer, unpacked; a draft of eight articles has at most half of it
PIECE = 64 * 1024  # bytes


class Transport(WeChatClient):  # type: ignore[misc]
    """One account's way to the platform; every method of wechatpy's API groups goes through `_request`."""

    def __init__(self, *, base_url: str, app_id: str, secret: str, tokens: Tokens) -> None:
        super().__init__(app_id, secret, timeout=(CONNECT, READ), auto_retry=False)
        self.tokens = tokens
        self.base_url = base_url
        self.API_BASE_URL = f"{base_url}/cgi-bin/"
        self._http.headers["Connection"] = "close"  # a reused connection that died leaves it unclear who acted

    @property
    def access_token(self) -> str:
        """The token that all processes share."""
        return self.tokens.current()

    def _request(self, method: str, url_or_endpoint: str, **kwargs: Any) -> Any:
        processor: Callable[[Any], Any] | None = kwargs.pop("result_processor", None)
        url = url_or_endpoint if "://" in url_or_endpoint else f"{self.API_BASE_URL}{url_or_endpoint}"
        params = {"access_token": self.access_token, **kwargs.pop("params", {})}
        if isinstance(kwargs.get("data"), dict):  # UTF-8 as it is: the draft page forbids \\uXXXX escapes
            kwargs["data"] = json.dumps(kwargs["data"], ensure_ascii=False).encode()
        answer = speak(lambda: self._http.request(method, url, params=params, timeout=self.timeout, stream=True,
                                                  allow_redirects=False, **kwargs))  # fmt: skip
        return processor(answer) if processor else answer


def speak(send: Callable[[], requests.Response]) -> dict[str, Any]:
    """Sends, and reads the answer. Raises Refused, Unreachable or Unanswered; no error carries a token.

    `send` must neither follow redirects nor read the answer (`stream`).
    """
    try:
        with send() as response:
            return read(response.status_code, _whole(response))
    except requests.ConnectTimeout as error:
        raise Unreachable("连不上微信接口，程序会自动重试。") from _bare(error)
    except requests.ConnectionError as error:
        raise _broken(error) from _bare(error)
    except requests.RequestException as error:
        raise Unanswered("微信接口没有回音。") from _bare(error)


def read(status: int, content: bytes) -> dict[str, Any]:
    """The platform's JSON. It often comes as text/plain without a charset, so the bytes are taken as UTF-8."""
    if 300 <= status < 400:
        raise Unreachable(
            f"微信接口的地址被转到了别处（HTTP {status}），没有跟过去。请检查网络和 GONGKAI_WECHAT_API_URL。"
        )
    if 400 <= status < 500:
        raise Refused(f"微信接口地址不对（HTTP {status}），请检查设置。", 0, Fault.BUG)
    try:
        answer = json.loads(content.decode("utf-8"))
        code = _errcode(answer) if isinstance(answer, dict) else 0
    except (ValueError, TypeError, RecursionError):
        answer = None
    if status >= 500 or not isinstance(answer, dict):
        raise Unanswered(f"微信接口的回答看不懂（HTTP {status}）。")
    if code:
        raise _refusal(code, answer)
    return answer


def _errcode(answer: dict[str, Any]) -> int:
    """0 where none is given. Raises ValueError or TypeError for one that is no number."""
    return int(answer.get("errcode") or 0)


def _whole(response: requests.Response) -> bytes:
    """The body, unpacked, as far as it is no more than anybody needs. Raises Unanswered."""
    if response.is_redirect:
        return b""
    ends = time.monotonic() + WHOLE
    data = bytearray()
    for piece in response.iter_content(PIECE):
        data += piece
        if len(data) > MOST or time.monotonic() > ends:
            raise Unanswered("微信接口的回答太长，或者一直传不完，没有看完。")
    return bytes(data)


def _refusal(code: int, answer: dict[str, Any]) -> Refused:
    row = errcodes.row(code)
    words = row.words.format(ip=errcodes.address_in(str(answer.get("errmsg", ""))))
    return Refused(f"{words}（微信返回 {code}）", code, row.fault, answer)


def _broken(error: requests.ConnectionError) -> PlatformError:
    """A connection that never stood sent nothing; one that broke may have."""
    if "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error):
        return Unreachable("连不上微信接口，程序会自动重试。")
    return Unanswered("与微信接口的连接中断。")


def _bare(error: Exception) -> Exception:
    """The error's kind without its text, which may hold the address with the token."""
    return RuntimeError(type(error).__name__)
