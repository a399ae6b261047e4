"""Whether a citizen asks how an application of their own stands: 公租房申请批下来没有, 审核过了吗, 交了一个月怎么没消息."""

from __future__ import annotations

import re

LONGEST = 60  # characters; who writes more tells a story
LONGEST_DONE = 20  # … who asks whether it is done: 营业执照办好了没
NEAR = 24  # characters between what was handed in and what became of it

_HANDED_IN = "申请|申报|提交|递交|上报|报上去|交上去|交(?:了|的|过)|递(?:了|的)|报(?:了|的)|办(?:理)?(?:了|的)|审核|审批|材料|资料|登记(?:了|的)|报名(?:了|的)|办件"
_BECAME = (
    "进度|到哪一?步|(?:办|走|进行|弄|批|处理)到哪(?:里|儿)?了|批(?:下来|了没|了吗|没批|准)|下来(?:了)?(?:没|吗)|审(?:核|批)?(?:完|好|过了?|通过|了)(?:了)?(?:没|吗)|审(?:核|批)?没审?|(?:通过|办好|办完|办成|弄好|好)(?:了)?(?:没|吗)"
    "|(?:没|没有|不见|一直没|还没)(?:个)?(?:回(?!家)|消息|结果|动静|下文|答复|回复|回音|通知)|有(?:没有)?(?:结果|消息|回复|答复|下文)(?:了)?(?:没|吗)?|怎么样了|咋样了|轮到|排到|过了(?:没有?|吗)"
)
_OF_ONES_OWN = re.compile(
    "我|俺|咱|上周|上个?月|上个?礼拜|上个?星期|昨天|前天|前几天|前段|已经|早就|月份?(?:申请|交|报|提交)|(?:申请|提交|交|报|办)(?:了|的|过)|这么久|多久了|还没"
)
_DONE = re.compile("(?:办|批)(?:好|完|成|下来|通过)了?(?:没有?|吗)|(?:审核?|审批)(?:好|完|通过|过)了?(?:没有?|吗)")
_ASKS = re.compile(
    rf"(?:{_HANDED_IN}).{{0,{NEAR}}}?(?:{_BECAME})|(?:进度|办到哪一?步|批到哪一?步).{{0,8}}(?:申请|审批|办件|审核)"
)
_BARE = re.compile(
    "(?:请问|想问|问一下|我想|我要|帮我)?(?:怎么|如何|在哪里?|哪里)?(?:查|看|查询|查一下|了解|查看)?(?:一下)?(?:我的?|我们的?)?"
    "(?:申请|审批|办件|办理|审核|信息公开申请|依申请公开|公开申请)的?(?:进度|状态|结果|情况|到哪一?步了?)(?:怎么查|在哪查|哪里查|怎么看|查询|呢|吗)?"
)  # fmt: skip
_ABOUT = re.compile(
    "(?:工程|项目)(?:的?进[度展]|什么)|招标|会议|案件|(?:什么|要|哪些|带)材料|材料(?:要|有)|怎么申请|如何申请|条件|怎么办理"
)
_FOR_DISCLOSURE = re.compile("信息公开|公开申请|申请公开|依申请")
_RECEIPT = re.compile(r"(?<!\d)(20\d{2}-\d{4,6})(?!\d)")


def is_one(bare: str) -> bool:
    """Whether a bare text asks how an application stands, and not for how to make one or for a project's progress."""
    if len(bare) > LONGEST or _ABOUT.search(bare):
        return False
    if _BARE.fullmatch(bare):
        return True
    if _DONE.search(bare) and len(bare) <= LONGEST_DONE:
        return True
    return _ASKS.search(bare) is not None and _OF_ONES_OWN.search(bare) is not None


def is_for_disclosure(bare: str) -> bool:
    """Whether it is an application for government information."""
    return _FOR_DISCLOSURE.search(bare) is not None


def receipt_number(text: str) -> str:
    """The number of a receipt that a text names: 2026-0012; empty for none."""
    found = _RECEIPT.search(text)
    return found[1] if found else ""
