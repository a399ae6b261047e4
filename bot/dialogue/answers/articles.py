"""Published articles among the answers: beside the notices that fit a question, and opened by their number."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.turn import ListedItem, Scene
from content.search.hits import Hit
from content.services.answers import article_search, notice_search
from content.services.answers.notice_search import NoticeDetails

MOST = 3  # articles in one list
FIRST = 1.1  # times the best notice's score, for an article to stand before it


def beside(scene: Scene, hits: Sequence[Hit]) -> list[Hit]:
    """Notices that fit with the articles that fit as well, best first; the best notice stays first unless an article is better by far."""
    found = article_search.find(scene.office, scene.text, MOST, today=scene.today)
    if not found:
        return list(hits)
    best = hits[0].score if hits else 0.0
    merged = sorted([*hits, *found], key=lambda hit: _rank(hit, best), reverse=True)
    return notice_search.outstanding(merged)


def details(scene: Scene, item: ListedItem) -> NoticeDetails:
    """The item of a list, whatever its kind. Raises NotFound."""
    if item.kind == article_search.KIND:
        return article_search.one(scene.office, item.id)
    return notice_search.one(scene.office, item.kind, item.id, today=scene.today)


def _rank(hit: Hit, best: float) -> float:
    """The score, an article's cut down to just below the best notice's unless it is better by far."""
    is_article = hit.ref.startswith(article_search.KIND)
    return min(hit.score, 0.99 * best) if is_article and hit.score < FIRST * best else hit.score
