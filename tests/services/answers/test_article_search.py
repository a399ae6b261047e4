"""Articles found by a question: as soon as they are out, no longer once they are withdrawn, never among the notices' ranking."""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.rules.errors import NotFound
from content.rules.publishing.article_states import ArticleState
from content.services.answers import article_search, notice_search
from content.services.office import Office
from content.store.tables import Article
from tests import factories, world


def titles(office: Office, text: str) -> list[str]:
    return [hit.folded for hit in article_search.find(office, text, today=world.NOON.date())]


def test_an_article_is_found_while_it_is_out(office: Office) -> None:
    world.furnish(office)
    assert article_search.refresh(office) and not article_search.refresh(office), "an empty index is one"
    number, *_ = factories.publish(office, text="<p>汛期请绕行东港路涵洞。</p>")
    assert article_search.refresh(office)
    assert titles(office, "东港路涵洞汛期绕行") == ["园区召开安全生产会议"]
    assert titles(office, "幼儿园报名") == []
    assert "article" not in {hit.ref.partition(":")[0] for hit in notice_search.find(office, "安全生产会议").hits}
    item = article_search.one(office, number)
    assert item.source_url == "https://mp.weixin.qq.com/s/abc" and item.result.url.endswith(f"/a/{number}")
    assert article_search.shares(office, "东港路涵洞", [f"article:{number}", "disclosure:99"]) == [1.0, 0.0]
    with office.store.write() as session:
        article = session.get_one(Article, number)
        article.state, article.changed_at = ArticleState.WITHDRAWN, world.NOON + timedelta(minutes=1)
    assert article_search.refresh(office)
    assert titles(office, "东港路涵洞汛期绕行") == []
    with pytest.raises(NotFound):
        article_search.one(office, number)
