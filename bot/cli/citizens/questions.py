"""`gongkai questions`: what citizens asked in vain, and answering it once for all who ask alike."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from bot.cli.common import as_person, json_output, print_json, with_office
from config.clock import local
from content.services.citizens import answer_feedback, taught_answers
from content.services.office import Office
from content.services.setup import demand_current


@click.group()
def questions() -> None:
    """群众问了却没得到好答复的：查看、答复一次，下一位同样问的就能得到。"""


@questions.command("list")
@click.option(
    "--days", type=click.IntRange(1, 366), default=taught_answers.DAYS, show_default=True, help="看最近多少天"
)
@json_output
@with_office()
def list_(office: Office, days: int, as_json: bool) -> None:
    """列出没找到内容的、列了出来却没人点看编号的提问，相似的归为一组，问得多的在前。"""
    demand_current(office)
    rows = [
        {
            "id": group.id,
            "text": group.text,
            "asked": group.asked,
            "nothing_found": group.nothing_found,
            "not_opened": group.not_opened,
            "unhelped": group.unhelped,
            "last_asked_at": local(group.last_asked_at, office.settings.zone),
            "texts": list(group.texts),
        }
        for group in taught_answers.in_vain(office, days)
    ]
    if as_json:
        return print_json(rows)
    for row in rows:
        click.echo(
            f"{row['id']}\t问 {row['asked']} 次（没找到 {row['nothing_found']}，没点看 {row['not_opened']}"
            f"，没帮到 {row['unhelped']}）\t{row['text']}"
        )
    click.echo("答复：gongkai questions answer 编号 --text 答复 --as 用户名" if rows else "没有待答复的提问。")
    return None


@questions.command()
@click.argument("asked", metavar="GROUP_OR_TEXT")
@click.option("--text", metavar="T", help="答复，群众看到的就是这段话")
@click.option("--same-as", "word", metavar="WORD", help="不写答复，而是说明这个词就是公开信息里的哪个词")
@as_person
@with_office()
def answer(office: Office, asked: str, text: str | None, word: str | None, username: str) -> None:
    """答复一组提问（list 里的编号），或者直接写出一句问话；问法相近的都会得到这段答复，马上生效。"""
    if (text is None) == (word is None):
        raise click.UsageError("请用 --text 写答复，或者用 --same-as 写同义词（两者选一）")
    demand_current(office)
    if word is not None:
        said, meant = taught_answers.same_as(office, asked, word=word, username=username)
        click.echo(f"记下了：群众说“{said}”，就是“{meant}”。")
        return
    number = taught_answers.answer(office, asked, text=text or "", username=username)
    click.echo(f"记下了（guide:{number}）。现在再有人这样问，就会得到这段答复。")


@questions.command("answers")
@click.option(
    "--days", type=click.IntRange(1, 366), default=answer_feedback.DAYS, show_default=True, help="看最近多少天"
)
@json_output
@with_office()
def answers(office: Office, days: int, as_json: bool) -> None:
    """列出排在第一位的答复：给了多少次，多少次有人点看，多少次说“没帮到我”；没帮到的多的在前。"""
    demand_current(office)
    rows = [asdict(row) for row in answer_feedback.figures(office, days)]
    if as_json:
        return print_json(rows)
    for row in rows:
        click.echo(
            f"没帮到 {row['unhelped']}\t给了 {row['offered']} 次\t点看 {row['opened']}\t{row['ref']}\t{row['title']}"
        )
    if not rows:
        click.echo("这些天还没有给过答复。")
    return None


@questions.command()
@json_output
@with_office()
def taught(office: Office, as_json: bool) -> None:
    """列出教过的答复和同义词。"""
    demand_current(office)
    guides, synonyms = taught_answers.taught(office)
    rows = [
        {"id": f"guide:{row.id}", "asked": json.loads(row.forms), "answer": row.answer, "by": row.created_by}
        for row in guides
    ] + [
        {"id": f"synonym:{row.id}", "asked": [row.word], "answer": row.same_as, "by": row.created_by}
        for row in synonyms
    ]
    if as_json:
        return print_json(rows)
    for row in rows:
        click.echo(f"{row['id']}\t{row['by']}\t{'；'.join(row['asked'])}\t{' '.join(row['answer'].split())}")
    if not rows:
        click.echo("还没有教过。")
    return None


@questions.command()
@click.argument("subject", metavar="ID")
@as_person
@with_office()
def withdraw(office: Office, subject: str, username: str) -> None:
    """停用一条教过的答复（guide:3）或同义词（synonym:3）。"""
    demand_current(office)
    taught_answers.withdraw(office, subject, username=username)
    click.echo(f"{subject} 已停用。")
