"""`gongkai reconcile`: our ledger against the platform's lists."""

from __future__ import annotations

from datetime import date, timedelta

import click

from bot.cli.choices import ChineseChoice
from bot.cli.common import as_person, json_output, print_json, with_office
from bot.cli.platform import channel
from content.rules.errors import BadInput
from content.services import reconciliation
from content.services.office import Office
from content.services.setup import demand_current

VERDICT_WORDS = {"count": ("计入",), "withdrawn": ("撤下", "已撤下"), "noted": ("查明", "已查明")}
WORDS = {"only_ours": "只有我们有", "only_theirs": "只有微信有", "different": "两边不同"}


@click.group(invoke_without_command=True)
@click.option("--from", "first", metavar="DATE", help="从哪天；不给则昨天")
@click.option("--to", "last", metavar="DATE", help="到哪天；不给则昨天")
@json_output
@click.pass_context
def reconcile(ctx: click.Context, first: str | None, last: str | None, as_json: bool) -> None:
    """逐日与微信对账：我们的台账 × 微信的发布列表 × 微信的统计。"""
    if ctx.invoked_subcommand is None:
        _compare(first, last, as_json)


@with_office(wechat=True)
def _compare(office: Office, first: str | None, last: str | None, as_json: bool) -> None:
    demand_current(office)
    yesterday = office.clock.today() - timedelta(days=1)
    receipt = reconciliation.reconcile(office, channel(office), first=_day(first, yesterday), last=_day(last, yesterday),
                                    now=office.clock.now())  # fmt: skip
    if as_json:
        return print_json(receipt)
    click.echo(f"相符 {receipt['matched']} 篇，未能证实 {receipt['unproven']} 篇。")
    for kind, words in WORDS.items():
        for row in receipt[kind]:
            click.echo(f"{row['id']}\t{words}\t{row['on']}\t{row['title']}\t{row['why']}\t{row['url']}")
    if receipt["delayed"]:
        click.echo(f"微信的统计还没有准备好的日子：{'、'.join(receipt['delayed'])}，程序以后再对。")
    return None


@reconcile.command()
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@click.option("--verdict", type=ChineseChoice(VERDICT_WORDS), required=True,
              help="；".join(f"{name}：{words}" for name, (_, words) in reconciliation.VERDICTS.items()))  # fmt: skip
@as_person
@click.option("--note", required=True, help="是怎么查清的")
@with_office()
def resolve(office: Office, number: int, verdict: str, username: str, note: str) -> None:
    """签认一条差异。"""
    demand_current(office)
    reconciliation.resolve(office, number, verdict=verdict, username=username, note=note)
    click.echo(f"{number}：已签认（{reconciliation.VERDICTS[verdict][1]}）。")


def _day(text: str | None, otherwise: date) -> date:
    if text is None:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"看不懂日期“{text}”。请写成 2026-11-22。") from error
