"""The states of an article, and the states from which it may be submitted, reviewed, returned, withdrawn or edited."""

from __future__ import annotations

from enum import StrEnum

from content.rules.errors import Conflict


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


def check_state(action: Action, state: ArticleState) -> None:
    """Raises Conflict, saying what to do, unless an article in this state may take the step."""
    if state not in FROM[action]:
        raise Conflict(f"现在是“{STATE_WORDS[state]}”，不能{ACTION_WORDS[action]}。{WHAT_NOW[state]}。")


def check_editable(state: ArticleState) -> None:
    """Raises Conflict, saying what to do, unless an article in this state may be edited."""
    if state not in EDITABLE:
        raise Conflict(f"现在是“{STATE_WORDS[state]}”，不能修改。{WHAT_NOW[state]}。")
