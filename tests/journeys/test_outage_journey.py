"""Whatever hangs while citizens write, each message gets one answer in time, and nothing is lost or done twice.

GONGKAI_OUTAGE_SECONDS=60 makes each outage a minute long.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

import pytest
import requests
from sqlalchemy import func, select

from bot.emulator import Door
from content.services.office import Office
from content.store.tables import LetterMessage, PlatformEvent, Question, Subscription
from tests.fixtures.office_processes import OfficeProcesses, until

OUTAGE = float(os.environ.get("GONGKAI_OUTAGE_SECONDS", "4"))
LIMIT = 5.0  # seconds, the platform's own; an emulator that is told to wait no longer marks every later answer as none
CITIZENS = 4
READERS = 6  # more than there are threads: pages that hang must hold up no message
QUESTIONS = (
    "高压电工在哪里招",
    "2026年部门预算",
    "实验幼儿园怎么报名",
    "危险化学品检查",
    "道路改造政府采购结果",
    "园区几点停水",
)


PAGES = ("/", "/disclosures", "/jobs", "/d/1")


@dataclass
class Stream:
    """Citizens who write one message after the other until they are told to stop."""

    processes: OfficeProcesses
    before: int  # questions that were counted
    last: int  # the last one's number
    sent: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def citizen(self, number: int) -> None:
        """One citizen's messages; each is a question of its own."""
        door = Door(self.processes.emulator)
        door.act("follow", user=f"stream{number}")
        count = 0
        while not self.stop.is_set():
            text = f"{QUESTIONS[count % len(QUESTIONS)]} {number}{count:03}"
            self.sent.append(door.act("say", user=f"stream{number}", text=text)["delivery"])
            self.asked.append(text)
            count += 1
        door.close()

    def reader(self, page: str) -> None:
        """Somebody who opens one page again and again, whatever comes of it."""
        while not self.stop.is_set():
            requests.get(self.processes.web + page, timeout=10)

    def check(self) -> None:
        """Each message got one answer, at the first try and in time; every question is kept once, and counted."""
        assert len(self.sent) > CITIZENS
        for delivery in self.sent:
            outcomes = [attempt["outcome"] for attempt in delivery["attempts"]]
            assert outcomes == ["reply"], f"{outcomes} after {delivery['attempts']}"
        with self.processes.office() as office:
            until(lambda: kept(office) == self.before + len(self.asked), what="all questions to be kept")
            with office.store.read() as session:
                mine = sorted(session.scalars(select(Question.text).where(Question.id > self.last)))
        assert mine == sorted(self.asked)
        assert self.processes.tally()["questions"]["asked"] == self.before + len(self.asked)

    def longest(self) -> float:
        """The longest wait, in seconds."""
        attempts = (attempt for delivery in self.sent for attempt in delivery["attempts"])
        return max(attempt["seconds"] for attempt in attempts if "seconds" in attempt)  # one may be under way still


def kept(office: Office) -> int:
    """How many questions are in SQL."""
    with office.store.read() as session:
        return session.scalar(select(func.count()).select_from(Question)) or 0


@contextmanager
def writing(processes: OfficeProcesses) -> Iterator[Stream]:
    """Citizens write and read all the time, before, during and after what happens inside."""
    before = processes.tally()["questions"]["asked"]
    with processes.office() as office, office.store.read() as session:
        last = session.scalar(select(func.max(Question.id))) or 0
    stream = Stream(processes, before, last)
    processes.door.act("options", webhook_timeout=LIMIT)
    threads = [threading.Thread(target=stream.citizen, args=(number,)) for number in range(CITIZENS)]
    threads += [threading.Thread(target=stream.reader, args=(page,)) for page in islice(cycle(PAGES), READERS)]
    for thread in threads:
        thread.start()
    try:
        until(lambda: len(stream.sent) >= CITIZENS, what="the first answers")
        yield stream
        count = len(stream.sent)
        until(lambda: len(stream.sent) >= count + 2 * CITIZENS, what="answers after it")
    finally:
        stream.stop.set()
        for thread in threads:
            thread.join()
        processes.door.act("options", webhook_timeout=5.0)
    print(f"{len(stream.sent)} messages, the longest wait {stream.longest():.2f} s")  # noqa: T201 - the figure of a full run


def wait_out() -> None:
    """The outage takes its time."""
    time.sleep(OUTAGE)


@contextmanager
def locked(processes: OfficeProcesses) -> Iterator[None]:
    """Another program holds the database."""
    holder = sqlite3.connect(processes.home / "gongkai.db", isolation_level=None, timeout=20)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.execute("COMMIT")
        holder.close()


def stopped_redis(processes: OfficeProcesses) -> Callable[[], None]:
    """Redis does not move; call what is returned to let it go on."""
    pid = processes.redis_pid()
    assert pid
    os.kill(pid, signal.SIGSTOP)
    return lambda: os.kill(pid, signal.SIGCONT)


