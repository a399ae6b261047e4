"""The instruments: processor time, memory, clients that hang up, and the shape of a row."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

import pytest

from bench import flood, processes, product
from bench.questions import Deliveries
from bench.rows import Row, compared, show, write

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_processor_time_counts_children_that_run_and_that_have_ended() -> None:
    spin = "sum(range(8_000_000))"
    parent = (
        f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', '{spin}'])\n{spin}\nprint(flush=True)\ninput()"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        both = processes.processor_time(processes.family(process.pid))
        process.communicate(b"\n")
    spent = processes.run([sys.executable, "-c", spin], os.environ)
    assert 1.2 * spent.processor < both < 6 * spent.processor


def test_a_family_is_a_process_and_what_it_started() -> None:
    with subprocess.Popen(SLEEP) as child:
        assert {os.getpid(), child.pid} <= set(processes.family(os.getpid()))
        assert processes.family(child.pid) == [child.pid]
        child.terminate()


def test_marked_processes_are_found_and_their_memory_read() -> None:
    with subprocess.Popen(SLEEP, env={**os.environ, "BENCH_TEST": "yes"}) as child:
        until = time.monotonic() + 5
        while processes.marked("BENCH_TEST", "yes") != [child.pid] and time.monotonic() < until:
            time.sleep(0.01)
        assert processes.marked("BENCH_TEST", "yes") == [child.pid]
        assert processes.memory(child.pid) > 1
        child.terminate()


def test_a_command_that_fails_is_no_measurement() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        processes.run([sys.executable, "-c", "raise SystemExit(1)"], os.environ)


def test_clients_are_answered_or_hang_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_answer_every_other, args=(listener, 6), daemon=True).start()
        [question] = Deliveries(product.ACCOUNT).different(1)
        clients = [flood.Client(number / 100, question) for number in range(6)]
        flood.send(listener.getsockname()[1], clients, patience=0.5)
    assert [client.body for client in clients] == [b"ok", b""] * 3
    assert all(client.wait is not None and client.wait < 0.5 for client in clients[::2])


def _answer_every_other(listener: socket.socket, count: int) -> None:
    lines = []
    for number in range(count):
        line, _ = listener.accept()
        lines.append(line)  # else it would be closed
        if number % 2 == 0:
            line.recv(4096)
            line.sendall(ANSWER)


def test_a_row_has_the_five_fields_and_its_ratio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bench.rows.RESULTS", tmp_path / "results.json")
    first = Row("one", 40, "ms")
    rows = [first, compared(Row("two", 10, "ms"), to=first), Row("none", None, "s")]
    write(rows)
    assert json.loads((tmp_path / "results.json").read_text()) == [asdict(row) for row in rows]
    assert asdict(rows[1]) == {"name": "two", "value": 10, "unit": "ms", "ratio_to": "one", "ratio": 0.25}
    show(rows)
    assert "0.25 of “one”" in capsys.readouterr().out


def test_a_question_says_when_it_is_sent_and_no_answer_is_told_as_such() -> None:
    deliveries = Deliveries(product.ACCOUNT)
    [question] = deliveries.different(1)
    assert b"timestamp=1790000000&" in question.stamped(1_790_000_000)
    with pytest.raises(RuntimeError, match="success"):
        deliveries.reply(b"success")
