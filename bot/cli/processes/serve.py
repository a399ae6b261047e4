"""`gongkai web`, `gongkai emulator`, `gongkai demo`: processes that run in the foreground until SIGTERM."""

from __future__ import annotations

import ipaddress
import logging
import socket
from typing import Any

import click

from bot.cli.choices import ChineseChoice
from bot.cli.common import fail, with_office
from bot.cli.rehearsal import told
from config import logs
from config.settings import Settings
from content.services.office import Office
from content.services.setup import demand_ready

any_address = click.option("--any-address", is_flag=True, help="模拟器也让别的机器打开")


@click.command()
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="进程数")
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 256), help="每个进程的线程数")
@with_office(wechat=True)
def web(office: Office, workers: int, threads: int) -> None:
    """运行网站进程：微信的消息入口和群众的网页。"""
    from bot.cli.processes.granian_server import WebServer

    demand_ready(office)
    demand_free(office.settings.bind, "GONGKAI_BIND")
    office.store.close()  # no connection may cross the fork
    click.echo(f"网站正在启动，要十几秒。就绪以后：网页 {office.base_url}/ ，后台 {office.base_url}/console/", err=True)
    logs.setup(process="web", level=logging.INFO)
    WebServer(office.settings, workers=workers, threads=threads).run()


@click.command()
@click.option("--mode", type=ChineseChoice({"plain": ("明文",), "compatible": ("兼容",), "safe": ("安全", "加密")}), default="safe", show_default=True,
              help="消息推送的加密方式")  # fmt: skip
@any_address
@with_office(wechat=True)
def emulator(office: Office, mode: str, any_address: bool) -> None:
    """运行微信模拟器：在没有公众号的地方排练，/phone 是群众的手机。

    web 和 clock 要在 .env 里设 GONGKAI_WECHAT_API_URL 为它的网址；公众号的四项设置随便编，gongkai init 会给一份。
    """
    from bot import emulator as rehearsal

    known = office.settings
    demand_loopback(known, any_address)
    demand_free(known.emulator_bind, "GONGKAI_EMULATOR_BIND")
    office.home.mkdir(parents=True, exist_ok=True)
    click.echo(told(known), err=True)
    logs.setup(process="emulator", level=logging.INFO)
    options = {**emulator_options(known, mode), "named": lambda: office.name}
    rehearsal.serve(rehearsal.Options(**options, state_file=office.home / "emulator.db"))


@click.command()
@any_address
@with_office()
def demo(office: Office, any_address: bool) -> None:
    """演示：建立示范园区，启动全部进程，打印各个网址；Ctrl-C 结束。"""
    from bot.demo import run

    logs.setup(process="demo", level=logging.WARNING)
    demand_loopback(office.settings, any_address)
    run(office, any_address=any_address)


def demand_loopback(known: Settings, any_address: bool) -> None:
    """Ends the command unless the emulator, which lets everybody do everything, listens on this machine only."""
    host = known.emulator_bind.rpartition(":")[0].strip("[]")
    if not any_address and host != "localhost" and not is_loopback(host):
        fail(f"模拟器谁都能操作，只让本机打开；GONGKAI_EMULATOR_BIND 现在是 {known.emulator_bind}。"
             "请改成 127.0.0.1:端口；确实要让别的机器打开，请加 --any-address。")  # fmt: skip


def is_loopback(host: str) -> bool:
    """Whether it is an address of this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def emulator_options(known: Settings, mode: str) -> dict[str, Any]:
    """What the emulator has to know of our settings: the account, and where to deliver."""
    return {
        "app_id": known.wechat_app_id,
        "app_secret": known.wechat_app_secret,
        "token": known.wechat_token,
        "aes_key": known.wechat_aes_key,
        "webhook": f"http://{known.bind}/wechat",
        "bind": known.emulator_bind,
        "mode": mode,
        "test_clock": known.test_clock,
        "account": known.wechat_account,
        "timezone": known.timezone,
    }


def demand_free(bind: str, name: str) -> None:
    """Ends the command with one line unless the address can be listened on."""
    host, _, port = bind.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except OSError as error:
            fail(f"不能在 {bind} 上监听（{error.strerror}）。请结束占用它的程序，或者把 {name} 改成别的端口。")
