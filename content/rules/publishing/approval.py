"""What the ledger must say of an article before it goes out: its passes by different people, and its approval.

Three passes; or, named as such, what the office's settings put in their place: a chief's pass that is the second too, or
in an emergency the chief's and one more.

The tables say what is thought to be approved, and whoever holds the database can write there what she likes. The ledger
is chained and sealed, so it alone is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SETTLED = "publication.settled"
HANDED_OVER = "article.handed_over"
KINDS = ("article.queued", "article.edited", "article.submitted", "article.passed", "article.approved",
         "article.returned", "article.withdrawn", "article.sent", "article.not_sent", "article.published",
         "article.handed_over")  # fmt: skip
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

    @property
    def wording(self) -> tuple[int, str]:
        """The number and the SHA-256 of the revision that it speaks of."""
        return self.data["revision"], self.data["sha256"]


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