def dead_redis(processes: OfficeProcesses) -> Callable[[], None]:
    """Redis is killed, and who would start it again cannot."""
    pid = processes.redis_pid()
    assert pid
    keeper = int(subprocess.run(["ps", "-o", "ppid=", "-p", str(pid)], capture_output=True, text=True).stdout)
    os.kill(keeper, signal.SIGSTOP)
    os.kill(pid, signal.SIGKILL)
    return lambda: os.kill(keeper, signal.SIGCONT)


@pytest.mark.parametrize("befall", [stopped_redis, dead_redis])
def test_redis_hangs_or_is_gone_while_citizens_write(
    informed: OfficeProcesses, befall: Callable[[OfficeProcesses], Callable[[], None]]
) -> None:
    with writing(informed) as stream:
        recover = befall(informed)
        try:
            wait_out()
        finally:
            recover()
        until(lambda: informed.is_up("web"), what="all parts to be back")
    stream.check()
    informed.door.act("follow", user="afterwards")
    until(lambda: _remembers(informed), what="both web workers to have Redis again")


def _remembers(processes: OfficeProcesses) -> bool:
    processes.ask("道路改造政府采购结果", user="afterwards")
    return "标段" in processes.ask("2", user="afterwards")


def test_the_database_is_locked_while_citizens_write(informed: OfficeProcesses) -> None:
    processes = informed
    for user in ("writer", "wisher", "leaver"):
        processes.door.act("follow", user=user)
    processes.ask("我想问问 leaver", user="leaver")
    job = ("<xml><ToUserName><![CDATA[gh_linjiang]]></ToUserName><FromUserName><![CDATA[oHelper]]></FromUserName>"
           "<CreateTime>1795000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[PUBLISHJOBFINISH]]></Event>"
           "<PublishEventInfo><publish_id>4711</publish_id><publish_status>0</publish_status></PublishEventInfo></xml>")  # fmt: skip
    with writing(processes) as stream:
        with locked(processes):
            assert "收到" in processes.ask("人工 门口的路灯坏了三天", user="writer")
            assert "收到" in processes.ask("在东湖路18号", user="writer"), "what was said before comes first"
            assert "收到" in processes.ask("订阅 电工", user="wisher")
            [told] = processes.door.act("deliver", xml=job)["attempts"]
            assert told["outcome"] == "silent"
            processes.door.act("unfollow", user="leaver")
            wait_out()
        with processes.office() as office:
            until(
                lambda: rows(office) == (["门口的路灯坏了三天", "在东湖路18号"], ["电工"], ["4711"], 0),
                what="all to be kept",
            )
    processes.tally()
    with processes.office() as office:
        assert rows(office) == (["门口的路灯坏了三天", "在东湖路18号"], ["电工"], ["4711"], 0)
    stream.check()
    assert "电工" in processes.ask("我的订阅", user="wisher")
    chat = processes.door.look("chat")["chat"]
    for user, said in (("writer", ["已经转给工作人员", "补充的话也转过去了"]), ("wisher", ["记下了"])):
        words = [str(bubble.get("content", "")) for bubble in chat[user]["bubbles"]]
        assert [sum(word in text for text in words) for word in said] == [1] * len(said), "each late answer came once"


def rows(office: Office) -> tuple[list[str], list[str], list[str], int]:
    """Letters, wishes, job events, and what is still kept of the one who left."""
    with office.store.read() as session:
        return (
            list(session.scalars(select(LetterMessage.text).order_by(LetterMessage.id))),
            list(session.scalars(select(Subscription.words))),
            list(session.scalars(select(PlatformEvent.job_id).where(PlatformEvent.job_id == "4711"))),
            session.scalar(select(func.count()).where(Question.text.like("%leaver%"))) or 0,
        )


def test_the_index_is_gone_while_citizens_write(informed: OfficeProcesses) -> None:
    folder = informed.home / "index"
    with writing(informed) as stream:
        shutil.rmtree(folder.rename(folder.with_name("index.old")))  # in one step, as the web process builds it at once
        wait_out()
        until(lambda: (folder / "current").exists(), what="the index to be built anew")
    stream.check()
    informed.door.act("follow", user="afterwards")
    assert "高压电工" in informed.ask("电工", user="afterwards")


def test_a_late_answer_waits_for_the_next_message_where_the_account_may_not_write(informed: OfficeProcesses) -> None:
    processes = informed
    processes.door.act("options", rights={"custom": False})
    processes.door.act("follow", user="patient")
    with locked(processes):
        assert "收到" in processes.ask("订阅 焊工", user="patient")
        assert "还在查" in processes.ask("结果", user="patient")
    until(lambda: not list((processes.home / "spool").glob("[!.]*")), what="the wish to be kept")
    told = processes.ask("结果", user="patient")
    assert "“订阅 焊工”，答复来了" in told and "记下了" in told
    assert "答复来了" not in processes.ask("结果", user="patient")
