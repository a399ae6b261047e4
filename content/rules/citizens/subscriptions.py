"""Wishes: the words that citizens subscribe to, and whether a new item fits them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from content.rules.language import plain_text

MOST = 10  # wishes of one citizen
LONGEST = 40  # characters of a wish

_FIGURES = re.compile("(?!(?:19|20)[0-9]{2}$)[0-9.]+")
_ASKS = re.compile("怎么|如何|什么|哪|吗|呢|能不能|可以|可不可以|收费|要钱|[?]|^了|^后")
_ALL = re.compile("(?:所有|全部|全都?|一切|都|完|掉|了|的|订阅|吧|[\\s。.!])*")
_STOP = re.compile(
    "td|t|[请]?(?:别|不要|不用|甭|莫)(?:再)?(?:给我|跟我|向我)?(?:发|推送|推|通知|打扰|提醒)(?:我|给我)?(?:消息|信息|通知)?(?:了|啦|吧|我)*"
    "|不(?:想|要)(?:再)?(?:收|接收|看)(?:到)?(?:这些|这个|消息|通知|推送)?了?|(?:取消|停止|关闭|关掉)(?:所有|全部|我)?的?(?:订阅|通知|推送|提醒)(?:了|吧)?|(?:全部|所有|全|都)(?:取消|退订|退掉|退|不要|不订)(?:了|吧|掉)*|不订了|不订阅了|取消关注通知"
)
_TAKEN_BACK = re.compile(
    "(?:还是|那|那就|那个|这个|先|我|请|帮我|,|，)*(?:取消|不要|算了|不用|不订|不想要|撤销|撤回|删掉?|退掉?|停掉?|不需要|别)(?:了|掉|吧|它|这个|那个|订阅|提醒|通知|发|推|我|不要|不用|取消|再|,|，)*"
)
_OWN = re.compile(
    "(?:看看?|查看?|查一下)?我?(?:现在|目前|都|已经)*(?:的订阅|订阅的|订阅|订)(?:了|过|的)*(?:有|是)?(?:些)?(?:什么|哪些|啥|哪几个|列表|内容)(?:呢|呀|啊)?|我的订阅|查看订阅|订阅列表"
)
_ASKED_TO = "(?:[,，]|的话?|就|请|再|马上|立刻|第一时间|及时|自动|直接|主动|随时|微信|记得|麻烦|帮忙|能不能|能否|能|可不可以|可否|可以|都|你们?|您|给)*"
_TELL = "(?:(?:告诉|通知|提醒|喊|叫|发给|发|告知|推送给?|推给|跟|和)(?:我|咱|俺)(?:们)?(?:说|讲|吱)?(?:一声|声|一下|下|哈|啊|吧|吗|么|不|嘛|好吗|行吗|谢谢|[,。!?])*|给(?:我|咱|俺)(?:发|推送|推|说)(?:一?下|一份|一声|过来)?(?:哈|啊|吧|吗|么|嘛|好吗|行吗|谢谢|[,。!?])*)"
_COMES = "(?:出来了?|有了?|出了?|来了?|招了?|上了?|更新了?|发布了?)"
_OF_NEWS = "(?:招聘(?!会)|消息|信息|通知|公告|进展|动静|政策|岗位|职位|机会|新闻|资讯)"
_WHEN = "(?:的话|的时候|时候|时|了|之后|后)*"
_TELL_ME = re.compile(
    f"(?:以后|今后|下次|等|要是|如果|什么时候|只要|一)*(?:有了?新?的?|出了?新?的?|来了?新?的?|再有|还有|新的?)(.{{0,20}}?){_OF_NEWS}*{_COMES}?{_WHEN}{_ASKED_TO}{_TELL}"
)
_TELL_ME_OF = re.compile(
    f"(?:以后|今后|下次|要是|如果|等)*(?:有)?(.{{2,20}}?)(?:的)?(?:以后|要是|如果|一)*(?:{_COMES}(?:新的?)?{_OF_NEWS}*|{_OF_NEWS}+{_COMES}?){_WHEN}{_ASKED_TO}{_TELL}"
)
_WATCH = re.compile(
    f"(?:请|麻烦|能不能|能|可以)*(?:帮|替|给)(?:我|忙)(?:盯着|盯|留意|关注|看着|订阅|订)(?:一?下|一?点|着|个|一个)*(.{{2,20}}?)(?:的)?{_OF_NEWS}*(?:[,，]?(?:以后|一)?{_COMES}{_WHEN}{_ASKED_TO}(?:{_TELL})?)?(?:吧|吗|可以吗|行吗|好吗)?"
)
_EACH_DAY = re.compile(
    f"(?:每天|天天|定期|按时|每周)(?:都|能不能|可以)?(?:给我|帮我)?(?:发|推送|推)(?:给我|我)?(?:点|些|一下)?(.{{0,12}}?){_OF_NEWS}*(?:吗|吧|行吗)?"
)
_IF_THERE = re.compile(
    f"(?:以后|今后|要是|如果|等)*((?:(?![谁哪]).){{0,8}}?)有(?!没有)(?:了|新的?)*(.{{2,16}}?){_WHEN}{_ASKED_TO}(?:{_TELL}|(?:吱|说|喊|招呼|通知|告诉|提醒)(?:一声|一下|下)(?:吧|哈|谢谢)*)"
)
_OF_WORK = re.compile("^(?:每天|天天|定期|按时|每周).*(?:招聘|岗位|职位)")
_ADDED = re.compile(
    "(.{6,}?)[,，](?:要|在|最好|就要|只要)?([^,，吗呢?？]{2,8}?)(?:的|就行|就好|那边|这边)*"
)  # a condition said after it
_GREETING = re.compile("^(?:(?:你好|您好|在吗|请问|麻烦|老师|同志)[,，。!！ ]*)+")
_DEBRIS = re.compile(
    "^(?:了|新的?|那个|这个|一些|些)+|(?:出来了?|能不能|可不可以|自动|以后|记得|麻烦|要是|如果|了|新的|的新|也|都)+$"
)
_KIND = re.compile("(?:信息公开|公开|招聘|信息|通知|公告|岗位|职位|工作)+$")


def words(text: str) -> str:
    """A wish as it is kept: normalised, blanks between words; empty if it says too little or too much.

    Single characters and figures tell nothing by themselves.
    """
    runs = plain_text.runs(text)
    folded = " ".join(runs)
    says_something = any(len(run) > 1 and not _FIGURES.fullmatch(run) for run in runs)
    return folded if says_something and len(folded) <= LONGEST else ""


def is_asked_about(text: str) -> bool:
    """Whether what stands behind 订阅 asks how that goes, and names nothing to subscribe to."""
    return _ASKS.search(text) is not None


def is_taken_back(bare: str) -> bool:
    """取消吧, 不要了: of what was subscribed to with the message before."""
    return _TAKEN_BACK.fullmatch(bare) is not None


def all_ended(text: str) -> bool:
    """Whether what stands behind 退订 means every wish."""
    return _ALL.fullmatch(text) is not None


def stops(bare: str) -> bool:
    """TD, 别再给我发了: nothing is to be told any more."""
    return _STOP.fullmatch(bare) is not None


def asks_for_own(bare: str) -> bool:
    """我订阅了什么."""
    return _OWN.fullmatch(bare) is not None


def to_be_told(bare: str) -> str | None:
    """What somebody wants to hear of: 公租房房源 of 有新的公租房房源通知我; empty for what was talked about; else None."""
    bare = _GREETING.sub("", bare)
    if len(bare) > LONGEST:
        return None
    found = next(
        filter(None, (one.fullmatch(bare) for one in (_WATCH, _TELL_ME, _TELL_ME_OF, _EACH_DAY, _IF_THERE))), None
    )
    if found is None and (asked := _ADDED.fullmatch(bare)) and (before := to_be_told(asked[1])) is not None:
        return f"{before} {asked[2]}".strip()  # 有新的电工招聘告诉我一声，东港的
    if found is not None and not any(found.groups()) and _OF_WORK.search(bare):
        return "招聘"
    return None if found is None else _DEBRIS.sub("", " ".join(filter(None, found.groups()))).strip("的,， ")


def fits(wish: str, text: str, synonyms: Sequence[Iterable[str]] = ()) -> bool:
    """Whether each word of a wish, or one that means the same, stands in a normalised text. 预算公开 asks for 预算."""
    return all(any(word in text for word in _alike(_core(word), synonyms)) for word in wish.split())


def _core(word: str) -> str:
    return _KIND.sub("", word) or word


def _alike(word: str, synonyms: Sequence[Iterable[str]]) -> set[str]:
    return {word}.union(*(group for group in synonyms if word in group))
