"""请求更正、撤下: whoever writes asks the chief to put right, or take down, what is out; an alarm until somebody answers."""

from __future__ import annotations

from content.rules import notes
from content.rules.alarms import AlarmKind
from content.rules.errors import Conflict
from content.rules.people import Right
from content.rules.publishing.article_states import STATE_WORDS, ArticleState
from content.services.alarms import lifecycle
from content.services.office import Office
from content.services.reviewing.corrections import ASKED
from content.store import people
from content.store.articles import articles
from content.store.figures import ledger

LONGEST = 500  # characters


def ask(office: Office, article_id: int, *, username: str, text: str) -> None:
    """Asks for an article that is out to be put right or taken down. Raises NotAllowed, BadInput, Conflict, NotFound."""
    text = notes.note(text, needed="请写明哪里错了，要更正成什么，还是要撤下。", longest=LONGEST)
    with office.store.write() as session:
        actor = people.actor(session, username, Right.WRITE, what="请求更正、撤下")
        article, now = articles.lock(session, article_id), office.clock.now()
        if article.state != ArticleState.PUBLISHED:
            raise Conflict(f"现在是“{STATE_WORDS[ArticleState(article.state)]}”，没有发出去的直接修改或者撤下就行。")
        revision = articles.present(session, article)
        message = f"{actor.person.name}请更正或撤下《{revision.title}》：{text}"
        if lifecycle.enter(session, AlarmKind.CORRECTION, subject=f"article:{article_id}", message=message, now=now,
                           again=True) is None:  # fmt: skip
            raise Conflict("这篇已经有一条请求，还没有答复。请等终审答复，或者当面补充。")
        ledger.append(session, kind=ASKED, actor=username, role=actor.role, subject=f"article:{article_id}", at=now,
                      revision=article.revision_number, note=text)  # fmt: skip
