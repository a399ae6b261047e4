"""What every job of the clock and every step of publishing is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from content.rules.publishing import article_marks
from content.services.office import Office
from content.services.ports import AlarmReceiver, Channel
from content.services.publishing.daily_calls import DailyCalls
from content.services.publishing.published_list import PublishedList
from content.services.publishing.submit_gap import SubmitGap


@dataclass
class JobContext:
    """The office, the channel to the platform, the leader's fence, and the time as this run sees it.

    `alarm_receiver` is None where nobody outside is told of alarms.
    """

    office: Office
    channel: Channel
    fence: int
    holder: str
    now: Callable[[], datetime]
    stopping: Callable[[], bool] = field(default=lambda: False)
    alarm_receiver: AlarmReceiver | None = None

    @cached_property
    def listing(self) -> PublishedList:
        """The platform's published list."""
        return PublishedList(self.office, self.channel)

    @cached_property
    def job_calls(self) -> DailyCalls:
        """Questions after single jobs."""
        return DailyCalls(self.office, "get")

    @cached_property
    def article_calls(self) -> DailyCalls:
        """Questions after single published articles."""
        return DailyCalls(self.office, "getarticle")

    @cached_property
    def pace(self) -> SubmitGap:
        """The gap between submissions."""
        return SubmitGap(self.office)

    def mark(self, article_id: int, source_url: str) -> str:
        """The 阅读原文 address that goes out with an article."""
        if not self.office.settings.mark_articles:
            return source_url or self.office.article_url(article_id)
        return article_marks.mark(article_id, base_url=self.office.settings.base_url, source_url=source_url)
