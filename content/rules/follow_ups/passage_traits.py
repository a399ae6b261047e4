"""What the sentences of a notice look like: what a heading calls, what belongs to one group only, a report on what was paid."""

from __future__ import annotations

import re

from content.rules.follow_ups import own_words
from content.rules.language.answering_sentence import Aspect

BESIDE = 14  # characters from what is asked to that of which it is asked
OF_THE_SAME = 2.5  # for a sentence on those of whom it is asked
AGAINST_DUTIES = 2.0  # … for what offices have to do
SHORT_ITEM = 40  # characters of one paper in a list

NUMBERED = re.compile(r"[(（]?(\d{1,2})\s?[.、．)）]")
TERM = re.compile(
    "(?:缴费|报名|申请|申报|登记|参保|受理|填报|征集|投标|公示|办理|预约|领取)(?:的)?(?:时间|期限|日期|期[为:])"
)
SPAN = re.compile(r"[\d旬底]\s?[日时分]?\s?(?:—|–|-|至)\s?\d|截止|截至|\d日?(?:之?前|以前|止)")
# How a heading calls what is asked, where the words of a sentence are too wide.
LABELS = {
    "way": re.compile(
        "(?:怎么|如何|怎样)(?!计|算|处罚|查)|方式|流程|程序|步骤|途径|渠道|怎么办|报名办法|申[报请领]办法"
    ),
    "papers": re.compile("准备什么|材料|资料|证件|要带|带什么|带啥"),
    "date": re.compile("时间|日期|截止|期限|时候|何时|几时|期$|报名办法|报名$|申报办法"),
    "sum": re.compile("标准|多少|金额|费用|收费|租金|额度|缴费|补多少|几多|价格"),
    "place": re.compile("地点|地址|窗口|在哪|哪里|受理(?:点|单位|机构|部门)|渠道|途径"),
    "conditions": re.compile("条件|谁(?:能|可|来)|什么人|对象|资格"),
}
_NO_ANSWER = re.compile(
    r"^[(（]?注[:：]|如下[:：。]?$|^(?:为|根据|按照|依据)(?:了|进一步|深入|做好|加强|贯彻|持续|《|国家|有关)|印发给|特?制定本|^公开方式|^(?:发文|成文|发布|公布)(?:日期|机关|时间)[:：]|^当前位置|首页\s?>|^索引号|^文号|^[^,，。:：;；]{4,}(?:指引|方案|通知|办法|指南|细则|通告|公告|解读|清单)》?$"
)
_BY_LAW = re.compile(
    "^(?:根据|按照|依据)[^,，]*[,，].*(?:可以?(?!靠)|应当?|须|不得|提高|不予)(?!.*(?:如下|制定|印发|公告|通告|通知)[^,，。]*[。:：]?$)"
)
_STEP = re.compile(r".{1,4}(?:打开|扫码|点击|搜索|进入|登录|完成|填写|选择|上传|提交|在|到|由)")
_REPORT = re.compile(
    r"已(?:受理|审核|兑付|拨付|发放)|实际(?:拨付|支出)|(?:拨付|受益|领取|受理)[^,，。]{0,6}\d+[^,，。]{0,2}[户名人]|已有\d|累计(?!缴)|尚余|全年资金|年初安排|预算执行|追回|补贴资金\d|\d+[户名人](?:领到|领取)|发放补贴资金"
)
_ASKS_FOR_A_REPORT = re.compile("已经?|[一总]?共(?!租)|累计|花|支出|拨|用了|剩|多少(?:家|户|人)|安排|预算|决算|追|发了")
_NUMBER_AND_YEAR = re.compile(r"(?:[(（]?[一二三四五六七八九十\d]+[)）、.]\s?)?(?:20\d\d年度?)?")
_ASIDE = re.compile(
    "(?:特别|温馨)?(?:提醒|提示)[:：]|注意[:：]|(?:鼓励|支持|推动|推进|加强|完善|建立|各区|各级)"
)  # … or of what offices are to do
_GOES_ON = re.compile(
    "(?:补贴|补助|奖励|资助|贷款|收费|缴费)?(?:标准|期限|金额|额度|对象|时间)(?:为|是|[:：]|最|累计|不)|按每人|每人|其中"
)
_DUTY = re.compile(
    "(?:单位|机构|部门|人民政府|政府|组织|办事处|服务商|运营方|企业)[^,，。;；]{0,14}(?:应当|应该|须|负责|要求|不得)|负责[^,，。]{0,20}(?:组织|协调|指导|督促|监督|统筹)"
)
_FORBIDDEN = re.compile(
    "任何(?:单位|个人)|(?:禁止|严禁|不得)(?:使用|伪造|买卖|出租|转让|骗取|弄虚|以任何)|违反本?(?:办法|规定|条例)|依法追究|给予处分"
)
_ASKS_FOR_DUTIES = re.compile(
    "单位|机构|部门|政府|公司|企业|厂|谁管|谁负责|哪家|罚|违|能不能|可以|可不可以|得唔得|行不行|[借卖租转]|禁|不准|不让|吗$|不$"
)
_OF_SUMS = re.compile("补|报|支付|缴|费|利|折|优惠|比例|标准|额|收入|支出|预算|金")
_LOOKS, _ACTS = re.compile("查看|查询|查找"), re.compile("申请(?!对象|人|家庭|者|表)|提交|上传|填[报写]|报名|办理|登记")
_GROUP = re.compile(
    "业主子女|在校学生|优先考虑|优先条件|政策性照顾|双胞胎|多胞胎|大龄|港澳|香港|澳门|境外|国外|残疾|孤儿|烈士|军人|退役|非(?:本市|本区|穗|.{2}区)户?籍|国有企业|补录"
)
_OF_OTHERS = re.compile(  # who has no 户口 here
    "非[^,，。]{0,4}户[口籍]|(?:外地|外省|外市|外来|没有?(?:本地|本市|广州|这里的?|园区)?)户[口籍]|来穗人员|随迁子女|外地人"
)
_OF_OURS = re.compile(  # … and who has one
    "(?<!非)(?<!没)(?<!没有)(?:本市|本区|本地|广州市?|当地|园区|有)户[口籍]|具有[^,，。]{0,4}户[口籍]|户籍(?:生|儿童|家庭|居民)"
)
_ABROAD = re.compile("港澳|香港|澳门|台湾|外籍")
_SAYS = re.compile("[,，。:：;；?？!！]")
_OF_HELP = re.compile("补贴|补助|奖励|津贴|资助")
_PAUSES, _WHETHER = re.compile("[,，。!！]"), re.compile("[吗么]$|能不能|可不可以|是否|是不是")
_GENERIC = re.compile("(?:补贴|补助|奖励|津贴|资金|政策)+")


