"""`gongkai guides`: the file of standing answers: where it is, whether it holds, and which words bring which answer."""

from __future__ import annotations

from typing import Any

import click

from bot.cli.common import fail, json_output, print_json, with_office
from config.edited import EditedFile
from config.guides import GuideFile
from content.rules.errors import Conflict
from content.services.office import Office


@click.command()
@click.option("--copy", is_flag=True, help="把自带的办事指南复制到 GONGKAI_HOME/guides.toml，供修改")
@json_output
@with_office()
def guides(office: Office, copy: bool, as_json: bool) -> None:
    """看办事指南（地址、电话、办公时间、申请公开……）：用的哪个文件，有没有写错，说哪些词会得到哪条。"""
    file = office.guides
    if copy:
        _copy(file)
    if as_json:
        print_json(_shown(file))
    else:
        click.echo(f"现在用的是：{file.in_use}")
        for guide in file.read().guides:
            click.echo(f"{guide.name}：{'、'.join(guide.words)}")
    if file.faults:
        for fault in file.faults:
            click.echo(fault, err=True)
        fail(f"{file.path} 有上面这些错，暂用自带的办事指南；改好保存，马上生效。")


def _copy(file: EditedFile[GuideFile]) -> None:
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        with file.path.open("xb") as copied:
            copied.write(file.built_in.read_bytes())
    except FileExistsError as error:
        raise Conflict(f"{file.path} 已经有了，没有覆盖。直接改它就行。") from error
    click.echo(f"已复制到 {file.path}，用记事本一类的程序改好保存，马上生效。", err=True)


def _shown(file: EditedFile[GuideFile]) -> dict[str, Any]:
    return {
        "path": str(file.in_use),
        "faults": list(file.faults),
        "guides": [
            {"name": guide.name, "words": list(guide.words), "answer": guide.answer} for guide in file.read().guides
        ],
    }
