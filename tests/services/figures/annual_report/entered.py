"""A small report of 2025 entered by 何静, and its three reviews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from content.services.figures.annual_report import report_entries, report_reviews
from content.services.office import Office

ZERO = [0] * 7
TABLE_TWO = {
    "规章": [0, 0, 0],
    "行政规范性文件": [1, 0, 4],
    "行政许可": [12],
    "行政处罚": [0],
    "行政强制": [0],
    "行政事业性收费(万元)": [3.5],
}
TABLE_THREE = {"new": [2, 0, 0, 0, 0, 0, 2], "in": ZERO, "g": [1, 0, 0, 0, 0, 0, 1], "p": ZERO,
               **{name: ZERO for name in ("d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "u1", "u2", "u3")},
               **{name: ZERO for name in ("n1", "n2", "n3", "n4", "n5", "o1", "o2", "o3")},
               "total": [1, 0, 0, 0, 0, 0, 1], "out": [1, 0, 0, 0, 0, 0, 1]}  # fmt: skip
TEXT = "\n".join(f"{number}、{name}\n写好了。" for number, name in zip("一二三四五六", (
    "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况",
    "其他需要报告的事项"), strict=True))  # fmt: skip
WHOLE = {"year": 2025, "t2": TABLE_TWO, "t3": TABLE_THREE,
         "t4": {name: [0] * 5 for name in ("review", "suit_direct", "suit_after")}, "narrative": TEXT}  # fmt: skip


def given(folder: Path, **figures: Any) -> Path:
    """A file of figures."""
    path = folder / "figures.json"
    path.write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")
    return path


def enter(office: Office, folder: Path, to: int = 2025, username: str = "hejing", **figures: Any) -> Any:
    """Figures entered from such a file."""
    return report_entries.enter(office, to, given(folder, **figures), username=username)


def pass_three(office: Office, year: int = 2025) -> None:
    """The three reviews, by three people who wrote nothing of it."""
    report_reviews.submit(office, year, username="hejing")
    for username in ("sunhao", "zhoujianguo", "zhaominghua"):
        report_reviews.pass_(office, year, username=username)
