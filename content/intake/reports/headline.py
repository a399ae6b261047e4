"""Whose report it is and for which year, from its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.rules.figures.annual_report.cell_values import squeezed

NAME = r"(?:政府)?信息公开(?:工作)?(?:年度|年)?报告"
YEAR = r"(20\d\d)年?(?:度|年度)?"
ORG_FIRST = re.compile(rf"([^。,，:：;；\d《]{{2,40}}?){YEAR}{NAME}")
YEAR_FIRST = re.compile(rf"{YEAR}([^。,，:：;；\d]{{0,40}}?){NAME}")
ORG_ALONE = re.compile(r"[^。,，:：;；\d]{2,30}")
NOT_AN_ORG = re.compile(r"首页|当前位置|索引|发布|来源|日期|时间|^根据|^按照|^关于|^现将|^现公布|^本报告")
FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
HAN_YEAR = re.compile(r"二[〇○零][一二]?[〇○零一二三四五六七八九]{1,2}(?=年)")
LINES = 80  # the title stands within the first lines


def read(lines: Sequence[str]) -> tuple[str, int | None]:
    """(org, year); empty and None where the report does not say."""
    squeezed_lines = [HAN_YEAR.sub(lambda found: found[0].translate(FIGURES), squeezed(line)) for line in lines[:LINES]]
    pairs = list(zip(["", *squeezed_lines], squeezed_lines, strict=False))
    for before, text in (*pairs, *(("", one + other) for one, other in pairs)):  # a long title stands on two lines
        if found := ORG_FIRST.search(text):
            return _org(found[1]) or _org(before), int(found[2])
        if found := YEAR_FIRST.search(text):
            return _org(found[2]) or _org(before), int(found[1])
    return "", None


def _org(text: str) -> str:
    name = re.split(r"[>＞|_—-]", text)[-1].removeprefix("关于")
    return name if ORG_ALONE.fullmatch(name) and not NOT_AN_ORG.search(name) else ""
