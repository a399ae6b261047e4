"""A channel in memory: it keeps drafts, jobs and the published list as the platform does, and fails on demand.

`faults` holds what happens to the next calls, in order: None (all well), an exception to raise before acting, or
`After(exception)` to act and then raise, as a connection that breaks while the answer is on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from content.rules.errors import Fault, Refused
from content.services.ports import (
    DraftArticle,
    DraftItem,
    FileBody,
    JobResult,
    JobStatus,
    MassSend,
    PublishedArticle,
    PublishedItem,
    Statistics,
    SubmittedJob,
    Uploaded,
)


@dataclass(frozen=True)
class After:
    """Act first, then raise this."""

    error: BaseException


@dataclass
class FakeChannel:
    """content.services.ports.Channel without a platform."""

    now: Callable[[], datetime] = field(default=lambda: datetime(2026, 11, 22, 4, 0, tzinfo=UTC))
    faults: list[BaseException | After | None] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    covers: dict[str, bytes] = field(default_factory=dict)
    waiting: dict[str, tuple[DraftArticle, ...]] = field(default_factory=dict)
    jobs: dict[str, JobResult] = field(default_factory=dict)
    out: list[PublishedItem] = field(default_factory=list)
    pushes: dict[str, str] = field(default_factory=dict)
    menu: list[dict[str, object]] = field(default_factory=list)
    followers: set[str] = field(default_factory=set)
    taken_down: list[tuple[str, int, str]] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    consents: dict[tuple[str, str], int] = field(default_factory=dict)
    notices: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    read: dict[date, Statistics] = field(default_factory=dict)
    refuse_next_job: bool = False
    _ids: int = 1000

    def upload_cover(self, file: FileBody) -> Uploaded:
        """Keeps the bytes."""
        return self._act("upload_cover", lambda: self._cover(file))

    def upload_image(self, file: FileBody) -> str:
        """An address as the platform gives."""
        return self._act("upload_image", lambda: f"http://mmbiz.qpic.cn/fake/{self._next()}")

    def add_draft(self, articles: Sequence[DraftArticle]) -> str:
        """Keeps the draft; an unknown cover is 40007."""
        return self._act("add_draft", lambda: self._draft(tuple(articles)))

    def submit(self, media_id: str) -> SubmittedJob:
        """Publishes at once; the job says so when it is asked."""
        return self._act("submit", lambda: self._submit(media_id))

    def result(self, publish_id: str) -> JobResult:
        """The job, or 53502."""
        return self._act("result", lambda: self._job(publish_id))

    def mass_send(self, media_id: str, client_msg_id: str) -> MassSend:
        """Pushes once for each clientmsgid."""
        return self._act("mass_send", lambda: self._push(media_id, client_msg_id))

    def mass_result(self, msg_id: str) -> JobResult:
        """The push's job."""
        return self._act("mass_result", lambda: self._job(msg_id))

    def published(self, offset: int, count: int) -> list[PublishedItem]:
        """Newest first."""
        return self._act("published", lambda: self.out[::-1][offset : offset + count])

    def article(self, article_id: str) -> tuple[PublishedArticle, ...]:
        """What is out under that number."""
        return self._act("article", lambda: next((i.articles for i in self.out if i.article_id == article_id), ()))

    def statistics(self, day: date) -> Statistics:
        """What was put there for that day."""
        return self._act("statistics", lambda: self.read.get(day, Statistics((), delayed=False)))

    def draft_exists(self, media_id: str) -> bool:
        """Whether it was neither consumed nor deleted."""
        return self._act("draft_exists", lambda: media_id in self.waiting)

    def drafts(self, offset: int, count: int) -> list[DraftItem]:
        """Newest first."""
        return self._act("drafts", lambda: self._drafts()[offset : offset + count])

    def delete_draft(self, media_id: str) -> None:
        """Removes it."""
        self._act("delete_draft", lambda: self.waiting.pop(media_id, None))

    def delete_published(self, article_id: str, position: int) -> None:
        """Marks it deleted."""
        self._act("delete_published", lambda: self._delete(article_id, position))

    def delete_pushed(self, msg_id: str, position: int, url: str) -> None:
        """Keeps what was to be deleted."""
        self._act("delete_pushed", lambda: self.taken_down.append((msg_id, position, url)))

    def tell(self, openid: str, text: str) -> None:
        """Keeps it, if somebody of that openid follows."""
        self._act("tell", lambda: self._tell(openid, text))

    def notify(self, openid: str, template: str, *, page: str, data: Mapping[str, Mapping[str, str]]) -> str:
        """Keeps what was sent; who has not said yes to one is 43101."""
        return self._act("notify", lambda: self._notify(openid, template, {"page": page, **data}))

    def push_menu(self, buttons: list[dict[str, object]]) -> None:
        """Keeps it."""
        self._act("push_menu", lambda: setattr(self, "menu", buttons))

    def _act(self, name: str, act: Callable[[], Any]) -> Any:
        self.calls.append(name)
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, After):
            act()
            raise fault.error
        if fault is not None:
            raise fault
        return act()

    def _next(self) -> str:
        self._ids += 1
        return str(self._ids)

    def _cover(self, file: FileBody) -> Uploaded:
        media_id = f"cover-{self._next()}"
        self.covers[media_id] = file.data
        return Uploaded(media_id, f"http://mmbiz.qpic.cn/fake/{media_id}")

    def _draft(self, articles: tuple[DraftArticle, ...]) -> str:
        if any(article.cover_media_id not in self.covers for article in articles):
            raise Refused("封面不在", 40007, Fault.GONE)
        media_id = f"draft-{self._next()}"
        self.waiting[media_id] = articles
        return media_id

    def _take(self, media_id: str) -> tuple[DraftArticle, ...]:
        if media_id not in self.waiting:
            raise Refused("草稿不在", 40007, Fault.GONE)
        return self.waiting.pop(media_id)

    def _submit(self, media_id: str) -> SubmittedJob:
        if self.refuse_next_job:
            self.refuse_next_job = False
            job = self._next()
            self.jobs[job] = JobResult(JobStatus.REFUSED, 4, failed=(1,))
            return SubmittedJob(job, self._next())
        articles = self._take(media_id)
        job, article_id = self._next(), f"article-{self._next()}"
        listed = tuple(
            PublishedArticle(n, a.title, f"http://mp.weixin.qq.com/s/{article_id}-{n}", a.source_url, False)
            for n, a in enumerate(articles, start=1)
        )
        self.out.append(PublishedItem(article_id, self.now(), listed))
        self.jobs[job] = JobResult(JobStatus.PUBLISHED, 0, article_id, {a.position: a.url for a in listed})
        return SubmittedJob(job, self._next())

    def _job(self, job_id: str) -> JobResult:
        if job_id not in self.jobs:
            raise Refused("没有这次发布", 53502, Fault.GONE)
        return self.jobs[job_id]

    def _push(self, media_id: str, client_msg_id: str) -> MassSend:
        if client_msg_id in self.pushes:
            return MassSend(self.pushes[client_msg_id], "", repeated=True)
        self._take(media_id)
        msg_id = self._next()
        self.pushes[client_msg_id] = msg_id
        self.jobs[msg_id] = JobResult(JobStatus.PUBLISHED, -1)
        return MassSend(msg_id, self._next())

    def _drafts(self) -> list[DraftItem]:
        return [
            DraftItem(media_id, self.now(), tuple(a.title for a in articles), tuple(a.source_url for a in articles))
            for media_id, articles in reversed(self.waiting.items())
        ]

    def _notify(self, openid: str, template: str, body: dict[str, Any]) -> str:
        if self.consents.get((openid, template), 0) < 1:
            raise Refused("对方没有订阅这类通知。", 43101, Fault.GONE)
        self.consents[openid, template] -= 1
        self.notices.append((openid, body))
        return str(self._next())

    def _tell(self, openid: str, text: str) -> None:
        if openid not in self.followers:
            raise Refused("没有这位关注者", 40003, Fault.GONE)
        self.told.append((openid, text))

    def _delete(self, article_id: str, position: int) -> None:
        for number, item in enumerate(self.out):
            if item.article_id == article_id:
                articles = tuple(
                    PublishedArticle(a.position, a.title, a.url, a.source_url, a.deleted or position in (0, a.position))
                    for a in item.articles
                )
                self.out[number] = PublishedItem(item.article_id, item.at, articles)
