"""What became of answers: whether something of a list was picked, and whether the citizen said that it did not help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from content.rules import notice_kinds
from content.rules.errors import NotFound
from content.services.answers import notice_search
from content.services.citizens import question_log
from content.services.office import Office
from content.store.citizens import questions

DAYS = 30  # how far back the list goes


@dataclass(frozen=True)
class AnswerFigures:
    """How one answer did. `ref`: disclosure:12, posting:3, guide:地址; `title` is empty for a guide."""

    ref: str
    title: str
    offered: int  # times that it came first
    opened: int  # … and something of its list was picked
    unhelped: int  # … and the citizen said that it did not help


def note_opened(office: Office, asker: str, at: datetime) -> None:
    """A citizen picked something out of the list that answered their last question."""
    with office.store.write() as session:
        questions.mark_opened(session, asker, at)


def note_unhelped(office: Office, asker: str, at: datetime) -> None:
    """A citizen said that the answer to their last question did not help."""
    with office.store.write() as session:
        questions.mark_unhelped(session, asker, at)


def figures(office: Office, days: int = DAYS) -> list[AnswerFigures]:
    """How the answers of the last days did, those first that most often did not help."""
    question_log.bring_in(office)
    since = office.clock.now() - timedelta(days=days)
    counted: dict[str, list[int]] = {}
    with office.store.read() as session:
        for refs, opened, unhelped in questions.offered(session, since):
            if refs:
                row = counted.setdefault(refs[0], [0, 0, 0])
                row[:] = [row[0] + 1, row[1] + opened, row[2] + unhelped]
    found = [AnswerFigures(ref, _title(office, ref), *row) for ref, row in counted.items()]
    return sorted(found, key=lambda one: (-one.unhelped, -one.offered, one.ref))


def _title(office: Office, ref: str) -> str:
    kind, _, number = ref.partition(":")
    if kind not in notice_kinds.FOUND:
        return ""
    try:
        return notice_search.one(office, kind, int(number)).result.title
    except NotFound:
        return ""
