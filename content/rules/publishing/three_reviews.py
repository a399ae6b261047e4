"""三审三校: the three reviews, and who may pass which: alone, for a colleague, or in an emergency.

Practice: first review by an editor, second by a head of section, third by the responsible leader, and the one who
writes is not the one who reviews (编审分离). Everyone who wrote any wording of the article counts as its author, or
else a reviewer could pass her own words by having a colleague save them once more. Nobody does two of the three. A
person who covers for an absent colleague (A/B岗) reviews in that colleague's place, and both count as one. In an
emergency the chief's pass and one other person's are enough; the third is owed afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from content.rules.errors import BadInput, Conflict, NotAllowed
from content.rules.people import Right, Role, entitled, role_for, who_may
from content.rules.publishing.article_states import STATE_WORDS, ArticleState

STEPS: tuple[Right, ...] = (Right.FIRST, Right.SECOND, Right.THIRD)
STEP_WORDS = ("初审", "复审", "终审")
OWED_IN = frozenset(
    {
        ArticleState.SCHEDULED,
        ArticleState.PUBLISHING,
        ArticleState.WAITING,
        ArticleState.UNKNOWN,
        ArticleState.PUBLISHED,
    }
)  # states in which a missing review is owed; anything else begins anew or is over
URGENT_WORDS = "应急发布，待补审"
LAST = len(STEPS) - 1
NEEDS_REASON = frozenset({ArticleState.SCHEDULED, ArticleState.PUBLISHED})  # … to be withdrawn
NO_EMERGENCIES = "本单位没有开启应急发布，急事也请按三审来，可以打电话请审核的人马上审。"


@dataclass(frozen=True)
class Pass:
    """A review that was passed in the present round.

    `step`: 0, 1 or 2. `covers`: the username of the colleague in whose place. `urgent`: a chief's, for an emergency.
    """

    person: str
    role: Role
    step: int
    covers: str = ""
    urgent: bool = False


class ReviewTurn(NamedTuple):
    """One review that a pass completes: its step (0, 1, 2), the role it is done in, and in whose place (a username)."""

    step: int
    role: Role
    covers: str = ""


@dataclass(frozen=True)
class StandIn:
    """A colleague who is away, and whose reviews somebody does meanwhile."""

    person: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Reviewer:
    """Somebody who may review: own roles, and those for whom they stand in now."""

    person: str
    roles: frozenset[Role]
    stands_in: tuple[StandIn, ...] = ()


def next_pass(
    reviewer: Reviewer,
    *,
    authors: Collection[str],
    passed: Sequence[Pass],
    chief_twice: bool = False,
    urgent: bool = False,
) -> list[ReviewTurn]:
    """Which reviews this person's pass completes now.

    One; with `chief_twice` a chief's pass is the second and the third at once. `urgent`: the chief's last review before
    its time. Raises Conflict when there is nothing to pass, NotAllowed with a sentence that says who may.
    """
    steps = _urgent_steps(passed) if urgent else open_steps(passed)
    word, may = "或".join(STEP_WORDS[step] for step in steps), who_may(*(STEPS[step] for step in steps))
    if reviewer.person in authors:
        raise NotAllowed(f"自己写过或改过的稿件不能自己审。{word}须由另一位“{may}”来做。")
    if reviewer.person in _done(passed):
        raise NotAllowed(f"您已经审过这一稿，三审须是三个人。{word}须由另一位“{may}”来做。")
    if steps == (1,) and chief_twice and not _is_urgent(passed) and Role.CHIEF in reviewer.roles:
        return [ReviewTurn(1, Role.CHIEF), ReviewTurn(LAST, Role.CHIEF)]
    turn = _turn(reviewer, steps, barred={*authors, *_done(passed)})
    if turn is None:
        raise NotAllowed(f"现在该{word}，您的角色不能做。能做{word}的是：{may}。")
    return [turn]


def turns(
    reviewers: Collection[Reviewer], *, authors: Collection[str], passed: Sequence[Pass], chief_twice: bool = False
) -> Mapping[str, ReviewTurn]:
    """The review that each of these people may pass now, by person; those who may none are left out."""
    able = {}
    for reviewer in reviewers:
        try:
            able[reviewer.person] = next_pass(reviewer, authors=authors, passed=passed, chief_twice=chief_twice)[0]
        except (NotAllowed, Conflict):
            continue
    return able


def open_steps(passed: Sequence[Pass]) -> tuple[int, ...]:
    """The reviews of which one comes next, the higher first. Raises Conflict after the last."""
    missing = [step for step in range(len(STEPS)) if step not in {done.step for done in passed}]
    if not missing:
        raise Conflict("三审已经全部通过，不用再审。")
    return tuple(reversed(missing)) if _is_urgent(passed) else (missing[0],)


def is_approved(passed: Sequence[Pass]) -> bool:
    """Whether these passes are enough for the article to go out: all three, or a chief's in an emergency and one more."""
    return len(passed) == len(STEPS) or (_is_urgent(passed) and len(passed) == len(STEPS) - 1)


