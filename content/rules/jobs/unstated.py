"""What a posting that does not say it likely asks for, by its title: nobody without schooling is shown an architect's work."""

from __future__ import annotations

import re

_OF_THE_SCHOOLED = re.compile(
    "工程师|架构师|开发|[前后]端|算法|研究|科学家|总监|分析师|(?:技术|产品|项目|财务|运营|研发|市场|品牌)经理|医生|医师|教师|律师|会计|设计师|审计"
    "|博士|硕士|专家|讲师|法务|大数据|数据(?:分析|挖掘|治理)|engineer|manager|analyst|developer|director|java|php|python|c\\+\\+"
)
_OF_THE_EXPERIENCED = re.compile(
    "高级|资深|总监|架构师|专家|首席|科学家|负责人|主管|带头人|(?:技术|项目|产品|财务|研发|市场|运营)经理|senior|lead|director|manager|expert"
)


def is_of_the_schooled(title: str) -> bool:
    """Whether a folded title is of work for which nobody is taken without a degree."""
    return _OF_THE_SCHOOLED.search(title) is not None


def is_of_the_experienced(title: str) -> bool:
    """Whether it is of work for which nobody is taken without experience."""
    return _OF_THE_EXPERIENCED.search(title) is not None
