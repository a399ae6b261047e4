"""Made-up disclosures for measuring; the same ones on every run."""

# ruff: noqa: SIM905 - word lists read better so
from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

PLACES = "临江 东湖 青山 白沙 和平 新华 南桥 北岸 石桥 柳林 龙泉 双河 金谷 云台 望江 长乐".split()
OFFICES = (
    "党政办公室 财政金融局 规划建设局 应急管理局 生态环境局 社会事务局 人力资源和社会保障局 行政审批服务局".split()
)
MATTERS = (
    "部门预算 部门决算 政府采购 安全生产检查 环境影响评价 建设用地规划 招聘教师 公益性岗位 城乡低保 临时救助 养老服务 义务教育招生 "
    "污水处理工程 道路改造 老旧小区改造 行政处罚 行政许可 危化品企业整治 防汛物资 人才公寓 创业担保贷款 稳岗补贴 职业技能培训 困难残疾人补贴"
).split()
FORMS = "公告 公示 通知 实施方案 工作要点 情况说明 结果公示 办事指南 意见 暂行办法".split()
FILLER = (
    "为进一步做好相关工作 根据上级有关规定 结合我区实际 现将有关事项公布如下 请各有关单位认真贯彻执行 广大群众可以向我单位反映意见 "
    "公示期为七个工作日 联系电话见文末 申请人应当提交身份证明和书面材料 经研究决定 资金由区级财政统筹安排 本通知自发布之日起施行 "
    "申请条件和办理流程见附件 需要的材料清单如下 逾期不再受理 由街道初审后报区级主管部门 补贴标准按照上年度水平执行 名单公示无异议后发放 "
    "办理地点为政务服务大厅一楼窗口 咨询时间为工作日上午九点至下午五点 可以通过网上预约办理 遗失的可以申请补办 不收取任何费用 多少以实际核定为准 "
    "责任单位要加强组织领导 建立健全长效机制 定期开展督导检查 对发现的问题及时整改 压实企业主体责任 严防各类事故发生 切实保障群众生命财产安全 "
    "项目总投资约三千万元 计划工期十八个月 施工期间请绕行 管网改造同步实施 建成后可以服务周边居民五千余人 招标结果另行公告 "
    "户籍不限 学历要求大专及以上 年龄在四十周岁以下 报名时间截至本月底 笔试和面试成绩各占一半 录用后签订劳动合同 试用期两个月 待遇面议 "
    "持居住证的随迁子女可以就近入学 入学报名需要户口簿和房产证明 家庭人均收入低于当地最低生活保障标准的 残疾人凭证件享受 老年人优先办理 "
    "决算数比预算数减少 主要原因是压减一般性支出 三公经费同比下降 政府性基金收支情况详见附表 国有资产占用情况说明 绩效评价结果为良好 "
    "当事人不服的可以申请行政复议 也可以依法提起诉讼 罚款缴至指定银行 逾期每日加处罚款 违法事实清楚证据确凿 责令停止违法行为 "
    "环评报告书全文可以在网上查阅 公众可以通过信函或者电子邮件提出意见 污染物排放应当达到国家标准 噪声和扬尘要采取措施控制 危险废物交有资质的单位处置 "
    "新的规定从明年一月一日起实行 原有文件同时废止 解释权归区级人民政府 最新情况请关注公众号 怎么申请请看办事指南 什么时候发放另行通知"
).split()


def disclosures(count: int) -> Iterator[dict[str, str]]:
    """Rows for `gongkai import disclosures`."""
    chance = random.Random(2026)
    for number in range(count):
        year = chance.randint(2015, 2026)
        title = f"{chance.choice(PLACES)}{chance.choice(OFFICES)}关于{year}年{chance.choice(PLACES)}{chance.choice(MATTERS)}的{chance.choice(FORMS)}"
        body = "，".join(chance.choice(FILLER) + chance.choice(PLACES) + chance.choice(MATTERS) for _ in range(30))
        yield {
            "key": f"bench-{number}", "title": title, "body": body, "published_on": f"{year}-{chance.randint(1, 12):02}-15",
            "department": chance.choice(OFFICES), "document_no": f"临园发〔{year}〕{number}号",
        }  # fmt: skip


def write_disclosures(path: Path, count: int) -> None:
    """A `.jsonl` of them."""
    rows = (json.dumps(row, ensure_ascii=False) for row in disclosures(count))
    path.write_text("\n".join(rows), encoding="utf-8")
