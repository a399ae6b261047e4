"""Whether the open reviews of an article can still be given: three people are needed, and each does one of the three.

A pass may be allowed and yet lead into a dead end: where only one person may do the second review, the first is not theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from content.rules.errors import Conflict, NotAllowed
from content.rules.publishing import three_reviews
from content.rules.publishing.three_reviews import STEPS, Pass, Reviewer, ReviewTurn


def lacking(
    reviewers: Collection[Reviewer], *, authors: Collection[str], passed: Sequence[Pass], chief_twice: bool = False
) -> tuple[int, ...]:
    """The reviews (0, 1, 2) of which nobody will be able to give one, whoever gives those before; empty if all can be given.

    Where there are several ways, that of the way that comes furthest.
    """
    candidates = _told_apart(reviewers, authors, passed)
    return _furthest(candidates, authors, list(passed), chief_twice)[1]


def advised(
    reviewers: Collection[Reviewer], *, authors: Collection[str], passed: Sequence[Pass], chief_twice: bool = False
) -> Mapping[str, ReviewTurn]:
    """Of those who may pass now the ones whose pass leaves somebody for each review after it; all, if nobody's does."""
    able = three_reviews.turns(reviewers, authors=authors, passed=passed, chief_twice=chief_twice)
    by_name, kinds, leads_on = {each.person: each for each in reviewers}, _kinds(reviewers), dict[object, bool]()
    for person in able:
        if kinds[person] not in leads_on:
            after = [*passed, *_pass(by_name[person], authors, passed, chief_twice)]
            leads_on[kinds[person]] = not lacking(reviewers, authors=authors, passed=after, chief_twice=chief_twice)
    return {person: turn for person, turn in able.items() if leads_on[kinds[person]]} or able


def _furthest(
    candidates: Sequence[Reviewer], authors: Collection[str], passed: list[Pass], chief_twice: bool
) -> tuple[int, tuple[int, ...]]:
    """How many passes can be reached from here, and what is lacking then."""
    if len(passed) >= len(STEPS):
        return len(passed), ()
    best = len(passed), three_reviews.open_steps(passed)
    for reviewer in candidates:
        done = _pass(reviewer, authors, passed, chief_twice)
        if done:
            reached = _furthest(candidates, authors, [*passed, *done], chief_twice)
            best = max(best, reached, key=lambda each: each[0])
        if not best[1]:
            break
    return best


def _pass(reviewer: Reviewer, authors: Collection[str], passed: Sequence[Pass], chief_twice: bool) -> list[Pass]:
    """The passes that this person would give now; none if they may not."""
    try:
        turns = three_reviews.next_pass(reviewer, authors=authors, passed=passed, chief_twice=chief_twice)
    except (NotAllowed, Conflict):
        return []
    return [Pass(reviewer.person, turn.role, turn.step, turn.covers) for turn in turns]


def _told_apart(reviewers: Collection[Reviewer], authors: Collection[str], passed: Sequence[Pass]) -> list[Reviewer]:
    """Enough of them: more than three who may do the same are no more help than three."""
    barred = {*authors, *(name for done in passed for name in (done.person, done.covers))}
    kinds, kept = _kinds(reviewers), dict[object, list[Reviewer]]()
    for reviewer in reviewers:
        if reviewer.person not in barred:
            kept.setdefault(kinds[reviewer.person], []).append(reviewer)
    return [reviewer for alike in kept.values() for reviewer in alike[: len(STEPS)]]


def _kinds(reviewers: Collection[Reviewer]) -> dict[str, object]:
    """Those of one kind may do each other's work: the same roles, and neither standing in nor stood in for."""
    away = {stand_in.person for each in reviewers for stand_in in each.stands_in}
    return {each.person: each.person if each.stands_in or each.person in away else each.roles for each in reviewers}
