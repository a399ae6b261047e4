"""`gongkai triage`: the file that tells kinds of messages apart: where it is, whether it holds, and what a message is."""

from __future__ import annotations

from typing import Any

import click

from bot.cli.common import fail, json_output, print_json, with_office
from config import reference
from config.edited import EditedFile
from config.triage import NAME, TriageTable
from content.rules.citizens.triage import Finding, classify, disagreements
from content.rules.errors import Conflict
from content.services.office import Office


@click.command()
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option("--copy", is_flag=True, help="把自带的来信分类复制到 GONGKAI_HOME/triage.toml，供修改")
@json_output
@with_office()
def triage(office: Office, texts: tuple[str, ...], copy: bool, as_json: bool) -> None:
    """看来信分类（危险、投诉、别的单位的事、闲聊……）：用的哪个文件，有没有写错，例子对不对；给一句话，就说它归哪一条。"""
    file = office.triage
    if copy:
        _copy(file)
    table = file.read()
    wrong = disagreements(table)
    found = {text: classify(text, table) for text in texts}
    if as_json:
        print_json(_shown(file, table, wrong, found))
    else:
        _say(file, table, found)
    for fault in (*file.faults, *wrong):
        click.echo(fault, err=True)
    if file.faults:
        fail(f"{file.path} 有上面这些错，暂用自带的来信分类；改好保存，马上生效。")
    if wrong:
        fail("上面这些例子和文件里写的对不上：改那一条的词，或者改例子。")


def _say(file: EditedFile[TriageTable], table: TriageTable, found: dict[str, Finding | None]) -> None:
    if found:
        for text, finding in found.items():
            told = f"{finding.kind} {finding.matter.name}（因为“{finding.said}”）" if finding else "都不是，照常查找"
            click.echo(f"{text}：{told}")
        return
    click.echo(f"现在用的是：{_path(file)}")
    for matter in table.matters:
        click.echo(f"{matter.kind}\t{matter.name}\t{' '.join(hotline.number for hotline in matter.numbers)}")


def _path(file: EditedFile[TriageTable]) -> str:
    return str(file.path if file.path.exists() and not file.faults else reference.DATA / f"{NAME}.toml")


def _copy(file: EditedFile[TriageTable]) -> None:
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        with file.path.open("xb") as copy:
            copy.write((reference.DATA / f"{NAME}.toml").read_bytes())
    except FileExistsError as error:
        raise Conflict(f"{file.path} 已经有了，没有覆盖。直接改它就行。") from error
    click.echo(f"已复制到 {file.path}，用记事本一类的程序改好保存，马上生效。", err=True)


def _shown(
    file: EditedFile[TriageTable], table: TriageTable, wrong: list[str], found: dict[str, Finding | None]
) -> dict[str, Any]:
    return {
        "path": _path(file),
        "faults": list(file.faults),
        "disagreements": wrong,
        "matters": [
            {
                "kind": matter.kind,
                "name": matter.name,
                "numbers": {hotline.number: hotline.checked.isoformat() for hotline in matter.numbers},
            }
            for matter in table.matters
        ],
        "messages": {
            text: {"kind": str(finding.kind), "name": finding.matter.name, "said": finding.said} if finding else None
            for text, finding in found.items()
        },
    }
