"""What the services need from outside, as protocols: the channel to the platform, a bell for alarms, the portal's feed.

Every method of the channel is one call (or none). It raises, of content.rules.errors: Refused (the platform said no and did
nothing), Unreachable (the call never arrived), Unanswered (it may have acted). Nothing here retries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class FileBody:
    """A file to upload, whole in memory so that a repeated call sends all of it."""

    name: str
    kind: str  # MIME type
    data: bytes


@dataclass(frozen=True)
class Uploaded:
    """What the platform calls an uploaded permanent image."""

    media_id: str
    url: str


@dataclass(frozen=True)
class DraftArticle:
    """One article of a draft, in the platform's terms."""

    title: str
    author: str
    digest: str
    html: str
    source_url: str
    cover_media_id: str
    cover_square: tuple[float, float] | None = None  # left and right edge of the cover's square, 0 to 1


@dataclass(frozen=True)
class SubmittedJob:
    """The platform has taken the job; nothing is out yet."""

    publish_id: str
    msg_data_id: str


class JobStatus(StrEnum):
    """How a publishing or mass-send job stands."""

    PENDING = "pending"
    PUBLISHED = "published"
    REFUSED = "refused"
    REMOVED = "removed"  # was out, and was deleted or banned since


@dataclass(frozen=True)
class MassSend:
    """A mass send was taken on; `repeated` when the platform knew its clientmsgid already."""

    msg_id: str
    msg_data_id: str
    repeated: bool = False


@dataclass(frozen=True)
class JobResult:
    """How a job stands, with what the platform tells of it."""

    status: JobStatus
    platform_status: int
    article_id: str = ""
    urls: dict[int, str] = field(default_factory=dict)  # position (1–8) → address
    failed: tuple[int, ...] = ()
    reason: str = ""  # why it was refused, for staff


@dataclass(frozen=True)
class PublishedArticle:
    """One article of a published item as the platform lists it."""

    position: int
    title: str
    url: str
    source_url: str
    deleted: bool


@dataclass(frozen=True)
class PublishedItem:
    """One item of the platform's published list."""

    article_id: str
    at: datetime
    articles: tuple[PublishedArticle, ...]


@dataclass(frozen=True)
class ReadArticle:
    """One article as the platform's statistics of its day name it."""

    msg_data_id: str
    position: int
    title: str
    url: str
    pushed: bool


@dataclass(frozen=True)
class Statistics:
    """The articles of one day that were read at least three times; `delayed`: ask again another day."""

    articles: tuple[ReadArticle, ...]
    delayed: bool


@dataclass(frozen=True)
class DraftItem:
    """One draft on the platform."""

    media_id: str
    at: datetime
    titles: tuple[str, ...]
    source_urls: tuple[str, ...]


class Channel(Protocol):
    """The way to the public: the platform's API for one account."""

    def upload_cover(self, file: FileBody) -> Uploaded:
        """Keeps an image as permanent material."""

    def upload_image(self, file: FileBody) -> str:
        """Keeps an image for article bodies; its address."""

    def add_draft(self, articles: Sequence[DraftArticle]) -> str:
        """Makes a draft of 1–8 articles; its media_id."""

    def submit(self, media_id: str) -> SubmittedJob:
        """Asks for a draft to be published; the draft is consumed when that succeeds."""

    def result(self, publish_id: str) -> JobResult:
        """How a job stands (100 calls a day)."""

    def mass_send(self, media_id: str, client_msg_id: str) -> MassSend:
        """Pushes a draft to all followers; the same `client_msg_id` is never sent twice within 24 hours."""

    def mass_result(self, msg_id: str) -> JobResult:
        """How a mass send stands; it tells no addresses."""

    def published(self, offset: int, count: int) -> list[PublishedItem]:
        """The published list, newest first; `count` ≤ 20."""

    def article(self, article_id: str) -> tuple[PublishedArticle, ...]:
        """The articles of one published item, whose time it does not tell; none if there is no such item (100 calls a day)."""

    def statistics(self, day: date) -> Statistics:
        """The articles published or pushed on a day up to yesterday; ready after 8:00."""

    def draft_exists(self, media_id: str) -> bool:
        """Whether a draft is still there."""

    def drafts(self, offset: int, count: int) -> list[DraftItem]:
        """The drafts, newest first; `count` ≤ 20."""

    def delete_draft(self, media_id: str) -> None:
        """Removes a draft for good."""

    def delete_published(self, article_id: str, position: int) -> None:
        """Takes one article (1–8) of a published item down for good."""

    def delete_pushed(self, msg_id: str, position: int, url: str) -> None:
        """Takes one article (1–8) of a mass send down for good; without a `msg_id` the one at `url`."""

    def tell(self, openid: str, text: str) -> None:
        """Sends a text to one citizen, within the time that their own last act allows (45015 later)."""

    def notify(self, openid: str, template: str, *, page: str, data: Mapping[str, Mapping[str, str]]) -> str:
        """Sends one subscription notice (43101 without consent); the platform's number of it, if it tells one."""

    def push_menu(self, buttons: list[dict[str, object]]) -> None:
        """Replaces the account's menu."""


class AlarmReceiver(Protocol):
    """Somebody who wants to hear of alarms."""

    def ring(self, url: str, body: Mapping[str, object]) -> None:
        """Hands `body` over as JSON. Raises GongkaiError unless it was taken, or nobody knows whether it was."""


@dataclass(frozen=True)
class FetchedDocument:
    """A document as a web site gave it; `etag` and `modified` name its version, `charset` its encoding, if the site says."""

    data: bytes
    url: str
    charset: str = ""
    etag: str = ""
    modified: str = ""


class Feed(Protocol):
    """The way to the portal's own list of what it published."""

    def fetch(self, url: str, *, etag: str, modified: str) -> FetchedDocument | None:
        """What is there; None if it is still the version named. Raises GongkaiError."""
