"""What citizens say to subscription notices on their phones, and what the platform tells of those it carried."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Fields, Nothing, inner, text_of
from content.services.citizens import subscription_notices

POPUP, CHANGE, SENT = "SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent"


def answered(scene: Scene) -> Turn:
    """Yes to one more notice, or no to all of them."""
    for element in (POPUP, CHANGE):
        for item in _items(scene, element):
            _answer(scene, text_of(item, "TemplateId"), text_of(item, "SubscribeStatusString"))
    return Turn(Nothing())


def carried(scene: Scene) -> Turn:
    """A notice is there, or it is not and the platform says why."""
    for item in _items(scene, SENT):
        code = text_of(item, "ErrorCode")
        failed = "" if code in ("", "0") else f"{code} {text_of(item, 'ErrorStatus')}"
        subscription_notices.arrived(
            scene.office, asker=scene.asker, platform_id=text_of(item, "MsgID")[:64], failed=failed
        )
    return Turn(Nothing())


def _answer(scene: Scene, template: str, said: str) -> None:
    if said == "accept":
        subscription_notices.consented(
            scene.office, asker=scene.asker, openid=scene.message.sender, template=template, at=scene.now
        )
    elif said == "reject":
        subscription_notices.refused(scene.office, asker=scene.asker, template=template, at=scene.now)


def _items(scene: Scene, element: str) -> Iterator[Fields]:
    """Each List in an element; there may be none, one or many."""
    if not scene.asker:
        return
    found = inner(scene.message.fields, element).get("List", [])
    for item in found if isinstance(found, list) else [found]:
        if isinstance(item, dict):
            yield item
