"""The schooling that a citizen speaks of: 大专, 不要学历, 本科以上. Order: 不限 < 初中 < 高中、中专 < 大专 < 本科 < 硕士 < 博士."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.rules.jobs.posting_figures import Schooling

_NAMES = {
    "博士": Schooling.DOCTOR, "硕士": Schooling.MASTER, "研究生": Schooling.MASTER, "本科": Schooling.BACHELOR,
    "学士": Schooling.BACHELOR, "大学生": Schooling.BACHELOR, "大学毕业": Schooling.BACHELOR,
    "大学学历": Schooling.BACHELOR, "大专": Schooling.COLLEGE, "专科": Schooling.COLLEGE, "高职": Schooling.COLLEGE,
    "中专": Schooling.SECONDARY, "中技": Schooling.SECONDARY, "技校": Schooling.SECONDARY, "职高": Schooling.SECONDARY,
    "中职": Schooling.SECONDARY, "高中": Schooling.SECONDARY, "初中": Schooling.MIDDLE, "小学文化": Schooling.MIDDLE,
    "小学毕业": Schooling.MIDDLE, "小学学历": Schooling.MIDDLE,
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

    least: Schooling
    most: Schooling

    def meets(self, required: int | None) -> bool:
        """Whether a posting's requirement is among them; one that says nothing asks for nothing."""
        return self.least <= (required or Schooling.ANY) <= self.most


def asked(text: str) -> tuple[Degrees | None, str]:
    """What a folded question says of schooling, and the question without it.

    大专 is what the citizen has: whatever asks for no more suits. 大专以上 is what the job is to ask for, at least.
    """
    found = _NONE.search(text)
    if found:
        return Degrees(Schooling.ANY, Schooling.ANY), _without(found, text)
    found = _ASKED.search(text)
    if not found:
        return None, text
    level = _NAMES[found[1]]
    least, most = (level, max(Schooling)) if found["more"] else (Schooling.ANY, level)
    return Degrees(least, most), _without(found, text)


def _without(found: re.Match[str], text: str) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
