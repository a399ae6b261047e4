"""A question whether one firm was punished: 绿源被罚过吗. Penalties of others are no answer to it."""

from __future__ import annotations

import re

LONGEST = 40  # characters
_OF_A_FIRM = re.compile(
    "(?:请问|我?想问一?下|问一?下|查一?下|听说|那个?|你们)*(?P<firm>[^,，。?？\\s]{2,16}?)(?:这家|那家)?(?:公司|厂|企业)?"
    "(?:去年|今年|以前|之前|最近|近来|到底|是不是|是否|有没有|有无|曾经?|都|也|又|的?是)*(?:被|受到?过?|挨过?|遭过?|有过?|吃过?|领过?)(?:你们|环保局?|应急局?|政府|园区|行政)*(?:罚|处罚|查处|处理过)"
    "(?:款|钱)?.{0,10}"
)
_NO_FIRM = re.compile(  # whoever it is, or what happens to the writer
    "哪|谁|什么|几家|多少|所有|全部|我|俺|咱|人|车|停|没|不|会|要|能|如果|怎么|企业|公司$|单位|厂家|厂子|工厂|商家|店$|开业|证|老板|行政|环保|安全|消防|园区|本月|今年|去年|近期|最近"
)


def firm(bare: str) -> str:
    """The name of the firm that a bare text asks about; empty if it asks about none."""
    found = _OF_A_FIRM.fullmatch(bare) if len(bare) <= LONGEST else None
    if found is None or _NO_FIRM.search(found["firm"]):
        return ""
    return found["firm"].removesuffix("公司").removesuffix("厂") or found["firm"]
