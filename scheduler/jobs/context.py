"""What a job holds in its hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from content.services.office import Office
from content.services.ports import AlarmReceiver, Channel
from content.services.publishing import Press


@dataclass
class Desk:
    """The office, the channel to the platform, the bell for alarms, the leader's fence, and the time as this run sees it."""

    office: Office
    channel: Channel
    bell: AlarmReceiver
    fence: int
    holder: str
    now: Callable[[], datetime]
    stopping: Callable[[], bool] = field(default=lambda: False)

    @cached_property
    def press(self) -> Press:
        """What publishing works with; kept, since it remembers the published list for some seconds."""
        return Press(self.office, self.channel, self.fence, self.holder, self.now, self.stopping)
