"""Roles, and what each may do: the one table."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from content.rules.errors import NotAllowed


class Role(StrEnum):
    """What a person is in the office; one person may be several."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    CHIEF = "chief"
    OFFICE = "office"
    ADMIN = "admin"


ROLE_WORDS = {
    Role.EDITOR: "编辑",
    Role.REVIEWER: "审核",
    Role.CHIEF: "终审",
    Role.OFFICE: "办公室",
    Role.ADMIN: "管理员",
}


class Right(StrEnum):
    """What may be done."""

    WRITE = "write"  # queue and edit posts, submit them
    FIRST = "first"  # pass the first review
    SECOND = "second"
    THIRD = "third"
    WITHDRAW = "withdraw"  # take a published article down
    SETTLE = "settle"  # say what became of an unknown publication
    ALARMS = "alarms"  # close alarms
    ANSWER = "answer"  # answer citizens' questions and letters
    COUNT = "count"  # sign differences, confirm figures
    REGISTER = "register"  # handle applications for disclosure, and see who applied
    EXTEND = "extend"  # consent to a later answer (条例 art. 33)
    MANAGE = "manage"  # people and settings


RIGHTS: dict[Right, frozenset[Role]] = {
    Right.WRITE: frozenset({Role.EDITOR, Role.REVIEWER, Role.CHIEF}),
    Right.FIRST: frozenset({Role.EDITOR, Role.REVIEWER}),
    Right.SECOND: frozenset({Role.REVIEWER}),
    Right.THIRD: frozenset({Role.CHIEF}),
    Right.WITHDRAW: frozenset({Role.CHIEF}),
    Right.SETTLE: frozenset({Role.CHIEF, Role.OFFICE, Role.ADMIN}),
    Right.ALARMS: frozenset({Role.REVIEWER, Role.CHIEF, Role.OFFICE, Role.ADMIN}),
    Right.ANSWER: frozenset({Role.EDITOR, Role.REVIEWER, Role.CHIEF, Role.OFFICE}),
    Right.COUNT: frozenset({Role.OFFICE, Role.CHIEF}),
    Right.REGISTER: frozenset({Role.OFFICE, Role.CHIEF}),
    Right.EXTEND: frozenset({Role.CHIEF}),
    Right.MANAGE: frozenset({Role.ADMIN}),
}


def who_may(*rights: Right) -> str:
    """The roles that hold one of these rights, in words: 编辑、审核."""
    return "、".join(word for role, word in ROLE_WORDS.items() if any(role in RIGHTS[right] for right in rights))


def role_for(roles: Collection[Role], *rights: Right) -> Role | None:
    """The role that entitles a person of these roles: the first in the order of `Role` that holds the first right held."""
    return next((role for right in rights for role in Role if role in roles and role in RIGHTS[right]), None)


def may(roles: Collection[Role], *rights: Right) -> bool:
    """Whether a person of these roles holds one of these rights."""
    return role_for(roles, *rights) is not None


def entitled(roles: Collection[Role], *rights: Right, what: str) -> Role:
    """The role that entitles a person of these roles to do `what`. Raises NotAllowed, naming who may."""
    role = role_for(roles, *rights)
    if role is None:
        raise NotAllowed(f"您不能{what}。能{what}的是：{who_may(*rights)}。")
    return role
