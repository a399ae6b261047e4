"""A rehearsal WeChat: the platform's API, deliveries and article pages over HTTP. It shares no code with the product."""

from bot.emulator.options import Options
from bot.emulator.server import Running, create_app, running, serve
from bot.emulator.side_door.client import Door, DoorError

__all__ = ["Door", "DoorError", "Options", "Running", "create_app", "running", "serve"]
