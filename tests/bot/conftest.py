"""An office that has something to tell, its web app, and a citizen who speaks with it through the platform."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from content.services.importing import import_file
from content.services.office import Office
from content.services.opening import prepare
from tests import world
from tests.bot import platform_side
from tests.bot.platform_side import CITIZEN, SUCCESS, Side

DISCLOSURES = [
    {"key": "d1", "title": "临江工业园区2025年部门预算", "body": "园区2025年部门预算收支总表。\n" + "预算说明。" * 60,
     "category": "财政预决算", "department": "财政金融局", "published_on": "2025-02-10", "document_no": "临园财〔2025〕3号",
     "index_no": "LJ-2025-003", "url": "https://www.linjiang.example.cn/3.html",
     "attachments": [{"name": "收支总表.xlsx", "url": "https://www.linjiang.example.cn/3.xlsx"},
                     {"name": "不该出现", "url": "javascript:alert(1)"}]},
    {"key": "d2", "title": "园区公共租赁住房申请指南", "category": "民生服务", "department": "社会事务局",
     "published_on": "2026-03-02", "url": "https://www.linjiang.example.cn/gzf/index.html",
     "body": "<h1>公租房怎么申请</h1><p onclick=\"x()\">带上<b>身份证</b>。<script>alert(1)</script></p>"
             "<img src=\"https://elsewhere.example/x.png\"><p><a href=\"form.doc\">申请表</a>"
             "<a href=\"javascript:alert(1)\">点我</a></p>"},
    {"key": "d3", "title": "园区住房补贴旧办法", "body": "旧的公租房办法。", "status": "废止", "replaced_by": "园区公共租赁住房申请指南",
     "category": "政策文件", "published_on": "2019-05-01"},
    *({"key": f"n{number}", "title": f"安全生产检查通报第{number}期", "body": "检查了若干家企业。", "category": "应急管理",
       "published_on": f"2026-01-{number:02}"} for number in range(1, 8)),
]  # fmt: skip
POSTINGS = [
    {"key": "p1", "title": "维修电工", "employer": "临江精密制造有限公司", "salary": "6000-8000元/月", "area": "临江路18号",
     "degree": "中专", "headcount": "3人", "description": "负责车间设备维修，须有电工证。", "published_on": "2026-11-01",
     "valid_until": "2026-12-31", "phone": "0512-5555 0118", "contact": "王女士", "how_to_apply": "带身份证到人事部"},
    {"key": "p2", "title": "夜班电工", "employer": "江东食品有限公司", "salary": "5500元/月", "published_on": "2026-09-01",
     "valid_until": "2026-10-31", "phone": "请到门卫室问"},
]  # fmt: skip


class Citizen:
    """Somebody who follows the account; `mode` is plain, safe or compatible."""

    def __init__(self, client: FlaskClient, mode: str = "safe", sender: str = CITIZEN) -> None:
        self.client, self.mode, self.sender, self.side = client, mode, sender, Side()

    def says(self, text: str, **more: Any) -> str:
        """The answer's text."""
        return platform_side.read(self.sends(platform_side.text(text, sender=self.sender, **more)))["Content"]

    def does(self, event: str, inner: str = "") -> str:
        """The answer's text to an event; empty if there is none."""
        answer = self.sends(platform_side.event(event, inner, sender=self.sender))
        return platform_side.read(answer)["Content"] if answer else ""

    def sends(self, xml: str | bytes) -> str:
        """The answer's XML, opened if it is sealed; empty for `success`."""
        query, body = self.side.query(), xml
        if self.mode != "plain":
            query, body = self.side.safe(xml)
        if self.mode == "compatible":
            assert isinstance(xml, str) and isinstance(body, str)
            body = xml.replace("</xml>", body.removeprefix("<xml>"), 1)
        response = self.client.post("/wechat", query_string=query, data=body, buffered=True)
        assert response.status_code == 200, response.status
        if response.text == SUCCESS:
            return ""
        return response.text if self.mode == "plain" else self.side.unseal(response.text)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Office]:
    """A migrated office at noon of 22 November 2026, with disclosures and postings."""
    clock = tmp_path / "clock"
    clock.write_text(world.NOON.isoformat())
    office = Office(world.settings(tmp_path / "home", test_clock=str(clock)))
    prepare(office)
    world.add_people(office)
    for kind, rows in (("disclosure", DISCLOSURES), ("posting", POSTINGS)):
        file = tmp_path / f"{kind}.jsonl"
        file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
        import_file(office, kind, file)
    yield office
    office.close()


@pytest.fixture
def client(told: Office) -> FlaskClient:
    """A client of the web app."""
    return create_app(told).test_client()


@pytest.fixture
def citizen(client: FlaskClient) -> Citizen:
    """A citizen whose messages come in safe mode."""
    return Citizen(client)


@pytest.fixture
def listed(citizen: Citizen) -> Citizen:
    """A citizen who was just shown a list of more than three."""
    assert "1. " in citizen.says("安全生产检查通报")
    return citizen
