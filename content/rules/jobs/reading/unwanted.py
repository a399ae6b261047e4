"""What somebody does not want: 不要销售和保险, 除了保洁以外, 不想进厂, 不要外包的, 销售就算了."""

from __future__ import annotations

import re

from content.rules.jobs import trades

MOST = 6  # of them in one message
_LEAD = (
    "(?:(?<![要是能人招])不(?:想|要|用|愿意?|打算)?(?:再)?(?:要(?!求)|做|干|当|去|进(?!厂)|跑|找|看|考虑|是)|(?<!要)不[要想](?!求)|(?<![特级个性分区类])别(?![的家处人])(?:给我)?(?:再)?(?:推荐|发|要|是|找|推)?"
    "|不(?:用|想|需要|能)?(?=打电话推|搞|碰|卖|推销|出差|外勤|应酬|喝酒|陪酒|跑外)|除了|除开|除去|除掉|排除|去掉|非(?=[\u4e00-\u9fff]{2,4}(?:类|岗|的)))"
)
_END = "(?:这|那)?(?:之类|一类|类|方面|相关|性质)?的?(?:工作|岗位?|职位|活儿?|公司|单位)?(?:片区|那边|这边)?(?:以外|之外|外(?!贸|卖|包))?(?:的|了|吧|呢|啊|都行|都可以|其他|其它|别)*"
_STOP = r"(?=(?<=的)|$|[\s,、。;.!?]|不|还|别的|有|和|跟|或|都|其[他它]|另外|只|想|招|我)"
_AHEAD = re.compile(rf"{_LEAD}(?:任何|什么|那种|那些|这种)?([\u4e00-\u9fffa-z]{{2,6}}?){_END}{_STOP}")
_MORE = re.compile(rf"(和|跟|或者?|、|以及|还有|,|\s)+([\u4e00-\u9fffa-z]{{2,6}}?){_END}{_STOP}")
_BEHIND = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[那这](?:一?个|家|边))?((?:(?!的)[\u4e00-\u9fffa-z]){2,6}?)(?:类|片区|那边)?的?(?:[那这](?:一?个|家|边|份))?(?:就|都|也)?(?:不要|除外|就?算了|不考虑|不想[去做干]|不[去做干]|太远|免谈)(?<!要不要)了?(?:[吧的])*(?=$|[\s,、。])"
)
_NO_NAME = re.compile(
    "[男女]|年纪|岁|多大|多少|什么|啥|怎么|哪|吗|想|超过|少于|多于|[万千]|经验|学历|夜班|晚班|加班|倒班|双休|社保|押金|收钱|交钱|费$|这[个些种]|那[个些种]|钱|证$|站|^[的太很再]|了$|换|上班|工作|招|找|体检|面试|年龄|限|低于|高于|以[上下]|[0-9]|[我俺]|十[多几来]|累|苦|远|熬|骗|晒|会|公开|通知|提醒|理我|联系|打电话"
)
_KINDS_OF_HOUSE = {"工厂": "进厂", "厂里": "进厂", "厂子": "进厂", "车间": "进厂"}  # as postings call it


def read(text: str) -> tuple[tuple[str, ...], str]:
    """The names of what is not wanted, and the folded text without them."""
    names, place = list[str](), 0
    while len(names) < MOST and (found := _AHEAD.search(text, place)):
        some, place = _names(found[1]), found.start() + 1
        if not some:
            continue
        rest = text[found.end() :]
        while (more := _MORE.match(rest)) and (others := _beside(more[2], joined=bool(more[1].strip(", ")))):
            some, rest = some + others, rest[more.end() :]
        names, text = names + some, f"{text[: found.start()]} {rest}"
    while len(names) < MOST and (found := _BEHIND.search(text)) and (some := _names(found[1])):
        names, text = names + some, f"{text[: found.start()]} {text[found.end() :]}"
    return tuple(dict.fromkeys(names)), " ".join(text.split())


def _names(word: str) -> list[str]:
    """The trades that a word names, else itself; none if it is no name."""
    if named := trades.known().named(word):
        return named[:1]
    if _NO_NAME.search(word):
        return []
    return [_KINDS_OF_HOUSE.get(word, word)]


def _beside(word: str, *, joined: bool) -> list[str]:
    """What is named one after the other: 不要销售和保险; only trades without a word between."""
    return _names(word) if joined else [word] if word in trades.known().words else []
