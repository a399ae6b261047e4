"""What journeys share: a small office that knows a few things about its park."""

from __future__ import annotations

import json
from typing import Any

import pytest

from content.services.notices import notice_import
from tests.fixtures.office_processes import OfficeProcesses

DISCLOSURES: list[dict[str, Any]] = [
    {
        "key": "ys2026", "title": "临江工业园区管委会2026年部门预算公开", "category": "财政预决算",
        "department": "财政金融局", "document_no": "临园财〔2026〕3号", "published_on": "2026-02-10",
        "body": "一、部门概况。二、收支预算总表。2026年收入总预算3,812万元。",
    },
    {
        "key": "yeyzs", "title": "2026年临江实验幼儿园招生报名办法", "category": "民生服务", "department": "社会事务局",
        "published_on": "2026-05-20", "body": "报名时间6月1日至10日，带户口簿和预防接种证。",
    },
    {
        "key": "aqsc", "title": "关于开展危险化学品企业安全生产检查的通知", "category": "应急管理", "department": "应急管理局",
        "published_on": "2026-07-01", "body": "检查时间为7月15日至30日。",
    },
    *(
        {
            "key": f"zfcg-{number}", "title": f"园区道路改造第{number}标段政府采购结果公示", "category": "政府采购",
            "department": "规划建设局", "published_on": f"2026-08-{number:02}", "body": "中标结果见附件。",
        }
        for number in range(1, 8)
    ),
]  # fmt: skip
POSTINGS: list[dict[str, Any]] = [
    {
        "key": "dg", "title": "高压电工", "employer": "临江电子有限公司", "salary": "6000-8000元", "area": "东湖片区",
        "degree": "大专", "headcount": "3", "description": "持高压电工证，三班倒。", "published_on": "2026-11-01",
        "valid_until": "2099-12-31", "phone": "0571-80001234",
    },
    {
        "key": "hg", "title": "焊工", "employer": "临江重工", "salary": "7000元", "area": "南桥片区",
        "description": "会氩弧焊。", "published_on": "2026-11-02", "valid_until": "2099-12-31",
    },
    {
        "key": "old", "title": "食堂厨师", "employer": "临江重工", "salary": "5000元", "published_on": "2020-11-02",
        "valid_until": "2020-12-31",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def informed_town(rehearsed_processes: OfficeProcesses) -> OfficeProcesses:
    """The office of this module, which has learnt its disclosures and postings and shows its menu."""
    for kind, rows in (("disclosure", DISCLOSURES), ("posting", POSTINGS)):
        file = rehearsed_processes.folder / f"{kind}.jsonl"
        file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        with rehearsed_processes.office() as office:
            receipt = notice_import.import_file(office, kind, file)
        assert (receipt.new, receipt.refused) == (len(rows), [])
    rehearsed_processes.run("menu", "push")
    return rehearsed_processes


@pytest.fixture
def informed(informed_town: OfficeProcesses) -> OfficeProcesses:
    """An office that answers, with all its processes up; each test is a citizen of its own."""
    informed_town.mend()
    return informed_town
