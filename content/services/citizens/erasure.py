"""Letting a citizen go: what is kept of a person goes, what was counted stays.

The platform asks for it when somebody leaves the account (page on subscribe and unsubscribe events); PIPL art. 47 too.
"""

from __future__ import annotations

from sqlalchemy import update

from content.services.office import Office
from content.store import people
from content.store.citizens import letters, news, subscriptions
from content.store.tables import Question


def forget(office: Office, asker: str) -> int:
    """Empties questions, letters and wishes of an asker (a keyed hash); the rows stay for the count. How many questions."""
    with office.store.write() as session:
        letters.forget(session, asker, office.clock.now())
        subscriptions.forget(session, asker, office.clock.now())
        news.forget(session, asker)
        people.unbind_asker(session, asker, at=office.clock.now())
        mine = update(Question).where(Question.asker == asker).values(asker="", text="")
        count = int(session.connection().execute(mine).rowcount)
    office.board.changed()
    return count
