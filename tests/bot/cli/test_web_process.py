"""`gongkai web` as a process: it starts, answers, ends, and leaves nobody behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.bot.cli.web_alone import deliver, running, tell
from tests.bot.platform_side import Side, read, text
from tests.fixtures.office_processes import OfficeProcesses, until

SIDE = Side(clock=time.time)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcesses]:
    """A web process with disclosures to tell of."""
    with running(tmp_path_factory.mktemp("web")) as processes:
        tell(processes)
        yield processes


def workers(master: int) -> list[int]:
    """The children of a process."""
    listed = Path(f"/proc/{master}/task/{master}/children").read_text()
    return [int(number) for number in listed.split()]


def is_alive(number: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def test_it_refuses_to_start_without_a_store_in_one_clear_line(tmp_path: Path) -> None:
    processes = OfficeProcesses(tmp_path)
    done = processes.run("web", code=1)
    assert done.stderr.strip().splitlines() == ["数据库还没有建立或需要升级。请先执行：gongkai init"]
    processes.close()


def test_it_names_what_is_missing_in_the_settings(tmp_path: Path) -> None:
    processes = OfficeProcesses(tmp_path, GONGKAI_WECHAT_TOKEN="", GONGKAI_WECHAT_AES_KEY="")
    done = processes.run("web", code=2)
    assert "GONGKAI_WECHAT_TOKEN" in done.stderr and "GONGKAI_WECHAT_AES_KEY" in done.stderr
    processes.close()


def test_it_says_when_its_address_is_taken(served: OfficeProcesses) -> None:
    done = served.run("web", code=1)
    assert "GONGKAI_BIND" in done.stderr and "Traceback" not in done.stderr


def test_it_answers_and_follows_an_import_without_a_restart(served: OfficeProcesses) -> None:
    assert "园区公共租赁住房申请指南" in read(deliver(served, text("公租房")))["Content"]
    file = served.folder / "more.jsonl"
    file.write_text(json.dumps({"key": "late", "title": "关于停水检修的通知"}, ensure_ascii=False))
    served.run("import", "disclosures", file)
    assert "关于停水检修的通知" in read(deliver(served, text("停水")))["Content"]


def test_all_workers_share_one_memory(served: OfficeProcesses) -> None:
    asked = [text("安全生产", sender=f"oWorker{number}") for number in range(8)] * 4
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda xml: deliver(served, xml), asked))
    assert len(set(answers)) == 8
    for number in range(8):
        for _ in range(3):
            assert "打开全文" in read(deliver(served, text("1", sender=f"oWorker{number}")))["Content"]


def test_a_body_said_to_be_endless_is_refused_before_it_is_sent(served: OfficeProcesses) -> None:
    host, port = served.web.removeprefix("http://").split(":")
    query = "&".join(f"{name}={value}" for name, value in SIDE.query().items())
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(f"POST /wechat?{query} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n".encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def test_a_body_in_pieces_is_counted_as_it_comes(served: OfficeProcesses) -> None:
    pieces = (b"<xml>" + b" " * 4000 for _ in range(30))
    answer = requests.post(f"{served.web}/wechat", params=SIDE.query(), data=pieces, timeout=20)
    assert answer.status_code == 413
    whole = iter([text("公租房").encode()[:100], text("公租房").encode()[:0]])
    assert requests.post(f"{served.web}/wechat", params=SIDE.query(), data=whole, timeout=20).status_code == 400


def test_it_ends_cleanly_when_asked_and_leaves_no_worker(tmp_path: Path) -> None:
    with running(tmp_path) as processes:
        children = workers(processes.processes["web"].pid)
        assert len(children) >= 2
        with requests.Session() as session:  # a connection that is kept open does not hold it up
            assert session.get(f"{processes.web}/healthz", timeout=20).status_code == 200
            assert processes.stop("web") == 0
        assert not [number for number in children if is_alive(number)]
        assert "Killing" not in processes.log("web").read_text(encoding="utf-8"), "all of them went by themselves"


def test_when_the_master_is_killed_its_workers_end_by_themselves_and_it_starts_again(tmp_path: Path) -> None:
    with running(tmp_path) as processes:
        tell(processes)
        asked = text("公租房")
        first = deliver(processes, asked)
        process = processes.processes.pop("web")
        children = workers(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        until(lambda: not any(is_alive(number) for number in children), what="the workers to end")
        processes.start("web")
        assert deliver(processes, asked) == first, "the repeat of what was answered before the kill"


def test_a_killed_worker_is_replaced_and_nobody_notices(served: OfficeProcesses) -> None:
    master = served.processes["web"].pid
    [victim, *_] = workers(master)
    os.kill(victim, signal.SIGKILL)
    until(lambda: victim not in workers(master) and len(workers(master)) >= 2, what="a new worker")
    assert "园区公共租赁住房申请指南" in read(deliver(served, text("公租房")))["Content"]
