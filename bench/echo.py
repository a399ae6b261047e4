"""What our webhook is measured against: the shortest right answer with wechatpy and Flask, as wechatpy's own page has it."""

from __future__ import annotations

import os

from flask import Flask, request
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto

app = Flask(__name__)
crypto = WeChatCrypto(
    os.environ["GONGKAI_WECHAT_TOKEN"], os.environ["GONGKAI_WECHAT_AES_KEY"], os.environ["GONGKAI_WECHAT_APP_ID"]
)


@app.get("/readyz")
def ready() -> str:
    """It is."""
    return "ok"


@app.post("/wechat")
def echo() -> str:
    """Opens a message, says the same again, and seals it."""
    said = request.args
    text = crypto.decrypt_message(request.data, said["msg_signature"], said["timestamp"], said["nonce"])
    message = parse_message(text)
    reply = create_reply(message.content, message)
    return crypto.encrypt_message(reply.render(), said["nonce"], said["timestamp"])
