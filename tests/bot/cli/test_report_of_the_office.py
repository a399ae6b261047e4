"""`gongkai report figures`, `build` and `sign`, as one types them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from content.rules.figures.annual_report import drafted_text
from content.services.office import Office
from tests.fixtures.command_line import gongkai
from tests.render.annual_report import word_reader

FIGURES = {
    "year": 2020, "org": "望江县高新区",
    "t2": {"规章": [0, 0, 0], "规范性文件": [1, 1, 9], "行政许可": ["/", "减4", 30], "其他对外管理服务事项": [0, 0, 0],
           "行政处罚": [0, 0, 0], "行政强制": [0, 0, 0], "行政事业性收费": [0, 0], "政府集中采购": [2, 35.5]},
    "t4": {name: [0, 0, 1, 0, 1] for name in ("review", "suit_direct", "suit_after")},
}  # fmt: skip


def run(office: Office, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """A command in the office's home."""
    return gongkai("report", *words, environment={"GONGKAI_HOME": str(office.home)}, folder=office.home)


def test_from_figures_to_a_signed_report(office: Office) -> None:
    file, out = office.home / "f.json", office.home / "out.docx"
    file.write_text(json.dumps(FIGURES, ensure_ascii=False), encoding="utf-8")
    told = run(office, "figures", "2020", "--set", file, "--as", "hejing", "--json")
    figures = json.loads(told.stdout)
    assert (told.returncode, figures["format"], figures["t2"]["行政许可"]) == (0, "2019", ["/", "减4", 30])
    assert "t2.政府集中采购.1" in figures["entered"] and "t3.new.0" not in figures["entered"]
    assert list(figures["t3"])[-3:] == ["o", "total", "out"]
    assert "* t2.行政许可  行政许可  / 减4 30" in run(office, "figures", "2020").stdout
    built = run(office, "build", "2020", "--format", "docx", "-o", out)
    assert built.returncode == 0, built.stderr
    assert "期限：2021年1月31日 周日以前公布；那天不上班，最晚在 2021年1月29日 周五办完。" in built.stdout
    assert word_reader.tables(out.read_bytes())[2][-1] == ["0", "0", "1", "0", "1"] * 3
    refused = run(office, "sign", "2020", "--as", "zhaominghua")
    assert refused.returncode == 1 and "正文还有" in refused.stderr
    text = "\n".join(line for heading in drafted_text.headings() for line in (heading, "写好了。"))
    file.write_text(json.dumps({"narrative": text}, ensure_ascii=False), encoding="utf-8")
    assert run(office, "figures", "2020", "--set", file).returncode == 2  # nobody is named
    assert run(office, "figures", "2020", "--set", file, "--as", "hejing").returncode == 0
    early = run(office, "sign", "2020", "--as", "zhaominghua", "--note", "核对过")
    assert early.returncode == 1 and "先送审" in early.stderr
    assert "接下来初审" in run(office, "review", "submit", "2020", "--as", "hejing").stdout
    assert run(office, "review", "pass", "2020", "--as", "hejing").returncode == 1  # who wrote it
    for username in ("sunhao", "zhoujianguo", "zhaominghua"):
        passed = run(office, "review", "pass", "2020", "--as", username)
        assert passed.returncode == 0, passed.stderr
    assert "三审完成" in passed.stdout
    signed = run(office, "sign", "2020", "--as", "zhaominghua")
    assert signed.returncode == 0 and "已签发，封存码" in signed.stdout
    assert (
        "zhaominghua 已签发。" in run(office, "build", "2020", "--format", "html", "-o", office.home / "a.html").stdout
    )


def test_what_does_not_foot_is_named_and_no_file_is_left(office: Office) -> None:
    file, out = office.home / "f.json", office.home / "out.xlsx"
    wrong = {**FIGURES, "t4": {**FIGURES["t4"], "review": [1, 0, 0, 0, 3]}}  # type: ignore[dict-item]
    file.write_text(json.dumps(wrong, ensure_ascii=False), encoding="utf-8")
    assert "错误（t4.row_sum" in run(office, "figures", "2020", "--set", file, "--as", "hejing").stderr
    refused = run(office, "build", "2020", "--format", "xlsx", "-o", out)
    assert refused.returncode == 1 and "结果维持 1 = 1，而总计填的是 3" in refused.stderr and not out.exists()
    assert run(office, "build", "2020", "--format", "xlsx", "-o", out, "--draft").returncode == 0 and out.exists()


def test_a_row_that_was_entered_can_be_taken_back(office: Office) -> None:
    file = office.home / "f.json"
    file.write_text(json.dumps(FIGURES, ensure_ascii=False), encoding="utf-8")
    run(office, "figures", "2020", "--set", file, "--as", "hejing")
    assert run(office, "figures", "2020", "--drop", "t4.review", "--as", "hejing").returncode == 0
    assert "t4.review.0" not in json.loads(run(office, "figures", "2020", "--json").stdout)["entered"]
    again = run(office, "figures", "2020", "--drop", "t4.review", "--as", "hejing")
    assert again.returncode == 1 and "没有填报过" in again.stderr
