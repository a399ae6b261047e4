"""The people of the year: they queue and pass posts ahead, press buttons on the platform, look things up, and ask."""

from __future__ import annotations

import io
import json
import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image
from sqlalchemy import select

from bot.emulator.side_door.client import DoorError
from content.intake.articles import documents
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import PublicationState
from content.services import articles, reconciliation
from content.services.articles import PostForm, Upload, reviews
from content.services.notices import notice_import
from content.services.office import Office
from content.services.publishing import manual_outcome
from content.services.publishing.manual_outcome import ManualWord
from content.store.articles import publications
from content.store.tables import Article, Difference, Publication
from tests.fixtures.office_processes import AUTHOR, REVIEWERS
from tests.year.crew import PUBLIC_URL, Crew
from tests.year.plan import Day, Planned

P = PublicationState
SETTLER = "hejing"
CITIZENS = 12
PATIENCE = 3  # rounds after pressing, until somebody looks why the office does not know


@dataclass(frozen=True)
class Out:
    """One article as it is out on the platform."""

    article_id: int
    url: str
    at: datetime
    kind: str  # published or pushed
    by: str  # api or hand
    title: str


def on_the_platform(crew: Crew) -> list[Out]:
    """Everything of ours that is out, as the platform itself tells, by our marks; a foreign one is article 0."""
    found = []
    for whole in crew.door.look("published")["published"]:
        at = datetime.fromisoformat(whole["published_at"])
        for item in whole["items"]:
            mark = str(item["content_source_url"]).removeprefix(f"{PUBLIC_URL}/a/")
            number = int(mark) if mark.isdigit() else 0
            found.append(Out(number, item["url"], at, whole["kind"], whole["by"], item["title"]))
    return found


