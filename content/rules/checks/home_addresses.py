"""Where people live: addresses of homes beyond 乡镇 or 街道. Addresses of offices, companies and places of work are none.

An address counts as a home's when it is called so (家庭住址, 家住), when its table lists people, or when a flat is named
right beside a person. What a person is called alone never is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from content.rules.checks.finding import CheckFinding, Passage, Rule, Severity

RULE = Rule(
    "personal.home_address", Severity.ERROR, "完整的家庭住址",
    "个人信息保护法第二十五条：没有本人单独同意，不得公开个人信息；家庭住址通行的做法是只写到乡镇、街道。",
    "只写到乡镇、街道，后面的去掉。",
)  # fmt: skip
_HOME = re.compile(
    r"(?:(?:家庭|现|户籍|户口|居住|常住|经常居住|通讯|身份证|本人)(?:住)?(?:地址|所在地|住址|住所)|现居住?地|居住地|住址|家庭地址|户籍地"
    r"|家住|现住于?|现居(?:住)?(?:在|于)?|居住在|居住于|常住在?|暂住在?|租住在?|户籍在|住所地?|(?<=[，,；;（(])住(?:在|于|(?![房院户宅宿建址]))(?=[\u4e00-\u9fff]))"
    r"[（(]?(?:详细)?[)）]?\s*(?:是|为|在|于|[：:])?\s*"
)
_HOME_LABEL = re.compile(
    r"(?:家庭|居住|现|户籍|户口|常住|通讯)(?:住)?(?:地址|住址|所在地|地)|住址|家庭地址|住所(?!.*单位)"
)
_ADDRESS_LABEL = re.compile(r"地址")
_PEOPLE = re.compile(r"姓\s*名|户\s*主|申请人|承租人|家庭成员|当事人|被执行人|老人|学生|监护人|业主|住户|居民")
_ORGANISATIONS = re.compile(r"单位|企业|公司|机构|学校|门店|商户|网点|场所|营业|经营|办公|施工|项目|法定代表|店名")
_CHUNK = re.compile(r"[\u4e00-\u9fffA-Za-z0-9０-９\-－—#＃·]{3,60}")
_NUMBER = r"(?:[0-9０-９]+|[一二三四五六七八九十百]+|[A-Za-z甲乙丙丁东南西北]+)"
_DETAIL = re.compile(
    _NUMBER
    + r"\s*(?:号楼|栋|幢|单元|室|弄|号院|号房|村民小组|组|社|队|门|座|楼|层|户|号(?!线|公告|文|令|会议|决定|台))"
    r"|[0-9０-９]+[-－—][0-9０-９]+(?:[-－—][0-9０-９]+)?(?:室|号|户)?"
)
_FLAT = re.compile(
    r"([\u4e00-\u9fffA-Za-z0-9０-９]{2,30}?(?:小区|花园|家园|新村|苑|公寓|府|里|宿舍|家属院|家属楼|社区|村|路|街|巷)"
    r"(?:[0-9０-９]+号)?[\u4e00-\u9fff]{0,4}?"
    + _NUMBER
    + r"(?:号楼|栋|幢|座|楼|号)[A-Za-z0-9０-９一二三四五六七八九十单元层\-－—]*?"
    r"(?:[0-9０-９]{3,4}(?:室|号|户)?|[0-9０-９]+[-－—][0-9０-９]+(?:室)?|[0-9０-９]+单元[0-9０-９]*室?))(?![0-9０-９])"
)
_GROUP = re.compile(
    r"([\u4e00-\u9fff]{2,24}村(?:委会)?[\u4e00-\u9fff]{0,6}?" + _NUMBER + r"(?:村民小组|组|社|队)(?:[0-9０-９]+号)?)"
)
_PERSON_BEFORE = re.compile(
    r"(?:居民|村民|住户|户主|业主|承租人|申请人|当事人|老人|患者|原告|被告|受害人|死者|学生|本人|先生|女士|同志|某某?|[\u4e00-\u9fff]\*+|[\u4e00-\u9fff]某[\u4e00-\u9fff]?)"
    r"[^。；\n]{0,24}$"
)
_OFFICE_NEAR = re.compile(
    r"公司|厂|店|中心|窗口|大厅|办公|服务站|卫生院|医院|学校|会议|报名|受理|办理|地点|活动|施工|项目|工程|招聘|银行|支行|超市|仓库|党群|警务"
)
_ORGANISATION = re.compile(r"公司|企业|集团|厂|商行|经营部|合作社|法定代表人|社会团体|协会|委员会")
_KEPT = re.compile(r"^.*(?:街道办事处|街道|办事处|(?<![城集市])镇|(?<!下)乡|苏木|民族乡)")
_DIVISION = re.compile(
    r"^.*?(?:省|自治区)?[^省市县区旗]*(?:[市州盟][^省市县区旗小]*)?(?:自治县|县|(?<!小)(?<!社)(?<!园)(?<!开发)区|旗|市)"
)
CLOSE = 40  # characters around a word
NOTHING_KEPT = "（住址略）"


def find(passages: Sequence[Passage]) -> Iterator[CheckFinding]:
    """Home addresses that say more than 乡镇 or 街道."""
    for passage in passages:
        taken: set[int] = set()
        for start, written in _candidates(passage):
            if start not in taken and (finding := _finding(passage, start, written)):
                taken.update(range(start, start + len(written)))
                yield finding


def kept_of(address: str) -> str:
    """What of an address may stand: up to 街道 or 乡镇, else up to the county."""
    found = _KEPT.match(address) or _DIVISION.match(address)
    return found.group(0) if found else ""


def _candidates(passage: Passage) -> Iterator[tuple[int, str]]:
    """Where an address of a home may begin, and its words."""
    text = passage.text
    if _is_cell_of_homes(passage):
        yield from ((found.start(), found.group()) for found in _CHUNK.finditer(text) if _DETAIL.search(found.group()))
    for found in _HOME.finditer(text):
        near = text[max(0, found.start() - CLOSE) : found.end() + CLOSE]
        if found.group().startswith("住所") and _ORGANISATION.search(near):
            continue  # where a company has its seat
        if chunk := _CHUNK.match(text, found.end()):
            yield chunk.start(), chunk.group()
    lists_people = _lists_people(passage.headings)
    for pattern in (_FLAT, _GROUP):
        for found in pattern.finditer(text):
            before = text[: found.start()]
            beside_person = _PERSON_BEFORE.search(before) and not _OFFICE_NEAR.search(before[-16:] + found.group())
            if lists_people or beside_person:
                yield found.start(1), found.group(1)


def _is_cell_of_homes(passage: Passage) -> bool:
    if _HOME_LABEL.search(passage.label):
        return True
    return bool(_ADDRESS_LABEL.search(passage.label)) and _lists_people(passage.headings)


def _lists_people(headings: str) -> bool:
    return bool(_PEOPLE.search(headings)) and not _ORGANISATIONS.search(headings)


def _finding(passage: Passage, start: int, written: str) -> CheckFinding | None:
    kept = kept_of(written)
    rest = written[len(kept) :]
    if not _DETAIL.search(rest):
        return None
    hidden = ("" if kept else NOTHING_KEPT, *[""] * (len(rest) - 1))
    return CheckFinding(RULE, passage, (kept or "") + "…", written, start, (*kept, *hidden))
