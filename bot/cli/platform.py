"""The channel to the platform, for the commands that need it."""

from __future__ import annotations

from content.services.office import Office
from content.services.ports import Channel


def channel(office: Office) -> Channel:
    """The way to WeChat; wechatpy is imported only now, since it takes a while."""
    from bot.wechat.channel import WeChatChannel

    return WeChatChannel(office)
