"""`gongkai ledger verify` and `gongkai ledger export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.common import json_output, print_json, with_office
from content.services.figures import ledger_audit
from content.services.office import Office
from content.services.setup import demand_current


@click.group()
def ledger() -> None:
    """审核台账：核对与导出。"""


@ledger.command()
@click.option("--head", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help="另行保存的封印（导出时写在旁边的 .head.json，或夜间日志）")  # fmt: skip
@json_output
@with_office()
def verify(office: Office, head: Path | None, as_json: bool) -> None:
    """逐条核对台账，指出第一条不可信的；也用台账核对稿件和文件。有问题时退出码为 1。"""
    demand_current(office)
    verdict = ledger_audit.verify(office, head)
    if as_json:
        print_json(verdict.to_json())
    elif verdict.ok:
        click.echo(f"台账完好：{verdict.entries} 条逐条相接，与 {verdict.heads} 个封印相符，稿件和文件与台账相符。")
        if not verdict.heads:
            click.echo(
                "还没有签过封印：末尾若被整段截去，现在看不出来。每天夜里签一个，也可以执行 gongkai job run seal_ledger。"
            )
    elif verdict.broken is not None:
        click.echo(f"台账从第 {verdict.broken} 条起不可信：{verdict.why}请保护现场，并联系上级或维护人员。", err=True)
    if not as_json:
        for fault in verdict.faults:
            click.echo(fault, err=True)
    if not verdict.ok:
        sys.exit(1)


@ledger.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_office()
def export(office: Office, file: Path) -> None:
    """把整本台账写到 FILE（.jsonl、.csv 或 .xlsx），封印写在旁边的 FILE.head.json。"""
    demand_current(office)
    head = ledger_audit.export(office, file, office.clock.now())
    click.echo(f"已写入 {file}：{head.number} 条。封印在 {file}.head.json，请另存一份到别处，日后可用 --head 核对。")
