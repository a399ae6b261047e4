"""What the office of the long chat knows: budgets of several years, numbered papers, and work with pay, degrees and places."""

from __future__ import annotations

from typing import Any

DISCLOSURES: list[dict[str, Any]] = [
    *(
        {"key": f"ys{year}", "title": f"临江工业园区{year}年部门预算公开", "category": "财政预决算", "department": "财政金融局",
         "document_no": f"临园财〔{year}〕3号", "published_on": f"{year}-02-10", "body": f"{year}年收支预算总表。收入总预算3,812万元。"}
        for year in (2024, 2025, 2026)
    ),
    *(
        {"key": f"js{year}", "title": f"临江工业园区{year}年度部门决算公开", "category": "财政预决算", "department": "财政金融局",
         "published_on": f"{year + 1}-09-10", "body": f"{year}年收支决算总表。"}
        for year in (2023, 2024, 2025)
    ),
    {"key": "gzf", "title": "公共租赁住房申请指南", "category": "民生服务", "department": "社会事务局", "published_on": "2026-03-04",
     "body": "申请公租房要带身份证、户口簿和收入证明，到办事大厅二楼。"},
    {"key": "yey", "title": "2026年临江实验幼儿园招生报名办法", "category": "民生服务", "department": "社会事务局", "published_on": "2026-05-20",
     "body": "报名时间6月1日至10日，带户口簿和预防接种证。"},
    {"key": "gf17", "title": "临江工业园区道路停车管理办法", "category": "政策文件", "department": "规划建设局", "document_no": "临园管发〔2026〕17号",
     "published_on": "2026-06-01", "body": "兴业路、东港路停车每小时三元。"},
    {"key": "gf9", "title": "临江工业园区机动车停放管理暂行办法", "category": "政策文件", "department": "规划建设局", "status": "废止",
     "document_no": "临园管发〔2024〕9号", "published_on": "2024-03-05", "body": "停车管理的旧办法。"},
    {"key": "dl", "title": "滨江公园导览图", "category": "民生服务", "document_no": "临园建〔2026〕7号", "published_on": "2026-11-18",
     "body": "公园怎么走。", "attachments": [{"name": "导览图.jpg", "url": "https://www.linjiang.example.cn/map.jpg"}]},
    {"key": "ts", "title": "关于东港片区计划停水的通知", "category": "通知公告", "published_on": "2026-11-22", "body": "今晚八点至十点停水。"},
    *(
        {"key": f"cg{number}", "title": f"园区道路改造第{number}标段政府采购结果公示", "category": "政府采购", "department": "规划建设局",
         "published_on": f"2026-08-{number:02}", "body": "中标结果见附件。"}
        for number in range(1, 9)
    ),
]  # fmt: skip
POSTINGS: list[dict[str, Any]] = [
    {"key": "dg", "title": "维修电工", "employer": "临江电子有限公司", "salary": "6000-8000元/月", "area": "江南片区", "degree": "大专", "headcount": "3人",
     "description": "负责车间设备维修，须有电工证。", "published_on": "2026-11-01", "valid_until": "2027-03-31", "phone": "000-80001234",
     "lat": 29.5600, "lng": 106.5500},
    {"key": "yd", "title": "夜班电工", "employer": "江东食品有限公司", "salary": "4500-5500元/月", "area": "江东片区", "degree": "中专",
     "published_on": "2026-10-11", "valid_until": "2027-01-31", "lat": 29.6000, "lng": 106.6000},
    {"key": "hg", "title": "电焊工", "employer": "临江重工有限公司", "salary": "7000-9000元/月", "area": "江南片区", "degree": "不限",
     "published_on": "2026-11-15", "valid_until": "2027-03-31"},
    {"key": "kj", "title": "会计", "employer": "江东食品有限公司", "salary": "8千-1万/月", "area": "江东片区", "degree": "本科",
     "published_on": "2026-11-10", "valid_until": "2027-03-31"},
    {"key": "cn", "title": "出纳", "employer": "临江重工有限公司", "salary": "面议", "area": "江南片区", "degree": "大专",
     "published_on": "2026-09-10", "valid_until": "2027-03-31"},
    {"key": "pg", "title": "普工", "employer": "江东食品有限公司", "salary": "200元/天", "area": "江东片区", "description": "包吃住，两班倒。",
     "published_on": "2026-11-12", "valid_until": "2027-03-31"},
    {"key": "gq", "title": "仓库保管员", "employer": "临江电子有限公司", "salary": "5000元/月", "published_on": "2026-07-01",
     "valid_until": "2026-08-31"},
]  # fmt: skip
NAMED = 'name = "临江工业园区"\n'
CONTACT = NAMED + 'address = "临江路1号"\nphone = "000-80000001"\nhours = "工作日 9:00—12:00，14:00—17:30"\n'
GUIDES = '[[guide]]\nname = "食堂"\nwords = ["食堂", "吃饭"]\nanswer = "办事大厅一楼有食堂，11:30 开饭。"\n'
