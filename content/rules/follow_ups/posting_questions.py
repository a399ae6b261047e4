"""What a short question asks of a job that was shown, and which fields of a posting say it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class PostingQuestion:
    """One thing that may be asked. `fields`: where it stands; `says`: how its text says it; `called`: what it is called."""

    asked: re.Pattern[str]
    fields: tuple[str, ...]
    says: re.Pattern[str]
    called: str


def _of(asked: str, fields: tuple[str, ...], says: str, called: str) -> PostingQuestion:
    return PostingQuestion(re.compile(asked), fields, re.compile(says), called)


# The first whose words stand in a question takes them.
QUESTIONS = (
    _of("(?:联系人?)?(?:的?电话|手机号?|号码)(?:号码)?(?:是?多少)?|联系方式|怎么联系|联系谁|找谁|联系人|怎么(?:应聘|报名|报|投|去应聘|面试|申请)|(?:去|在|到)?哪里?(?:报名|应聘|面试|投)|简历|报名", ("phone",), r"\d{7}|电话|微信|邮箱|@", "电话"),
    _of("(?:在|去)?(?:什么|啥)(?:地方|位置|区)|在哪一?(?:个|片)?(?:区|里|儿|边)?|哪里|哪儿|地址|地点|位置|定位|怎么走|怎么去|哪个区|远不远|离.{1,6}(?:远|近)", ("address", "area"), "路|区|大厦|园", "地址"),
    _of("(?:底薪|月薪|时薪|日薪|年薪|提成|工资|薪水|薪资|待遇|收入)(?:是|给|有|到手)?(?:多少|怎么样|如何|咋样|高吗|高不高|好不好|怎么算)?钱?|(?:一个月|每个?月|一天|一个?小时|一年|每天)?(?:能|可以|大概)?(?:拿|挣|赚|给|开|发)?(?:到手)?(?:多少钱?|几多钱?|几千)|多少钱", ("salary",), "[元薪资万千]", "工资"),
    _of("(?:什么|啥|几)?学历(?:要求)?|文凭|(?:本科|大专|中专|高中|初中|硕士|没学历|没文凭)(?:的)?(?:能|可以|行|能不能|可不可以)(?:去|做|干|报|应聘)?|毕业证", ("degree",), "本科|大专|中专|高中|初中|硕士|学历", "学历要求"),
    _of("(?:几|多少)年(?:工作)?经验|(?:没有?|有|要|需要|要求)?(?:工作)?经验(?:要求|够吗|够不够)?|[0-9一二三四五两]年(?:经验)?够(?:吗|不)|新手|应届", ("experience",), "经验|应届|年以上", "经验要求"),
    _of("包吃住?|包住|包食宿|管饭|管不管饭|管吃|管住|食宿|宿舍|住宿|住家|住的地方|吃住|夫妻房", ("benefits",), "[包管]吃|[包管]住|食宿|餐|宿舍|住|公寓|夫妻房", "食宿"),
    _of("几险几金|几险|五险一金|五险|社保|公积金|保险|福利", ("benefits",), "险|公积金|社保|福利", "社保和福利"),
    _of("夜班|倒班|白班|几班倒|双休|单休|休息|休几天|周末|上班时间|几点上班|几点下班|几个小时|多少小时|加班", ("benefits",), "[夜白早晚倒轮长]班|几班|[双单轮]休|休息|周末|\\d小时|五天|工作制|做五", "班次和休息"),
    _of("(?:要|招|还招|还要)?(?:几个人?|多少个?人|几人|几名|多少名)|招满|名额", ("headcount",), r"招.{0,6}\d+\s?人|\d+名", "人数"),
    _of("截止|到(?:什么时候|几号|哪天)|什么时候(?:截止|面试|上班|入职)|还招吗|还在招|还要人", ("valid_until",), "截止|有效期|长期", "截止日期"),
    _of("哪一?(?:个|家)?(?:公司|厂|单位|企业)|(?:什么|啥)(?:公司|厂|单位)|公司叫|叫什么公司|公司名", ("employer",), "公司", "单位"),
    _of("干(?:什么|啥|嘛)(?:的|活)?|做(?:什么|啥)(?:的|工作)?|工作内容|具体做|主要做|累不累|累吗|辛苦", (), "负责|工作|职责|操作|从事|岗位", "工作内容"),
    _of("(?:要|有|需要|要求)?(?:什么|哪些|啥)?(?:证书?|资格证|健康证|作业证|驾照|驾驶证|上岗证|材料)|要求(?:高不高|高吗|是什么)?|(?:什么|有啥|啥)(?:要求|条件|限制)|条件", ("degree", "experience"), "证|要求|资格|条件|持", "要求"),
    _of("年龄|几岁|多大|多少岁|\\d{2}岁|[男女](?:的|生)?(?:能|可以|要|行)", (), "年龄|周岁|岁", "年龄要求"),
    _of("试用期", (), "试用", "试用期"),
)  # fmt: skip

_AROUND = re.compile(
    "那么?|这个?|那个|它|他们|她们|你们|我们|我|他家|这家|那家|厂里|公司|单位|请问|我?想问|一下|需要|大概|一般|要不要|要|的话|的|是|有|都|能不能|能|可以|可|去|怎么|上班|吗|呢|呀|啊|嘛|么|吧|啦|不|没有?|还|给我?|发|到|得|多|个|交|吃|收|招|看|告诉|知道|说|具体|详细|是不是|几|什么|啥|了|行|会|用|也|就|多少|年|[\\s,。?!~、]"
)


def read(text: str) -> tuple[list[PostingQuestion], str]:
    """What a folded text asks of a posting, in the order of `QUESTIONS`, and what it says besides."""
    found = []
    for question in QUESTIONS:
        rest = question.asked.sub(" ", text)
        if rest != text:
            found.append(question)
            text = rest
    return found, "".join(_AROUND.sub(" ", text).split())
