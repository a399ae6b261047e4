"""Subscriptions: a citizen says once what to hear of, and hears of each new item that fits with a later message."""

from __future__ import annotations

from datetime import datetime

from content.rules import notice_kinds
from content.rules.citizens import subscriptions as rules
from content.rules.errors import Conflict
from content.services.office import Office
from content.store.citizens import news, subscriptions
from content.store.disk import sealing
from content.store.tables import Subscription


def wish(office: Office, *, asker: str, openid: str, words: str, at: datetime) -> None:
    """Keeps a wish (of `content.rules.citizens.subscriptions.words`) for what comes from now on; one that stands is kept as it is.

    Raises Conflict when there are too many.
    """
    with office.store.write() as session:
        news.lock(session, asker)
        mine = subscriptions.of(session, asker)
        if any(known.words == words for known in mine):
            return
        if len(mine) >= rules.MOST:
            raise Conflict(f"最多订阅 {rules.MOST} 项。")
        cursors = {kind: subscriptions.newest(session, kind) for kind in notice_kinds.FOUND}
        sealed = sealing.seal(office.home, openid)
        session.add(Subscription(asker=asker, openid=sealed, words=words, created_at=at, **cursors))
    office.board.changed()


def mine(office: Office, asker: str) -> list[str]:
    """What an asker subscribed to, oldest first."""
    with office.store.read() as session:
        return [known.words for known in subscriptions.of(session, asker)]


def end(office: Office, *, asker: str, words: str, at: datetime) -> list[str]:
    """Ends the wish with these words, or all if there are none; what was ended."""
    with office.store.write() as session:
        ended = [known for known in subscriptions.of(session, asker) if words in ("", known.words)]
        for known in ended:
            subscriptions.end(session, known, at)
    office.board.changed()
    return [known.words for known in ended]
