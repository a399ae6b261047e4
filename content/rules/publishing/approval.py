"""What the ledger must say of an article before it goes out: its three passes by different people, and its approval.

The tables say what is thought to be approved, and whoever holds the database can write there what she likes. The ledger
is chained and sealed, so it alone is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SETTLED = "publication.settled"
KINDS = ("article.queued", "article.edited", "article.submitted", "article.passed", "article.approved",
         "article.returned", "article.withdrawn", "article.published")  # fmt: skip
WRITTEN = ("article.queued", "article.edited")
ANEW = (*WRITTEN, "article.submitted", "article.returned", SETTLED)  # after these the passes given before are void
OVER = {"article.published": "台账上这篇文章已经发布过了", "article.withdrawn": "台账上这篇文章已经撤下了"}
STEPS = [1, 2, 3]


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
    passes: list[ApprovalStep] = field(default_factory=list)
    approved: ApprovalStep | None = None


def fault(steps: Iterable[ApprovalStep], *, revision: int, sha256: str) -> str:
    """Why this wording may not go out, by the ledger's entries in their order; empty if it may."""
    over, last = "", _Round()
    for step in steps:
        if step.kind in OVER:
            over = OVER[step.kind]
        _take(last, step)
    if over:
        return over
    if last.approved is None or [step.data["step"] for step in last.passes] != STEPS:
        return "台账里没有这一稿三审全部通过的记录"
    if {step.wording for step in (*last.passes, last.approved)} != {(revision, sha256)}:
        return "内容与三审通过的那一稿不符"
    return "" if _by_different_people(last) else "台账里这一稿的三审不是由三个人做的"


def _take(last: _Round, step: ApprovalStep) -> None:
    if step.kind in WRITTEN:
        last.authors.add(step.actor)
    if step.kind in ANEW:
        last.passes, last.approved = [], None
    elif step.kind == "article.passed":
        last.passes.append(step)
    elif step.kind == "article.approved":
        last.approved = step


def _by_different_people(last: _Round) -> bool:
    """None of them an author; a chief may stand for the second and the third where both passes are marked so."""
    first, second, third = last.passes
    people = {step.actor for step in last.passes}
    twice = second.actor == third.actor and second.data["chief_twice"] and third.data["chief_twice"]
    return not people & last.authors and first.actor != second.actor and len(people) == (2 if twice else 3)
