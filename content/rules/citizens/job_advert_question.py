"""Whether an employer asks how to have a job advertised here: 我开了个小厂，想在你们这发个招聘，怎么弄."""

from __future__ import annotations

import re

LONGEST = 80  # characters

_ADVERTISES = re.compile(
    "(?:发布?|登|挂|贴|投放|放上去?|刊登|推)(?:一?[个条份下]|点|我们的?|咱们的?)?(?:招聘|招工|招人|岗位|用工|信息)(?:信息|广告|启事|需求)?"
    "|(?:招聘|招工|岗位)(?:信息|广告|启事)?.{0,6}?(?:怎么|如何|哪里|在哪|找谁)(?:发布?|登|挂|贴|投放)"
)
_OWN_FIRM = re.compile(
    "(?:我|俺|咱)(?:们)?(?:是|有|开|办|这|自己)?.{0,8}?(?:厂|公司|店|企业|工地|饭店|单位).{0,12}?(?:缺|招|要)(?:几|两|三|[0-9]+|好几)?(?:个|名)?(?:点|些)?(?:人|工|员工|.{1,4}工)"
    "|招不到(?:人|工)|我是.{0,6}(?:老板|企业|hr|人事)"
)
_ASKS = re.compile("怎么|如何|哪里|在哪|找谁|可以|能|吗|想|要|弄|帮")
_OTHER = re.compile("骗|投诉|举报|公开|处罚|不发|拖欠|押金|假招聘|条件|包[吃住]")


def is_one(bare: str) -> bool:
    """Whether a bare text is about advertising a job, and not about finding one or about a false advert."""
    if len(bare) > LONGEST or _OTHER.search(bare):
        return False
    return (_ADVERTISES.search(bare) or _OWN_FIRM.search(bare)) is not None and _ASKS.search(bare) is not None
