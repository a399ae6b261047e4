"""What an alarm is about, so that a person can be led there."""

from __future__ import annotations

from content.services.office import Office
from content.store.tables import Alarm, Publication


def articles(office: Office, alarms: list[Alarm]) -> dict[int, int]:
    """Of each alarm that speaks of an article (or of a push) the number of that article, by the alarm's."""
    found = {}
    with office.store.read() as session:
        for alarm in alarms:
            kind, _, rest = alarm.subject.partition("#")[0].partition(":")
            if not rest.isdigit():
                continue
            if kind in ("article", "late-article"):
                found[alarm.id] = int(rest)
            elif kind == "publication":
                publication = session.get(Publication, int(rest))
                if publication and publication.articles:
                    found[alarm.id] = publication.articles[0].article_id
    return found
