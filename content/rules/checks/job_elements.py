"""What an advert of work must tell: 人力资源市场暂行条例 art. 24, and the national catalogue's item 就业 1.2 岗位信息发布."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity

CATEGORIES = frozenset({"jyzp"})  # codes of the categories of adverts of work
_LAW = "人力资源市场暂行条例第二十四条：招聘信息要写明单位基本情况、招聘人数、招聘条件、工作内容、工作地点、基本劳动报酬等。"
_CATALOGUE = "基层政务公开标准目录（就业）“岗位信息发布”：招聘单位、岗位要求、福利待遇、招聘流程、应聘方式、咨询电话。"
_ADVERT = re.compile(r"招聘|招工|招录|招募|诚聘|急聘|招用|招贤|聘.{0,6}(?:名|人)|招\d*(?:名|人)|岗位表|职位表|缺\d+人")
_NO_ADVERT = re.compile(
    r"结果|公示|名单|成绩|面试|笔试|体检|考察|递补|拟聘|拟录|录用|补贴|政策|问答|解读|指南|统计|总结|综述|回顾|举行|举办|开展|开进|走进"
    r"|圆满|顺利|通报|提醒|防骗|警惕|骗局|陷阱|招聘会|[0-9０-９]+余?(?:户|家)(?:企业|单位)|专场|直播带岗|预告|延期|取消|计划|方案|办法|规定|情况|公告解读|招标|比选"
)
_WORK = re.compile(r"岗位|职位|工种|任职|应聘|薪|工资|待遇|报名|简历|招聘")


def _rule(name: str, word: str, why: str = _LAW) -> Rule:
    return Rule(
        f"job.{name}", Severity.QUERY, f"招聘信息没有写{word}", why, f"补上{word}；招聘单位确实没有提供的，写明理由。"
    )


ELEMENTS: tuple[tuple[Rule, re.Pattern[str]], ...] = (
    (_rule("employer", "招聘单位"), re.compile(
        r"(?:招聘|用人|招工)单位\s*[：:]?|单位名称|公司名称|企业名称|[\u4e00-\u9fff]{2}(?:公司|集团|厂|局|委员会|管委会|中心|医院|学校|幼儿园|酒店|饭店|超市|合作社|事务所"
        r"|银行|支行|门店|研究院|街道办|政府|协会|法院|检察院|物业|大队|支队|党群)|我(?:公司|单位|局|厂|院|校|店|中心)")),
    (_rule("headcount", "招聘人数"), re.compile(
        r"[0-9０-９]+\s*[余多]?\s*(?:名|人|位|个(?:岗位|名额))|[一二两三四五六七八九十百]+(?:余|多)?(?:名|人|位)|若干|人\s*数|名\s*额|多名|数名")),
    (_rule("conditions", "招聘条件"), re.compile(
        r"要求|条件|学历|专业|经验|证书|持.{0,8}证|熟练|熟悉|能吃苦|责任心|以上文化|本科|大专|中专|高中|初中|资格|会.{1,10}(?:操作|软件|驾驶)|周岁|身体健康|不限")),
    (_rule("duties", "工作内容"), re.compile(
        r"职责|工作内容|工作任务|主要工作|岗位说明|岗位描述|工作描述|负责|从事|承担|协助|操作|做好|维护|接待|装配|检验|搬运|驾驶|打扫|配送|看护|巡逻|值班")),
    (_rule("place", "工作地点"), re.compile(
        r"地\s*点|地\s*址|位于|坐落|上班地|工作地|[\u4e00-\u9fff](?:路|街|大道|巷)\s*[0-9０-９]+号|工业园|园区|开发区|产业园|[\u4e00-\u9fff]{2}(?:镇|乡|街道|村|社区)")),
    (_rule("pay", "劳动报酬"), re.compile(
        r"薪|工\s*资|报酬|元\s*[／/每]\s*(?:月|年|天|日|时|小时|件)|[月年日时]\s*[0-9０-９.]+\s*(?:元|万|k|K)|每[月天年小时].{0,6}元|计件|待遇.{0,12}(?:[0-9０-９]|面议|标准|执行|编)"
        r"|(?<![0-9])[1-9１-９][0-9０-９]{3,4}\s*[-－—~～至到]\s*[1-9１-９][0-9０-９]{3,4}(?![0-9])|面议|[0-9]+[kK]")),
    (_rule("apply", "应聘方式", _CATALOGUE), re.compile(
        r"报\s*名|应聘(?:方式|者)|投递|简历|邮箱|@|面试|联系|扫码|二维码|咨询|致电|到.{2,20}(?:登记|面谈)|来电")),
    (_rule("phone", "咨询电话", _CATALOGUE), re.compile(
        r"(?:电\s*话|手机|热线|联系|咨询|致电|☎|微信)[^0-9０-９]{0,24}[0-9０-９*＊]|(?:0\d{2,3}[-－—）) ]?)?[2-8]\d{6,7}(?!\d)|1[3-9]\d[ -]?[\d*]{4}[ -]?\d{4}|400[ -]?\d")),
    (_rule("benefits", "福利待遇", _CATALOGUE), re.compile(
        r"福利|五险|社保|社会保险|保险|公积金|包[吃住]|食宿|补贴|补助|年休|双休|单休|奖金|津贴|体检|工作餐|宿舍|节日|带薪")),
    (_rule("process", "招聘流程", _CATALOGUE), re.compile(
        r"流程|程序|步骤|面\s*试|笔\s*试|考核|体\s*检|试用|录用|入职|报名(?:时间|期限)|截止|先到先|登记")),
)  # fmt: skip


def is_advert(*, title: str, category: str, text: str) -> bool:
    """Whether a post offers work; results, lists of people, fairs, policies and warnings about it do not."""
    if _NO_ADVERT.search(title):
        return False
    if _ADVERT.search(title):
        return bool(_WORK.search(text))
    return category in CATEGORIES and len(set(_WORK.findall(text))) >= 2


def find(passages: Sequence[Passage]) -> Iterator[CheckFinding]:
    """Each element that an advert does not tell; a person looks whether it stands elsewhere, in a picture or behind a link."""
    told = "\n".join(f"{passage.label} {passage.text}" for passage in passages)
    whole = Passage("全文", "")
    for rule, pattern in ELEMENTS:
        if not pattern.search(told):
            yield CheckFinding(rule, whole, rule.what.removeprefix("招聘信息"))
