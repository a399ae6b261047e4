"""`gongkai catalogue`: what must be disclosed, what is due when, and the rate of each department."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.common import as_person, day, json_output, print_json, with_office
from content.services.catalogue import catalogue_sheets, disclosure_duties, disclosure_rates
from content.services.office import Office
from content.services.setup import demand_current


@click.group()
def catalogue() -> None:
    """政务公开目录：导入导出、哪些信息什么时候该公开、各单位的公开率。"""


@catalogue.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--complete", is_flag=True, help="这就是完整的目录：文件里没有的事项撤下")
@as_person
@with_office()
def import_(office: Office, file: Path, complete: bool, username: str) -> None:
    """导入目录（.xlsx、.csv，国家标准目录的表头）；一级事项和二级事项相同的更新。"""
    demand_current(office)
    receipt = catalogue_sheets.take_in(office, file, username=username, complete=complete)
    click.echo(
        f"新增 {receipt.new} 项，更新 {receipt.changed} 项，未变 {receipt.unchanged} 项，撤下 {receipt.withdrawn} 项。"
    )
    for row, fault in receipt.refused:
        click.echo(f"第 {row} 行：{fault}", err=True)


@catalogue.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_office()
def export(office: Office, file: Path) -> None:
    """把目录写到 FILE（.xlsx 或 .csv），改好可以再导入。"""
    demand_current(office)
    click.echo(f"已写入 {file}：{catalogue_sheets.write(office, file)} 项。")


@catalogue.command("list")
@json_output
@with_office()
def list_(office: Office, as_json: bool) -> None:
    """目录里的事项。"""
    demand_current(office)
    items = catalogue_sheets.standing(office)
    if as_json:
        print_json([{"id": item.id, "first": item.first, "second": item.second, "content": item.content, "basis": item.basis,
                     "time_limit": item.time_limit, "body": item.body, "channels": item.channels, "audience": item.audience,
                     "manner": item.manner, "level": item.level} for item in items])  # fmt: skip
        return
    for item in items:
        click.echo(f"{item.id}  {item.name}  {item.body}  {item.time_limit}")
    if not items:
        click.echo("目录还是空的。用 gongkai catalogue import 导入。")


@catalogue.command()
@click.argument("item", type=int, metavar="ITEM")
@click.argument("what")
@click.option("--on", "on", metavar="DATE", help="形成、变更或者批准的日期；不写就是今天")
@as_person
@with_office()
def formed(office: Office, item: int, what: str, on: str | None, username: str) -> None:
    """登记一条要公开的信息：ITEM 是目录里的号，WHAT 是什么信息。期限按目录的公开时限算。"""
    demand_current(office)
    formed_on = day(on) or office.clock.today()
    number = disclosure_duties.form(office, item, what=what, on=formed_on, username=username)
    [line] = [line for line in disclosure_duties.listing(office) if line.duty.id == number]
    click.echo(f"已登记，第 {number} 号，{f'{line.due} 以前公开（{line.why}）' if line.due else line.why}。")


@catalogue.command()
@click.argument("number", type=int, metavar="ID")
@click.option("--disclosure", "key", default="", metavar="KEY", help="公开信息的编号")
@click.option("--url", default="", metavar="URL", help="公开在别处的网址")
@click.option("--on", "on", metavar="DATE", help="公开的日期；不写就用公开信息的发布日期，或者今天")
@as_person
@with_office()
def disclosed(office: Office, number: int, key: str, url: str, on: str | None, username: str) -> None:
    """这条信息已经公开了。"""
    demand_current(office)
    disclosure_duties.disclose(office, number, on=day(on), key=key, url=url, username=username)
    click.echo(f"第 {number} 号已公开。")


@catalogue.command()
@click.option("--all", "all_of_them", is_flag=True, help="已经公开的也列出来")
@json_output
@with_office()
def due(office: Office, all_of_them: bool, as_json: bool) -> None:
    """该公开还没公开的信息，先到期的在前，逾期的标明。"""
    demand_current(office)
    lines = disclosure_duties.listing(office, all_of_them=all_of_them)
    if as_json:
        print_json([line.to_json() for line in lines])
        return
    for line in lines:
        state = f"{line.duty.disclosed_on} 已公开" if line.duty.disclosed_on else f"{line.due or line.why} 以前公开"
        late = "，逾期！" if line.late else ""
        click.echo(f"{line.duty.id}  {line.item.name}  {line.duty.what}  {line.item.body}  {state}{late}")
    if not lines:
        click.echo("没有等着公开的信息。")


@catalogue.command()
@click.argument("year", type=int, metavar="YEAR")
@json_output
@with_office()
def rate(office: Office, year: int, as_json: bool) -> None:
    """各单位一年的公开率：到期该公开的，公开了多少，按时的多少。"""
    demand_current(office)
    rows = disclosure_rates.rates(office, year)
    if as_json:
        print_json([{"body": row.body, "due": row.due, "disclosed": row.disclosed, "in_time": row.in_time,
                     "rate": round(row.rate, 2)} for row in rows])  # fmt: skip
        return
    for row in rows:
        click.echo(f"{row.body}  应公开 {row.due}  已公开 {row.disclosed}  按时 {row.in_time}  公开率 {row.rate:.1f}%")
    if not rows:
        click.echo(f"{year} 年没有到期该公开的信息。")
