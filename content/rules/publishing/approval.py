"""What the ledger must say of an article before it goes out: its passes by different people, and its approval.

Three passes; or, named as such, what the office's settings put in their place: a chief's pass that is the second too, or
in an emergency the chief's and one more.

The tables say what is thought to be approved, and whoever holds the database can write there what she likes. The ledger
is chained and sealed, so it alone is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

SETTLED = "publication.settled"
HANDED_OVER = "article.handed_over"
KINDS = ("article.queued", "article.edited", "article.submitted", "article.passed", "article.approved",
         "article.returned", "article.withdrawn", "article.sent", "article.not_sent", "article.published",
         "article.handed_over", "article.moved", "reserve.used")  # fmt: skip
SENT, NOT_SENT = "article.sent", "article.not_sent"
WRITTEN = ("article.queued", "article.edited")
ANEW = (*WRITTEN, "article.submitted", "article.returned", SETTLED)  # after these the passes given before are void
OVER = {"article.published": "台账上这篇文章已经发布过了", "article.withdrawn": "台账上这篇文章已经撤下了"}
STEPS = [1, 2, 3]
IN_AN_EMERGENCY = ([1, 3], [2, 3])


@dataclass(frozen=True)
class ApprovalStep:
    """One entry of the ledger about an article, or about the publication that carried it (SETTLED)."""

    kind: str
    actor: str
    data: Mapping[str, Any]
    at: datetime

    @property
    def wording(self) -> tuple[int, str]:
        """The number and the SHA-256 of the revision that it speaks of."""
        return self.data["revision"], self.data["sha256"]


@dataclass(frozen=True)
class Plan:
    """When an article goes out, None for a reserve that waits; and how, None as the settings say."""

    due_at: datetime | None
    delivery: str | None


@dataclass
class _Round:
    authors: set[str] = field(default_factory=set)
    owner: str = ""  # to whom it was handed over last
    passes: list[ApprovalStep] = field(default_factory=list)
    approved: ApprovalStep | None = None
    sent: bool = False  # given to the platform, which has not said what became of it


def fault(steps: Iterable[ApprovalStep], *, revision: int, sha256: str) -> str:
    """Why this wording may not go out, by the ledger's entries in their order; empty if it may."""
    over, last = "", _Round()
    for step in steps:
        if step.kind in OVER:
            over = OVER[step.kind]
        _take(last, step)
    if over:
        return over
    if last.sent:
        return "台账上这篇文章已经交给微信发布，还不知道结果"
    if not last.authors:
        return "台账里没有写这篇文章的记录"
    if last.approved is None or not _are_enough(last.passes):
        return "台账里没有这一稿三审全部通过的记录"
    if {step.wording for step in (*last.passes, last.approved)} != {(revision, sha256)}:
        return "内容与三审通过的那一稿不符"
    return "" if _by_different_people(last) else "台账里这一稿的三审不是由三个人做的"


def planned(steps: Iterable[ApprovalStep], row: Plan) -> Plan:
    """What was approved, and moved since, by the ledger's entries in their order; of what they do not say what the `row` says."""
    due_at, delivery = row.due_at, row.delivery
    for step in steps:
        if step.kind == "article.approved":
            due_at, delivery = _instant(step.data["due_at"]), step.data.get("delivery", row.delivery)
        elif step.kind == "article.moved":
            due_at = _instant(step.data["after"])
        elif step.kind == "reserve.used":
            due_at = step.at
    return Plan(due_at, delivery)


def plan_fault(plan: Plan, row: Plan) -> str:
    """Why a row that says `row` is not what was planned; empty if it is. Times are held to the second."""
    if _second(plan.due_at) != _second(row.due_at):
        return "发布时间与台账上定的不符"
    return "" if plan.delivery == row.delivery else "发布方式与三审通过时的不符"


def _instant(given: str | None) -> datetime | None:
    return datetime.fromisoformat(given) if given else None


def _second(at: datetime | None) -> datetime | None:
    return at.replace(microsecond=0) if at else None


def _are_enough(passes: list[ApprovalStep]) -> bool:
    """All three in their order; in an emergency the chief's and one more, in any order."""
    steps = [step.data["step"] for step in passes]
    if not any(_is_urgent(step) for step in passes):
        return steps == STEPS
    return sorted(steps) in (STEPS, *IN_AN_EMERGENCY)


def _is_urgent(step: ApprovalStep) -> bool:
    """Whether the entry names itself a chief's pass in an emergency; older entries know no such thing."""
    return bool(step.data.get("urgent")) and step.data["step"] == len(STEPS)


def _take(last: _Round, step: ApprovalStep) -> None:
    if step.kind in WRITTEN:
        last.authors.add(step.actor)
    if step.kind == HANDED_OVER:
        last.owner = step.data["after"]
    if step.kind in (SENT, NOT_SENT):
        last.sent = step.kind == SENT
    if step.kind in ANEW:
        last.passes, last.approved = [], None
    elif step.kind == "article.passed":
        last.passes.append(step)
    elif step.kind == "article.approved":
        last.approved = step


def _by_different_people(last: _Round) -> bool:
    """No author among them, nor anybody in whose place they passed; one person twice only as the next function allows."""
    people = [name for step in last.passes for name in (step.actor, step.data.get("covers")) if name]
    return not set(people) & {*last.authors, last.owner} and len(set(people)) == len(people) - _is_twice(last.passes)


def _is_twice(passes: list[ApprovalStep]) -> bool:
    """Whether a chief's pass stood for the second and the third, and both entries say so."""
    if [step.data["step"] for step in passes] != STEPS:
        return False
    _, second, third = passes
    return second.actor == third.actor and second.data["chief_twice"] and third.data["chief_twice"]
