"""`gongkai demo`, which `make run` ends in: one command to a phone that answers, and nothing left behind."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.emulator import Door
from content.rules.publishing.article_states import Action, ArticleState
from content.services import articles
from content.services.answers import notice_search
from content.services.figures import yearly_tally
from content.services.office import Office
from content.store.figures import ledger
from tests import world
from tests.fixtures.office_processes import GONGKAI, until
from tests.fixtures.ports import free_port

PATIENCE = 120.0  # seconds for the first start on a slow machine
CALM = "2026-11-24T06:30:00+08:00"  # stands still; at other hours a digest or a reserve article may come in half-way through


class Demo:
    """A demo in a home of its own, as a person sees it: its lines, its addresses, its processes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.web = f"http://127.0.0.1:{free_port()}"
        self.emulator = f"http://127.0.0.1:{free_port()}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")},
            "GONGKAI_HOME": str(home),
            "GONGKAI_TEST_CLOCK": str(self._clock()),
            "GONGKAI_BIND": self.web.removeprefix("http://"),
            "GONGKAI_EMULATOR_BIND": self.emulator.removeprefix("http://"),
        }
        self.lines: list[str] = []
        self._incoming: queue.Queue[str] = queue.Queue()
        self.process: subprocess.Popen[str] | None = None

    def _clock(self) -> Path:
        file = self.home.with_suffix(".clock")
        file.write_text(CALM, encoding="utf-8")
        return file

    def start(self) -> None:
        """Starts it, and reads along."""
        self.lines, self._incoming = [], queue.Queue()
        self.process = subprocess.Popen(
            [GONGKAI, "demo"], cwd=self.home.parent, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._listen, args=(self.process, self._incoming), daemon=True).start()

    def read_until(self, words: str) -> str:
        """The line with these words, once it has been said."""
        while True:
            line = self._incoming.get(timeout=PATIENCE)
            assert line, f"it ended before it said “{words}”:\n{''.join(self.lines)}"
            self.lines.append(line)
            if words in line:
                return line

    def signal(self, number: int) -> int:
        """Sends a signal to the supervisor; its exit code, once nothing of it is left."""
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        until(lambda: not self.processes(), what="every process to end")
        return code

    def refusal(self) -> str:
        """What it says when it cannot start."""
        done = subprocess.run([GONGKAI, "demo"], cwd=self.home.parent, env=self.environment, capture_output=True,
                              text=True, timeout=PATIENCE)  # fmt: skip
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        return done.stderr

    def processes(self) -> dict[int, str]:
        """Every process on this machine that was started for this home, by pid."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                about = (folder / "environ").read_bytes().decode(errors="replace") + command
            except OSError:
                continue  # it has just ended
            if str(self.home) in about and command:
                found[int(folder.name)] = command
        return found

    def only(self, words: str) -> int:
        """The process whose command line has these words; of a family the eldest."""
        return min(pid for pid, command in self.processes().items() if words in command)

    def office(self) -> Office:
        """The office as a command sees it that is run in another window."""
        clock = self.environment["GONGKAI_TEST_CLOCK"]
        return Office(world.settings(self.home, bind=self.web.removeprefix("http://"), test_clock=clock))

    @staticmethod
    def _listen(process: subprocess.Popen[str], incoming: queue.Queue[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            incoming.put(line)
        incoming.put("")


@contextmanager
def demo_in(home: Path) -> Iterator[Demo]:
    """A demo that is gone afterwards, whatever happened."""
    demo = Demo(home)
    try:
        yield demo
    finally:
        if demo.process is not None and demo.process.poll() is None:
            demo.process.terminate()
            demo.process.wait(PATIENCE)
        for pid in demo.processes():
            os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that has been started for the first time and is up; the tests below use it in turn."""
    with demo_in(tmp_path_factory.mktemp("demo") / "home") as demo:
        demo.start()
        demo.read_until("tally")
        yield demo


@pytest.fixture
def office(demo: Demo) -> Iterator[Office]:
    """The demo's office, looked at from outside."""
    office = demo.office()
    yield office
    office.close()


def test_the_first_start_says_what_it_does_and_where_to_go(demo: Demo) -> None:
    said = "".join(demo.lines)
    assert said.index("五位工作人员") < said.index("30 篇文章") < said.index("导入") < said.index("演示已就绪")
    assert f"{demo.emulator}/phone" in said
    assert f"{demo.web}/" in said


def test_the_phone_answers(demo: Demo) -> None:
    assert requests.get(f"{demo.emulator}/phone", timeout=10).status_code == 200
    door = Door(demo.emulator)
    welcome = door.act("follow", user="newcomer")
    assert "欢迎" in str(welcome)
    assert "2026年秋季幼儿园招生报名指南" in str(door.act("say", user="newcomer", text="幼儿园怎么报名"))
    assert "电工" in str(door.act("say", user="newcomer", text="电工 招聘"))
    assert len(door.look("menu")["menu"]["button"]) == 3
    door.close()


def test_the_links_of_an_answer_open(demo: Demo, office: Office) -> None:
    first = notice_search.rank(office, "公共租赁住房", limit=1, today=office.clock.today())[0]
    page = requests.get(first.url, timeout=10)
    assert page.status_code == 200
    assert "公共租赁住房申请指南" in page.text


