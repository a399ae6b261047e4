"""三审三校: the states of an article, the three reviews, and who may take each step.

Practice: first review by an editor, second by a head of section, third by the responsible leader, and the one who
writes is not the one who reviews (编审分离).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from content.rules.errors import Conflict, NotAllowed
from content.rules.people import RIGHTS, Right, Role, who_may


class ArticleState(StrEnum):
    """What people and programs see of an article (contract, section 4)."""

    DRAFT = "draft"
    REVIEWING = "reviewing"
    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATE_WORDS = {
    ArticleState.DRAFT: "草稿",
    ArticleState.REVIEWING: "审核中",
    ArticleState.SCHEDULED: "待发布",
    ArticleState.PUBLISHING: "发布中",
    ArticleState.WAITING: "等人在公众平台上操作",
    ArticleState.UNKNOWN: "待核实",
    ArticleState.PUBLISHED: "已发布",
    ArticleState.REFUSED: "平台未通过",
    ArticleState.WITHDRAWN: "已撤下",
}

EDITABLE = frozenset({ArticleState.DRAFT, ArticleState.REVIEWING, ArticleState.SCHEDULED, ArticleState.REFUSED})
RETURNABLE = frozenset({ArticleState.REVIEWING, ArticleState.SCHEDULED})


class Action(StrEnum):
    """The steps of a review."""

    SUBMIT = "submit"
    PASS = "pass"
    RETURN = "return"
    WITHDRAW = "withdraw"


STEPS: tuple[Right, ...] = (Right.FIRST, Right.SECOND, Right.THIRD)
STEP_WORDS = ("初审", "复审", "终审")


@dataclass(frozen=True)
class Pass:
    """A review that was passed in the present round."""

    person: str
    role: Role


def next_pass(
    *, person: str, roles: frozenset[Role], author: str, passed: list[Pass], chief_twice: bool
) -> tuple[int, Role]:
    """Which step (0, 1, 2) this person may pass now, and in which role.

    Raises NotAllowed with a sentence that says who may.
    """
    step = len(passed)
    if step >= len(STEPS):
        raise Conflict("三审已经全部通过，不用再审。")
    word, may = STEP_WORDS[step], who_may(STEPS[step])
    if person == author:
        raise NotAllowed(f"自己写的稿件不能自己审。{word}须由另一位“{may}”来做。")
    role = _role_for(step, roles)
    if role is None:
        raise NotAllowed(f"现在该{word}，您的角色不能做。能做{word}的是：{may}。")
    if any(done.person == person for done in passed) and not (chief_twice and step == 2 and role is Role.CHIEF):
        raise NotAllowed(f"您已经审过这一稿。{word}须由另一位“{may}”来做，三审须是三个人。")
    return step, role


def _role_for(step: int, roles: frozenset[Role]) -> Role | None:
    allowed = RIGHTS[STEPS[step]]
    return next((role for role in Role if role in roles and role in allowed), None)
