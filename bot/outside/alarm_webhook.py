"""A call to an address of the office's own choice: the webhook that wants to hear of alarms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import requests

from content.rules.errors import GongkaiError

TIMEOUT = (3, 10)  # seconds to connect, and to answer


class AlarmWebhook:
    """content.services.ports.AlarmReceiver over HTTP. The address may hold a robot's key, so it is never logged or shown."""

    def ring(self, url: str, body: Mapping[str, object]) -> None:
        """POSTs the body as JSON. Raises GongkaiError unless the answer is 2xx, and says no error in its JSON."""
        try:
            answer = requests.post(url, json=body, timeout=TIMEOUT, allow_redirects=False)
        except requests.RequestException as error:
            raise GongkaiError(f"GONGKAI_ALARM_URL 连不上或没有回音（{type(error).__name__}）。") from None
        if not 200 <= answer.status_code < 300:
            raise GongkaiError(f"GONGKAI_ALARM_URL 回答 {answer.status_code}，没有收下告警。")
        code = _error_code(answer)
        if code:
            raise GongkaiError(f"GONGKAI_ALARM_URL 的机器人没有收下告警，错误码 {code}。")


def _error_code(answer: requests.Response) -> Any:
    """The `errcode` of a robot's answer, which is 200 even for a wrong key; 0 for any other answer."""
    try:
        said = answer.json()
    except ValueError:
        return 0
    return said.get("errcode", 0) if isinstance(said, dict) else 0
