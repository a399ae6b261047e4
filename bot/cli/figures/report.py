"""`gongkai report`: the annual report of government information disclosure. `check` needs no store and no settings."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.common import as_person, fail, json_output, print_json, with_office
from content.render.annual_report import figures_file, report_document
from content.rules.errors import GongkaiError
from content.rules.figures.annual_report import deadline, drafted_text, form
from content.rules.figures.annual_report.report import ReportFinding
from content.services.figures import report_check, terms
from content.services.figures.annual_report import (
    report_entries,
    report_files,
    report_reviews,
    report_signatures,
    year_figures,
)
from content.services.figures.annual_report.year_figures import YearFigures
from content.services.figures.report_check import CheckedReport
from content.services.office import Office
from content.services.setup import demand_current

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
    """核对一份年度报告（.json、.docx、.pdf、.html、.txt），谁的都可以；不保存。有错误时退出码为 1。"""
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
        click.echo(_words(finding))
    if not found:
        click.echo("没有发现问题。")
    else:
        click.echo(f"共 {checked.errors} 处错误，{len(found) - checked.errors} 处请核对。")


def _words(finding: ReportFinding) -> str:
    where = f" {'、'.join(finding.cells)}" if finding.cells else ""
    return f"{LEVELS[finding.level]}（{finding.rule}{where}）：{finding.message}"


@report.command()
@click.argument("year", type=int, metavar="YEAR")
@click.option(
    "--set",
    "file",
    type=FILE,
    metavar="FILE",
    help="填报：.json 里的各行；也可以是已公布的年报（.docx、.html、.txt），只取三张表",
)
@click.option("--drop", "dropped", multiple=True, metavar="ROW", help="撤回填报过的一行，例如 t3.new，改用登记簿的数")
@click.option("--as", "username", metavar="USERNAME", help="以谁的名义（填报和撤回时要写）")
@json_output
@with_office()
def figures(
    office: Office, year: int, file: Path | None, dropped: tuple[str, ...], username: str | None, as_json: bool
) -> None:
    """某一年年度报告的数字：查看，或者用 --set 填报。填报的行代替登记簿的数，别的行不动。"""
    demand_current(office)
    if (file or dropped) and not username:
        raise click.UsageError("填报要写明以谁的名义：--as USERNAME。")
    if dropped:
        report_entries.drop(office, year, dropped, username=str(username))
    if file:
        receipt = report_entries.enter(office, year, file, username=str(username))
        click.echo(f"记下 {len(receipt.entered)} 项。", err=as_json)
        for name, before in receipt.replaced.items():
            click.echo(f"{name} 原来是 {before} 填的，已换成这次的；原来的还留着。", err=True)
    found = year_figures.gather(office, year)
    if as_json:
        print_json(figures_file.shape(found.report) | {"entered": found.entered_cells})
        return
    _print_figures(office, found)


@report.command()
@click.argument("year", type=int, metavar="YEAR")
@click.option("--format", "format_", type=click.Choice(report_files.FORMATS), required=True, help="文件的格式")
@click.option("-o", "--output", "path", type=FILE, required=True, metavar="FILE", help="写到哪个文件")
@click.option("--draft", is_flag=True, help="草稿：有错误也出，每一页都标明是草稿")
@with_office()
def build(office: Office, year: int, format_: str, path: Path, draft: bool) -> None:
    """出某一年的年度报告：版式按公文格式，三张表来自登记簿和填报的数字。数字有错误时不出，除非 --draft。"""
    demand_current(office)
    found = report_files.build(office, year, path, format=format_, draft=draft)
    click.echo(f"已写入 {path}{'（草稿）' if draft else ''}。")
    _print_findings(found)
    _print_standing(office, found)


@report.command()
@click.argument("action", type=click.Choice(["submit", "pass", "return"]))
@click.argument("year", type=int, metavar="YEAR")
@as_person
@click.option("--note", default="", metavar="N", help="意见；退回必须写明原因")
@click.option("--sha256", default="", metavar="H", help="只在现在的一份是这个封存码时才通过")
@with_office()
def review(office: Office, action: str, year: int, username: str, note: str, sha256: str) -> None:
    """年度报告的三审：送审、通过、退回。三个人，都不能是写过、填过它的人；改过一个数、一个字就要重新送审。"""
    demand_current(office)
    steps = {
        "submit": lambda: report_reviews.submit(office, year, username=username, note=note),
        "pass": lambda: report_reviews.pass_(office, year, username=username, note=note, sha256=sha256),
        "return": lambda: report_reviews.return_(office, year, username=username, note=note),
    }
    click.echo(steps[action]())


@report.command()
@click.argument("year", type=int, metavar="YEAR")
@as_person
@click.option("--note", default="", metavar="N", help="有要核对的地方时，写明核对的结果")
@with_office()
def sign(office: Office, year: int, username: str, note: str) -> None:
    """签发某一年的年度报告：数字和正文的封存码记进台账。有错误、正文没写完、三审没通过时不能签。"""
    demand_current(office)
    digest = report_signatures.sign(office, year, username=username, note=note)
    click.echo(f"{year} 年度报告已签发，封存码 {digest}。")


def _print_figures(office: Office, found: YearFigures) -> None:
    report_ = found.report
    click.echo(f"{report_.org} {report_.year} 年度，{report_.format.value} 年格式。带 * 的是填报的，其余来自登记簿。")
    for table, attribute in report_entries.TABLES.items():
        for name, row in getattr(report_, attribute).items():
            mark = "*" if f"{table}.{name}" in found.entered else " "
            label = form.REQUEST_ROWS[name].label if table == "t3" else form.CASES.get(name, name)
            cells = " ".join(report_document.printed(cell) or "（空）" for cell in row)
            click.echo(f"{mark} {table}.{name}  {label}  {cells}")
    _print_findings(found)
    _print_standing(office, found)


def _print_findings(found: YearFigures) -> None:
    for finding in found.findings:
        click.echo(_words(finding), err=True)
    for gap in drafted_text.gaps(found.sections):
        click.echo(f"正文还没有写：{gap}", err=True)


def _print_standing(office: Office, found: YearFigures) -> None:
    """By when the report is due, and whether it is signed."""
    year = found.report.year or 0
    due = deadline.deadline(year, terms.calendar(office.home))
    signed = report_signatures.state(office, found)
    click.echo(f"期限：{due.words}。")
    if not signed.by:
        click.echo(f"还没有签发（{report_reviews.standing(office, found).words}）。")
    else:
        click.echo(
            f"{signed.by} 已签发。" if signed.holds else f"{signed.by} 签发过，之后数字或正文又改了，要重新签发。"
        )
