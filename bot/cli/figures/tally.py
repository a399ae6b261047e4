"""`gongkai tally YEAR` and `gongkai tally rebuild`."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import click
import redis

from bot.cli.choices import ChineseChoice
from bot.cli.common import fail, json_output, print_json, with_office
from content.rules.errors import GongkaiError
from content.services.figures import tally_lines, yearly_tally
from content.services.office import Office
from content.services.setup import demand_current

NO_REDIS = "Redis 连不上，以下数字直接从台账算出，同样准确。原因：{reason}"


class YearOrRebuild(click.ParamType[Any]):
    """A year, or the word `rebuild`."""

    name = "YEAR|rebuild"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        """The year; None for `rebuild`."""
        if value == "rebuild":
            return None
        if not (str(value).isascii() and str(value).isdigit() and 1900 <= int(value) <= 9999):
            self.fail(f"“{value}”不是年份。请写成 gongkai tally 2026，或 gongkai tally rebuild。", param, ctx)
        return int(value)


@click.command()
@click.argument("year", type=YearOrRebuild(), metavar="YEAR|rebuild")
@json_output
@click.option("--lines", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="每篇一行、连同依据，写到 .csv 或 .xlsx")  # fmt: skip
@click.option("--channel", type=ChineseChoice({"wechat": ("微信", "公众号"), "portal": ("门户", "门户网站"), "all": ("全部",)}), default="wechat", show_default=True,
              help="--lines 写哪个渠道")  # fmt: skip
@with_office()
def tally(office: Office, year: int | None, as_json: bool, lines: Path | None, channel: str) -> None:
    """一年发布了多少篇；rebuild 从台账重新计数。

    Redis 连不上时，数字直接从台账算出，并在标准错误上说明；rebuild 则不能执行。
    """
    demand_current(office)
    if year is None:
        _rebuild(office)
    elif lines is not None:
        number = tally_lines.write(office, lines, year=year, channel=channel)
        click.echo(f"已写入 {lines}：{number} 行。")
    else:
        figures = _figures(office, year)
        print_json(figures) if as_json else click.echo(text(figures))


def _figures(office: Office, year: int) -> dict[str, Any]:
    now = office.clock.now()
    try:
        return yearly_tally.read(office, year, now)
    except redis.RedisError as error:
        click.echo(NO_REDIS.format(reason=_reason(error)), err=True)
        return yearly_tally.recount(office, year, now)


def _rebuild(office: Office) -> None:
    try:
        number = yearly_tally.rebuild(office)
    except redis.RedisError as error:
        fail(f"Redis 连不上，计数没有改动。原因：{_reason(error)}")
    click.echo(f"已从台账重新计数，含到第 {number} 条。")


def _reason(error: redis.RedisError) -> str:
    return error.message if isinstance(error, GongkaiError) else str(error)


def text(figures: dict[str, Any]) -> str:
    """The figures as a table that can be read."""
    channels, asked = figures["by_channel"], figures["questions"]
    months = {f"{month} 月": number for month, number in enumerate(figures["by_month"], start=1)}
    deliveries = {tally_lines.DELIVERY_WORDS.get(name, name): n for name, n in figures["by_delivery"].items()}
    empty_days = figures["days_without_publication"]
    return "\n".join(
        [
            f"{figures['year']} 年发布统计（截至 {figures['as_of'].replace('T', ' ')[:16]}）",
            f"公众号文章 {figures['articles']} 篇，其中 {figures['withdrawn']} 篇后来撤下；"
            f"门户网站 {channels['portal']} 条。",
            "口径：平台确认发出才计，按发出当天计；一次推送里有几篇就计几篇；撤下的仍计，另行列出。",
            *_table("按月", months),
            *_table("按方式", deliveries),
            *_table("按栏目", figures["by_category"]),
            *_table("按部门", figures["by_department"]),
            f"群众提问 {asked['asked']} 次：答上 {asked['answered']}，没答上 {asked['unanswered']}。",
            f"没有发布的日子 {len(empty_days)} 天{'：' if empty_days else '。'}{'、'.join(empty_days)}",
        ]
    )


def _table(title: str, numbers: dict[str, int]) -> list[str]:
    if not numbers:
        return [f"{title}：（无）"]
    width = max(_width(name) for name in numbers)
    return [f"{title}：", *(f"  {_pad(name, width)}{number:>8}" for name, number in numbers.items())]


def _pad(name: str, width: int) -> str:
    return name + " " * (width - _width(name))


def _width(name: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in name)
