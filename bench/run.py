"""`make bench`: measures, prints one table, and writes bench/results.json.

What is compared runs side by side, in turn, under the same server with the same workers; the ratio is what counts, since a
machine's figures are its own. GONGKAI_BENCH_DISCLOSURES changes how many disclosures are searched (20,000).
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench import town  # noqa: E402
from bench.load import Result, drive  # noqa: E402
from config import settings  # noqa: E402
from content.services import answering  # noqa: E402
from content.services.office import Office  # noqa: E402
from tests import world  # noqa: E402

SERVER = ("-k", "gthread", "-w", "2", "--threads", "8", "--keep-alive", "5", "--log-level", "error")
DISCLOSURES = int(os.environ.get("GONGKAI_BENCH_DISCLOSURES", "20000"))
FEW = DISCLOSURES // 10
ROUNDS, MESSAGES, WARM_UP, SEARCHES = 3, 4000, 500, 2000
ACCOUNT = {settings.variable(name): value for name, value in world.WECHAT.items()}


@dataclass(frozen=True)
class Row:
    """One line of the table; `ratio` is this value by that of `ratio_to`."""

    name: str
    value: float
    unit: str
    ratio_to: str | None = None
    ratio: float | None = None


def main() -> None:
    """Measures everything; takes about two minutes."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        rows = [*import_rows(few, FEW), *import_rows(many, DISCLOSURES)]
        rows += search_rows(few, many)
        rows += webhook_rows(many)
    (ROOT / "bench" / "results.json").write_text(
        json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1), encoding="utf-8"
    )
    show(rows)


def import_rows(home: Path, count: int) -> list[Row]:
    """A new office, filled by `gongkai import`."""
    home.mkdir()
    say(f"importing {count:,} disclosures")
    town.write_disclosures(home / "disclosures.jsonl", count)
    gongkai(home, "init")
    begun = time.perf_counter()
    gongkai(home, "import", "disclosures", str(home / "disclosures.jsonl"), "--json")
    return [Row(f"import, {count:,} disclosures", round(count / (time.perf_counter() - begun)), "rows/s")]


def search_rows(few: Path, many: Path) -> list[Row]:
    """The same questions to both indexes, in turn."""
    say("searching")
    asked = town.questions(SEARCHES)
    waits: dict[Path, list[float]] = {few: [], many: []}
    offices = {home: office(home) for home in waits}
    try:
        for texts in (asked[:50], asked):
            waits = {home: [] for home in waits}
            for text in texts:
                for home, found in waits.items():
                    begun = time.perf_counter()
                    answering.rank(offices[home], text)
                    found.append(1000 * (time.perf_counter() - begun))
    finally:
        for opened in offices.values():
            opened.close()
    return [*_waits(waits[few], FEW), *_waits(waits[many], DISCLOSURES, baseline=waits[few])]


def _waits(found: list[float], count: int, baseline: list[float] | None = None) -> list[Row]:
    rows = []
    for word, part in (("p50", 50), ("p99", 99)):
        value = statistics.quantiles(found, n=100)[part - 1]
        other = statistics.quantiles(baseline, n=100)[part - 1] if baseline else None
        to = f"search, {FEW:,} disclosures, {word}" if other else None
        rows.append(Row(f"search, {count:,} disclosures, {word}", round(value, 3), "ms", to, ratio(value, other)))
    return rows


def webhook_rows(home: Path) -> list[Row]:
    """Safe-mode questions, all different, to our webhook and to a bare echo."""
    say("asking the webhook and the echo in turn")
    asked = town.questions(2 * ROUNDS * MESSAGES + 2 * WARM_UP)
    results: dict[str, list[Result]] = {"echo": [], "webhook": []}
    with serving(home, "bench.echo:app") as echo, serving(home, "wsgi:app") as ours:
        ports = {"echo": echo, "webhook": ours}
        sent = 0
        for count in (WARM_UP, *[MESSAGES] * ROUNDS):
            for name, port in ports.items():
                requests = town.deliveries(asked[sent : sent + count], ACCOUNT, first=sent)
                results[name].append(drive(port, requests))
                sent += count
    check(results["webhook"][-1])
    echoed, answered = results["echo"][1:], results["webhook"][1:]
    base = statistics.median(result.rate for result in echoed)
    rate = statistics.median(result.rate for result in answered)
    rows = [
        Row("echo with wechatpy and Flask, safe mode", round(base), "answers/s"),
        Row(f"webhook, safe mode, {DISCLOSURES:,} disclosures", round(rate), "answers/s",
            "echo with wechatpy and Flask, safe mode", ratio(rate, base)),
    ]  # fmt: skip
    for word, part in (("p50", 0.5), ("p99", 0.99)):
        value = statistics.median(result.wait(part) for result in answered)
        rows.append(Row(f"webhook at full load, {word}", round(value, 1), "ms"))
    return rows


def check(result: Result) -> None:
    """Answers must be answers: sealed, and no two alike. Raises RuntimeError."""
    if not all(b"<Encrypt>" in body for body in result.bodies) or len(set(result.bodies)) < len(result.bodies):
        raise RuntimeError(f"not an answer: {result.bodies[0]!r}")


def ratio(value: float, other: float | None) -> float | None:
    """One by the other, to three digits."""
    return round(value / other, 3) if other else None


@contextmanager
def serving(home: Path, app: str) -> Iterator[int]:
    """A WSGI application under the server of `gongkai web`, with its workers; the port it listens on."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", *SERVER, "-b", f"127.0.0.1:{port}", app]
    with subprocess.Popen(command, cwd=ROOT, env=environment(home), stdout=subprocess.DEVNULL) as server:
        try:
            await_ready(port, server)
            yield port
        finally:
            server.terminate()


def await_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    """Returns when the application answers. Raises RuntimeError if it ends, or never does."""
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError("the server did not come up")


def environment(home: Path) -> dict[str, str]:
    """Only this office's settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(settings.PREFIX)}
    return {**clean, **ACCOUNT, "GONGKAI_HOME": str(home), "PYTHONPATH": str(ROOT)}


def office(home: Path) -> Office:
    """The office of a home, in this process."""
    return Office(world.settings(home))


def gongkai(home: Path, *arguments: str) -> None:
    """One command. Raises CalledProcessError."""
    program = Path(sys.executable).with_name("gongkai")
    subprocess.run([program, *arguments], env=environment(home), cwd=home, check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def say(what: str) -> None:
    """Tells on standard error what is going on."""
    print(f"==> {what}", file=sys.stderr, flush=True)


def show(rows: list[Row]) -> None:
    """Prints the table."""
    wide = max(len(row.name) for row in rows)
    print(f"{'':{wide}}  {'value':>10}  {'unit':<10}  ratio")
    for row in rows:
        compared = f"{row.ratio} of “{row.ratio_to}”" if row.ratio else ""
        print(f"{row.name:{wide}}  {row.value:>10,}  {row.unit:<10}  {compared}".rstrip())


if __name__ == "__main__":
    main()
