"""The rehearsed platform as one object: its state, clock, switches, faults, worker and courier."""

from __future__ import annotations

import secrets

from bot.emulator.chat import Chats, openid
from bot.emulator.clock import Clock
from bot.emulator.faults import Faults
from bot.emulator.options import Options, Settings
from bot.emulator.push.courier import Courier
from bot.emulator.state import State
from bot.emulator.worker import Worker


class Platform:
    """Everything that the API, the phone and the side door share."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.base_url = options.public_url or f"http://{options.bind}"
        self.state = State(options.state_file)
        self.clock = Clock(self.state, timezone=options.timezone, test_clock=options.test_clock)
        self.settings = Settings(options, self.state)
        self.faults = Faults(self.state)
        self.worker = Worker()
        self.chats = Chats(options.app_id, self.state, self.clock)
        self.courier = Courier(
            options, self.state, settings=self.settings, clock=self.clock, chats=self.chats,
            faults=self.faults, worker=self.worker,
        )  # fmt: skip

    @property
    def helper(self) -> str:
        """The openid of WeChat's own helper account, which sends the results of jobs."""
        return openid(self.options.app_id, "mphelper")

    def epoch(self) -> str:
        """A name for the time since the last reset; an open phone that sees another one starts afresh."""
        with self.state.transaction():
            if (name := self.state.value("epoch")) is None:
                self.state.set_value("epoch", name := self.new_id(12))
        return str(name)

    def new_id(self, length: int = 43) -> str:
        """A random id of letters, digits, - and _."""
        return secrets.token_urlsafe(length)[:length]

    def close(self) -> None:
        """Ends the threads and closes the state."""
        self.worker.stop()
        self.state.close()
