"""WeRoBot's own Flask view, saying the same again, as its documentation has it; no session, so no storage."""

from __future__ import annotations

import os

from flask import Flask
from werobot import WeRoBot
from werobot.contrib.flask import make_view

robot = WeRoBot(
    token=os.environ["GONGKAI_WECHAT_TOKEN"],
    encoding_aes_key=os.environ["GONGKAI_WECHAT_AES_KEY"],
    app_id=os.environ["GONGKAI_WECHAT_APP_ID"],
    enable_session=False,
)
app = Flask(__name__)
app.add_url_rule("/wechat", view_func=make_view(robot), methods=["GET", "POST"])


@robot.text
def echo(message: object) -> str:
    """The same again."""
    return str(getattr(message, "content", ""))


@app.get("/readyz")
def ready() -> str:
    """It is."""
    return "ok"
