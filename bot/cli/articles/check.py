"""`gongkai queue check`, `dismiss` and `mask`: what the checks find in a post, and what becomes of it."""

from __future__ import annotations

import sys
from typing import Any

import click

from bot.cli.common import as_person, json_output, print_json, with_office
from config.clock import local
from content.rules.checks.finding import SEVERITY_WORDS
from content.services.articles import masking
from content.services.checks import judgement
from content.services.checks.judgement import CheckResult, JudgedFinding
from content.services.office import Office
from content.services.setup import demand_current

number_argument = click.argument("number", type=click.IntRange(min=1), metavar="ID")


@click.command()
@number_argument
@json_output
@with_office()
def check(office: Office, number: int, as_json: bool) -> None:
    """检查一篇稿件：个人信息、错词、招聘要素、违法条件、链接、来源、限度、重复的标题。有必须改的，退出码是 1。"""
    demand_current(office)
    found = judgement.look(office, number)
    if as_json:
        print_json({"id": number, "sha256": found.sha256, "clear": not found.stopping,
                    "findings": [_row(office, each) for each in found.findings]})  # fmt: skip
    else:
        _print(number, found)
    if found.stopping:
        sys.exit(1)


@click.command()
@number_argument
@click.argument("names", nargs=-1, required=True, metavar="KEY…")
@as_person
@click.option("--note", default="", metavar="N", help="为什么不用改；台账里留着，审核的人看得到")
@click.option("--undo", is_flag=True, help="收回先前写的理由")
@with_office()
def dismiss(office: Office, number: int, names: tuple[str, ...], *, username: str, note: str, undo: bool) -> None:
    """写明理由，留下检查出来的这几处不改（编号见 queue check）。"""
    demand_current(office)
    if undo:
        click.echo(f"{number}：收回了 {judgement.reopen(office, number, names, username=username)} 处的理由。")
    else:
        click.echo(
            f"{number}：留下 {judgement.dismiss(office, number, names, username=username, note=note)} 处，理由已记入台账。"
        )


@click.command()
@number_argument
@click.argument("names", nargs=-1, metavar="[KEY…]")
@as_person
@with_office()
def mask(office: Office, number: int, names: tuple[str, ...], *, username: str) -> None:
    """给身份证号、银行卡号、手机号打上星号，住址只留到乡镇、街道：存为新的一稿，先前的通过作废。不给编号就是全部。"""
    demand_current(office)
    done = masking.mask(office, number, set(names) or None, username=username)
    click.echo(f"{number}：{done.sentence}")
    for warning in done.queued.warnings:
        click.echo(f"请注意：{warning}")


def _row(office: Office, each: JudgedFinding) -> dict[str, Any]:
    found, left = each.finding, each.dismissal
    return {
        "key": each.key,
        "severity": str(each.severity),
        "rule": found.rule.name,
        "place": found.passage.where,
        "what": found.rule.what,
        "words": found.shown,
        "detail": found.detail,
        "why": found.rule.why,
        "advice": found.rule.advice,
        "dismissed": {"who": left.who, "at": local(left.at, office.settings.zone), "note": left.why} if left else None,
    }


def _print(number: int, found: CheckResult) -> None:
    if not found.findings:
        click.echo(f"{number}：没有检查出什么。")
    for each in found.findings:
        word = "已写明理由" if each.dismissal else SEVERITY_WORDS[each.severity]
        click.echo(f"{each.key}　{word}　{each.sentence}")
        click.echo(f"　为什么：{each.finding.rule.why}")
        if each.dismissal:
            click.echo(f"　{each.dismissal.who}的理由：{each.dismissal.why}")
        else:
            click.echo(f"　怎么办：{each.finding.rule.advice}")
    if found.stopping:
        click.echo(f"有 {len(found.stopping)} 处要改，改好或者写明理由才能送审。")