class Staff:
    """The five people of the office, and the citizens."""

    def __init__(self, office: Office, crew: Crew, seed: int) -> None:
        self.office, self.crew = office, crew
        self.dice = random.Random(f"staff {seed}")
        self.did: Counter[str] = Counter()
        self._pressed: dict[int, int] = {}  # publication → rounds since its button was pressed
        self._asked = 0

    def queue(self, posts: list[Planned]) -> None:
        """Queues posts, and sees each through its three reviews."""
        for post in posts:
            queued = articles.add(self.office, self._post(post), username=AUTHOR)
            self._approve(queued.id)

    def follow(self) -> None:
        """The citizens follow the account."""
        for number in range(CITIZENS):
            self.crew.door.act("follow", user=f"citizen{number}")

    def ask(self, text: str) -> None:
        """A citizen asks, and reads the answer if one comes."""
        self._asked += 1
        user = f"citizen{self._asked % CITIZENS}"
        bubbles = self.crew.door.act("say", user=user, text=text)["bubbles"]
        answered = any(bubble["from"] == "account" for bubble in bubbles)
        self.did["questions answered" if answered else "questions left without an answer"] += 1

    def import_notices(self, day: Day) -> None:
        """The day's disclosures and postings."""
        for kind, rows in (("disclosure", day.disclosures), ("posting", day.postings)):
            if rows:
                file = self.crew.folder / f"{kind}.jsonl"
                file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
                self.did[f"{kind}s imported"] += notice_import.import_file(self.office, kind, file).new

    def confirm_pushes(self) -> None:
        """The administrator's phone asks about each push; one in five it is left to ring."""
        for job in self.crew.door.look("mass_jobs")["mass_jobs"]:
            if job["status"] == "CONFIRMING" and self.dice.random() < 0.8:
                self._confirm(job["msg_id"])

    def _confirm(self, msg_id: int) -> None:
        try:
            self.crew.door.act("mass", msg_id=msg_id, do="confirm")
            self.did["pushes confirmed"] += 1
        except DoorError:  # its half hour ended between the look and the touch
            self.did["pushes confirmed too late"] += 1

    def round(self, *, diligent: bool = False) -> None:
        """Looks at everything that waits for a person, and does it, or not yet; if `diligent`, then now."""
        for publication in self._in(P.HANDED):
            self._press(publication, diligent=diligent)
        for publication in self._in(P.UNKNOWN):
            if publication.next_try_at is None:
                self._settle(publication)
        for article_id in self.refused():
            self._write_anew(article_id)

    def _post(self, post: Planned) -> PostForm:
        picture = f"![图](<{self._picture(post.key)}>)\n\n" if post.picture else ""
        cover = Upload("cover.png", _image(self.dice)) if post.own_cover else None
        body = documents.from_text(picture + post.text, "markdown", folder=self.crew.folder)
        return PostForm(post.title, body, wanted_at=post.at, category=post.category, department=post.department,
                    delivery=post.delivery, cover=cover, reserve=post.at is None, key=post.key)  # fmt: skip

    def _picture(self, key: str) -> str:
        (self.crew.folder / f"{key}.png").write_bytes(_image(self.dice))
        return f"{key}.png"

    def _approve(self, article_id: int) -> None:
        reviews.submit(self.office, article_id, username=AUTHOR)
        for reviewer in REVIEWERS:
            reviews.pass_(self.office, article_id, username=reviewer)

    def _in(self, state: PublicationState) -> list[Publication]:
        with self.office.store.read() as session:
            ids = [each.id for each in publications.in_states(session, [state])]
            return [publications.load(session, each) for each in ids]

    def _press(self, publication: Publication, *, diligent: bool) -> None:
        """The draft waits for a hand. Some are slow, some push instead, one in fifty deletes it by mistake."""
        if publication.id in self._pressed:
            self._pressed[publication.id] += 1
            if self._pressed[publication.id] > PATIENCE:  # the office should know by now; else somebody tells it
                self._settle(publication)
            return
        hand = self.dice.choices(("publish_draft", "push_draft", "delete_draft", ""), (75, 8, 2, 15))[0]
        hand = "publish_draft" if diligent else hand
        if not hand:
            return
        try:
            self.crew.door.act(hand, media_id=publication.media_id)
        except DoorError:  # no push is left today, or the draft is gone
            self.did[f"{hand} in vain"] += 1
            if hand != "push_draft":
                self._settle(publication)
            return
        self.did[hand] += 1
        self._pressed[publication.id] = 0
        if self.dice.random() < 0.15:
            self._settle(publication, may_repeat=False)

    def _settle(self, publication: Publication, *, may_repeat: bool = True) -> None:
        """Really looks, and tells the truth; what is still under way on the platform is left for later."""
        if any(job["status"] in ("CONFIRMING", "SENDING") for job in self.crew.door.look("mass_jobs")["mass_jobs"]):
            return
        out = {each.article_id: each for each in on_the_platform(self.crew)}
        first = publication.articles[0].article_id
        word = ManualWord(SETTLER, "在公众平台上看过")
        if first in out:
            manual_outcome.published(self.office, first, word, url=out[first].url, at=out[first].at)
            self.did["settled: it is out"] += 1
            self._sign(out[first].url)
        elif may_repeat:
            manual_outcome.again(self.office, first, word)
            self.did["settled: once more"] += 1
            self._pressed.pop(publication.id, None)

    def _sign(self, url: str) -> None:
        """What a reconciliation found before we knew of it is explained."""
        with self.office.store.read() as session:
            query = select(Difference.id).where(Difference.url == url, Difference.resolved_at.is_(None))
            found = list(session.scalars(query))
        for number in found:
            reconciliation.resolve(
                self.office, number, verdict="noted", username=SETTLER, note="就是交给人发布的那一篇"
            )
            self.did["differences signed"] += 1

    def refused(self) -> list[int]:
        """The articles that the platform would not have."""
        with self.office.store.read() as session:
            query = select(Article.id).where(Article.state == ArticleState.REFUSED).order_by(Article.id)
            return list(session.scalars(query))

    def _write_anew(self, article_id: int) -> None:
        """The platform would not have it: another wording, and the reviews again."""
        before: dict[str, Any] = articles.show(self.office, article_id)
        articles.edit(self.office, article_id, {"title": f"{before['title'][:25]}（修订）"}, username=AUTHOR)
        self._approve(article_id)
        self.did["refused and written anew"] += 1


def _image(dice: random.Random) -> bytes:
    buffer = io.BytesIO()
    colour = (dice.randrange(256), dice.randrange(256), dice.randrange(256))
    Image.new("RGB", (235, 100), colour).save(buffer, "PNG")
    return buffer.getvalue()
