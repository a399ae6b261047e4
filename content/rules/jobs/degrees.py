"""The schooling that a citizen speaks of: 大专, 不要学历, 本科以上. Order: 不限 < 初中 < 高中、中专 < 大专 < 本科 < 硕士 < 博士."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.rules.jobs.posting_figures import RequiredDegree

_NAMES = {
    "博士": RequiredDegree.DOCTOR, "硕士": RequiredDegree.MASTER, "研究生": RequiredDegree.MASTER, "本科": RequiredDegree.BACHELOR,
    "学士": RequiredDegree.BACHELOR, "大学生": RequiredDegree.BACHELOR, "大学毕业": RequiredDegree.BACHELOR,
    "大学学历": RequiredDegree.BACHELOR, "大专": RequiredDegree.COLLEGE, "专科": RequiredDegree.COLLEGE, "高职": RequiredDegree.COLLEGE,
    "中专": RequiredDegree.SECONDARY, "中技": RequiredDegree.SECONDARY, "技校": RequiredDegree.SECONDARY, "职高": RequiredDegree.SECONDARY,
    "中职": RequiredDegree.SECONDARY, "高中": RequiredDegree.SECONDARY, "初中": RequiredDegree.MIDDLE, "小学文化": RequiredDegree.MIDDLE,
    "小学毕业": RequiredDegree.MIDDLE, "小学学历": RequiredDegree.MIDDLE,
}  # fmt: skip
_NONE = re.compile(
    r"(?:不要|没有?|无|不用|不需要|不需|不看|免|不限制?|不要求)学历(?:要求)?|学历(?:要求)?(?:不限|不要求|没有?要求|无要求|无所谓|低)"
)
_ASKED = re.compile(
    rf"(?:学历)?(?:要求|是|要|有|只有)?({'|'.join(_NAMES)})(?![教老数语英物化地历体医护部院附招班后线])"
    r"(?:毕业生?|学历|文凭|文化|生)?(?P<more>及?以上)?(?P<less>及?以下)?(?:毕业|学历|文凭)?"
)


@dataclass(frozen=True)
class Degrees:
    """The requirements that suit a citizen, from `least` to `most`."""

    least: RequiredDegree
    most: RequiredDegree

    def meets(self, required: int | None) -> bool:
        """Whether a posting's requirement is among them; one that says nothing asks for nothing."""
        return self.least <= (required or RequiredDegree.ANY) <= self.most


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
    level = _NAMES[found[1]]
    least, most = (level, max(RequiredDegree)) if found["more"] else (RequiredDegree.ANY, level)
    return Degrees(least, most), _without(found, text)


def _without(found: re.Match[str], text: str) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