def owed(passed: Sequence[Pass], state: ArticleState) -> int | None:
    """The review (0, 1) that an article in this state still owes after an emergency; None if it owes none."""
    if state not in OWED_IN or not _is_urgent(passed) or not is_approved(passed):
        return None
    return next((step for step in range(len(STEPS)) if step not in {done.step for done in passed}), None)


def check_urgent(*, on: bool, state: ArticleState, note: str) -> None:
    """Raises unless a chief may pass before their turn: the office has allowed it, and the note says why."""
    if not on:
        raise NotAllowed(NO_EMERGENCIES)
    if state != ArticleState.REVIEWING:
        raise Conflict(f"现在是“{STATE_WORDS[state]}”，应急发布要先送审。")
    if not note.strip():
        raise BadInput("应急发布要写明是什么急事。请填在审核意见里。")


def check_submit(roles: frozenset[Role]) -> Role:
    """The role in which this person submits. Raises NotAllowed."""
    return entitled(roles, Right.WRITE, what="送审")


def check_return(roles: frozenset[Role], note: str) -> Role:
    """The role in which this person returns an article. Raises NotAllowed, or BadInput without a note."""
    role = entitled(roles, *STEPS, what="退回稿件")
    if not note.strip():
        raise BadInput("退回要写明原因，作者才知道改什么。请加上 --note。")
    return role


def check_withdraw(*, is_author: bool, roles: frozenset[Role], state: ArticleState, note: str) -> Role:
    """The role in which this person withdraws an article: the chief's, or the author's, who must (still) be one who writes.

    Once it is out only the chief may. What three people have passed takes a reason. Raises NotAllowed, BadInput.
    """
    published = state == ArticleState.PUBLISHED
    rights = [Right.WITHDRAW, Right.WRITE] if is_author and not published else [Right.WITHDRAW]
    role = role_for(roles, *rights)
    if role is None:
        who = who_may(Right.WITHDRAW)
        raise NotAllowed(f"您不能撤下这篇文章。能撤下的是：{who if published else f'作者本人和{who}'}。")
    if state in NEEDS_REASON and not note.strip():
        passed = "已经发布的文章" if published else "三审通过的稿件"
        raise BadInput(f"撤下{passed}要写明原因。请加上 --note。")
    return role


def _urgent_steps(passed: Sequence[Pass]) -> tuple[int, ...]:
    steps = {done.step for done in passed}
    if LAST in steps:
        raise Conflict("终审已经应急通过，再有一人通过就发布。")
    if len(steps) == LAST:
        raise Conflict("前两审都通过了，直接通过终审就行，不用应急。")
    return (LAST,)


def _is_urgent(passed: Sequence[Pass]) -> bool:
    return any(done.urgent for done in passed)


def _done(passed: Sequence[Pass]) -> set[str]:
    """Who had a part in this round, in person or by somebody who stood in."""
    return {name for done in passed for name in (done.person, done.covers) if name}


def _turn(reviewer: Reviewer, steps: Sequence[int], *, barred: set[str]) -> ReviewTurn | None:
    """The first of the steps that this person may do: by an own role, else in the place of somebody who may do it."""
    for step in steps:
        right: Right = STEPS[step]
        if role := role_for(reviewer.roles, right):
            return ReviewTurn(step, role)
        for away in reviewer.stands_in:
            role = role_for(away.roles, right)
            if role and away.person not in barred:
                return ReviewTurn(step, role, away.person)
    return None
