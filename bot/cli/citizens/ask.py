"""`gongkai ask`: the reply a citizen would get, and the ranking behind it. Nothing is logged or counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from bot.cli.common import fail, json_output, print_json, with_office
from bot.dialogue import router
from bot.dialogue.turn import Turn
from bot.wechat.messages import News, Reply, Text
from content.rules.errors import BadInput
from content.services.office import Office
from content.services.setup import demand_current


@click.command()
@click.argument("text", required=False)
@click.option("--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.jsonl",
              help='每行一个 {"id","text"}，逐行打印 {"id","keys"}')  # fmt: skip
@json_output
@with_office()
def ask(office: Office, text: str | None, batch: Path | None, as_json: bool) -> None:
    """问一句话，看群众会得到什么答复。这里的提问不记录、不计数。"""
    if (text is None) == (batch is None):
        raise click.UsageError("请给出一句话，或者用 --batch 给出一个文件（两者选一）")
    demand_current(office)
    if batch is not None:
        return _answer_all(office, batch)
    turn = router.consult(office, text or "", office.clock.now())
    if as_json:
        return print_json({"reply": _reply(turn.reply), "results": _results(turn)})
    click.echo(_words(turn.reply))
    return None


def _answer_all(office: Office, path: Path) -> None:
    """One line out for each good line in; bad lines are named on standard error, and then the exit code is 1."""
    bad = 0
    now = office.clock.now()
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            question = _question(line)
        except BadInput as error:
            click.echo(f"第 {number} 行：{error.message}", err=True)
            bad += 1
            continue
        keys = [result.key for result in router.consult(office, question["text"], now).results]
        click.echo(json.dumps({"id": question["id"], "keys": keys}, ensure_ascii=False))
    if bad:
        fail(f"有 {bad} 行看不懂，已跳过；其余都已答复。")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} 不是 UTF-8 编码的文本，请另存为 UTF-8。") from error


def _question(line: str) -> dict[str, Any]:
    """`{"id", "text"}` of a line. Raises BadInput."""
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput('不是 JSON。要写成 {"id": "1", "text": "公租房怎么申请"}') from error
    if not isinstance(question, dict) or "id" not in question or not isinstance(question.get("text"), str):
        raise BadInput('缺少 id 或 text。要写成 {"id": "1", "text": "公租房怎么申请"}')
    return question


def _results(turn: Turn) -> list[dict[str, Any]]:
    return [
        {
            "id": str(result.id),
            "key": result.key,
            "kind": result.kind,
            "title": result.title,
            "url": result.url,
            "score": round(result.score, 4),
        }
        for result in turn.results
    ]


def _reply(reply: Reply) -> dict[str, Any]:
    if isinstance(reply, News):
        return {"type": "news", "articles": [vars(card) for card in reply.cards]}
    return {"type": "text", "content": _words(reply)}


def _words(reply: Reply) -> str:
    if isinstance(reply, Text):
        return reply.content
    return "\n".join(f"{card.title} {card.url}" for card in reply.cards) if isinstance(reply, News) else ""
