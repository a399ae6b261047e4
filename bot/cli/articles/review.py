"""`gongkai review`: one step of the three reviews, for one article or several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from bot.cli import platform
from bot.cli.common import as_person, each, with_office
from config import settings
from content.rules.errors import BadInput
from content.services import articles
from content.services.articles import reviews
from content.services.office import Office
from content.services.publishing import withdrawal
from content.services.reviewing import remarks
from content.services.setup import demand_current

ids = click.argument("numbers", nargs=-1, required=True, type=click.IntRange(min=1), metavar="ID…")
note_option = click.option("--note", default="", metavar="N", help="意见或原因")


@click.group()
def review() -> None:
    """三审：送审、通过、退回、撤下。"""


def _step(name: str, help: str, act: Callable[..., str]) -> click.Command:
    @review.command(name, help=help)
    @ids
    @as_person
    @note_option
    @with_office()
    def command(office: Office, numbers: tuple[int, ...], username: str, note: str) -> None:
        demand_current(office)
        each(numbers, lambda number: f"{number}：{act(office, number, username=username, note=note)}")

    return command


def _withdraw(office: Office, number: int, *, username: str, note: str) -> str:
    if not reviews.is_published(office, number, username=username, note=note):
        return reviews.withdraw(office, number, username=username, note=note).sentence
    missing = [settings.variable(name) for name in settings.WECHAT_CREDENTIALS if not getattr(office.settings, name)]
    if missing:
        raise BadInput(f"撤下已发布的文章要连微信，还缺设置：{'、'.join(missing)}。")
    withdrawal.withdraw_published(office, platform.channel(office), number, username=username, note=note)
    return "已从微信上删除，并写入台账。"


def _sentence(verb: Callable[..., reviews.ReviewOutcome]) -> Callable[..., str]:
    def act(office: Office, number: int, **given: Any) -> str:
        return verb(office, number, **given).sentence

    return act


def _with_concerns(verb: Callable[..., reviews.ReviewOutcome]) -> Callable[..., str]:
    """What was done, and what whoever passes it on should know: an article can still be returned."""

    def act(office: Office, number: int, **given: Any) -> str:
        sentence = verb(office, number, **given).sentence
        return "\n".join([sentence, *(f"　请注意：{concern}" for concern in articles.concerns(office, number))])

    return act


@review.command("pass")
@ids
@as_person
@note_option
@click.option("--sha256", default="", metavar="H", help="只通过封存码为 H 的这一稿（queue show 给出封存码）")
@click.option("--urgent", is_flag=True, help="急事：终审先过，再有一人通过就发，缺的一审 24 小时内补（要开启应急发布）")
@with_office()
def pass_(office: Office, numbers: tuple[int, ...], username: str, note: str, sha256: str, urgent: bool) -> None:
    """通过现在该做的一审：初审、复审、终审由三个人来做，都不能是作者。"""
    if sha256 and len(numbers) != 1:
        raise click.UsageError("--sha256 只能和一个编号一起用")
    demand_current(office)
    act = _with_concerns(reviews.pass_)
    given = {"username": username, "note": note, "sha256": sha256, "urgent": urgent}
    each(numbers, lambda number: f"{number}：{act(office, number, **given)}")


@review.command()
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@as_person
@click.option("--note", required=True, metavar="N", help="要问什么")
@click.option("--paragraph", default=0, type=click.IntRange(min=0), metavar="P", help="问的是第几段；不给就是全文")
@with_office()
def ask(office: Office, number: int, username: str, note: str, paragraph: int) -> None:
    """问作者一件事：不通过也不退回，作者答复以后再定。"""
    demand_current(office)
    question = remarks.remark(office, number, username=username, text=note, paragraph=paragraph, question=True)
    click.echo(f"{number}：问过作者了，这是第 {question} 问。")


@review.command()
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@click.argument("question", type=click.IntRange(min=1), metavar="QUESTION")
@as_person
@click.option("--note", required=True, metavar="N", help="答复")
@with_office()
def answer(office: Office, number: int, question: int, username: str, note: str) -> None:
    """作者答复审核人的提问。"""
    demand_current(office)
    remarks.answer(office, number, question, username=username, text=note)
    click.echo(f"{number}：答复了。")


submit = _step("submit", "把草稿送审。", _with_concerns(reviews.submit))
return_ = _step("return", "退回作者修改，要写明原因；先前的通过作废。", _sentence(reviews.return_))
withdraw = _step("withdraw", "撤下：没发布的，作者或终审可以；已发布的，只有终审可以，会从微信上删除。", _withdraw)