def test_what_the_office_counts_is_what_the_platform_lists(demo: Demo, office: Office) -> None:
    door = Door(demo.emulator)
    published = door.look("published")["published"]
    door.close()
    rows = [articles.show(office, row["id"]) for row in articles.listing(office, ArticleState.PUBLISHED)]
    assert len(rows) == len(published) == 30
    assert {row["url"] for row in rows} == {item["url"] for whole in published for item in whole["items"]}
    assert {row["platform"]["published_at"][:16] for row in rows} == {whole["published_at"][:16] for whole in published}
    tallies = [yearly_tally.read(office, int(year), office.clock.now()) for year in years(published)]
    assert sum(tally["articles"] for tally in tallies) == 30
    questions = tallies[-1]["questions"]
    assert questions["asked"] >= 6
    assert questions["unanswered"] == 1, "three followers asked, and one of them in vain"


def test_every_published_article_passed_three_people_who_did_not_write_it(office: Office) -> None:
    for row in articles.listing(office, ArticleState.PUBLISHED):
        shown = articles.show(office, row["id"])
        submitted, *passed = shown["reviews"]
        assert [review["action"] for review in passed] == [Action.PASS] * 3
        assert len({submitted["who"], *(review["who"] for review in passed)}) == 4
        times = [review["at"] for review in shown["reviews"]] + [shown["platform"]["published_at"]]
        assert times == sorted(times), "written, reviewed and published in this order"


def test_the_queue_has_something_at_every_step(office: Office) -> None:
    assert Counter(row["state"] for row in articles.listing(office)) == {
        ArticleState.PUBLISHED: 30, ArticleState.DRAFT: 2, ArticleState.REVIEWING: 4, ArticleState.SCHEDULED: 4,
    }  # fmt: skip


def test_the_ledger_is_written_in_the_order_of_time(office: Office) -> None:
    with office.store.read() as session:
        times = [entry.at for entry in ledger.since(session, 0)]
    assert len(times) > 200
    assert times == sorted(times)


def test_nothing_of_the_real_platform_is_used(demo: Demo) -> None:
    """Also when the user's own settings name it."""
    for pid, command in demo.processes().items():
        environ = Path(f"/proc/{pid}/environ").read_bytes().decode()
        if "gongkai" in command and "demo" not in command:
            assert f"GONGKAI_WECHAT_API_URL={demo.emulator}" in environ, command
            assert "GONGKAI_DATABASE_URL=\0" in environ, command
    assert (demo.home / "demo.json").stat().st_mode & 0o777 == 0o600


def test_a_second_demo_of_the_same_home_is_refused(demo: Demo) -> None:
    assert "正在运行" in demo.refusal()


def test_taken_ports_are_told_with_the_settings_name(demo: Demo, tmp_path: Path) -> None:
    other = Demo(tmp_path / "home")
    for name, bind in (("GONGKAI_BIND", demo.web), ("GONGKAI_EMULATOR_BIND", demo.emulator)):
        taken = {**other.environment, name: bind.removeprefix("http://")}
        other.environment, free = taken, other.environment
        assert f"{name}：{bind.removeprefix('http://')} 已被别的程序占用" in other.refusal()
        other.environment = free


def test_a_process_that_dies_is_started_again_and_that_is_said(demo: Demo) -> None:
    for command, word in (("gongkai clock", "时钟进程"), ("gongkai emulator", "微信模拟器")):
        killed = demo.only(command)
        os.kill(killed, signal.SIGKILL)
        assert "SIGKILL" in demo.read_until(f"{word}意外退出")
        until(
            lambda command=command, killed=killed: any(  # type: ignore[misc]
                command in line and pid != killed for pid, line in demo.processes().items()
            ),
            what=f"a new {word}",
        )
    until(lambda: _status(f"{demo.emulator}/phone") == 200, what="the phone")


def test_ctrl_c_ends_everything_and_the_second_start_keeps_the_data(demo: Demo) -> None:
    assert demo.signal(signal.SIGINT) == 0
    with socket.socket() as probe:  # the ports are free again at once
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", int(demo.web.rpartition(":")[2])))
    demo.start()
    demo.read_until("tally")
    assert "五位工作人员" not in "".join(demo.lines)
    door = Door(demo.emulator)
    assert len(door.look("published")["published"]) == 30
    assert "公开" in str(door.act("say", user="newcomer", text="公开"))
    door.close()


def test_a_supervisor_that_is_killed_leaves_nothing_behind(demo: Demo) -> None:
    assert demo.signal(signal.SIGKILL) == -signal.SIGKILL


def test_a_first_start_that_is_cut_off_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    with demo_in(tmp_path / "home") as demo:
        demo.start()
        demo.read_until("已发布 10 篇")
        demo.signal(signal.SIGKILL)
        demo.start()
        demo.read_until("已发布 20 篇")
        assert demo.signal(signal.SIGINT) == 0
        demo.start()
        demo.read_until("tally")
        door = Door(demo.emulator)
        state = door.look("published", "drafts", "now")
        door.close()
        titles = [item["title"] for whole in state["published"] for item in whole["items"]]
        assert len(titles) == len(set(titles)) == 30
        assert state["drafts"] == []
        office = demo.office()
        assert len(articles.listing(office)) == 40
        assert sum(yearly_tally.read(office, int(year), office.clock.now())["articles"] for year in
                   years(state["published"])) == 30  # fmt: skip
        office.close()
        assert demo.signal(signal.SIGTERM) == 0


def test_an_offices_own_data_is_not_touched(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "home")
    for arguments in (["init"], ["user", "add", "lili", "--role", "editor"]):
        subprocess.run([GONGKAI, *arguments], env=demo.environment, check=True, capture_output=True)
    assert "不是演示建立的数据" in demo.refusal()
    assert not (demo.home / "demo.json").exists()


def years(published: list[dict[str, Any]]) -> list[str]:
    """The years in which something was published, oldest first."""
    return sorted({whole["published_at"][:4] for whole in published})


def _status(url: str) -> int:
    try:
        return requests.get(url, timeout=5).status_code
    except requests.RequestException:
        return 0
