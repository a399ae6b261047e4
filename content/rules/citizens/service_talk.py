"""What citizens say to the service itself in their own words: hand it over, take it back, send no more, thank you.

Each is told by a word that does it, and only if nothing is said that other words beside it do not cover: 行，帮我转过去吧.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.rules.citizens.triage_phrases import Lexicon, uncovered

LONGEST = 40  # characters; who writes more tells of a matter
LONGEST_STORY = 120  # … of a complaint that says what was tried already

_COURTESIES = [
    "请",
    "麻烦",
    "帮我",
    "帮忙",
    "帮",
    "给我",
    "替我",
    "你",
    "你们",
    "您",
    "您们",
    "那",
    "那就",
    "就",
    "先",
    "直接",
    "赶紧",
    "快",
    "吧",
    "啊",
    "呀",
    "哈",
    "嘛",
    "哦",
    "噢",
    "喔",
    "啦",
    "了",
    "的",
    "吗",
    "好了",
    "就行",
    "行不行",
    "好吗",
    "行吗",
    "可以吗",
    "下",
    "一下",
    "好不好",
    "谢谢",
    "谢谢你",
    "谢谢您",
    "多谢",
    "谢了",
    "谢",
    "辛苦",
    "好",
    "好的",
    "好吧",
    "行",
    "可以",
    "嗯",
    "对",
    "是的",
    "ok",
    "我",
    "我要",
    "我想",
    "要",
    "想",
    "还是",
    "呗",
    "嘞",
    "好嘞",
    "行吧",
    "好吧",
    "那行",
    "那好",
    "成",
    "中",
    "要得",
    "这样",
    "就这样",
    "可以的",
    "能",
    "能不能",
    "可不可以",
    "不",
    "么",
    "都",
    "哎",
    "唉",
    "算了",
    "没事",
    "不用",
    "不用了",
    "同志",
    "老师",
    "师傅",
    "大姐",
    "大哥",
]
_SAID = [
    "刚才",
    "刚刚",
    "上面",
    "前面",
    "之前",
    "以前",
    "上次",
    "昨天",
    "今天",
    "前天",
    "这个",
    "这些",
    "这条",
    "那条",
    "那个",
    "那些",
    "这",
    "那",
    "我",
    "我们",
    "说",
    "讲",
    "发",
    "写",
    "说的",
    "讲的",
    "发的",
    "写的",
    "反映",
    "反映的",
    "投诉",
    "举报",
    "求助",
    "把",
    "将",
    "它",
    "话",
    "内容",
    "事情",
    "事",
    "情况",
    "问题",
    "意见",
    "留言",
    "来信",
    "消息",
    "信息",
    "东西",
    "招聘",
    "岗位",
    "原话",
    "一条",
    "最后",
    "上一条",
    "上条",
    "编号",
    "所有",
    "全部",
    "都",
]
_STAFF = [
    "给",
    "到",
    "工作人员",
    "人工",
    "真人",
    "他们",
    "人家",
    "单位",
    "上面",
    "上头",
    "上级",
    "有关",
    "相关",
    "那边",
    "这边",
    "部门",
    "有关部门",
    "相关部门",
    "领导",
    "领导们",
    "主任",
    "书记",
    "局里",
    "科室",
    "管这件事的",
    "管这事的",
    "管事的",
    "管的人",
    "负责的",
    "负责人",
    "负责的人",
    "能管的",
    "后台",
    "专人",
    "客服",
    "人",
    "看",
    "看看",
    "看一下",
    "处理",
    "办",
    "解决",
    "管",
    "管管",
    "过去",
    "上去",
]
_DONE = [
    "已经",
    "都",
    "现在",
    "自己",
    "人家",
    "老板",
    "物业",
    "对方",
    "厂里",
    "房东",
    "邻居",
    "他",
    "她",
    "又",
    "也",
    "来",
    "来了",
    "修好",
    "修",
    "修了",
    "解决",
    "解决了",
    "处理",
    "处理了",
    "处理好",
    "弄好",
    "搞定",
    "办好",
    "办完",
    "给",
    "给了",
    "发",
    "发了",
    "结清",
    "结了",
    "找到",
    "找到了",
    "和解",
    "说好",
    "谈好",
    "谈妥",
    "协商",
    "协商好",
    "退",
    "退了",
    "退钱",
    "钱",
    "工资",
    "没问题",
    "没事了",
    "没必要",
    "好了",
    "通了",
    "亮了",
    "停了",
    "搬走",
    "走了",
    "发错",
    "发错了",
    "写错",
    "写错了",
    "说错",
    "点错",
    "打错",
]


@dataclass(frozen=True)
class _Saying:
    """`acts`: of these one must be said; `around`: what may stand beside it."""

    acts: Lexicon
    beside: Lexicon

    @classmethod
    def of(cls, acts: str, *around: list[str]) -> _Saying:
        words = acts.split()
        return cls(Lexicon(words), Lexicon([*words, *(word for part in around for word in part)]))

    def fits(self, bare: str) -> bool:
        """Whether a bare text does it and says nothing else."""
        if len(bare) > LONGEST or not self.acts.spans(bare):
            return False
        spans = self.beside.spans(bare)
        return uncovered(bare, self.beside.words, spans) == 0


_HANDS_OVER = _Saying.of(
    "转过去 转上去 转交 转达 转告 转给 转一下 转下 转吧 转呀 转 交给 交上去 递上去 报上去 反映上去 反映给 汇报给 送上去 发给 传给 提交给 递给 报给 反映一下 反映下 反映 汇报一下 报一下 上报 上报一下 转报 递一下 报上去 报给 转一转",
    _COURTESIES, _SAID, _STAFF,
)  # fmt: skip
_IS_OTHERS = re.compile(
    "人工|真人|客服|^(?:要|想|我要|我想)?转了?$|转人|[发传]给我(?!们领导)|(?:不用|不要|不想|不|别|甭|没|未)(?:再|帮我|给我)*(?:转|交|发|报|反映)|^(?:我|要|想|还)*反映|^反映"
)  # 转人工 begins a letter
_TAKES_BACK = _Saying.of(
    "撤回 撤回来 撤销 撤掉 撤了 撤 收回 收回来 删了 删掉 删除 删 取消 作废 不算 当我没说 当我没讲 当我没发 当我没写 当没说 不用转 不要转 别转 不转 不用管 不用处理 不用查 不投诉 不举报 不反映 不想投诉 不想举报 不想反映 不追究 不告",
    _COURTESIES, _SAID, _STAFF, _DONE,
)  # fmt: skip
_ASKS_HOW = re.compile("(?:能|可以|可不可以|能不能|怎么|如何|咋).{0,12}(?:撤|收回|删|取消).{0,4}")
_OF_A_LETTER = re.compile("留言|来信|投诉|举报|反映|转|编号|那条|说的|当我没|当没说|求助|写的|发的|发错|写错|点错|话")
_STOPS = _Saying.of(
    "别发 别给我发 别再发 别再给我发 不要发 不要再发 不要给我发 不要再给我发 不用发 不用再发 不用给我发 不用再给我发 甭发 别推 别推送 不要推送 不用推送 别通知 不用通知 不要通知 不用提醒 别提醒 不要提醒 "
    "别再提醒 别再通知 退订 退掉 退了 给我退了 不订 不订了 停掉 停了 关掉 别烦我 不想收 不想再收 不想收到 不要再推 别再推 不用再通知 不用再提醒 取消订阅 不需要再发",
    _COURTESIES, ["不要", "不要了", "不需要", "不需要了", "不想要", "不想要了", "不想看", "不看", "消息", "信息", "通知", "提醒", "推送", "招聘", "岗位", "这个", "这些", "那个", "订阅", "订的", "再", "以后", "今后", "到", "我", "给", "过来", "已经", "找到", "找到了", "工作", "活", "活儿", "有", "上班", "上了", "都", "全部", "全", "所有", "掉", "过", "再也", "天天", "老是", "烦"],
)  # fmt: skip
_OF_NEWS = re.compile("订阅|订的|推送|提醒")
_STOPS_NAMED = _Saying.of(
    "取消 取消掉 取消了 删了 删掉 停了 停掉 关了 关掉 退了 退掉 不要 不用 撤了",
    _COURTESIES,
    [
        "不要了",
        "不用了",
        "消息",
        "信息",
        "通知",
        "提醒",
        "推送",
        "招聘",
        "这个",
        "那个",
        "订阅",
        "订的",
        "再",
        "以后",
        "全部",
        "所有",
        "都",
        "全",
        "我",
        "的",
        "把",
        "刚才",
    ],
)
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
_POLITE = Lexicon(
    [
        *_COURTESIES,
        *[
            "感谢",
            "麻烦你们啦",
            "谢谢大家",
            "辛苦了",
            "辛苦你们",
            "麻烦你们了",
            "麻烦您了",
            "打扰了",
            "打扰",
            "非常",
            "太",
            "真",
            "十分",
            "特别",
            "大家",
            "知道",
            "明白",
            "晓得",
            "清楚",
            "回复",
            "解答",
            "帮助",
            "帮",
        ],
    ]
)
_CLOSES = re.compile("了|过|好用|方便|我(?!们?家)|放心|明天|待会|回头|有需要|再")
_IS_DONE = _Saying.of(
    "解决了 处理好了 修好了 搞定了 搞定 弄好了 办好了 办完了 找到了 没事了 好了 通了 解决 处理完了 办成了",
    _COURTESIES,
    _SAID,
    _DONE,
)
_GOES_ON_ASKING = re.compile(
    "吗|呢|么(?!久)|怎么|咋|如何|什么|啥|哪|谁|多少|几[个点号时天月年]|[?？]|请问|想问|问一下|问下|能不能|可不可以|可以不|有没有|是不是|行不行|要不要|麻烦.{0,4}(?:帮|查|给|转|告诉)|帮我(?!大忙)|帮忙|给我(?!很|大)|告诉我|发我|我要|我想(?!说)|求|招|找(?!到)|不给|没给|没人|没发|拖欠|不管|投诉|举报|反映"
)
_PRAISES = re.compile(
    "^(?:你|您|你们|咱们)(?:这|这个|的)?.{0,8}(?:好用|方便|不错|真好|很好|贴心|给力|厉害|有用|靠谱|到位)(?:的|啊|了|呀|嘛|哦)*$"
)

_HOTLINE = "(?<![0-9])(?:12[0-9]{3}|96[0-9]{3})(?![0-9])|(?:市长|政务|便民|投诉|举报|服务)?热线|(?:打|拨)(?:过|了|的)?.{0,6}电话|(?:让|叫)(?:我们?|人|老百姓)?打(?:热线|电话)"
_IN_VAIN = "没(?:什么|啥|有|个|多大)?(?:卵|屁|毛|鸟|一点)?用|不管用|不顶用|白(?:打|搭|费|说)|没人(?:接|管|理|来|处理)|打不通|不接|占线|踢(?:来踢去|皮球)|推(?:来推去|诿|脱|给)|没(?:有)?(?:下文|结果|解决|回音|答复|回复|动静|反应)|不解决|不处理|解决不了|敷衍|糊弄|不了了之|石沉大海|转来转去|就(?:是)?(?:记录|登记)一?下|也没管|管不了|打了.{0,4}(?:次|遍|回|趟)"
_HOTLINE_FAILED = re.compile(
    f"(?:{_HOTLINE}).{{0,16}}?(?:{_IN_VAIN})|(?:{_IN_VAIN}).{{0,6}}?(?:{_HOTLINE})|(?:就知道|只会|光会|除了|就会|老是|总是|又是).{{0,6}}(?:{_HOTLINE}|打电话|12345)"
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


def is_done(bare: str) -> bool:
    """问题已经解决了: nothing is wanted any more."""
    return not bare.endswith(("吗", "没", "没有")) and _IS_DONE.fits(bare)
