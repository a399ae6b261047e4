"""Brings the whole office up, watches over it, and ends all of it."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

import click
import requests
from sqlalchemy import select

from bot.demo import DemoStopped, console_logins, preflight, sample_questions
from bot.demo.emulator_client import SideDoor
from bot.demo.environment import DemoNotes, called, environment, keep_for_a_shell, rehearsed
from bot.demo.processes import DemoProcess, end
from config.settings import Settings
from content.rules.errors import GongkaiError
from content.services import setup
from content.services.office import Office
from content.store.tables import Leader

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 30.0  # seconds until a process must be ready
LOOK_AGAIN, TEND = 0.05, 0.2
ANSWERS_WITHIN = 2.0

ADDRESSES = """
演示已就绪（按 Ctrl-C 全部结束，数据留在 {home}，下次接着用）

  群众的手机      {emulator}/phone
  群众看的网页    {web}/
  后台            {web}/console/
      {logins}
      密码都是 {password}
  微信模拟器      {emulator}/_/state    （排练用的侧门，说明见 docs/emulator.md）

  在另一个窗口可以用命令，例如：
    source {shell}
    .venv/bin/gongkai ask 幼儿园报名
    .venv/bin/gongkai queue list
    .venv/bin/gongkai tally {year}
"""


def say(line: str) -> None:
    """A line for the person who watches."""
    with suppress(OSError):  # a closed terminal must not keep the demo from ending what it started
        click.echo(line)


class DemoSupervisor:
    """One demo in one home, from its start to its end."""

    def __init__(self, settings: Settings, emulator_options: Sequence[str] = ()) -> None:
        self.given = settings
        self.emulator_options = emulator_options
        self.home = settings.home.absolute()
        self.notes = DemoNotes(self.home)
        self.stop = threading.Event()

    def run(self) -> None:
        """Runs until SIGINT, SIGTERM or SIGHUP. Raises GongkaiError when the demo cannot be brought up."""
        for number in STOPPING:
            signal.signal(number, lambda *_: self.stop.set())
        with preflight.alone(self.home):
            preflight.demand_free(self.given, "bind", "emulator_bind")
            self._settle_in()
            office = Office(self.settings.model_copy(update={"submit_gap": 0.0}))
            try:
                self._run(office)
            except DemoStopped:
                say("还没有准备完就结束了，下次启动会接着做。")
            finally:
                self._end(office)

    def _settle_in(self) -> None:
        """Credentials, settings and processes, not yet started. Raises GongkaiError in somebody else's folder."""
        here = Office(self.given.model_copy(update={"database_url": ""}))
        try:
            preflight.demand_ours(here, self.notes)
        finally:
            here.close()
        self.known = self.notes.read()
        self.settings = rehearsed(self.given, self.known)
        self.door = SideDoor(called(self.settings.emulator_bind))
        around, logs = environment(self.given, self.known), self.home / "logs"
        self.emulator = DemoProcess(
            "emulator", "微信模拟器", environment=around, logs=logs, options=self.emulator_options
        )
        self.web = DemoProcess("web", "网站进程", environment=around, logs=logs)
        self.clock = DemoProcess("clock", "时钟进程", environment=around, logs=logs)

    def _run(self, office: Office) -> None:
        seeded = bool(self.known["seeded_at"])
        say(
            "正在启动数据库、Redis、微信模拟器、网站和时钟……"
            if seeded
            else "第一次启动，要建立示范园区，快的电脑十几秒，慢的要一两分钟："
        )
        self.emulator.start()
        setup.prepare(office)
        if not seeded:
            self._seed(office)
        word = console_logins.password(self.known)
        self.notes.write(self.known)
        console_logins.keep(office, word)
        led_before = _fence(office)
        self.web.start()
        self.clock.start()
        self._open(office, led_before)
        if not seeded:
            self._greet(office)
        say(ADDRESSES.format(home=self.home, shell=keep_for_a_shell(self.given, self.known), emulator=self.door.url, web=self.settings.base_url,
                             year=office.clock.today().year, logins=console_logins.told(), password=word))  # fmt: skip
        while not self.stop.wait(TEND):
            for child in (self.emulator, self.web, self.clock):
                child.tend(say)

    def _seed(self, office: Office) -> None:
        from bot.demo.seeding import DemoSeeding  # it takes a while to load, and later starts do without
        from bot.wechat.channel import WeChatChannel

        say("启动微信模拟器和 Redis……")
        self._await(self.emulator, lambda: self.door.app_id() == self.settings.wechat_app_id)
        begun = self.known.setdefault("begun_on", office.clock.today().isoformat())
        self.notes.write(self.known)
        seeding = DemoSeeding(office, WeChatChannel(office), self.door, say=say, stopping=self.stop.is_set)
        seeding.run(date.fromisoformat(begun))
        say("启动网站和时钟……")

    def _open(self, office: Office, led_before: int) -> None:
        """Returns when every process really does its work."""
        office.redis.client.ping()
        self._await(self.emulator, lambda: self.door.app_id() == self.settings.wechat_app_id)
        self.door.switch(webhook=f"{called(self.settings.bind)}/wechat")
        self._await(self.web, self._web_is_ready)
        self._await(self.clock, lambda: _fence(office) > led_before)

    def _greet(self, office: Office) -> None:
        say("三位群众关注公众号，问了几句……")
        sample_questions.chat(self.door)
        self.known["seeded_at"] = office.clock.now().isoformat()
        self.notes.write(self.known)

    def _await(self, child: DemoProcess, ready: Callable[[], bool]) -> None:
        """Returns when `ready`. Raises GongkaiError when the child dies or takes too long, Stopped."""
        until = time.monotonic() + PATIENCE
        while not ready():
            if self.stop.wait(LOOK_AGAIN):
                raise DemoStopped
            if child.is_dead() or time.monotonic() > until:
                what = "没有启动成功" if child.is_dead() else f"{PATIENCE:.0f} 秒还没有就绪"
                raise GongkaiError(f"{child.word}{what}。日志在 {child.log}，最后一行是：{child.last_words()}")

    def _web_is_ready(self) -> bool:
        try:
            url = f"{called(self.settings.bind)}/readyz"
            with requests.Session() as http:
                http.trust_env = False
                return http.get(url, timeout=ANSWERS_WITHIN).status_code == 200
        except requests.RequestException:
            return False

    def _end(self, office: Office) -> None:
        if self.stop.is_set():
            say("正在结束……")
        end((self.web, self.clock))
        end((self.emulator,))  # last, so that a call under way still gets its answer
        self.door.close()
        office.close()
        preflight.see_redis_ended(self.home)
        if self.stop.is_set():
            say("已全部结束。")


def _fence(office: Office) -> int:
    """The number of the clock that leads now; each new leader takes the next."""
    with office.store.read() as session:
        return session.scalar(select(Leader.fence).where(Leader.name == "clock")) or 0
