"""`gongkai init`."""

from __future__ import annotations

import click

from bot.cli import rehearsal
from bot.cli.common import with_office
from content.services.office import Office
from content.services.people import first_admin
from content.services.setup import prepare


@click.command()
@with_office()
def init(office: Office) -> None:
    """建立或升级数据库；可以重复执行。"""
    prepare(office)
    click.echo(f"数据库已就绪：{office.home}")
    if first_admin.is_wanted(office):
        click.echo(f"""接下来：
1. 在执行命令的目录里建一个文件 .env，写公众号的四项设置（公众平台“设置与开发”里有），一行一项，等号后面是您的：
   GONGKAI_WECHAT_APP_ID=
   GONGKAI_WECHAT_APP_SECRET=
   GONGKAI_WECHAT_TOKEN=
   GONGKAI_WECHAT_AES_KEY=
   再写一行 GONGKAI_PUBLIC_URL=，后面是群众打开的网址，例如 https://gk.example.gov.cn。
2. 执行 gongkai web（网站和后台）和 gongkai clock（定时发布），两个都要一直开着。
3. 执行 gongkai user setup-code 看口令，打开 {office.base_url}/console/setup 设第一位管理员；还要做什么，后台的工作台上列着。
还没有公众号，想先看看样子：gongkai demo。
还没有公众号，想用自己的内容先排练：第 1 步改写下面几行，原样抄就行，再多开一个 gongkai emulator（模拟的微信）。
{rehearsal.lines(office.settings)}""")
