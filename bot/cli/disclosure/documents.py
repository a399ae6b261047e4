"""`gongkai applications document` and `template`: the documents of an application as Word files, and their templates."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.common import as_person, with_office
from config import document_templates
from content.rules.errors import BadInput
from content.services.applications import documents
from content.services.office import Office
from content.services.setup import demand_current
from content.store.disk import atomic_write

KIND = "；".join(f"{kind} {name}" for kind, name in document_templates.kinds().items())
OUT = click.Path(path_type=Path, dir_okay=False)


@click.command(epilog=f"KIND：{KIND}")
@click.argument("number", metavar="NUMBER")
@click.argument("kind", metavar="KIND")
@click.option("-o", "--output", type=OUT, metavar="FILE", help="写到哪里；不写就用文书的名称")
@as_person
@with_office()
def document(office: Office, number: str, kind: str, output: Path | None, username: str) -> None:
    """把一件申请的文书写成 Word（公文格式）：补正告知书、延期告知书、答复书等。"""
    demand_current(office)
    made = documents.make(office, number, kind, username=username)
    path = output or Path(made.name)
    atomic_write.put(path, made.data)
    click.echo(f"已写入 {path}。")
    if made.blanks:
        click.echo(f"还要手填：{'、'.join(made.blanks)}。")


@click.command(epilog=f"KIND：{KIND}")
@click.argument("kind", metavar="[KIND]", default="")
@click.option("--set", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
              help="用这个文本文件作本单位的模板；空文件恢复自带的")  # fmt: skip
@click.option("--as", "username", default="", metavar="USERNAME", help="以谁的名义改")
@with_office()
def template(office: Office, kind: str, file: Path | None, username: str) -> None:
    """文书模板：不写 KIND 列出全部，哪个有错、错在哪里；写了就打印它的文字。"""
    demand_current(office)
    if file is not None:
        if not kind or not username:
            raise BadInput("改模板要写明是哪一种（KIND）和以谁的名义（--as）。")
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise BadInput(f"“{file.name}”不是 UTF-8 编码，请另存为 UTF-8。") from error
        documents.change(office, kind, text, username=username)
        click.echo("模板改好了。" if text.strip() else "恢复了自带的模板。")
    elif kind:
        state = documents.template(office, kind)
        click.echo(state.template.text)
        for fault in state.faults:
            click.echo(fault, err=True)
    else:
        for state in documents.templates(office):
            own = "，本单位的" if state.template.own else ""
            click.echo(
                f"{state.template.kind}  {state.template.name}{own}{'，有错：' + ' '.join(state.faults) if state.faults else ''}"
            )
