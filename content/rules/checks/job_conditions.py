"""Conditions that an advert of work must not set, money and papers that it must not take, and what needs a look.

Rules and bans that are quoted are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity

_MARKET = "人力资源市场暂行条例第二十四条：招聘信息不得含有民族、种族、性别、宗教信仰等方面的歧视性内容"
_DELETE = "删去这个条件。"


def _rule(name: str, what: str, why: str, advice: str = _DELETE, severity: Severity = Severity.ERROR) -> Rule:
    return Rule(f"condition.{name}", severity, what, why, advice)


SEX = _rule("sex", "限制性别", f"就业促进法第三条、第二十七条；妇女权益保障法第四十三条；{_MARKET}。",
            "删去这个条件。属于国家规定不适合妇女的工种或者岗位的，写明依据。")  # fmt: skip
PEOPLE = _rule("ethnicity", "限制民族", f"就业促进法第三条、第二十八条；{_MARKET}。")
RACE = _rule("race", "限制种族", f"就业促进法第三条、第二十六条；{_MARKET}。")
BELIEF = _rule("religion", "限制宗教信仰", f"就业促进法第三条；{_MARKET}。")
DISABILITY = _rule("disability", "排除残疾人", "就业促进法第二十九条：用人单位招用人员，不得歧视残疾人。")
RURAL = _rule("rural", "排除农村劳动者", "就业促进法第三十一条：不得对农村劳动者进城就业设置歧视性限制。")
FAMILY = _rule(
    "family",
    "限制婚育",
    "妇女权益保障法第四十三条：不得将限制结婚、生育或者婚姻、生育状况作为录用条件；就业促进法第二十七条。",
)
CARRIER = _rule("carrier", "排除传染病病原携带者", "就业促进法第三十条：不得以是传染病病原携带者为由拒绝录用。",
                "删去这个条件。法律、行政法规禁止从事的易使传染病扩散的工作除外，写明依据。")  # fmt: skip
AGE = _rule("age", "限制年龄", "法律没有写明禁止，但要有岗位上的理由；国办发〔2013〕35号：招聘高校毕业生不得以年龄作为限制性要求。",
            "请核对是不是岗位真的需要，不需要就删去。", Severity.QUERY)  # fmt: skip
HOUSEHOLD = _rule("household", "限制户籍", "国办发〔2013〕35号：招聘高校毕业生不得以户籍作为限制性要求。",
                  "请核对有没有依据，没有就删去。", Severity.QUERY)  # fmt: skip

_TAKEN = "劳动合同法第九条：用人单位招用劳动者，不得扣押居民身份证和其他证件，不得要求提供担保或者以其他名义收取财物。"
CHARGE = _rule("charge", "向求职者收钱", _TAKEN, "删去这个条件。求职、入职都不用交钱。")
PAPERS = _rule("papers", "扣押证件", _TAKEN, "删去这个条件。只看原件、收复印件的，请写清楚。")
EXAM_FEE = _rule("exam_fee", "让求职者出体检费、报名费", f"{_TAKEN}公开招考收考试费，要有收费依据。",
                 "请核对有没有依据，没有就删去。", Severity.QUERY)  # fmt: skip
_FEE = (
    r"(?:(?<!投标)(?<!履约)(?<!工资)(?<!质量)(?<!竞买)(?<!农民工)保证金|押金|抵押金|风险金"
    r"|(?:服装|工装|工服|工衣|制服|工作服|工牌|工卡|胸卡|胸牌|培训|资料|建档|中介|介绍|职介|入职|上岗|录用|办证)费(?:用)?)"
)
_EXAM = r"(?:体检|报名|考试|考务)费(?:用)?"
_SUM = r"[0-9０-９一二三四五六七八九十百千万两]+\s*(?:元|块|圆|万)"
_OWN = r"(?:自理|自付|自费|自己(?:出|付|承担)|由?(?:本人|个人|员工|求职者|应聘者|应聘人员)(?:自行|自己)?(?:承担|负担|支付|出|付|自理)|(?:从|在)工资(?:中|里|内)?(?:扣|抵))"
_DUTY = r"(?:须|需|要|应|先|预|一次性|自行|另|入职|上岗|每人)[^，。；、]{0,6}(?:交|缴|预?付|扣|(?<=入职)收|(?<=上岗)收)(?:纳|存|取|下)?[^，。；、]{0,6}"


def _of_money(fee: str) -> re.Pattern[str]:
    """A fee that has to be paid, with its sum or by whom."""
    return re.compile(
        rf"{_DUTY}{fee}|{fee}(?!补|预算|报|业务)(?:标准)?[^，。；、预补报]{{0,4}}{_SUM}|(?:交|缴纳?|付|收取?)\s*{_SUM}[^，。；、]{{0,6}}{fee}"
        rf"|{fee}[^，。；、]{{0,4}}{_OWN}"
    )


_PAPER = r"(?:身份证|毕业证|学历证|资格证|驾驶证|证件)书?(?!复印|影印|扫描|号)"
_PAID = re.compile(
    r"(?:不|无需|无须|毋须|免|无)(?:[^，。；、]{0,6})(?:收|交|缴|付|费|押|扣|保证金)|(?:公司|单位|企业|我司|工厂|厂里|厂方|中心|政府|财政)[^，。；、]{0,4}(?:承担|负担|报销|支付|出|补)|全免|免费|负责|报销"
)
_WARNED = re.compile(r"谨防|警惕|当心|防骗|诈骗|骗|凡(?:是|要求|以|先)|举报|投诉|不得|禁止|严禁")

CONDITIONS: tuple[tuple[Rule, re.Pattern[str]], ...] = (
    (SEX, re.compile(
        r"(?:限|招聘?|招收|招用|只要|仅要|仅收|仅限|聘用)(?:男|女)(?:性|生|士|工|员|职工|司机|保安)?(?![子朋儿装鞋科婿]|女|男|、女|／女|/女|性参加|职工委)"
        r"|(?:男|女)(?:性|生|士)?(?:优先|为主|为宜|佳)|性\s*别(?:要求)?\s*(?:[：:]|为|限)?\s*[（(]?(?:男|女)(?!女|男|不限|均可|皆可|、女|/女|／女)"
        r"|(?:男|女)性(?=[，,、；;。]?\s*(?:\d|[一二三四五]|年龄|身高|身体|限|周岁))|(?:^|[：:]|要求)\s*(?:男|女)性\s*$|[（(](?:限)?(?:男|女)(?:性)?[)）]|招(?:聘|收)?(?:男|女)(?:工|员|保安|服务员|司机)"
        r"|适合(?:男|女)(?:性|生)|(?:男|女)\s*[0-9一二三四五六七八九十两]+\s*(?:名|人)"
    )),
    (PEOPLE, re.compile(r"(?:仅|只)?限(?:招)?汉族|汉族(?:优先|为主|公民|人员)|须?为汉族|民族\s*[：:]\s*汉|(?:不招|不收|不要|不录|非|谢绝)(?:用|收|聘)?(?:少数民族|[回藏维]族|维吾尔族|彝族)|(?:少数民族|[回藏]族|维吾尔族|彝族)(?:除外|勿扰|免谈|不招|不要)|限(?:少数民族|[回藏满蒙壮苗]族)")),
    (RACE, re.compile(r"(?:限|仅招|只招|要求)(?:白人|黄种人|白种人|白皮肤)|(?:不招|不要|谢绝|不收)(?:黑人|白人|有色人种)|(?:黑人|有色人种)(?:除外|勿扰|免谈)|肤色\s*[：:]")),
    (BELIEF, re.compile(r"(?:无|没有|不信|不信仰|非)(?:任何)?宗教(?:信仰|信徒)?|(?:不招|不收|不要|谢绝)(?:信教|宗教|信众|教徒)|信教(?:者|人员)?(?:除外|勿扰|免谈|不招)|限(?:佛|基督|天主|伊斯兰)教|宗教信仰\s*[：:]\s*无")),
    (DISABILITY, re.compile(r"(?:无|非|没有|不得有|不招|不收|不要|谢绝|排除)(?:[^，。；、\s的]{0,6})?(?:残疾|残障|肢体缺陷)(?!人(?:就业)?保障金)|残疾(?:人|人员)?(?:除外|勿扰|免谈|不招|不宜|不予)|四肢健全|肢体健全")),
    (RURAL, re.compile(r"(?:不招|不收|不要|谢绝|非|不用)(?:农民工|农村|农业户口|农村户口|外来务工)(?:人员|劳动者|户籍|户口)?|(?:农民工|农村(?:户口|户籍|人员)|农业户口)(?:除外|勿扰|免谈|不招|不要)|(?:限|须|要求|具有|为)(?:[^，。；\s]{0,4})?(?:城镇户口|非农户口|非农业户口|城镇户籍|城市户口)|(?:城镇|非农|城市)(?:户口|户籍)(?:者)?优先")),
    (FAMILY, re.compile(r"(?:限|要求|须|需|仅招|只招)?(?:未婚|已婚|未育|已育|已婚已育|未婚未育)(?:已育|未育)?(?:者|人员|女性|女士)?(?:优先|为宜|为佳|均可)?|(?:不得|不能|不准|\d年内不|[一二两三]年内不|暂不)(?:结婚|生育|怀孕|生小孩|要孩子)|无(?:生育|怀孕|结婚)(?:计划|打算)|(?:孕妇|怀孕|孕期|哺乳期)(?:者|妇女|人员)?(?:除外|勿扰|免谈|不招)|婚(?:姻|育)(?:状况)?(?:要求)?\s*[：:]\s*(?:已|未)|离异(?:者)?(?:除外|勿扰|不招)")),
    (CARRIER, re.compile(r"(?:无|没有|非)(?:[^，。；、\s]{0,4})?(?:乙肝|艾滋|传染病|病原携带)|乙肝(?:两对半|五项)?(?:携带者)?(?:除外|勿扰|阴性|检测合格)|(?:乙肝|艾滋病)(?:病毒)?携带者(?:除外|勿扰|不招|免谈)")),
    (CHARGE, _of_money(_FEE)),
    (EXAM_FEE, _of_money(_EXAM)),
    (PAPERS, re.compile(rf"(?:扣押?|押|扣留|抵押|质押)[^，。；、]{{0,6}}{_PAPER}(?:原件)?|{_PAPER}(?:原件)?[^，。；、]{{0,4}}(?:(?:公司|单位|厂方|我司)(?:统一)?(?:保管|留存|扣|收)|扣押|抵押|质押|押在)")),
    (AGE, re.compile(r"年\s*龄\s*(?:要求|限制)?\s*(?:[：:]|在|为|须|不超过|不得超过|限)?\s*[0-9０-９一二三四五六七八九十]{1,3}\s*(?:周岁|岁)?\s*(?:[-－—~～至到]\s*[0-9０-９]{1,2}\s*)?(?:周岁|岁)?(?:（?含?）?)?(?:以下|以内|之间|左右)?|[0-9０-９一二三四五六七八九十]{2,3}\s*(?:周岁|岁)\s*(?:（含）|\(含\))?\s*(?:以下|以内|之内|左右)|[0-9０-９]{2}\s*(?:周岁|岁)?\s*[-－—~～至到]\s*[0-9０-９]{2}\s*(?:周岁|岁)|(?:19|20)\d\d年[^，。；]{0,10}(?:以后|之后)出生|[7-9]0后|00后")),
    (HOUSEHOLD, re.compile(r"(?:限|须|要求|具有|为|仅招|只招)?(?:本地|本市|本县|本区|本省|本镇|[\u4e00-\u9fff]{2,4}[市县区省])(?:常住)?(?:户籍|户口)(?:者|人员|人口)?(?:优先|居民)?|(?:户籍|户口)(?:要求|所在地)?\s*(?:[：:]|限|须|在)\s*[\u4e00-\u9fff]{2,}|(?:本地人|本市人|当地人|本地居民|外地人?)(?:优先|勿扰|免谈|不招|除外)|限(?:本地|本市|本县|当地)人")),
)  # fmt: skip
_BAN = re.compile(
    r"(?:不得|禁止|严禁|不应|不能|不准|不允许|杜绝)[^，,]{0,6}(?:以|设置|设定|限制|限定|歧视|因|询问|含有|拒绝|将|发布|出现)|歧视|违法|平等就业|取消.{0,8}限制"
)
MONEY = frozenset({CHARGE, PAPERS, EXAM_FEE})
_FREE = re.compile(r"不限|均可|皆可|不作要求|不做要求|无要求|残疾人(?:优先|专|岗)")
_ADULT = re.compile(
    r"^(?:年\s*龄)?\D{0,4}(?:16|18|１６|１８|十六|十八)\s*(?:周岁|岁)?\s*(?:（含）|\(含\))?(?:及|或)?以上"
)
_HIRING = re.compile(r"招聘|招工|招收|招录|招募|诚聘|急聘|聘用|用工|岗位|应聘|任职|报名条件|职位|招.{0,4}[名人员]")
_CELL: tuple[tuple[Rule, re.Pattern[str], re.Pattern[str]], ...] = (
    (SEX, re.compile(r"性\s*别"), re.compile(r"^\s*(?:限)?(?:男|女)(?:性|生|士)?\s*$")),
    (PEOPLE, re.compile(r"民\s*族"), re.compile(r"^\s*(?:限)?(?:汉|[\u4e00-\u9fff]{1,4}族)\s*$")),
    (FAMILY, re.compile(r"婚"), re.compile(r"^\s*(?:限)?(?:已婚|未婚|已育|未育|已婚已育|未婚未育)\s*$")),
    (BELIEF, re.compile(r"宗教"), re.compile(r"^\s*无(?:宗教信仰)?\s*$")),
    (CHARGE, re.compile(_FEE), re.compile(r"^(?!\D*[0０]\s*元?\s*$).*[0-9０-９]")),
    (AGE, re.compile(r"年\s*龄"), re.compile(r"\d{2}")),
    (HOUSEHOLD, re.compile(r"户籍|户口"), re.compile(r"^(?!.*不限)\s*[\u4e00-\u9fff]{2,}")),
)
_NAMES = re.compile(r"姓\s*名")


def find(passages: Sequence[Passage], *, is_advert: bool) -> Iterator[CheckFinding]:
    """Unlawful conditions and those to look at: everywhere in an advert, elsewhere only in paragraphs about hiring."""
    for passage in passages:
        if _NAMES.search(passage.headings):
            continue  # a list of people, not of conditions
        if is_advert or _HIRING.search(passage.text):
            yield from _in_words(passage)
        if is_advert and passage.label:
            yield from _in_cell(passage)


def _in_words(passage: Passage) -> Iterator[CheckFinding]:
    for start, sentence in _parts(passage.text, "。；;！!\n"):
        if _BAN.search(sentence):
            continue
        for offset, clause in _parts(sentence, "，,、"):
            if not _FREE.search(clause):
                yield from _in_clause(passage, start + offset, clause, is_warning=bool(_WARNED.search(sentence)))


def _in_clause(passage: Passage, start: int, clause: str, *, is_warning: bool) -> Iterator[CheckFinding]:
    for rule, pattern in CONDITIONS:
        if rule in MONEY and (is_warning or _PAID.search(clause)):
            continue
        for found in pattern.finditer(clause):
            if not (rule is AGE and _ADULT.search(clause[found.start() :])):
                yield CheckFinding(rule, passage, found.group().strip(), found.group(), start + found.start())


def _in_cell(passage: Passage) -> Iterator[CheckFinding]:
    for rule, label, value in _CELL:
        if label.search(passage.label) and value.search(passage.text) and not _FREE.search(passage.text):
            yield CheckFinding(rule, passage, passage.text.strip(), passage.text, 0)


def _parts(text: str, ends: str) -> Iterator[tuple[int, str]]:
    """The parts of a text between such signs, each with where it begins."""
    for found in re.finditer(f"[^{ends}]+", text):
        yield found.start(), found.group()
