"""Who may review now: everybody who works here, with those for whom they stand in today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from content.rules.publishing import review_outlook, three_reviews
from content.rules.publishing.three_reviews import Pass, Reviewer, ReviewTurn, StandIn
from content.services.office import Office
from content.store import people, stand_ins
from content.store.tables import Person


@dataclass(frozen=True)
class ReviewStaff:
    """Everybody who may review on a day, and the names of all."""

    reviewers: tuple[Reviewer, ...]
    names: dict[str, str]
    chief_twice: bool
    _known: dict[object, tuple[int, ...]] = field(default_factory=dict)  # a list asks the same of many articles

    def turns(self, *, authors: Collection[str], passed: Sequence[Pass]) -> dict[str, ReviewTurn]:
        """The review that each person may pass now; empty when none is left."""
        found = three_reviews.turns(self.reviewers, authors=authors, passed=passed, chief_twice=self.chief_twice)
        return dict(found)

    def able(self, *, authors: Collection[str], passed: Sequence[Pass]) -> tuple[tuple[str, str], ...]:
        """Those who may pass now as (username, name); the name says for whom somebody stands in."""
        found = self.turns(authors=authors, passed=passed)
        return tuple((person, self.called(person, turn.covers)) for person, turn in found.items())

    def advised(self, *, authors: Collection[str], passed: Sequence[Pass]) -> tuple[tuple[str, str], ...]:
        """Those of them who should: whose pass does not lead into a dead end. All, where everybody's does."""
        found = review_outlook.advised(self.reviewers, authors=authors, passed=passed, chief_twice=self.chief_twice)
        return tuple((person, self.called(person, turn.covers)) for person, turn in found.items())

    def lacking(self, *, authors: Collection[str], passed: Sequence[Pass]) -> tuple[int, ...]:
        """The reviews of which nobody will be able to give one; empty if all that are open can be given."""
        asked = frozenset(authors), tuple(passed)
        if asked not in self._known:
            self._known[asked] = review_outlook.lacking(
                self.reviewers, authors=authors, passed=passed, chief_twice=self.chief_twice
            )
        return self._known[asked]

    def called(self, person: str, covers: str = "") -> str:
        """周建国（代赵明华）."""
        name = self.names.get(person, person)
        return f"{name}（代{self.names.get(covers, covers)}）" if covers else name

    def reviewer(self, username: str) -> Reviewer:
        """One of them; somebody without a role who may do nothing, if there is none of that name."""
        return next((each for each in self.reviewers if each.person == username), Reviewer(username, frozenset()))


def on(office: Office, session: Session, day: date) -> ReviewStaff:
    """The staff of a day."""
    staff = [person for person in people.everyone(session) if not person.disabled_at]
    away = stand_ins.on(session, day)
    return ReviewStaff(
        tuple(Reviewer(each.username, people.roles(each), tuple(away.get(each.username, ()))) for each in staff),
        {each.username: each.name for each in staff},
        office.settings.chief_may_pass_twice,
    )


def covered(staff: ReviewStaff, away: Person, cover: Person) -> ReviewStaff:
    """The same people, where one of them also stands in for who is away."""
    more = StandIn(away.username, people.roles(away))
    reviewers = tuple(
        replace(each, stands_in=(*each.stands_in, more)) if each.person == cover.username else each
        for each in staff.reviewers
    )
    return ReviewStaff(reviewers, staff.names, staff.chief_twice)
