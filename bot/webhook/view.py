"""`/wechat`: with GET the platform checks that the address is ours, with POST it delivers messages and events."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from bot.webhook.deliveries import NO_ANSWER, Webhook
from bot.wechat.envelope import MAX_BODY, Rejected, Stamp

PATH = "/wechat"
WAITED = "gongkai.waited"  # in the environ: seconds for which a request had to wait for its turn
PLAIN, XML = "text/plain", "application/xml"

log = logging.getLogger(__name__)


def blueprint(webhook: Webhook) -> Blueprint:
    """`/wechat`; a method other than GET, HEAD and POST gets 405."""
    view = Blueprint("wechat", __name__)

    @view.get(PATH, provide_automatic_options=False)
    def verify() -> Response:
        return Response(webhook.verify(_stamp(), request.args.get("echostr", "")), mimetype=PLAIN)

    @view.post(PATH, provide_automatic_options=False)
    def deliver() -> Response:
        stamp = _stamp()
        webhook.admit(stamp)
        answer = webhook.receive(stamp, _body(), waited=request.environ.get(WAITED, 0.0))
        return Response(answer, mimetype=PLAIN if answer == NO_ANSWER else XML)

    @view.errorhandler(Rejected)
    def rejected(error: Rejected) -> Response:
        """Who is refused learns nothing but the status."""
        log.warning("delivery rejected", extra={"fields": {"status": error.status, "why": str(error)}})
        return Response(status=error.status, mimetype=PLAIN)

    return view


def _stamp() -> Stamp:
    said = request.args
    return Stamp(
        signature=said.get("signature", ""),
        timestamp=said.get("timestamp", ""),
        nonce=said.get("nonce", ""),
        encrypt_type=said.get("encrypt_type", ""),
        msg_signature=said.get("msg_signature", ""),
    )


def _body() -> bytes:
    """The body; one that is too long is refused by what it says of itself, or once it is one byte too long."""
    request.max_content_length = MAX_BODY + 1  # werkzeug cuts a body without a length off there and says nothing
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise Rejected(413, "too long") from error
    if len(body) > MAX_BODY:
        raise Rejected(413, "too long")
    return body
