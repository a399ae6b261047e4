"""Which documents a notice names: 《X》 in its text, and the X that a title is about, in one spelling."""

from __future__ import annotations

import re

from content.rules.language import plain_text

LOOKED_AT = 20_000  # characters of a text
MOST = 12  # names of one text
SHORTEST = 6  # characters; a shorter name (《通知》, 《实施细则》) names no document by itself

_QUOTED = re.compile(r"[《<]([^《》<>\n]{2,80})[》>]")
_WRAPPED = re.compile(
    r"^(?:.{0,30}?关于)?(?:印发|发布|公布|转发)[《<〈]?(.{4,80}?)[》>〉]?(?:的(?:通知|公告|通告|函))?$"
)
_EDITION = re.compile(r"\((?:试行|暂行|修订|征求意见稿|公开版|摘要|\d{4}年?(?:版|修订|修正)?)\)$")
_EXPLAINS = re.compile(r"解读|问答|图解|一图(?:读懂|看懂)|一问一答|政策说明")


def quoted(text: str) -> list[str]:
    """The documents that a text names, each once, in order: 《关于印发〈X〉的通知》 → X."""
    folded = plain_text.fold(text[:LOOKED_AT])
    names = dict.fromkeys(core(name) for name in _QUOTED.findall(folded))
    return list(names)[:MOST]


def core(title: str) -> str:
    """What a title is about: 关于印发《X（试行）》的通知 → X; in the one spelling that search knows, without blanks."""
    folded = "".join(plain_text.normalise(title).split())
    wrapped = _WRAPPED.match(folded)
    return _EDITION.sub("", (wrapped[1] if wrapped else folded).strip("《》<>〈〉"))


def names(title: str, name: str) -> bool:
    """Whether a name as `quoted` gives it is this title's; its beginning (the place that issued it) may be left out."""
    whole = core(title)
    return len(name) >= SHORTEST and (whole == name or (whole.endswith(name) and 2 * len(name) >= len(whole)))


def explains(title: str, category: str = "") -> bool:
    """Whether a notice explains another (解读): its category or its title says so."""
    return _EXPLAINS.search(category) is not None or _EXPLAINS.search(title) is not None
