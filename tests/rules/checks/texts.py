"""Texts by which the checks for personal data are measured: with some, and without any that only looks like it.

Numbers are made here by their rules and belong to nobody: areas of the standard, days, check digits.
A text is a paragraph, or HTML if it begins with `<`. `{id}`, `{mobile}`, `{card}` stand for numbers in a spelling of their own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

AREAS = ("110105", "320621", "350102", "420106", "510107", "650102", "130529", "370881", "441900", "530381")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")

WITH_ID = (
    "姓名：王某某，身份证号：{id}，经审核符合条件。",
    "申请人张三（{id}）于2026年11月2日提出申请。",
    "现将低保对象名单公示如下：李四 男 {id} 桃源镇石桥村",
    "证件号码{id}，联系电话0591-83812345",
    "被执行人陈某，公民身份号码{id}，下落不明。",
    "ID:{id}",
    "请持本人身份证（号码：{id}）到窗口办理。",
    "1.赵某某{id}；2.其他人员见附件。",
    "身份证{id}；开户行：临江农商行",
    "<p>身份证号码</p><p>{id}</p>",
    "<table><tr><th>姓名</th><th>身份证号</th><th>金额</th></tr><tr><td>刘洋</td><td>{id}</td><td>1200</td></tr></table>",
    "<table><tr><td>姓名</td><td>王五</td><td>身份证号</td><td>{id}</td></tr></table>",
    "<p>身份证号：<strong>{id}</strong></p>",
    "根据《社会救助暂行办法》，拟救助人员身份证号为{id}。",
    "户主周某，{id}，家庭人口3人，月救助金额860元。",
)
WITH_MOBILE = (
    "联系人：小李，电话：{mobile}",
    "如有异议，请联系王科长 {mobile}。",
    "报名请加微信{mobile}（同号）",
    "拟录用人员：张三 {mobile}",
    "手机{mobile}",
    "应聘者请将简历发至hr@example.com，或致电{mobile}张女士",
    "村民李某（手机号{mobile}）反映路灯不亮。",
    "<table><tr><th>姓名</th><th>联系方式</th></tr><tr><td>王强</td><td>{mobile}</td></tr></table>",
    "<table><tr><td>联系人</td><td>陈工</td><td>手机</td><td>{mobile}</td></tr></table>",
    "<p>招聘热线：0591-8381234</p><p>陈经理 {mobile}</p>",
    "Tel:{mobile}",
    "24小时值班：{mobile}",
    "请拨打{mobile}预约看房",
    "获奖者 刘某 {mobile} 请于三日内领奖",
    "司机师傅{mobile}，车牌闽A12345。",
    "代办员：林某某；联系电话：{mobile}；办公室：201",
    "（联系人：黄某，{mobile}）",
    "投诉人电话{mobile}，编号20261102001",
)
WITH_CARD = (
    "打款账户：张三，银行卡号{card}，开户行农业银行临江支行。",
    "补贴发放至以下账户：李四 {card}",
    "卡号：{card}",
    "王某某，社保卡号{card}，2026年度补贴1500元",
    "<table><tr><th>姓名</th><th>银行卡号</th><th>补贴金额</th></tr><tr><td>赵敏</td><td>{card}</td><td>800</td></tr></table>",
    "<table><tr><th>户主</th><th>开户行</th><th>账号</th></tr><tr><td>孙某</td><td>邮储银行</td><td>{card}</td></tr></table>",
    "工资卡{card}（工商银行）",
    "户名：陈某某 账号：{card}",
    "一卡通账号{card}，每月10日发放",
    "请将捐款汇至个人账户 {card} 林女士收",
    "农户吴某，惠农补贴存折{card}",
)
WITH_HOME = (
    "家庭住址：临江市江滨街道幸福小区3栋2单元501室",
    "申请人住址：临江县桃源镇石桥村三组12号。",
    "张某，女，家住临江市城东街道人民路88号阳光花园5幢1203室。",
    "现住址：福建省临江市江滨街道学府路18号教师新村2号楼302室",
    "户籍地址：临江县桃源镇石桥村委会王家组8号",
    "<table><tr><th>姓名</th><th>住址</th></tr><tr><td>李四</td><td>城东街道光明社区建设路6号院2号楼1单元301</td></tr></table>",
    "<table><tr><th>户主</th><th>家庭人口</th><th>地址</th></tr><tr><td>周某</td><td>4</td><td>桃源镇石桥村五组</td></tr></table>",
    "<table><tr><td>姓名</td><td>郑某</td><td>家庭住址</td><td>江滨街道滨河花园7栋1602室</td></tr></table>",
    "原告王某，男，1970年5月3日出生，汉族，住临江市城东街道和平里12号楼4单元602室。",
    "老人独居在家，居住地：临江市江滨街道向阳巷15号",
    "居民陈某某（幸福家园12栋3单元402室）反映电梯故障。",
    "户主林某，住桃源镇上洋村二组",
    "承租人：黄某，居住地址为江滨街道安居苑9号楼1-502",
    "当事人现居住在临江市经开区街道万象公寓B座2105室",
)
CLEAN = (
    "办公电话：0591-83812345",
    "咨询电话：83812345、83812346（工作日8:30—17:30）",
    "服务热线：12345；监督电话：12388",
    "客服热线400-820-8888，全天服务。",
    "传真：0591-83812347 邮编：350100",
    "临园发〔2026〕12号",
    "国办发〔2018〕123号",
    "统一社会信用代码：91350100MA2XN0EL3H",
    "统一社会信用代码：11350100003591234X，机构类型：机关",
    "统一社会信用代码 12350100488000123K",
    "营业执照注册号：350100100123456",
    "组织机构代码：00359123-4",
    "中标金额：13800000000元",
    "总投资13812345678.00元，资金来源为财政拨款。",
    "预算金额：人民币15912345678元整",
    "支出合计13712345678元，同比增长5.2%",
    "总装机13912345678千瓦时",
    "订单号：13812345678901",
    "订单编号：15812345678",
    "快递单号：75312345678901",
    "运单号 13912345678，请留意查收。",
    "流水号：202611220001380012",
    "项目编号：350100202611220001",
    "采购编号：[350100]LJ[GK]2026013",
    "合同编号202611220001380012345678",
    "招标编号：E3501002026112200013",
    "不动产权证号：闽（2026）临江市不动产权第0012345号",
    "建字第350102202600123号",
    "案号：（2026）闽0102民初13812号",
    "许可证编号：SC10135010200123",
    "备案号：闽ICP备2026012345号-1",
    "闽公网安备35010202001234号",
    "发票号码：26352000000012345678",
    "条形码6901234567892",
    "商品编码：6922255451427013",
    "设备序列号：4539148803436467，质保三年",
    "ISBN 978-7-302-51234-5",
    "邮政编码：350102",
    "坐标：东经119.13812345678，北纬26.0745",
    "2026年11月22日9:00至12月1日17:00",
    "2026-11-22 13:58:12",
    "20261122至20261201",
    "地址：临江工业园区创业路18号A座3层301室",
    "公司地址：临江市城东街道人民路88号国贸大厦12层1203室",
    "住所：临江市江滨街道软件大道89号（临江某某科技有限公司）",
    "报名地点：江滨街道幸福小区党群服务中心1楼101室",
    "办理地点：市民服务中心2号楼3层B区15号窗口",
    "会议地点：园区管委会5号楼502会议室",
    "施工地点：幸福小区3栋至8栋外墙",
    "幸福小区3栋2单元加装电梯方案公示",
    "人才公寓2号楼空置房源：201室、305室、1102室",
    "停水范围：人民路1号至99号、学府路18号教师新村",
    "项目位于桃源镇石桥村三组，占地12亩。",
    "桃源镇石桥村二组道路硬化工程",
    "仓库地址：桃源镇工业路6号院2号楼",
    "企业名称：临江某某机械有限公司，注册地址：临江市经开区科技路9号3幢201",
    "一等奖：张三；二等奖：李四、王五；三等奖：赵六、孙七、周八。",
    "拟录用人员名单：陈思远、林晓雨、孙浩、周建国（按姓氏笔画排列）",
    "中标人：临江某某建设有限公司，项目经理：王建军",
    "法定代表人：赵明华，注册资本5000万元",
    "专家组成员：刘伟、陈静、杨洋、黄磊",
    "优秀共产党员：林秀英、吴国强、郑丽华",
    "获得救助人员：王某某、李某、张某某，每人每月860元",
    "身份证号：35*************123",
    "身份证号35010219********12",
    "手机号：138****5678",
    "电话138****1234（已隐去）",
    "银行卡号：6222****0000",
    "住址：临江市江滨街道",
    "家庭住址：桃源镇",
    "户籍所在地：临江县桃源镇",
    "<table><tr><th>姓名</th><th>住址</th><th>金额</th></tr><tr><td>王某</td><td>江滨街道</td><td>1200</td></tr></table>",
    "<table><tr><th>姓名</th><th>身份证号</th></tr><tr><td>王某</td><td>35*************123</td></tr></table>",
    "<table><tr><th>单位名称</th><th>地址</th><th>电话</th></tr><tr><td>某某公司</td><td>科技路9号3幢201室</td><td>0591-83812345</td></tr></table>",
    "<table><tr><th>门店</th><th>营业地址</th></tr><tr><td>惠民超市</td><td>城东街道建设路6号院2号楼101</td></tr></table>",
    "<table><tr><th>项目</th><th>预算（元）</th></tr><tr><td>绿化</td><td>13812345678</td></tr></table>",
    "<table><tr><th>序号</th><th>订单号</th></tr><tr><td>1</td><td>13812345678</td></tr></table>",
    "<table><tr><th>企业</th><th>信用代码</th></tr><tr><td>甲公司</td><td>91350100M000100Y43</td></tr></table>",
    "<table><tr><th>岗位</th><th>人数</th><th>月薪</th></tr><tr><td>电工</td><td>3</td><td>5000-8000</td></tr></table>",
    "保证金账户：户名：临江工业园区管理委员会，账号：35050161540000012345，开户行：建设银行",
    "收款单位：临江市财政局，账号13812345678901234，开户行农业银行",
    "<p>户名：临江工业园区管委会</p><p>开户行：工商银行临江支行</p><p>账号：6222020200000000000</p>",
    "对公账户：1402020509000123456",
    "税务登记证号350102100123456",
    "车架号：LSVAM4187C2184841",
    "车牌号闽A12345，发动机号1381234",
    "学号：20261381234，成绩优秀",
    "考号13526110012345，请按时参加笔试",
    "准考证号：35012611380012",
    "表彰文号：临人社〔2026〕138号",
    "QQ群：13812345678",
    "QQ：1381234567，微信公众号：临江工业园区",
    "邮箱：linjiang2026@example.com",
    "网址：https://www.example.gov.cn/art/2026/11/22/art_13812_15912345.html",
    "版本号1.38.12345678",
    "IP地址：138.123.45.67",
    "经费135.8万元、136.5万元、137.2万元",
    "1381户、2345人受益，覆盖678个村民小组",
    "得票数：13812票、13913票",
    "面积13812.34平方米",
    "GB/T 15834—2011、GB 11643-1999",
    "第12期 总第138期",
    "第1381、2345、6789号提案",
    "累计用电138 1234 5678度",
    "园区GDP达15812345678元",
    "银行间市场代码：012681234567",
    "基金代码510300，债券代码2028013",
    "土地证号350102013008GB00123F00010001",
    "宗地编号：2026-38-1234",
    "统计代码350102013008",
    "行政区划代码：350102013008",
    "安全生产许可证：（闽）JZ安许证字〔2026〕000138",
    "教师资格证号20263500141001234",
    "环评批复：临环评表〔2026〕58号",
    "彩票编号 4532015112830366 已开奖",
    "取件码138-1234",
    "验收数据：13 812 345 678",
    "编码：370881199001",
    "药品批准文号：国药准字H20261381",
    "工程编码：1101051949123100",
    "专利号：ZL 2026 1 0138123.4",
    "商标注册号：13812345",
)


def with_personal_data() -> Iterator[tuple[str, str, str]]:
    """Each text with the rule that must find something in it and what must be found: digits, or empty for an address."""
    made = random.Random(20261130)
    for rule, name, texts, make, spellings in (
        ("personal.id_number", "id", WITH_ID, id_number, ID_SPELLINGS),
        ("personal.mobile", "mobile", WITH_MOBILE, mobile, MOBILE_SPELLINGS),
        ("personal.bank_card", "card", WITH_CARD, card, CARD_SPELLINGS),
    ):
        for place, text in enumerate((*texts, *texts)):
            number = make(made)
            spelt = spellings[place % len(spellings)](number)
            yield rule, number, text.replace(f"{{{name}}}", spelt)
    for text in WITH_HOME:
        yield "personal.home_address", "", text


def id_number(made: random.Random) -> str:
    """A number that follows GB 11643."""
    day = f"{made.randint(1940, 2015)}{made.randint(1, 12):02}{made.randint(1, 28):02}"
    body = f"{made.choice(AREAS)}{day}{made.randint(1, 999):03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def mobile(made: random.Random) -> str:
    """A number of a mobile network."""
    return f"1{made.choice('3456789')}{made.randint(0, 9)}{made.randint(0, 99_999_999):08}"


def card(made: random.Random) -> str:
    """A UnionPay number of 16 or 19 digits whose last digit checks the others."""
    size = made.choice((16, 19))
    body = made.choice(("622848", "621700", "622202", "623058")) + "".join(made.choices("0123456789", k=size - 7))
    total = sum(
        sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10)) for place, digit in enumerate(reversed(body))
    )
    return body + str(-total % 10)


def _grouped(*sizes: int, by: str = " ") -> Callable[[str], str]:
    def spell(number: str) -> str:
        parts, at = [], 0
        for size in sizes:
            parts.append(number[at : at + size])
            at += size
        return by.join(part for part in (*parts, number[at:]) if part)

    return spell


ID_SPELLINGS: tuple[Callable[[str], str], ...] = (
    str, _grouped(6, 8), lambda number: number.translate(FULL_WIDTH), _grouped(4, 4, 4, 4), str.lower, str,
    _grouped(6, 8, by="-"), _grouped(6, 4, 2, 2, by="\u00a0"), lambda number: number[:6] + "\u200b" + number[6:],
    _grouped(3, 3, 4, 4, by="\u3000"), lambda number: " ".join(number),
)  # fmt: skip
MOBILE_SPELLINGS: tuple[Callable[[str], str], ...] = (
    str, _grouped(3, 4, 4), _grouped(3, 4, 4, by="-"), lambda number: number.translate(FULL_WIDTH), str, lambda number: "+86 " + number,
    _grouped(3, 8), lambda number: "(+86)" + number, lambda number: "0086-" + number, _grouped(3, 4, 4, by="—"), _grouped(4, 3, 4),
)  # fmt: skip
CARD_SPELLINGS: tuple[Callable[[str], str], ...] = (
    str, _grouped(4, 4, 4, 4), lambda number: number.translate(FULL_WIDTH), _grouped(4, 4, 4, 4, by="-"), str,
    _grouped(6), lambda number: number[:4] + "\u200b" + number[4:], _grouped(4, 4, 4, 4, by="\u3000"),
)  # fmt: skip
