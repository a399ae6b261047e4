"""The demo world brought about by doing: every post is queued, reviewed and published as it would be, at its own time.

The store, the ledger, the counters and the emulator's list agree because each was written by whoever always writes it.
A seeding that was cut off is taken up where it stopped: every step first looks whether it has been done.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.demo import DemoStopped, demo_data
from bot.demo.demo_data import DemoPost
from bot.demo.emulator_client import SideDoor
from bot.demo.past_clock import PastClock
from content.intake.articles.documents import from_text
from content.rules.errors import GongkaiError
from content.rules.publishing.article_states import ArticleState
from content.services import articles as article_services
from content.services import coded_names, menu
from content.services.articles import reviews
from content.services.figures import yearly_tally
from content.services.notices import notice_import
from content.services.office import Office
from content.services.people import staff
from content.services.ports import Channel
from content.services.publishing import JobContext, run
from content.store import people
from content.store.articles import articles, publications

HOLDER = "demo"
DELAY = 1.0  # seconds that the emulator takes over a publication when nobody is in a hurry
LEAD = timedelta(days=7)  # the people are there so long before the first post
STEPS = (30, 29, 27, 22, 4)  # hours before a post is out at which it is queued, submitted, and passed three times
SPAN, APART = timedelta(hours=20), timedelta(minutes=20)  # how long ago the first queued post was begun; its steps
LOOKS = (0, 21, 70, 200, 600)  # seconds after a post's due time at which its publication is taken a step further

Say = Callable[[str], None]


class DemoSeeding:
    """Brings the world about in one office and one emulator."""

    def __init__(
        self, office: Office, channel: Channel, door: SideDoor, *, say: Say, stopping: Callable[[], bool]
    ) -> None:
        self.office, self.channel, self.door = office, channel, door
        self.say, self.stopping = say, stopping
        self.clock = PastClock(office.settings.zone, office.settings.test_clock)
        self.fence = 0
        office.clock = self.clock

    def run(self, today: date) -> None:
        """Everything, in the order in which it would have happened. Raises GongkaiError, Stopped."""
        posts = demo_data.posts(today, self.office.settings.zone)
        out, queued = [post for post in posts if post.out], [post for post in posts if not post.out]
        self.door.switch(webhook="", publish_delay=0.0)  # nobody listens yet, and nobody needs to wait
        self._own_files()
        try:
            self._people(out)
            self._published(out)
            self._queued(queued)
        finally:
            self.clock.let_go()
            self.door.let_time_go()
            self.door.switch(publish_delay=DELAY)
        self._notices(today)
        menu.push(self.office, self.channel)
        yearly_tally.catch_up(self.office)

    def _people(self, out: list[DemoPost]) -> None:
        self.say("五位工作人员到岗……")
        self.clock.move(min(post.at for post in out if post.at) - LEAD)
        with self.office.store.read() as session:
            known = {person.username for person in people.everyone(session)}
        for username, (name, roles) in demo_data.PEOPLE.items():
            if username not in known:
                staff.take_on(self.office, username, name=name, roles=roles, password=None)

    def _own_files(self) -> None:
        for name in demo_data.OWN_FILES:
            file = self.office.home / name
            if not file.exists():
                shutil.copyfile(demo_data.DATA / name, file)
        coded_names.keep(self.office)

    def _published(self, posts: list[DemoPost]) -> None:
        self.say(f"{len(posts)} 篇文章按日期写稿、三审、发布……")
        with self.office.store.write() as session:
            self.fence = publications.lead(session, "clock", holder=HOLDER, now=self.clock.real_now())
        for number, post in enumerate(posts, start=1):
            self._review(post, [_hours_before(post, hours) for hours in STEPS])
            self._bring_out(post)
            if number % 10 == 0:
                self.say(f"　　已发布 {number} 篇")

    def _queued(self, posts: list[DemoPost]) -> None:
        self.say(f"{len(posts)} 篇稿件进入待发队列……")
        begun = self.clock.present() - SPAN
        for number, post in enumerate(posts):
            first = begun + number * SPAN / len(posts)
            self._review(post, [first + step * APART for step in range(len(STEPS))])

    def _notices(self, today: date) -> None:
        self.say("导入公开信息和招聘信息，建立索引……")
        self._import("disclosure", demo_data.DISCLOSURES)
        with tempfile.TemporaryDirectory() as folder:
            postings = Path(folder) / "postings.jsonl"
            postings.write_text(demo_data.postings(today), encoding="utf-8")
            self._import("posting", postings)

    def _import(self, kind: str, path: Path) -> None:
        self._may_go_on()
        receipt = notice_import.import_file(self.office, kind, path, username="hejing")
        if receipt.refused:
            raise GongkaiError(f"示范数据 {path.name} 第 {receipt.refused[0].row} 行没有读进来。")

    def _review(self, post: DemoPost, times: list[datetime]) -> None:
        """Takes a post as far through the reviews as the world wants it, each step at its time."""
        self._may_go_on()
        self.clock.move(times[0])
        article_id, state, passed = self._find(post) or (self._queue(post), ArticleState.DRAFT, 0)
        if post.passes is None:
            return
        self.clock.move(times[1])
        if state is ArticleState.DRAFT:
            reviews.submit(self.office, article_id, username=post.author)
        for step, person in enumerate(post.reviewers):
            self.clock.move(times[2 + step])
            if step >= passed:
                reviews.pass_(self.office, article_id, username=person)

    def _find(self, post: DemoPost) -> tuple[int, ArticleState, int] | None:
        """A post's number, state, and how many reviews it has; None while it is not queued."""
        with self.office.store.read() as session:
            article = articles.by_key(session, post.key)
            if article is None:
                return None
            return article.id, ArticleState(article.state), len(articles.passes(session, article))

    def _queue(self, post: DemoPost) -> int:
        queued = article_services.PostForm(
            key=post.key, title=post.title, body=from_text(post.body, "markdown"), digest=post.digest,
            author=post.author_name, category=post.category, department=post.department, reserve=post.reserve,
            wanted_at=post.at,
        )  # fmt: skip
        return article_services.add(self.office, queued, username=post.author).id

    def _bring_out(self, post: DemoPost) -> None:
        """Runs the publishing as the clock would, at the post's time, until the emulator lists the article."""
        for seconds in LOOKS:
            if self._is_out(post):
                return
            self._may_go_on()
            self.clock.move((post.at or self.clock.now()) + timedelta(seconds=seconds))
            self.door.hold_time(self.clock.now())
            run(JobContext(self.office, self.channel, self.fence, HOLDER, self.clock.now, self.stopping))
            self.door.settle()
        if not self._is_out(post):
            raise GongkaiError(f"示范文章“{post.title}”没有发布成功。请按 Ctrl-C 后重新启动演示，会从这里接着做。")

    def _is_out(self, post: DemoPost) -> bool:
        found = self._find(post)
        return found is not None and found[1] is ArticleState.PUBLISHED

    def _may_go_on(self) -> None:
        if self.stopping():
            raise DemoStopped


def _hours_before(post: DemoPost, hours: int) -> datetime:
    assert post.at is not None  # every published post has its time
    return post.at - timedelta(hours=hours)
