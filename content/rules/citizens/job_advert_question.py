"""Whether an employer asks how to have a job advertised here: 我开了个小厂，想在你们这发个招聘，怎么弄."""

from __future__ import annotations

import re

LONGEST = 80  # characters

_ADVERTISES = re.compile(
    "(?:发布?|登|挂|贴|投放|放上去?|刊登|推)(?:一?[个条份下]|点|我们的?|咱们的?)?(?:招聘|招工|招人|岗位|用工|信息)(?:信息|广告|启事|需求)?"
    "|在(?:你们|咱们|贵)(?:这里|这儿|这|那里|那|公众号|平台|网站?|号)*(?:上|里)?(?:登|发(?!了|过|的|现)|挂|贴|招)(?:一?下|个|条|吗|不)?"
    "|(?:招聘|招工|岗位)(?:信息|广告|启事)?.{0,6}?(?:怎么|如何|哪里|在哪|找谁)(?:发布?|登|挂|贴|投放)"
)
_OWN_FIRM = re.compile(
    "(?:我|俺|咱)(?:们)?(?:是|有|开|办|这|自己)?.{0,8}?(?:厂|公司|店|企业|工地|饭店|单位).{0,12}?(?:缺|招|要)(?:几|两|三|[0-9]+|好几)?(?:个|名)?(?:点|些)?(?:人|工|员工|.{1,4}工)"
    "|招不到(?:人|工)|我是.{0,6}(?:老板|企业|hr|人事)"
)
_FIRM = "(?:铺子?|馆|坊|摊子?|站|加工点|酒店|宾馆|旅馆|养殖场|店|公司|厂|饭店|餐馆|企业|工地|诊所|幼儿园|物业|单位|合作社|农场|民宿|超市|车间|班组)"
_WANTS = "(?:现在|最近|年底|正在|正|还|也|,|，|想|要|准备|打算|需要|急需|急着?|得|再|在(?:你们).{0,6})*"
_HEADS = "(?:一?些|几|两|三|四|五|[0-9一二十]+)?(?:个|名|位)?"
_WORKER = "(?:人手?|工人?|员工|[^吗呢?？水电]{0,5}(?:工|员|师傅?|手|司机|会计|出纳|保安|保洁|阿姨|保姆|学徒|文员))"
_HIRES = re.compile(
    "^(?:你好|您好|在吗|请问|,|，|老师|同志)*"
    f"(?:(?:我们?|俺们?|咱们?|自己|本)(?:是|有|开|办|这里?|这边|家|自己|里|个|了|的|一家|小)*(?:.{{0,8}}?{_FIRM})?(?:里|,|，)*{_WANTS}|{_FIRM}里{_WANTS}|(?:想|要|准备|打算|需要)(?=招))"
    f"(?:招(?!了|过|到|满|聘会|聘信息|工信息|标|商|生|呼|手|牌|惹|谁|什么|啥|不招|吗|女的|男的|[一-龥]{{0,6}}的)(?:聘)?{_HEADS}[^吗呢?？]{{0,14}}|缺{_HEADS}{_WORKER})(?:怎么|能|可以|,|，|。|$)"
)
_FOUND = re.compile("补贴|补助|奖励|政策|合法|违法|招(?:到|满|聘会)|找|[我俺]被|应聘|在哪|哪里招|有没有|谁")
_PARTS = {
    "heads": re.compile("(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,2}|若干|数|几)(?:名|人|个)"),
    "pay": re.compile(
        "[0-9]{3,5}(?:元|块|以上|左右|-|~|—|到|/|[,，。\\s]|$)|[一二三四五六七八九]千|月薪|底薪|工资|薪资|待遇|包吃|包住|管吃|管住|五险|提成|面议"
    ),
    "reach": re.compile(
        "(?<![0-9])1[3-9][0-9]{9}(?![0-9])|[0-9]{3,4}-[0-9]{7,8}|电话|微信|联系人|联系[:：]?[^\\s]{2,3}"
    ),
    "place": re.compile("地址|地点|路|街|巷|[0-9]号|园区?|广场|村|镇|附近|大厦"),
    "job": re.compile("招|聘|岗位|缺|急需|工种"),
}
MOST_POSTING = 400  # characters
LEAST_PARTS, LEAST_PARTS_ALONE = 2, 4  # of what a posting says, after it was asked for, and out of nothing
_NOT_ALLOWED = re.compile("男|女|岁|年龄|年纪|已婚|未婚|结婚|属相|星座|民族|户口|户籍|本地|外地|乙肝|怀孕|生育|生孩子")
_MAY = re.compile("能|可以|行|写|要求|只要|限|不要|吗|么|注明|加上|加")
_WHEN = re.compile("多久|什么时候|啥时候|几天|多长时间|当天|快不快|马上")
_FEE = re.compile("要钱|收费|收钱|花钱|免费|多少钱|费用|交钱|要不要钱")
_HOW = re.compile("怎么发|发给谁|往哪发|写什么|怎么写|要什么|发哪|在哪发|发到哪|怎么弄|要哪些|什么材料|怎么办|营业执照")
LONGEST_FOLLOW_UP = 40  # characters
_ASKS = re.compile("怎么|如何|哪里|在哪|找谁|可以|能|吗|想|要|弄|帮")
_OTHER = re.compile("骗|投诉|举报|公开|处罚|不发|拖欠|押金|假招聘|条件|包[吃住]")


def is_one(bare: str) -> bool:
    """Whether a bare text is about advertising a job, and not about finding one or about a false advert."""
    if len(bare) > LONGEST or _OTHER.search(bare):
        return False
    if hires(bare):
        return True
    return (_ADVERTISES.search(bare) or _OWN_FIRM.search(bare)) is not None and _ASKS.search(bare) is not None


def hires(bare: str) -> bool:
    """我们店想招个服务员: an employer speaks of the own firm."""
    return (
        len(bare) <= LONGEST and not _OTHER.search(bare) and not _FOUND.search(bare) and _HIRES.search(bare) is not None
    )


def is_posting(text: str, *, asked_for: bool) -> bool:
    """Whether it is the text of a posting: firm, job, heads, pay, place, telephone. `asked_for`: after it was asked for."""
    if len(text) > MOST_POSTING or text.endswith(("吗", "?", "？", "呢")):
        return False
    said = {name for name, part in _PARTS.items() if part.search(text)}
    if asked_for:
        return len(said) >= LEAST_PARTS and bool(said & {"job", "heads", "reach"})
    return len(said) >= LEAST_PARTS_ALONE and {"job", "reach"} <= said


def asked_after(bare: str) -> tuple[str, ...]:
    """What an employer asks of the posting: not_allowed (只要男的可以写吗), when, fee, what; empty for anything else."""
    if len(bare) > LONGEST_FOLLOW_UP:
        return ()
    if _NOT_ALLOWED.search(bare) and _MAY.search(bare):
        return ("not_allowed",)
    known = {"when": _WHEN, "fee": _FEE, "what": _HOW}
    return tuple(name for name, pattern in known.items() if pattern.search(bare))
