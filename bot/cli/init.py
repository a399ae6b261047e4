"""`gongkai init`."""

from __future__ import annotations

import click

from bot.cli.common import with_office
from content.services.office import Office
from content.services.setup import prepare


@click.command()
@with_office()
def init(office: Office) -> None:
    """建立或升级数据库；可以重复执行。"""
    prepare(office)
    click.echo(f"数据库已就绪：{office.home}")
