"""A citizen who speaks with the web app through the platform, in any of its three modes."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.bot import platform_side
from tests.bot.platform_side import CITIZEN, SUCCESS, Side


class Citizen:
    """Somebody who follows the account; `mode` is plain, safe or compatible."""

    def __init__(self, client: FlaskClient, mode: str = "safe", sender: str = CITIZEN) -> None:
        self.client, self.mode, self.sender, self.side = client, mode, sender, Side()

    def says(self, text: str, **more: Any) -> str:
        """The answer's text."""
        return platform_side.read(self.sends(platform_side.text(text, sender=self.sender, **more)))["Content"]

    def does(self, event: str, inner: str = "") -> str:
        """The answer's text to an event; empty if there is none."""
        answer = self.sends(platform_side.event(event, inner, sender=self.sender))
        return platform_side.read(answer)["Content"] if answer else ""

    def sends(self, xml: str | bytes) -> str:
        """The answer's XML, opened if it is sealed; empty for `success`."""
        query, body = self.side.query(), xml
        if self.mode != "plain":
            query, body = self.side.safe(xml)
        if self.mode == "compatible":
            assert isinstance(xml, str) and isinstance(body, str)
            body = xml.replace("</xml>", body.removeprefix("<xml>"), 1)
        response = self.client.post("/wechat", query_string=query, data=body, buffered=True)
        assert response.status_code == 200, response.status
        if response.text == SUCCESS:
            return ""
        return response.text if self.mode == "plain" else self.side.unseal(response.text)
