"""Pictures that say nothing to those who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator

from content.rules.checks.finding import BODY, CheckFinding, Passage, Rule, Severity
from content.rules.publishing.markup import tree

RULE = Rule(
    "picture.words",
    Severity.QUERY,
    "图片没有文字说明",
    "《互联网网站适老化与无障碍改造》的要求：看不见的人听到的就是这句说明。",
    "在写稿页点一下图片，写一句图里是什么；只是花边的，不用写。",
)


def find(html: str) -> Iterator[CheckFinding]:
    """How many pictures of a body have no words, if any."""
    mute = sum(not image.get("alt", "").strip() for image in tree(html).iter("img"))
    if mute:
        yield CheckFinding(RULE, Passage(BODY, ""), "", detail=f"有 {mute} 张。")
