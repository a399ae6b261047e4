"""Made-up disclosures for measuring, and citizens' questions about them; the same ones on every run."""

# ruff: noqa: SIM905 - word lists read better so
from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from wechatpy.crypto import WeChatCrypto

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
    "公示期为七个工作日 联系电话见文末 申请人应当提交身份证明和书面材料 经研究决定 资金由区级财政统筹安排 本通知自发布之日起施行"
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


def questions(count: int) -> list[str]:
    """What citizens ask: as they talk, and no two alike."""
    chance = random.Random(711)
    asked: dict[str, None] = {}
    while len(asked) < count:
        place, matter, year = chance.choice(PLACES), chance.choice(MATTERS), chance.randint(2015, 2026)
        asked[
            f"请问{place}{year}年{matter}{chance.choice(['怎么办', '在哪里看', '什么时候', '有吗', ''])}{len(asked)}"
        ] = None
    return list(asked)


def deliveries(texts: list[str], settings: dict[str, str], *, first: int) -> list[bytes]:
    """Each text as a safe-mode delivery of its own, a whole HTTP request; `first` is the number of the first message."""
    token, app_id = settings["GONGKAI_WECHAT_TOKEN"], settings["GONGKAI_WECHAT_APP_ID"]
    crypto = WeChatCrypto(token, settings["GONGKAI_WECHAT_AES_KEY"], app_id)
    return [_delivery(crypto, token, number, text) for number, text in enumerate(texts, first)]


def _delivery(crypto: WeChatCrypto, token: str, number: int, text: str) -> bytes:
    stamp, nonce = str(int(time.time())), f"n{number}"
    inner = (
        f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[o{number % 5000:027}]]></FromUserName>"
        f"<CreateTime>{stamp}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
        f"<MsgId>{24_000_000_000_000_000 + number}</MsgId></xml>"
    )
    sealed = crypto.encrypt_message(inner, nonce, stamp)
    seal = sealed.partition("<MsgSignature><![CDATA[")[2].partition("]")[0]
    signature = hashlib.sha1("".join(sorted((token, stamp, nonce))).encode()).hexdigest()
    query = urlencode(
        {"signature": signature, "timestamp": stamp, "nonce": nonce, "encrypt_type": "aes", "msg_signature": seal}
    )
    body = sealed.encode()
    head = (
        f"POST /wechat?{query} HTTP/1.1\r\nHost: bench\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
