"""`gongkai report`: the annual report of government information disclosure. `check` needs no store and no settings."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.common import fail, json_output, print_json
from content.rules.errors import GongkaiError
from content.services.figures import report_check
from content.services.figures.report_check import CheckedReport

LEVELS = {"error": "错误", "query": "请核对"}
FILE = click.Path(path_type=Path)


@click.group()
def report() -> None:
    """政府信息公开工作年度报告。"""


@report.command()
@click.argument("file", type=FILE, metavar="FILE")
@click.option("--previous", type=FILE, metavar="FILE", help="上一年的报告，用来核对结转和现行有效件数")
@json_output
def check(file: Path, previous: Path | None, as_json: bool) -> None:
    """核对一份年度报告（.json、.docx、.html、.txt），谁的都可以；不保存。有错误时退出码为 1。"""
    try:
        checked = report_check.check(file, previous=previous)
    except GongkaiError as error:
        fail(error.message)
    if as_json:
        print_json({"findings": [
            {"level": finding.level, "rule": finding.rule, "cells": list(finding.cells), "message": finding.message}
            for finding in checked.findings
        ]})  # fmt: skip
    else:
        _show(checked)
    sys.exit(1 if checked.errors else 0)


def _show(checked: CheckedReport) -> None:
    read, found = checked.report, checked.findings
    year = f"{read.year} 年度" if read.year else "（没有看出年度）"
    click.echo(f"{read.org or '（没有看出机关名称）'} {year}，{read.format.value} 年格式；"
               f"读到表二 {len(read.active)} 行、表三 {len(read.requests)} 行、表四 {len(read.cases)} 组。")  # fmt: skip
    for finding in found:
        where = f" {'、'.join(finding.cells)}" if finding.cells else ""
        click.echo(f"{LEVELS[finding.level]}（{finding.rule}{where}）：{finding.message}")
    if not found:
        click.echo("没有发现问题。")
    else:
        click.echo(f"共 {checked.errors} 处错误，{len(found) - checked.errors} 处请核对。")
