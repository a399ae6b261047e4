"""The columns of 基层政务公开标准目录, as national samples have them: name in the store and headings that mean it."""

from __future__ import annotations

import re
import unicodedata

HEADINGS: dict[str, tuple[str, ...]] = {
    "first": ("一级事项", "公开事项", "公开事项一级事项"),
    "second": ("二级事项", "公开事项二级事项"),
    "content": ("公开内容(要素)", "公开内容", "公开内容要素"),
    "basis": ("公开依据",),
    "time_limit": ("公开时限", "时限"),
    "body": ("公开主体", "责任单位", "责任主体"),
    "channels": ("公开渠道和载体", "公开渠道", "公开渠道及载体"),
    "audience": ("公开对象",),
    "manner": ("公开方式",),
    "level": ("公开层级",),
}
WORDS = {name: names[0] for name, names in HEADINGS.items()}
TICKED = {  # columns of their own that are ticked: heading → (column, what a tick there says)
    "全社会": ("audience", "全社会"), "特定群体": ("audience", "特定群体"), "主动": ("manner", "主动"), "依申请": ("manner", "依申请"),
    "依申请公开": ("manner", "依申请"), "县级": ("level", "县级"), "乡级": ("level", "乡级"), "乡镇级": ("level", "乡级"),
    "村级": ("level", "村级"),
}  # fmt: skip
TICKS = frozenset("√✓✔■☑")
NEEDED = ("second", "content")
LONGEST = {"first": 200, "second": 200, "body": 100, "time_limit": 300}
_NAMES = {re.sub(r"[\s()（）]", "", name): column for column, names in HEADINGS.items() for name in names}


def column(heading: str) -> str:
    """The column that a heading names; empty for none."""
    return _NAMES.get(_bare(heading), "")


def ticked(heading: str) -> tuple[str, str] | None:
    """The column that a ticked heading belongs to, and its word."""
    return TICKED.get(_bare(re.sub(r"\(.*?\)", "", unicodedata.normalize("NFKC", heading))))


def _bare(heading: str) -> str:
    return re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", heading))
