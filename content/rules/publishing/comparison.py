"""Our list against the platform's: what matches, what only one side has, and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

GONE = "微信上已经删除或被封，我们这里还是已发布"


class DifferenceKind(StrEnum):
    """The three kinds of difference."""

    ONLY_OURS = "only_ours"
    ONLY_THEIRS = "only_theirs"
    DIFFERENT = "different"


@dataclass(frozen=True)
class OurArticle:
    """One article of a publication of ours; `under_way`: whether it is out is not known yet, and `day` is its earliest."""

    article_id: int
    publication_id: int
    position: int
    title: str
    url: str
    day: date
    msg_data_id: str
    withdrawn: bool
    pushed: bool
    under_way: bool = False


@dataclass(frozen=True)
class PlatformArticle:
    """One article as the platform names it, in its published list or in its statistics."""

    source: str  # "list" or "statistics"
    day: date
    position: int
    title: str
    url: str
    marked: int | None = None  # the article that its 阅读原文 marks
    msg_data_id: str = ""
    deleted: bool = False


@dataclass(frozen=True)
class ListDifference:
    """One difference. `article_id` is None for what only the platform has."""

    kind: DifferenceKind
    article_id: int | None
    title: str
    url: str
    day: date
    why: str
    theirs: PlatformArticle | None = None


@dataclass(frozen=True)
class Comparison:
    """`located`: addresses that only the platform knew, by (publication, position).

    `appeared`: publications under way that the published list shows already; no difference, they are to be settled.
    """

    matched: int
    unproven: int
    findings: tuple[ListDifference, ...]
    located: dict[tuple[int, int], str]
    appeared: frozenset[int] = frozenset()


def compare(ours: Iterable[OurArticle], theirs: Iterable[PlatformArticle], *, days: frozenset[date]) -> Comparison:
    """Compares the articles of some days; either side may also hold neighbouring days, which only help to match.

    Absence from the statistics is never a difference, since articles with few reads are left out; absence from the
    published list is one only for articles that were not pushed, since it leaves out pushed ones.
    """
    pairs, left = _paired(sorted(ours, key=lambda mine: mine.under_way), list(theirs))
    appeared = frozenset(
        mine.publication_id
        for mine, found in pairs
        if mine.under_way and any(other.source == "list" for other in found)
    )
    matched, unproven, findings, located = 0, 0, [], {}
    for mine, found in pairs:
        if mine.under_way or mine.day not in days:
            continue
        listed = [other for other in found if other.source == "list"]
        if found and not mine.url:
            located[mine.publication_id, mine.position] = found[0].url
        findings_here = list(_judge(mine, found, listed))
        findings += findings_here
        matched += bool(found) and not findings_here
        unproven += not found and not findings_here
    findings += [_only_theirs(other) for other in _each_once(left) if other.day in days]
    return Comparison(matched, unproven, tuple(findings), located, appeared)


def _paired(
    ours: list[OurArticle], left: list[PlatformArticle]
) -> tuple[list[tuple[OurArticle, list[PlatformArticle]]], list[PlatformArticle]]:
    """Each of ours with what the platform says of it, and what is left over."""
    pairs = []
    for mine in ours:
        same = [other for other in left if _same(mine, other)]
        addresses = {other.url for other in same if other.url}  # the statistics know no mark
        pairs.append((mine, [other for other in left if other in same or other.url in addresses]))
        left = [other for other in left if other not in pairs[-1][1]]
    for mine, found in pairs:
        if not found and (other := _only_one_like(mine, left)):
            found.append(other)
            left = [each for each in left if each is not other]
    return pairs, left


def _only_one_like(mine: OurArticle, left: list[PlatformArticle]) -> PlatformArticle | None:
    """For a push that no id and no address can join: the one article of its day with its place and title."""
    if mine.url or mine.msg_data_id or not mine.pushed:
        return None
    like = [
        other
        for other in left
        if other.source == "statistics"
        and (other.position, other.title) == (mine.position, mine.title)
        and (other.day == mine.day or (mine.under_way and other.day > mine.day))
    ]
    return like[0] if len(like) == 1 else None


def _same(mine: OurArticle, other: PlatformArticle) -> bool:
    if mine.url and other.url == mine.url:
        return True
    if mine.msg_data_id and (other.msg_data_id, other.position) == (mine.msg_data_id, mine.position):
        return True
    return not mine.url and other.marked == mine.article_id


def _judge(mine: OurArticle, found: list[PlatformArticle], listed: list[PlatformArticle]) -> Iterable[ListDifference]:
    if not listed and not mine.pushed and not mine.withdrawn:
        yield _different(DifferenceKind.ONLY_OURS, mine, "微信的已发布列表里没有这一篇", None)
        return
    for other in listed or found[:1]:
        why = _difference(mine, other)
        if why:
            yield _different(DifferenceKind.DIFFERENT, mine, why, other)
            return


def _difference(mine: OurArticle, other: PlatformArticle) -> str:
    if other.deleted and not mine.withdrawn:
        return GONE
    if mine.withdrawn and other.source == "list" and not other.deleted:
        return "我们已撤下，微信上还在"
    if other.title.strip() != mine.title.strip():
        return f"标题不同：微信上是“{other.title}”"
    if other.day != mine.day:
        return f"日期不同：微信上是 {other.day}"
    return ""


def _different(kind: DifferenceKind, mine: OurArticle, why: str, other: PlatformArticle | None) -> ListDifference:
    return ListDifference(kind, mine.article_id, mine.title, mine.url, mine.day, why, other)


def _only_theirs(other: PlatformArticle) -> ListDifference:
    why = "在公众平台上手动发布的，我们没有记录"
    return ListDifference(DifferenceKind.ONLY_THEIRS, None, other.title, other.url, other.day, why, other)


def _each_once(left: list[PlatformArticle]) -> list[PlatformArticle]:
    """What both the list and the statistics name is one article; what is deleted by now is none."""
    seen: dict[str, PlatformArticle] = {}
    for other in left:
        if not other.deleted:
            seen.setdefault(other.url or f"{other.msg_data_id}_{other.position}", other)
    return list(seen.values())
