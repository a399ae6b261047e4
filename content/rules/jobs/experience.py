"""Years of experience: what employers ask for, and what citizens say that they have."""

from __future__ import annotations

import re

from content.rules.language import numerals, plain_text

MOST = 60  # years
_NONE = re.compile(
    r"(?:不要求?|不用|没有?|无|无需|不需要?|不限|免|零)(?:任何|相关)?(?:工作)?经验(?:要求|限制)?|(?:工作)?经验(?:不限|没有|不要求|要求无)"
    r"|(?:20[12]\d[届级]|2\d届)(?:的)?(?:应届)?(?:毕业)?生?(?:的)?|(?:我是|刚|是)?(?:应届|刚毕业)(?:的)?(?:(?:毕业)?生(?:的)?(?=$|[\s,、想找能要有可])|(?=大学|本科|大专|中专|硕士|专科|研究生))|校招|刚毕业的?|(?:我)?(?:才|刚刚?)(?:从)?(?:学校|大学|大专|中专|校门)?(?:里)?(?:毕业|出来|出校门)(?:没多久|不久)?(?:的)?|毕业没多久|适合应届(?:毕业)?生?(?:做|干)?(?:的)?"
    r"|应届(?=$|[\s,、])|应届(?:毕业)?生(?=$|[\s,、])|应届(?:毕业)?生?(?:也|都)?(?:可以?|能|行|收|要)(?:做|干|投|应聘)?(?:的)?|应届(?:毕业)?生?(?:的)?(?=工作|岗位|职位|会计|财务|文员|销售)|没(?:干|做)过|新手|小白|生手"
)
_FIGURES = rf"\d{{1,2}}|[{numerals.HAN}]{{1,3}}|两三|三五|十[来几多]"
_YEARS = re.compile(
    rf"(?:(?:我?有|干了?|做了?|干过|做过|工作了?)(?P<before>{_FIGURES})年多?(?:以上)?(?:的|工作|相关)*(?:经验|经历|工龄)?"
    rf"|(?P<after>{_FIGURES})年多?(?:以上)?(?:的|工作|相关)*(?:经验|经历|工龄)|(?<![^\s,、])(?P<alone>\d{{1,2}})年(?=$|[\s,、]))"
)
_ASKS_NONE = re.compile("不限|无需?(?:工作)?经验|无工作经验|不要求|应届|没有要求|无要求")
_ASKS = re.compile(r"(\d{1,2})(?:\s?[-~至到]\s?\d{1,2})?\s?年")


def required(text: str) -> int | None:
    """The least years in an employer's words: 3-4年工作经验 → 3, 不限 → 0; None if nothing is said."""
    folded = plain_text.normalise(text)
    if _ASKS_NONE.search(folded):
        return 0
    found = _ASKS.search(folded)
    return int(found[1]) if found else None


def asked(text: str) -> tuple[int | None, str]:
    """The years of experience that a folded question speaks of, 0 for none, and the question without them."""
    found = _NONE.search(text)
    years = 0 if found else None
    if found is None and (found := _YEARS.search(text)):
        years = numerals.small(
            (found["before"] or found["after"] or found["alone"])
            .replace("两三", "两")
            .replace("三五", "三")
            .replace("十来", "十")
            .replace("十几", "十")
            .replace("十多", "十")
        )
    if found is None or years is None or years > MOST:
        return None, text
    return years, " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
