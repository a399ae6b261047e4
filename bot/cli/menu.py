"""`gongkai menu`: the account's menu."""

from __future__ import annotations

import click

from bot.cli.common import with_office
from bot.cli.platform import channel
from content.services.menu import push as push_menu
from content.services.office import Office


@click.group()
def menu() -> None:
    """公众号的菜单。"""


@menu.command()
@with_office(wechat=True)
def push(office: Office) -> None:
    """把 config/data/menu.toml 里的菜单推送到公众号。"""
    names = push_menu(office, channel(office))
    click.echo(f"菜单已推送：{'、'.join(names)}。手机上几分钟后可见。")
