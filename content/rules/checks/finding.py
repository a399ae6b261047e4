"""What the checks read, and what they say: passages of a post with their places, and findings in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

PERSONAL = "personal."  # how the rules on personal data are named
BODY, TITLE, DIGEST = "正文", "标题", "摘要"
REACH = 2  # passages before and after that still belong to what a passage is about
CLOSE = 60  # characters of each of them
NEAR = 12  # characters on each side of words by which their place is known again


class Severity(StrEnum):
    """How much a finding weighs. `HARD` stops the reviews and cannot be dismissed; `ERROR` stops them until it is dismissed."""

    HARD = "hard"
    ERROR = "error"
    QUERY = "query"


SEVERITY_WORDS = {Severity.HARD: "必须改", Severity.ERROR: "要改", Severity.QUERY: "请看一眼"}


@dataclass(frozen=True)
class Passage:
    """A paragraph, a cell of a table or a line.

    `part` is 标题, 摘要, 正文 or 附件“名单.xlsx”; `place` where in it: 第 3 段. `anchor`: the id of its element in a preview.
    `label`: the heading of its column and what stands before it in its row; `headings`: all headings of its table.
    """

    part: str
    text: str
    place: str = ""
    anchor: str = ""
    label: str = ""
    headings: str = ""

    @property
    def where(self) -> str:
        """Its place in words."""
        return f"{self.part}{self.place}"


@dataclass(frozen=True)
class Rule:
    """What is found, how much it weighs, why it matters by which source, and what to do."""

    name: str
    severity: Severity
    what: str
    why: str
    advice: str


@dataclass(frozen=True)
class CheckFinding:
    """One finding. `shown`: the words, personal data in them masked.

    `instead`: what each character from `start` becomes by one click: personal data masked, a wrong word put right.
    """

    rule: Rule
    passage: Passage
    shown: str
    words: str = ""
    start: int = 0
    instead: tuple[str, ...] = field(default=())
    detail: str = ""  # what is special about this one, in a sentence

    @property
    def is_personal(self) -> bool:
        """Whether it is personal data."""
        return self.rule.name.startswith(PERSONAL)

    @property
    def stands(self) -> str:
        """What stands now where `instead` would."""
        return self.passage.text[self.start : self.start + len(self.instead)]

    @property
    def identity(self) -> str:
        """What makes it the same finding in another revision: rule, part, words, and what stands right around them."""
        text, end = self.passage.text, self.start + len(self.words)
        near = "" if self.is_personal else text[max(0, self.start - NEAR) : self.start] + "|" + text[end : end + NEAR]
        return "\n".join((self.rule.name, self.passage.part, self.words, near))


def around(passages: Sequence[Passage], index: int, reach: int = REACH) -> str:
    """The words shortly before and after a passage in the same part, its own in between."""
    own = passages[index]
    near = passages[max(0, index - reach) : index + reach + 1]
    before = [each.text[-CLOSE:] for each in near[: min(index, reach)] if each.part == own.part]
    after = [each.text[:CLOSE] for each in near[min(index, reach) + 1 :] if each.part == own.part]
    return "\n".join((*before, own.label, own.text, *after))


def by_anchor(findings: Iterable[CheckFinding]) -> dict[str, list[CheckFinding]]:
    """The findings by the passage that they stand in."""
    found: dict[str, list[CheckFinding]] = {}
    for finding in findings:
        found.setdefault(finding.passage.anchor, []).append(finding)
    return found
