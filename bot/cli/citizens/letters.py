"""`gongkai letters`: conversations that wait for a person."""

from __future__ import annotations

from typing import Any

import click

from bot.cli.common import as_person, json_output, print_json, with_office
from bot.cli.platform import channel
from config.clock import local
from content.rules.citizens.letters import TOLD_WORDS, WINDOW, AnswerState
from content.services.citizens import letters as letter_service
from content.services.office import Office
from content.services.setup import demand_current


@click.group()
def letters() -> None:
    """群众发“人工”要找人的来信：查看、回复。"""


@letters.command("list")
@json_output
@with_office()
def list_(office: Office, as_json: bool) -> None:
    """列出还没有结束的来信，早的在前。内容只给办事的人看，不要外传。"""
    demand_current(office)
    rows = _rows(office)
    if as_json:
        return print_json(rows)
    for row in rows:
        click.echo(
            f"第 {row['id']} 封\t来信 {_short(row['heard_at'])}\t{_short(row['reply_until'])} 前可以直接发到手机"
        )
        for message in row["messages"]:
            click.echo(
                f"  {_short(message['at'])} {message['who'] or '群众'}{_told(message)}：{message['text'] or '（已撤回）'}"
            )
    click.echo("回复：gongkai letters reply 编号 --text 回复 --as 用户名 [--close]" if rows else "没有等人回复的来信。")
    return None


@letters.command()
@click.argument("number", metavar="ID", type=click.IntRange(min=1))
@click.option("--text", metavar="T", help="回复的话")
@click.option("--close", is_flag=True, help="这封信到此结束，抹去对方的联系编号；可以不写回复，只结束")
@as_person
@with_office(wechat=True)
def reply(office: Office, number: int, text: str | None, close: bool, username: str) -> None:
    """回复一封来信。48 小时内直接发到群众手机；发不出去的留着，群众下次来信时一起告知。"""
    if text is None and not close:
        raise click.UsageError("请用 --text 写回复，或者用 --close 结束这封信")
    demand_current(office)
    if text is not None:
        outcome = letter_service.reply(office, channel(office), number, text=text, username=username)
        if outcome.state is AnswerState.SENT:
            click.echo("已发到群众手机上。")
        else:
            click.echo(f"还没有发出去：{outcome.why}回复已留着，群众下次来信时一起告知。")
    if close:
        letter_service.close(office, number, username=username)
        click.echo(f"第 {number} 封来信已结束。")


def _rows(office: Office) -> list[dict[str, Any]]:
    zone = office.settings.zone
    return [
        {
            "id": letter.id,
            "opened_at": local(letter.opened_at, zone),
            "heard_at": local(letter.heard_at, zone),
            "reply_until": local(letter.heard_at + WINDOW, zone),
            "messages": [
                {
                    "at": local(message.at, zone),
                    "who": message.author,
                    "text": message.text,
                    "origin": message.origin,
                    "state": message.state,
                    "why": message.why,
                    "told_at": local(message.told_at, zone) if message.told_at else None,
                }
                for message in said
            ],
        }
        for letter, said in letter_service.listing(office)
    ]


def _told(message: dict[str, Any]) -> str:
    """What became of an answer, or where a citizen's message came from."""
    note = TOLD_WORDS[AnswerState(message["state"])] if message["state"] else message["origin"]
    return f"（{note}）" if note else ""


def _short(instant: str) -> str:
    return instant[:16].replace("T", " ")
