"""`gongkai queue settle`: a person's word on what could not be settled by looking."""

from __future__ import annotations

import click

from bot.cli.common import as_person, moment, with_office
from content.services.office import Office
from content.services.publishing import manual_outcome
from content.services.setup import demand_current


@click.command()
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
@click.option("--published", "url", metavar="URL", help="已经发布了，网址是 URL")
@click.option("--not-published", is_flag=True, help="没有发布，也不再发：退回为草稿")
@click.option("--again", is_flag=True, help="没有发布，现在重新发")
@click.option("--at", "at_text", metavar="TIME", help="平台上写的发布时间（只与 --published 同用）")
@as_person
@click.option("--note", required=True, help="是怎么核实的")
@with_office()
def settle(
    office: Office, number: int, url: str | None, not_published: bool, again: bool, at_text: str | None,
    username: str, note: str,
) -> None:  # fmt: skip
    """说明一篇“待核实”的文章到底发布了没有。"""
    if sum((url is not None, not_published, again)) != 1:
        raise click.UsageError("--published URL、--not-published、--again 要恰好给一个")
    demand_current(office)
    word = manual_outcome.ManualWord(username, note)
    if url is not None:
        manual_outcome.published(office, number, word, url=url, at=moment(office, at_text))
        click.echo(f"{number}：已记为发布，并计入统计。")
    elif not_published:
        manual_outcome.not_published(office, number, word)
        click.echo(f"{number}：已记为未发布，退回为草稿。")
    else:
        manual_outcome.again(office, number, word)
        click.echo(f"{number}：马上重新发布。")
