"""Messages that are a command and nothing else: 还有别的吗, 换一个, 上一页, 帮助, 谢谢, and the number of a list entry: 第三个."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"(?:那|那么|我?(?:要|想)?看看?|打开|第|选|选择|no\.?|#)*\s*(\d{1,3}|[一二三四五六七八九十])\s*(?:条|个|项|号|篇|家|份)?(?:的|呢|吧|怎么样)?[.。、,，)）!！]*"
)
_ORDINAL = re.compile(
    "(?:那|那么|就|上面|刚才|前面|我?(?:想|要)?(?:看看?|问问?|了解)(?:一?下)?|说说|这)*的?"
    "(?:第([0-9]{1,2}|[一二三四五六七八九十])(?:个|家|条|份|篇|项|款|则|号|种)?|([0-9]{1,2})(?:号|条)|(最后|末尾)(?:的?那?一?)(?:个|家|条|份|篇))(?![次季批期届年月日污线楼章条级类届轮]|车间|中|小|人民)"
)
NUMERAL = re.compile(r"[\d一二三四五六七八九十]")
_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)}

MORE = {"更多", "看更多", "查看更多", "看看更多", "更多岗位", "下一页", "继续", "还有吗", "还有呢", "再来", "再看看", "more", "next",
    "换一个", "换一批", "换几个", "换一些", "还有别的吗", "还有别的", "有别的吗", "还有没有别的", "还有其他的吗", "还有其它的吗", "别的呢",
    "再来几个", "还有哪些", "还有没有", "不是这个", "不是这些", "都不是", "下一个",}  # fmt: skip
BACK = {"上一页", "返回", "上一步", "回到上一页", "上页", "前一页", "前面的", "上一条", "上面的"}
WHOLE = {"全文", "看全文", "打开全文", "原文", "看原文", "详情", "看详情", "详细内容", "打开", "具体内容", "发全文"}
HELP = {
    "帮助", "怎么用", "怎么使用", "怎么操作", "不会用", "看不懂", "使用说明", "使用帮助", "使用方法", "菜单", "功能", "?", "h", "help",
}  # fmt: skip
HELLO = {
    "你好",
    "您好",
    "你好呀",
    "在吗",
    "你好在吗",
    "您好在吗",
    "在不在",
    "有人吗",
    "早上好",
    "上午好",
    "下午好",
    "晚上好",
    "hi",
    "hello",
}
THANKS = {"谢谢", "谢谢你", "谢谢您", "多谢", "感谢", "谢了", "好的谢谢", "thanks", "thankyou"}
FINE = {
    "好", "好的", "好吧", "行", "嗯", "嗯嗯", "哦", "知道了", "明白", "明白了", "清楚了", "了解了", "收到", "可以了", "不用", "不用了", "没事了",
    "没有了", "没了", "算了", "算了吧", "算了不用了", "算了自己看", "算了我自己看", "我自己看", "自己看吧", "算了我自己查", "不要了", "不要了谢谢", "取消", "取消吧", "不看了", "不找了", "不用了算了", "不问了", "先这样", "就这样", "ok", "okay",
}  # fmt: skip
UNHELPED = {"没帮到我", "没帮到", "没帮上", "没帮上忙", "没有帮到我", "没用上"}
GOODBYE = {"再见", "拜拜", "bye", "88"}
JOBS = {"招聘", "找工作", "工作", "职位", "岗位", "招工", "招人", "最新招聘", "招聘信息", "最新职位"}
NEWS = {"公开", "信息公开", "政府信息公开", "最新公开", "公开信息", "最新", "最新消息", "通知公告"}

MAY_WANT_MORE = re.compile(
    "[别再还不没更下继换]|其[他它]|另外|more|next"
)  # a look at the words before all that follows
_GOES_ON = re.compile(
    "(?:那)?(?:还)?有?(?:没有|没)?(?:别的|其他|其它|另外)(?:的)?(?:单位|公司|厂子?|岗位|工作|地方|职位|招聘|活)?(?:还|也|在)*(?:招|要人|有)?(?:的|吗|呢|没|没有|不)*|(?:再|还)(?:来|看|发)(?:几个|一些|点|一个)(?:别的|其他的?)?(?:看看?)?|(?:都)?(?:不|没)(?:太)?(?:合适|满意|喜欢|行)(?:,|，)?(?:还有吗|换一?[批个些]?|再看看)?"
)


def wants_more(bare: str) -> bool:
    """Whether a bare text asks for others than those of the list: 还有别的单位招吗, 都不合适."""
    return bare in MORE or _GOES_ON.fullmatch(bare) is not None


def number(text: str) -> int | None:
    """The number of a list entry if the folded text is nothing else: 2, 第2条, 二, ②; else None."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    return _DIGITS.get(match[1]) or int(match[1])


def entry_number(bare: str, count: int) -> int | None:
    """The number of the entry with which a bare text begins, of a list of so many: 第二个要几年经验, 最后那个呢."""
    found = _ORDINAL.match(bare)
    if found is None:
        return None
    return count if found[3] else number(found[1] or found[2])


def rest_after_number(text: str) -> str:
    """What is said besides of the entry: 要几年经验."""
    return _ORDINAL.sub("", text, count=1)
