"""What stands in `.env` for a rehearsal: an account that only the emulator knows, and the emulator's address."""

from __future__ import annotations

from bot.demo.environment import called, credentials
from config.settings import Settings, variable


def lines(known: Settings) -> str:
    """The lines to copy, with a made-up account, each indented by three."""
    made = {**credentials(), "wechat_api_url": called(known.emulator_bind)}
    return "\n".join(f"   {variable(name)}={value}" for name, value in made.items())


def told(known: Settings) -> str:
    """What the emulator says when it starts: where the phone is, and whether this office's processes speak with it."""
    address = called(known.emulator_bind)
    words = f"模拟的微信正在启动，群众的手机在 {address}/phone 。"
    if known.wechat_api_url == address:
        return words
    return (f"{words}\ngongkai web 和 gongkai clock 现在连的是 {known.wechat_api_url}，不是它：排练时请在 .env 里加一行 "
            f"{variable('wechat_api_url')}={address}，再重启那两个。")  # fmt: skip
