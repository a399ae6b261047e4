"""What the small world discloses, and who is hiring in it."""

from __future__ import annotations

from typing import Any

DISCLOSURES: list[dict[str, Any]] = [
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
POSTINGS: list[dict[str, Any]] = [
    {"key": "p1", "title": "维修电工", "employer": "临江精密制造有限公司", "salary": "6000-8000元/月", "area": "临江路18号",
     "degree": "中专", "headcount": "3人", "description": "负责车间设备维修，须有电工证。", "published_on": "2026-11-01",
     "valid_until": "2026-12-31", "phone": "0512-5555 0118", "contact": "王女士", "how_to_apply": "带身份证到人事部"},
    {"key": "p2", "title": "夜班电工", "employer": "江东食品有限公司", "salary": "5500元/月", "published_on": "2026-09-01",
     "valid_until": "2026-10-31", "phone": "请到门卫室问"},
]  # fmt: skip
