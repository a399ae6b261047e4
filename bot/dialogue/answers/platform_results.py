"""What the platform tells of a publishing job, kept for the clock: its sender is the platform's helper, not a citizen."""

from __future__ import annotations

from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Nothing
from content.services.publishing import platform_events


def kept(scene: Scene) -> Turn:
    """Keeps the result, once however often it comes; nothing is said."""
    message = scene.message
    if scene.asker:  # `gongkai ask` changes nothing
        platform_events.receive(scene.office, kind=message.job, job_id=message.job_id,
                                data=message.fields, at=message.sent_at(scene.now))  # fmt: skip
    return Turn(Nothing())
