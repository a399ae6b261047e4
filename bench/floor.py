"""The floor: verify, open, say the same again, seal, with our own envelopes; in bare WSGI and inside a Flask view.

Nothing is looked up, remembered or logged. No webhook in Python can be faster than this under the same server.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, Response, request

from bot.wechat.envelope import Envelope, Stamp
from bot.wechat.messages import Text, render

envelope = Envelope(
    token=os.environ["GONGKAI_WECHAT_TOKEN"],
    aes_key=os.environ["GONGKAI_WECHAT_AES_KEY"],
    app_id=os.environ["GONGKAI_WECHAT_APP_ID"],
)
flask = Flask(__name__)


def echo(query: dict[str, str], body: bytes) -> bytes:
    """The sealed answer to a delivery."""
    stamp = Stamp(**{name: query.get(name, "") for name in Stamp.__dataclass_fields__})
    message = envelope.open(stamp, body).message
    reply = render(Text(message.text("Content")), message, datetime.now(UTC))
    return envelope.seal(reply, stamp).encode()


def bare(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The floor as a WSGI application."""
    if environ["REQUEST_METHOD"] == "GET":
        answer = b"ok"
    else:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        answer = echo(dict(parse_qsl(environ["QUERY_STRING"])), body)
    start("200 OK", [("Content-Type", "application/xml"), ("Content-Length", str(len(answer)))])
    return [answer]


@flask.get("/readyz")
def ready() -> str:
    """It is."""
    return "ok"


@flask.post("/wechat")
def view() -> Response:
    """The floor inside a Flask view."""
    return Response(echo(request.args.to_dict(), request.get_data()), content_type="application/xml")