def is_preamble(folded: str) -> bool:
    """Whether a sentence only says why a notice was made, or what it is called; 根据《条例》规定,可以代办 tells something."""
    return _NO_ANSWER.search(folded) is not None and not _BY_LAW.search(folded)


def is_label_of(aspect: Aspect, label: str) -> bool:
    """Whether a heading calls what is asked."""
    if label.endswith("?"):
        *_, label = _PAUSES.split(label.rstrip("?"))
        if _WHETHER.search(label):
            return False
    known = LABELS.get(aspect.name)
    return bool(known.search(label) if known else aspect.asked.search(label) or aspect.named.search(label))


def is_close(folded: str, aspect: Aspect, matter: re.Pattern[str]) -> bool:
    """Whether what is asked stands beside that of which it is asked: 10个工作日内初审."""
    return any(
        matter.search(folded[max(0, found.start() - BESIDE) : found.end() + BESIDE])
        for found in aspect.holds.finditer(folded)
    )


def is_beside(folded: str, aspect: Aspect, word: str) -> bool:
    """Whether what is asked stands right beside a word of the question: 公办小学315个."""
    at = folded.find(word)
    return at >= 0 and aspect.holds.search(folded[at : at + len(word) + BESIDE // 2]) is not None


def begins_with(folded: str, aspect: Aspect, word: str) -> bool:
    """Whether a sentence begins with a word and its figure, so that it is of all of it: 支出11669.26万元,其中…."""
    begins = _NUMBER_AND_YEAR.match(folded)
    rest = folded[begins.end() :] if begins else folded
    return rest.startswith(word) and aspect.holds.match(rest[len(word) :].removeprefix("支出")) is not None


def is_paper(folded: str) -> bool:
    """Whether a piece is one of a numbered list of papers, and no step of what to do."""
    return len(folded) < SHORT_ITEM and NUMBERED.match(folded) is not None and _STEP.match(folded) is None


def is_report(folded: str, question: str) -> bool:
    """Whether a sum is what was paid to all, where it is asked what one gets."""
    return _REPORT.search(folded) is not None and not _ASKS_FOR_A_REPORT.search(question)


def is_share_of_none(folded: str) -> bool:
    """Whether a share is of no sum: 流失率由17.8%降到12.3%."""
    return "%" in folded and _OF_SUMS.search(folded) is None


def is_aside(folded: str, question: str) -> bool:
    """Whether it is a reminder beside what is to be done, or tells where to look something up, which nobody asked."""
    only_looks = _LOOKS.search(folded) is not None and not _ACTS.search(folded) and not _LOOKS.search(question)
    return _ASIDE.match(folded) is not None or only_looks


def goes_on(folded: str) -> bool:
    """Whether a sentence tells the size or the term of what the one before it named: 补贴标准为:…."""
    return _GOES_ON.match(folded) is not None


def is_duty(folded: str, question: str) -> float:
    """What counts against a sentence that tells what offices have to do, or what nobody may do, where a citizen asks for himself."""
    if _ASKS_FOR_DUTIES.search(question):
        return 0.0
    return AGAINST_DUTIES if _DUTY.search(folded) or _FORBIDDEN.search(folded) else 0.0


def is_of_the_opposite(question: str, folded: str) -> bool:
    """Whether a sentence is of those who have a 户口 here, where who has none asks, or the other way round."""
    if not (_OF_OTHERS.search(question) or _OF_OURS.search(question)):
        return False
    of_others, of_ours = _OF_OTHERS.search(folded) is not None, _OF_OURS.search(folded) is not None
    if of_others == of_ours:
        return False
    return of_ours if _OF_OTHERS.search(question) else of_others


def is_of_the_same(question: str, folded: str) -> bool:
    """Whether a sentence is of those who have no 户口 here, where one of them asks."""
    if _ABROAD.search(folded) and not _ABROAD.search(question):
        return False
    return _OF_OTHERS.search(question) is not None and _OF_OTHERS.search(folded) is not None


def is_row(folded: str) -> bool:
    """Whether it is a row of a table, which without its head says nothing: 起报人数 新招10人 净增5人."""
    return len(folded) < SHORT_ITEM and not _SAYS.search(folded) and len(folded.split()) > 2


def groups(said: str) -> set[str]:
    """The people that a text names whom a notice treats by themselves."""
    found = {one[0] for one in _GROUP.finditer(said)}
    named = {one for one in found if not one.startswith("非")}
    return {*named, "非本市户籍"} if _OF_OTHERS.search(said) else named


def is_one_of_several(heading: str, folded: str, aspect: Aspect | None) -> bool:
    """Whether a sentence tells the term of one group, or the sum of one kind of help, as others beside it do."""
    if aspect is None:
        return False
    if aspect.name == "date":
        return TERM.search(folded) is not None
    return aspect.name == "sum" and _OF_HELP.search(heading) is not None and aspect.holds.search(folded) is not None


def is_change_of_another(aspect: Aspect | None, heading: str, known: str) -> bool:
    """Whether a change stands under a heading that calls another sum than the one that is known to be asked of."""
    if aspect is None or aspect.name != "change" or not heading:
        return False
    named = own_words.of(NUMBERED.sub("", heading).strip("一二三四五六七八九十、.。:()（） "))
    return bool(named) and not own_words.touches(named, known)


def is_generic(word: str) -> bool:
    """Whether a word names every sum of a notice alike: 补贴."""
    return _GENERIC.fullmatch(word) is not None
