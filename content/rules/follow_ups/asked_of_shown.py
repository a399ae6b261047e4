"""Questions that name a condition and wish for none: 要不要上夜班, 没有证可以做吗 ask about the jobs that were shown."""

from __future__ import annotations

import re

_THAT_ONE = "(?:那|那么|那个|这个|它|他们|你们|厂里|公司|第.{1,2}[个家]|平时|一般|我)*"
_END = "(?:的|吗|么|啊|呀|不|呢|嘛|吧)*"
_BURDEN = re.compile(
    f"{_THAT_ONE}(?:要不要|用不用|需不需要|会不会|是不是要|上不上|加不加|倒不倒|要|得|需要|会|用)(?:经常|天天|老是|总是|常常|一直|也)*"
    f"(?:上|值|倒|做|熬)?(?:大|小)?(?:夜班?|晚班|通宵|倒班|轮班|三班倒|两班倒|加班|班|出差|站着?|喝酒|应酬|体检|外勤|跑外勤|坐班|打卡|穿工服|搬东西|打电话)(?:上班|干活)?{_END}"
)
_ENDS_AS_A_QUESTION = re.compile("[吗么呢啊呀不嘛]$|(.)不\\1|要不要|需不需要")
_LACKING = re.compile(
    "(?:那|要是|如果|我|俺|还|也|就)*(?:没有?|不会|不懂|不到|不满|不够|差)(.{1,8}?)"
    "(?:能不能|可不可以|可以|行不行|成不成|要不要|收不收|行|能|要|收|成|招)(?:去|来|做|干|报名?|应聘|上班|试试|我|人)*(?:吗|么|不|啊|呀|呢|嘛)*"
)
_WHERE_IN_IT = re.compile(
    "(?:在|是)?[\u4e00-\u9fff]{2,6}?(?:的)?(?:哪里|哪儿|哪一?块|什么地方|什么位置|哪个位置)(?:啊|呀|呢|上班|那?边)*"
)
_PAUSES = re.compile("[,，;；。?]")
_FIGURE = re.compile("[0-9一二两三四五六七八九十]年")


def asks_of_a_burden(bare: str) -> bool:
    """要不要上夜班啊: nobody wishes for it."""
    return _BURDEN.fullmatch(bare) is not None and _ENDS_AS_A_QUESTION.search(bare) is not None


def lacks(bare: str) -> bool:
    """没有2年经验行不行: whether they take somebody without what they ask for."""
    return _LACKING.fullmatch(bare) is not None


def names_years(bare: str) -> bool:
    """Whether it names years, which a posting asks for."""
    return _FIGURE.search(bare) is not None


def asks_where(bare: str) -> bool:
    """在创新谷哪里呀: the address within a place that was told."""
    return any(map(_WHERE_IN_IT.fullmatch, _PAUSES.split(bare)))
