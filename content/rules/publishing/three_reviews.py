"""三审三校: the states of an article, the three reviews, and who may take each step.

Practice: first review by an editor, second by a head of section, third by the responsible leader, and the one who
writes is not the one who reviews (编审分离). Everyone who wrote any wording of the article counts as its author, or
else a reviewer could pass her own words by having a colleague save them once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from content.rules.errors import BadInput, Conflict, NotAllowed
from content.rules.people import Right, Role, entitled, role_for, who_may


class ArticleState(StrEnum):
    """What people and programs see of an article."""

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


class Action(StrEnum):
    """The steps of a review."""

    SUBMIT = "submit"
    PASS = "pass"
    RETURN = "return"
    WITHDRAW = "withdraw"


ACTION_WORDS = {Action.SUBMIT: "送审", Action.PASS: "审核", Action.RETURN: "退回", Action.WITHDRAW: "撤下"}

EDITABLE = frozenset({ArticleState.DRAFT, ArticleState.REVIEWING, ArticleState.SCHEDULED, ArticleState.REFUSED})
RETURNABLE = frozenset({ArticleState.REVIEWING, ArticleState.SCHEDULED})
SUBMITTABLE = frozenset({ArticleState.DRAFT, ArticleState.REFUSED})
FROM: dict[Action, frozenset[ArticleState]] = {
    Action.SUBMIT: SUBMITTABLE,
    Action.PASS: frozenset({ArticleState.REVIEWING}),
    Action.RETURN: RETURNABLE,
    Action.WITHDRAW: EDITABLE,
}
WHAT_NOW = {
    ArticleState.DRAFT: "请先送审：gongkai review submit",
    ArticleState.REVIEWING: "已经送审；要改就用 gongkai queue edit，要退就用 gongkai review return",
    ArticleState.SCHEDULED: "三审已经全部通过；要停下就用 gongkai review return 退回",
    ArticleState.PUBLISHING: "请等发布有了结果再说",
    ArticleState.WAITING: "请先在公众平台上处理这篇文章",
    ArticleState.UNKNOWN: "请等系统核实，或者用 gongkai queue settle 写明结果",
    ArticleState.PUBLISHED: "已经发出的文章只能由终审撤下：gongkai review withdraw",
    ArticleState.REFUSED: "请修改后重新送审",
    ArticleState.WITHDRAWN: "撤下的文章不再变动，需要时请另外新建一篇",
}

STEPS: tuple[Right, ...] = (Right.FIRST, Right.SECOND, Right.THIRD)
STEP_WORDS = ("初审", "复审", "终审")


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


def check_state(action: Action, state: ArticleState) -> None:
    """Raises Conflict, saying what to do, unless an article in this state may take the step."""
    if state not in FROM[action]:
        raise Conflict(f"现在是“{STATE_WORDS[state]}”，不能{ACTION_WORDS[action]}。{WHAT_NOW[state]}。")


def check_editable(state: ArticleState) -> None:
    """Raises Conflict, saying what to do, unless an article in this state may be edited."""
    if state not in EDITABLE:
        raise Conflict(f"现在是“{STATE_WORDS[state]}”，不能修改。{WHAT_NOW[state]}。")


def check_submit(roles: frozenset[Role]) -> Role:
    """The role in which this person submits. Raises NotAllowed."""
    return entitled(roles, Right.WRITE, what="送审")


def check_return(roles: frozenset[Role], note: str) -> Role:
    """The role in which this person returns an article. Raises NotAllowed, or BadInput without a note."""
    role = entitled(roles, *STEPS, what="退回稿件")
    if not note.strip():
        raise BadInput("退回要写明原因，作者才知道改什么。请加上 --note。")
    return role


def check_withdraw(*, is_author: bool, roles: frozenset[Role], published: bool, note: str) -> Role:
    """The role in which this person withdraws an article: the chief's, or the author's, who must (still) be one who writes.

    Once it is out only the chief may, and says why. Raises NotAllowed, BadInput.
    """
    rights = [Right.WITHDRAW, Right.WRITE] if is_author and not published else [Right.WITHDRAW]
    role = role_for(roles, *rights)
    if role is None:
        who = who_may(Right.WITHDRAW)
        raise NotAllowed(f"您不能撤下这篇文章。能撤下的是：{who if published else f'作者本人和{who}'}。")
    if published and not note.strip():
        raise BadInput("撤下已经发布的文章要写明原因。请加上 --note。")
    return role
