"""Published articles found by a question. They have an index of their own, so that the ranking of notices knows nothing of them.

It follows the rows: whoever asks looks now and then whether an article went out or was withdrawn since.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from content.rules.errors import NotFound
from content.rules.language import question_terms
from content.rules.language.periods import Period
from content.rules.language.query import vocabulary
from content.rules.publishing.markup import words
from content.search.hits import Hit
from content.search.index_entry import IndexEntry
from content.services.answers import notice_search
from content.services.answers.notice_search import NoticeDetails, Result
from content.services.office import Office
from content.store.articles import published
from content.store.articles.published import ArticleForSearch

KIND = "article"
LOOK_EVERY = 15.0  # seconds between two looks at the rows
FIRST_WAIT = 0.5  # seconds for the first look of a process, in a hurry

log = logging.getLogger(__name__)


def find(
    office: Office, text: str, limit: int = 10, *, today: date | None = None, period: Period | None = None
) -> list[Hit]:
    """The articles that hold enough of what is asked (and are of the period), best first."""
    _keep_up(office)
    asked = office.board.seen().widened(text)
    hits = office.article_index.search(asked, limit=limit, today=today or office.clock.today(), period=period)
    wanted = question_terms.wanted(asked, vocabulary())
    held = office.article_index.held([hit.ref for hit in hits], wanted.terms) if hits else []
    fitting = [hit for hit, terms in zip(hits, held, strict=True) if wanted.is_met_by(terms)]
    return notice_search.outstanding(fitting)


def shown(office: Office, hits: Sequence[Hit]) -> list[Result]:
    """Those as they are offered."""
    return notice_search.shown(office, hits)


def shares(office: Office, text: str, refs: Sequence[str]) -> list[float]:
    """How much of a question each notice or article says, from 0 to 1; 0 for what is not here."""
    wanted = question_terms.wanted(office.board.seen().widened(text), vocabulary())
    if not refs or not wanted.terms:
        return [0.0 for _ in refs]
    notices, articles = (index.held(refs, wanted.terms) for index in (office.index, office.article_index))
    return [wanted.share(one or other) for one, other in zip(notices, articles, strict=True)]


def one(office: Office, number: int) -> NoticeDetails:
    """One article that is out, as a notice is opened. Raises NotFound."""
    with office.store.read() as session:
        found = published.articles(session, [number]) if 0 < number < 2**31 else []
    if not found:
        raise NotFound("没有找到这篇文章，可能已经撤下了。")
    article = found[0]
    return NoticeDetails(
        result=notice_search.result(office, _card(article)),
        fields={"body": words(article.html)},
        source_url=article.url,
        category=article.category,
        version=1,
        changed_at=article.changed_at,
        withdrawn_at=None,
        withdrawn_why="",
        expired=False,
        valid_until=None,
        lat=None,
        lng=None,
    )


def refresh(office: Office) -> bool:
    """Brings the index in step with the rows if it is not; whether it had to."""
    index = office.article_index
    with index.building(), office.store.read() as session:
        last, pointer = published.last_change(session), index.pointer()
        marker = last.isoformat() if last else ""
        if pointer and pointer.marker == marker:
            return False
        if pointer and pointer.marker and last:
            before = datetime.fromisoformat(pointer.marker) - timedelta(seconds=1)  # what was committed meanwhile
            out, gone = published.changed_since(session, before)
            put = map(_entry, published.articles(session, out))
            if index.patch(pointer, put=put, drop=[f"{KIND}:{number}" for number in gone], marker=marker):
                return True
        index.build(map(_entry, published.articles(session)), marker)
    return True


def _keep_up(office: Office) -> None:
    """A process waits for the first look, at most a moment if somebody waits for it; later looks go on beside the answers."""
    index = office.article_index
    first, due = index.never_looked(), index.look_is_due(LOOK_EVERY)
    if first or due:
        healer = threading.Thread(target=_heal, args=(office,), name="articles", daemon=True)
        healer.start()
        if first:
            healer.join(FIRST_WAIT if office.store.is_in_a_hurry() else None)


def _heal(office: Office) -> None:
    try:
        refresh(office)
    except Exception:
        log.exception("the index of articles could not be looked after; it stays as it was")


def _entry(article: ArticleForSearch) -> IndexEntry:
    return IndexEntry(
        ref=f"{KIND}:{article.id}",
        title=article.title,
        body=words(article.html),
        facts=f"{article.digest}\n{article.department}\n{article.category}",
        published_on=article.published_on,
        card=_card(article),
    )


def _card(article: ArticleForSearch) -> dict[str, Any]:
    return {
        "kind": KIND,
        "id": article.id,
        "key": "",
        "title": article.title,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "department": article.department,
    }
