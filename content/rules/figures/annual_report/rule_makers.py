"""Which bodies can make 规章 (立法法: departments of the State Council, provinces, cities with districts, autonomous prefectures).

A name tells it only in part: a 市 may be a county-level city, which cannot; so there are three answers.
"""

from __future__ import annotations

import re
from enum import Enum

# "代市政府", "(全市汇总)" and the offices that publish for a government do not change whose report it is.
FOR_A_GOVERNMENT = re.compile(r"(?:人民)?政府(?:办公厅|办公室)?$|\(.*\)$|(?:人民)?政府\(.*\)$")
STATE = re.compile(r"^(?:国务院|国家|中国|中华人民共和国|全国)|^[^省市县区州旗镇乡]{1,8}部$")
GOVERNMENT_OF_RULES = re.compile(r"(?:省|自治区|自治州|市)$")
BELOW = re.compile(
    r"(?:县|旗|镇|乡|街道|街道办事处|街道办|村|区|园|新城|开发区|高新区|园区|管委会|管理委员会|办事处|指挥部)$"
)
DEPARTMENT = re.compile(r"(?:局|厅|委|委员会|办|办公室|中心|院|队|支队|大队|站|所|处|公司|集团|学校|医院)$")
PLACE = re.compile(r"省|市(?![场政容民])|县|区|州|旗|镇|乡(?!村)|街道|园")


class Maker(Enum):
    """Whether a body can make 规章."""

    CAN = "can"
    CANNOT = "cannot"
    UNCLEAR = "unclear"


def maker_of_rules(org: str) -> Maker:
    """What a body's name tells; UNCLEAR for no name. `org`: full-width brackets are taken like half-width ones."""
    name = "".join(org.split()).translate(str.maketrans("（）", "()"))
    stripped = FOR_A_GOVERNMENT.sub("", FOR_A_GOVERNMENT.sub("", name))
    if not stripped:
        return Maker.UNCLEAR
    if STATE.search(stripped) and not PLACE.search(stripped):
        return Maker.CAN
    if GOVERNMENT_OF_RULES.search(stripped):
        return Maker.CAN
    if BELOW.search(stripped):
        return Maker.CANNOT
    return Maker.CANNOT if DEPARTMENT.search(stripped) and PLACE.search(stripped) else Maker.UNCLEAR


def is_large(org: str) -> bool:
    """Whether it is a province, a city or a body of the State Council: its figures may be large."""
    return maker_of_rules(org) is Maker.CAN
