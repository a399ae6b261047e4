"""`gongkai alarms`: what a person should know, until it is over or she has seen to it."""

from __future__ import annotations

import click

from bot.cli.common import as_person, json_output, print_json, with_office
from config.clock import local
from content.rules.alarms import KIND_WORDS, AlarmKind
from content.services.alarms import lifecycle
from content.services.office import Office
from content.services.setup import demand_current


@click.group()
def alarms() -> None:
    """告警：缺稿、没发出去、待核实等要人知道的事。"""


@alarms.command("list")
@json_output
@with_office()
def list_(office: Office, as_json: bool) -> None:
    """列出还没有解除的告警，早的在前。"""
    demand_current(office)
    zone = office.settings.zone
    rows = [
        {
            "id": alarm.id,
            "kind": alarm.kind,
            "subject": alarm.subject,
            "message": alarm.message,
            "raised_at": local(alarm.raised_at, zone),
            "told_at": local(alarm.told_at, zone) if alarm.told_at else None,
        }
        for alarm in lifecycle.listing(office)
    ]
    if as_json:
        return print_json(rows)
    for row in rows:
        when = str(row["raised_at"])[:16].replace("T", " ")
        click.echo(f"{row['id']}\t{when}\t{KIND_WORDS[AlarmKind(str(row['kind']))]}\t{row['message']}")
    closing = lifecycle.warning(office, office.clock.today()) or ("" if rows else "没有告警。")
    if closing:
        click.echo(closing)
    return None


@alarms.command("close")
@click.argument("number", metavar="ID", type=click.IntRange(min=1))
@as_person
@click.option("--note", required=True, metavar="N", help="是怎么处理的")
@with_office()
def close(office: Office, number: int, username: str, note: str) -> None:
    """解除一条告警，写明是怎么处理的；同一件事不会再告警。"""
    demand_current(office)
    lifecycle.close(office, number, username=username, note=note)
    click.echo(f"告警 {number} 已解除。")
