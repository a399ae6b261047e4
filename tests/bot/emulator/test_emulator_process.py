"""The emulator as a process of its own: it ends cleanly on a signal, and a kill -9 loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from bot.emulator import Door, Options, running
from tests.bot.emulator.account_side import AES_KEY, APP_ID, SECRET, TOKEN, Account, Wechat
from tests.fixtures.ports import free_port

SERVE = """
import sys
from pathlib import Path
from bot.emulator import Options, serve
bind, webhook, state, *given = sys.argv[1:]
serve(Options(*given, webhook=webhook, bind=bind, state_file=Path(state), settings={"publish_delay": 0.3}))
"""


@contextmanager
def process(port: int, account: Account, state: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    url = f"http://127.0.0.1:{port}"
    given = (f"127.0.0.1:{port}", account.url, str(state), APP_ID, SECRET, TOKEN, AES_KEY)
    started = subprocess.Popen([sys.executable, "-c", SERVE, *given], cwd=Path(__file__).parents[3])
    try:
        wait_until_up(url, started)
        yield started, url
    finally:
        started.kill()
        started.wait()


def wait_until_up(url: str, started: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and started.poll() is None:
        try:
            requests.get(f"{url}/_/time", timeout=1)
            return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("the emulator did not come up")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(account: Account, tmp_path: Path, number: signal.Signals) -> None:
    with process(free_port(), account, tmp_path / "emulator.db") as (started, _):
        started.send_signal(number)
        assert started.wait(timeout=10) == 0


def test_a_kill_loses_no_draft_no_token_and_no_job(account: Account, tmp_path: Path) -> None:
    port, state = free_port(), tmp_path / "emulator.db"
    with process(port, account, state) as (started, url):
        wechat = Wechat(url, Door(url), account)
        left = wechat.draft(wechat.article(title="留着"))
        job = wechat.post("freepublish/submit", {"media_id": wechat.draft()})
        os.kill(started.pid, signal.SIGKILL)
        started.wait()
    with process(port, account, state) as (_, url):
        wechat.door.act("settle")
        assert wechat.post("freepublish/get", {"publish_id": job["publish_id"]})["publish_status"] == 0
        assert wechat.post("draft/get", {"media_id": left})["news_item"][0]["title"] == "留着"
        assert len(wechat.door.look("published")["published"]) == 1
        assert b"PUBLISHJOBFINISH" in account.seen[-1][1]


def test_it_follows_a_test_clock(account: Account, tmp_path: Path) -> None:

    clock = tmp_path / "clock"
    clock.write_text("2026-07-01T08:00:00+08:00\n", encoding="utf-8")
    options = Options(APP_ID, SECRET, TOKEN, webhook=account.url, settings={"publish_delay": 0})
    with running(replace(options, test_clock=str(clock))) as up:
        assert up.door.look("now")["now"] == "2026-07-01T08:00:00+08:00"
        clock.write_text("2026-07-02T09:30:00\n", encoding="utf-8")
        Wechat(up.url, up.door, account).published()
        assert up.door.look("published")["published"][0]["published_at"] == "2026-07-02T09:30:00+08:00"
