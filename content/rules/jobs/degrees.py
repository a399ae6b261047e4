"""Degrees: one table of their names, read out of what employers ask for and out of what citizens say.

Order: 不限 < 初中 < 高中、中专 < 大专 < 本科 < 硕士 < 博士.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import IntEnum

from content.rules.language import plain_text


class RequiredDegree(IntEnum):
    """What an employer asks for at least; who has more may apply too."""

    ANY = 0
    MIDDLE = 1
    SECONDARY = 2
    COLLEGE = 3
    BACHELOR = 4
    MASTER = 5
    DOCTOR = 6


DEGREE_WORDS = {
    RequiredDegree.MIDDLE: "初中及以下",
    RequiredDegree.SECONDARY: "高中、中专",
    RequiredDegree.COLLEGE: "大专",
    RequiredDegree.BACHELOR: "本科",
    RequiredDegree.MASTER: "硕士",
    RequiredDegree.DOCTOR: "博士",
}
_NAMES = {
    RequiredDegree.DOCTOR: "博士",
    RequiredDegree.MASTER: "硕士|研究生|e?mba",
    RequiredDegree.BACHELOR: "本科|学士",
    RequiredDegree.COLLEGE: "大专|专科|高职",
    RequiredDegree.SECONDARY: "高中|中专|中技|技校|职高|职中|中职",
    RequiredDegree.MIDDLE: "初中",
}
# 大学 in a column of degrees is a degree, in a question mostly a place: so these are read in one of both only.
_IN_A_COLUMN = {
    RequiredDegree.BACHELOR: "大学(?![专生])|统招(?!大专|专科)",
    RequiredDegree.COLLEGE: "高级?技",
    RequiredDegree.MIDDLE: "九年义务",
}
_IN_A_QUESTION = {
    RequiredDegree.DOCTOR: "phd|ph\\.d|doctor(?:al|ate)",
    RequiredDegree.MASTER: "master(?:'?s)?(?: degree)?",
    RequiredDegree.BACHELOR: "大学(?:生|毕业|学历)|bachelor(?:'?s)?(?: degree)?|undergraduate",
}
# What a posting's text asks for: 大专以上, 学历要求:本科, Bachelor; 硕士优先 asks for none.
_IN_TEXT = re.compile(
    "(?P<more>(?:博士|硕士|研究生|本科|学士|大专|专科|高职|高中|中专|中技|初中)[^,，。;；\\n]{0,8}?以上)"
    "|(?:学历|统招|全日制|具备|具有|至少)[^,，。;；\\n]{0,6}?(?P<asked>博士|硕士|研究生|本科|学士|大专|专科|高职|高中|中专|中技|初中)(?![^,，。;；\\n]{0,6}优先)"
    "|(?P<free>学历不限|不限学历|无学历要求|不要求学历|学历无要求)"
    "|(?P<english>\\bph\\.?d\\b|\\bdoctora|\\bmaster\\b(?! data)|\\bbachelor)"
)
_ENGLISH = {
    "ph": RequiredDegree.DOCTOR,
    "do": RequiredDegree.DOCTOR,
    "ma": RequiredDegree.MASTER,
    "ba": RequiredDegree.BACHELOR,
}
_NO_MATTER = re.compile("小学|文盲|不限|无要求|不要求|没有要求|无学历|均可|不作要求|不做要求")
_NONE = re.compile(
    r"(?:不要|没有?|无|不用|不需要|不需|不看|免|不限制?|不要求|没啥|没什么)(?:学历|文凭|毕业证)(?:要求)?|学历(?:要求)?(?:不限|不要求|没有?要求|无要求|无所谓|低)"
    r"|不限学历|(?:只有|只读过|读过)?小学(?:没?毕业|文化|学历|文凭|水平)+|没(?:上|读|念)过(?:学|书)|不识字|没文化"
)


def _named(also: dict[RequiredDegree, str]) -> dict[RequiredDegree, str]:
    """The names of each degree, the highest first."""
    return {level: "|".join(filter(None, (also.get(level), names))) for level, names in _NAMES.items()}


_COLUMN = [(level, re.compile(names)) for level, names in _named(_IN_A_COLUMN).items()]
_ANY_NAME = "|".join(f"(?P<{level.name}>{names})" for level, names in _named(_IN_A_QUESTION).items())
_ASKED = re.compile(
    rf"(?:学历)?(?:要求|是|要|有|只有)?(?:{_ANY_NAME})(?![教老数语英物化地历体医护部院附招班后线])"
    r"(?:毕业生?|学历|文凭|文化|生)?(?P<more>及?以上)?(?P<less>及?以下)?(?:[没未]?毕业|学历|文凭)?"
)


@dataclass(frozen=True)
class Degrees:
    """The requirements that suit a citizen, from `least` to `most`."""

    least: RequiredDegree
    most: RequiredDegree

    def meets(self, required: int | None) -> bool:
        """Whether a posting's requirement is among them; one that says nothing asks for nothing."""
        return self.least <= (required or RequiredDegree.ANY) <= self.most


def in_text(text: str) -> RequiredDegree | None:
    """The least degree for which a posting's text asks in so many words; None if it asks for none."""
    found = list(_IN_TEXT.finditer(plain_text.normalise(text)))
    if any(one["free"] for one in found):
        return RequiredDegree.ANY
    levels = [
        _ENGLISH[one["english"][:2]] if one["english"] else required(one["more"] or one["asked"]) for one in found
    ]
    return min((level for level in levels if level is not None), default=None)


@functools.lru_cache(1024)  # thousands of postings ask for the same
def required(text: str) -> RequiredDegree | None:
    """The least degree in an employer's words: 大专及以上 → COLLEGE, 高中或大专 → SECONDARY; None if none is named."""
    folded = plain_text.normalise(text)
    named = [level for level, spelling in _COLUMN if spelling.search(folded)]
    if named:
        return min(named)
    return RequiredDegree.ANY if _NO_MATTER.search(folded) else None


def asked(text: str) -> tuple[Degrees | None, str]:
    """What a folded question says of schooling, and the question without it.

    大专 is what the citizen has: whatever asks for no more suits. 大专以上 is what the job is to ask for, at least.
    """
    found = _NONE.search(text)
    if found:
        return Degrees(RequiredDegree.ANY, RequiredDegree.ANY), _without(found, text)
    found = _ASKED.search(text)
    if not found:
        return None, text
    level = next(level for level in _NAMES if found[level.name])
    least, most = (level, max(RequiredDegree)) if found["more"] else (RequiredDegree.ANY, level)
    return Degrees(least, most), _without(found, text)


def _without(found: re.Match[str], text: str) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
