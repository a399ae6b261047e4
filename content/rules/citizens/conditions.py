"""Whether a matter of another office is what is asked, or a condition by the way: 没有房产证 of 没有房产证能不能入学."""

from __future__ import annotations

import re

from content.rules.follow_ups import own_words

_BEFORE = re.compile(
    "(?:没有?|无|有|持|凭|带着?|拿着?|外地|本地|农村|农业|城镇|城市|外省|外市|本市|非本[地市]|[省市区县]外|[省市区]|是|[打发转汇存]到|打进|用|还是|非)的?$"
)
_AFTER = re.compile(
    "(?:不在|在|是|没在|还在|没|都|属于)?(?:农村|外地|本地|老家|外省|这里|这边|这|城里|乡下|园区|本市)|没迁|没(?:下来|办下来|办好|拿到|到手)|的(?:人|外地人|能|可以|也|孩子|家庭|单位|职工)|(?:了|后|以后|之后|过|着)(?:,|还|能|可以|是|孩子|公|就|又|要)"
    "|,?(?:能不能|可不可以|是否)?(?:能|可以)?(?:申请|领|享受|报名|参加|入学|入住|租|补贴)|还是|或者|和社保"
)
_ACTS = re.compile(
    "(?:证|提取|取|提|查|贷款|贷|缴|交|看|用|迁|补|换|丢|挂失|激活|过期|注销|到期|续|落户|转|改|上户|过户|登记|办|新|过来|过去|进来|出来|回来|地方|窗口|手续|材料|流程|多久|电话|去|到|一个|哪|了|需要|登|期|回)+"
)


def is_condition(text: str, said: str) -> bool:
    """Whether what told the kind of a message (`said`) is marked as a condition, and another matter is named besides."""
    place = text.find(said)
    if place < 0 or not said:
        return False
    before, after = text[:place], text[place + len(said) :]
    marked, following = _BEFORE.search(before), _AFTER.match(after)
    if not marked and not following:
        return False
    rest = f"{before[: marked.start()] if marked else before} {after}"
    return any(not _ACTS.fullmatch(word) for word in own_words.of(rest))
