"""`gongkai clock` and `gongkai job`."""

from __future__ import annotations

import logging

import click

from bot.cli.common import fail, moment, print_json, with_office
from bot.cli.platform import bell, channel
from config import logs
from config.settings import variable
from content.services.office import Office
from content.services.setup import demand_current, demand_ready
from content.store.alarms.stuck_work import FAILED
from scheduler import timetable


@click.command()
@click.option("--once", is_flag=True, help="把此刻到期的工作各做一次就结束")
@click.option("--now", "now_text", metavar="TIME", help="当作现在是这个时刻（只与 --once 同用）")
@with_office(wechat=True)
def clock(office: Office, once: bool, now_text: str | None) -> None:
    """运行时钟：到点发布、核对结果、每天的例行工作。"""
    from scheduler.runner.clock import ClockProcess, every_due_job

    if now_text and not once:
        raise click.UsageError("--now 只能与 --once 同用")
    now = moment(office, now_text)
    demand_ready(office)
    logs.setup(process="clock", level=logging.INFO)
    runner = ClockProcess(office, channel(office), bell())
    if once:
        runner.once(now, every_due_job)
    else:
        runner.run()


@click.group()
def job() -> None:
    """时钟的工作表。"""


@job.command("list")
@click.option("--json", "as_json", is_flag=True, help="只打印一个 JSON")
def list_(as_json: bool) -> None:
    """列出所有工作和时间。"""
    rows = [{"name": job.name, "when": timetable.when(job), "why": job.why} for job in timetable.TIMETABLE]
    if as_json:
        return print_json(rows)
    width = max(len(job.name) for job in timetable.TIMETABLE) + 2
    for job in timetable.TIMETABLE:
        click.echo(f"{job.name:<{width}}{job.words}：{timetable.when(job)}")
    return None


@job.command("run")
@click.argument("name")
@click.option("--now", "now_text", metavar="TIME", help="当作现在是这个时刻")
@with_office(wechat=True)
def run(office: Office, name: str, now_text: str | None) -> None:
    """立刻做一项工作；时钟正在运行时，由它来做。"""
    from scheduler.runner import by_hand
    from scheduler.runner.clock import ClockProcess

    wanted = timetable.find(name)
    if wanted is None:
        fail(f"没有“{name}”这项工作。有：{'、'.join(job.name for job in timetable.TIMETABLE)}")
    if wanted not in timetable.wanted(office.settings):
        fail(f"{name} 要先设置 {variable(wanted.needs)}。")
    demand_current(office)
    ending = by_hand.run(ClockProcess(office, channel(office), bell()), wanted, moment(office, now_text))
    if ending.outcome == FAILED:
        fail(f"{name} 没有做成：{ending.note}")
    click.echo(f"{name} 已完成。{ending.note}")
