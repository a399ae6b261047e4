"""The ways to the outside, for the commands that need them."""

from __future__ import annotations

from content.services.office import Office
from content.services.ports import AlarmReceiver, Channel


def channel(office: Office) -> Channel:
    """The way to WeChat; wechatpy is imported only now, since it takes a while."""
    from bot.wechat.channel import WeChatChannel

    return WeChatChannel(office)


def bell() -> AlarmReceiver:
    """The way to whoever wants to hear of alarms."""
    from bot.outside.alarm_webhook import AlarmWebhook

    return AlarmWebhook()
