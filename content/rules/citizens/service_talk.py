"""What citizens say to the service itself in their own words: hand it over, take it back, send no more, thank you.

Each is told by a word that does it, and only if nothing is said that other words beside it do not cover: 行，帮我转过去吧.
The words are `config/data/service_words.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from config import reference
from content.rules.citizens.triage_phrases import Lexicon, uncovered

LONGEST = 40  # characters; who writes more tells of a matter
LONGEST_STORY = 120  # … of a complaint that says what was tried already

_COURTESIES, _SAID, _STAFF, _DONE, _NEWS = ("courtesies", "said", "staff", "done", "news")  # lists of the table


def _words(name: str) -> list[str]:
    found: str = reference.table("service_words")[name]
    return found.split()


@dataclass(frozen=True)
class _Saying:
    """`acts`: of these one must be said; `around`: what may stand beside it."""

    acts: Lexicon
    beside: Lexicon

    @classmethod
    def of(cls, acts: str, *around: str) -> _Saying:
        """From the lists of the table that are called so."""
        return cls(Lexicon(_words(acts)), Lexicon([word for name in (acts, *around) for word in _words(name)]))

    def fits(self, bare: str) -> bool:
        """Whether a bare text does it and says nothing else."""
        if len(bare) > LONGEST or not self.acts.spans(bare):
            return False
        spans = self.beside.spans(bare)
        return uncovered(bare, self.beside.words, spans) == 0


_HANDS_OVER = _Saying.of("hands_over", _COURTESIES, _SAID, _STAFF)
_IS_OTHERS = re.compile(
    "人工|真人|客服|转人$|转人(?!家)|[发传]给我(?!们领导)|(?:不用|不要|不想|不|别|甭|没|未)(?:再|帮我|给我)*(?:转|交|发|报|反映)|^(?:我|要|想|还)*反映|^反映"
)  # 转人工 begins a letter
_TAKES_BACK = _Saying.of("takes_back", _COURTESIES, _SAID, _STAFF, _DONE)
_ASKS_HOW = re.compile("(?:能|可以|可不可以|能不能|怎么|如何|咋).{0,12}(?:撤|收回|删|取消).{0,4}")
_OF_A_LETTER = re.compile("留言|来信|投诉|举报|反映|转|编号|那条|说的|当我没|当没说|求助|写的|发的|发错|写错|点错|话")
_STOPS = _Saying.of("stops", _COURTESIES, _NEWS)
_OF_NEWS = re.compile("订阅|订的|推送|提醒")
_STOPS_NAMED = _Saying.of("stops_named", _COURTESIES, _NEWS)
_STOPS_OF = re.compile(
    "(?:好的?|算了|行|那|,|，)*(?:关于|以后|今后)?(.{2,12}?)(?:的)?(?:消息|招聘|通知|信息|提醒|推送|岗位|工作)?(?:以后|今后|都|就|请|麻烦|,|，)*"
    "(?:别|不要|不用|甭|不需要)(?:再)?(?:给我|跟我|向我)?(?:发|推送|推|通知|提醒)(?:给?我)?(?:消息|信息|通知)?(?:了|啦|吧|谢谢|,|，)*"
)
_NAMES_NOTHING = re.compile(
    "^(?:你们?|您|请|那|这些?|这个|那个|以后|今后|再|也|就|能不能|可以|能|麻烦|算了|不要了?|好的?|,|，|我|都|天天|老是|总)+$"
)
_THANKS = re.compile(
    "谢|多谢|辛苦|麻烦(?:你|您)们?(?:了|啦)|打扰(?:你|您)?们?了|感恩|给力|唔该|好用|帮(?:了)?(?:我)?(?:很)?大忙"
)
_POLITE = Lexicon([*_words("courtesies"), *_words("thanks")])
_CLOSES = re.compile("了|过|好用|方便|我(?!们?家)|放心|明天|待会|回头|有需要|再")
_OF_THE_SERVICE = re.compile(
    "你们?(?!好)|您|公众号|这个号|本号|工作人员|留言|转给|人工|客服|机器人|投诉|举报|回复|微信"
)
_IS_DONE = _Saying.of("is_done", _COURTESIES, _SAID, _DONE)
_GOES_ON_ASKING = re.compile(
    "吗|呢|么(?!久)|怎么|咋|如何|什么|啥|哪|谁|多少|几[个点号时天月年]|[?？]|请问|想问|问一下|问下|能不能|可不可以|可以不|有没有|是不是|行不行|要不要|麻烦.{0,4}(?:帮|查|给|转|告诉)|帮我(?!大忙)|帮忙|给我(?!很|大)|告诉我|发我|我要|我想(?!说)|求|招|找(?!到)|不给|没给|没人|没发|拖欠|不管|投诉|举报|反映"
)
_PRAISES = re.compile(
    "^(?:你|您|你们|咱们)(?:这|这个|的)?.{0,8}(?:好用|方便|不错|真好|很好|贴心|给力|厉害|有用|靠谱|到位)(?:的|啊|了|呀|嘛|哦)*$"
)

_HOTLINE = "(?<![0-9])(?:12[0-9]{3}|96[0-9]{3})(?![0-9])|(?:市长|政务|便民|投诉|举报|服务)?热线|(?:打|拨)(?:过|了|的)?.{0,6}电话|(?:让|叫)(?:我们?|人|老百姓)?打(?:热线|电话)"
_IN_VAIN = "没(?:什么|啥|有|个|多大)?(?:卵|屁|毛|鸟|一点)?用|不管用|不顶用|白(?:打|搭|费|说)|没人(?:接|管|理|来|处理)|打不通|不接|占线|踢(?:来踢去|皮球)|推(?:来推去|诿|脱|给)|没(?:有)?(?:下文|结果|解决|回音|答复|回复|动静|反应)|不解决|不处理|解决不了|敷衍|糊弄|不了了之|石沉大海|转来转去|说(?:不)?归|又说|(?:让|叫)(?:我|你)(?:去)?找|就(?:是)?(?:记录|登记)一?下|也没管|管不了|打了.{0,4}(?:次|遍|回|趟)"
_LED_TO_NOTHING = re.compile(
    f"{_IN_VAIN}|(?:一直|到现在|还是|就是|都|也)没(?:有)?人?(?:管|来|修|处理|解决|动静|消息|反应)|谁(?:都|也)不管|(?:都|也|全)不管|互相推|推(?:皮球|卸|来推)|官官相护|不作为|收(?:了|过)?(?:人家|他们|老板)?(?:的)?(?:钱|好处|红包)了?(?:吧|是不是|吗)?$|是不是收|一伙|勾结|包庇|穿一条裤子|记者|媒体|曝光|发(?:抖音|网上|朋友圈)|上访|告到|找市长|管不管|(?:凭什么|为什么|咋|怎么)(?:还)?(?:不管|没人管)"
)
_HELPER = re.compile(
    "(?:打|找|问|报|联系|投诉|反映|跟|和|叫|喊)(?:过|了|给)?.{0,2}(?:物业|居委|村委|社区|街道|城管|房东|派出所|管理员|保安)"
)
_HOTLINE_FAILED = re.compile(
    f"(?:{_HOTLINE}).{{0,16}}?(?:{_IN_VAIN})|(?:{_IN_VAIN}).{{0,6}}?(?:{_HOTLINE})|(?:就知道|只会|光会|除了|就会|老是|总是|又是).{{0,6}}(?:{_HOTLINE}|打电话|12345)"
)

# One look for a word of whatever is handed over, taken back, done or thanked for; most messages have none.
MAY_BE_TALK = re.compile(
    "|".join(
        [
            *map(re.escape, _HANDS_OVER.acts.words | _TAKES_BACK.acts.words | _IS_DONE.acts.words),
            _THANKS.pattern,
            _PRAISES.pattern,
        ]
    )
)


def hands_over(bare: str) -> bool:
    """行，转吧, 把我的话交给领导看: what was written a moment ago is to go to a person."""
    return not _IS_OTHERS.search(bare.replace("好不好", "").replace("行不行", "")) and _HANDS_OVER.fits(bare)


def takes_back(bare: str) -> bool:
    """把刚才那条留言撤了吧，已经修好了."""
    if _ASKS_HOW.search(bare):
        return False
    parts = bare.split(",")  # 别转了，他们改了
    told = [part for part in parts if _TAKES_BACK.fits(part)]
    return _TAKES_BACK.fits(bare) or (
        bool(told) and all(part in told or not _GOES_ON_ASKING.search(part) for part in parts)
    )


def names_a_letter(bare: str) -> bool:
    """Whether what is taken back is surely a letter, and no subscription: 那条投诉."""
    return _OF_A_LETTER.search(bare) is not None


def stops(bare: str) -> bool:
    """算了不要了，别给我发了: nothing is to be sent any more."""
    return _STOPS.fits(bare) or (_OF_NEWS.search(bare) is not None and _STOPS_NAMED.fits(bare))


def stops_of(bare: str) -> str:
    """焊工 of 焊工的消息不用再发给我了; empty if nothing is named."""
    found = _STOPS_OF.fullmatch(bare) if len(bare) <= LONGEST else None
    return "" if found is None or _NAMES_NOTHING.search(found[1]) else found[1].strip(",， ")


def thanks(bare: str) -> bool:
    """打了110了，谢谢你: thanks or praise, and besides at most what has been done: 公租房 谢谢 asks for something."""
    if len(bare) > LONGEST or _GOES_ON_ASKING.search(bare):
        return False
    said = _THANKS.search(bare)
    rest = uncovered(bare, _POLITE.words, _POLITE.spans(bare)) if said else 0
    return _PRAISES.search(bare) is not None or (said is not None and (not rest or _CLOSES.search(bare) is not None))


def hotline_failed(bare: str) -> bool:
    """打过12345了，没用: who was told to call has called, and nothing came of it."""
    return len(bare) <= LONGEST_STORY and _HOTLINE_FAILED.search(bare) is not None


def was_in_vain(bare: str) -> bool:
    """打了没人接, 你们踢皮球: what was told to do about a complaint led to nothing."""
    return len(bare) <= LONGEST and _LED_TO_NOTHING.search(bare) is not None


def helper_failed(bare: str) -> bool:
    """找过物业了没用: somebody nearer than the hotline was asked for help in vain."""
    return was_in_vain(bare) and _HELPER.search(bare) is not None


def is_of_the_service(bare: str) -> bool:
    """Whether it speaks of this service, and so names nothing that could be looked up: 这个号靠谱吗."""
    return len(bare) <= LONGEST and _OF_THE_SERVICE.search(bare) is not None


def is_done(bare: str) -> bool:
    """问题已经解决了: nothing is wanted any more."""
    return not bare.endswith(("吗", "没", "没有")) and _IS_DONE.fits(bare)
