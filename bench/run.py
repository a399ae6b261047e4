"""`make bench`: measures, prints one table, and writes bench/results.json.

What is compared runs side by side, in turn, under the server of `gongkai web` with its workers; the ratio is what counts,
since a machine's figures are its own. GONGKAI_BENCH_CACHE names a folder for the office of 200,000 disclosures, which takes
minutes to make.
"""

from __future__ import annotations

import importlib.util
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
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench import stock, town  # noqa: E402
from bench.load import Result, drive, pace  # noqa: E402
from config import settings  # noqa: E402
from content.services.answers import notice_search  # noqa: E402
from content.services.office import Office  # noqa: E402
from content.store.citizens import question_outbox  # noqa: E402
from tests import world  # noqa: E402

MANY, VERY_MANY = 20_000, 200_000
ROUNDS, MESSAGES, WARM_UP, SEARCHES, PACED = 5, 4000, 1000, 2000, 6000
ACCOUNT = {settings.variable(name): value for name, value in world.WECHAT.items()}
ECHO, ROBOT = "(a) echo: wechatpy in a Flask view", "(b) echo: WeRoBot's Flask view"
OURS, REPEATED = "(c) our webhook, questions all different", "(c2) our webhook, questions repeated"
KEPT = ", until all lie in SQL"
BARE, FLOOR = "(d) floor: verify, open, echo, seal", "(e) floor inside a Flask view"
APPS = {ECHO: "bench.echo:app", ROBOT: "bench.robot:app", OURS: "wsgi:app", BARE: "bench.floor:bare",
        FLOOR: "bench.floor:flask"}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the table; `ratio` is this value by that of `ratio_to`."""

    name: str
    value: float | None
    unit: str
    ratio_to: str | None = None
    ratio: float | None = None


def main() -> None:
    """Measures everything; takes about three minutes, the first time some minutes more."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        many = Path(folder, "many")
        rows = [*import_rows(many, MANY), *search_rows(many), *webhook_rows(many)]
    (ROOT / "bench" / "results.json").write_text(
        json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
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


def search_rows(many: Path) -> list[Row]:
    """The same questions to both offices, in turn; the large one's rows were written in bulk, its index built as always."""
    say(f"making an office of {VERY_MANY:,} disclosures, unless there is one")
    homes = {MANY: many, VERY_MANY: stock.kept(VERY_MANY, office)}
    say("searching")
    asked = town.questions(SEARCHES)
    with ExitStack() as stack:
        offices = {count: stack.enter_context(opened(home)) for count, home in homes.items()}
        for texts in (asked[:100], asked[100:]):  # the first ones warm up
            waits: dict[int, list[float]] = {count: [] for count in homes}
            spent = dict.fromkeys(homes, 0.0)
            for text in texts:
                for count, found in waits.items():
                    begun, worked = time.perf_counter(), time.process_time()
                    notice_search.rank(offices[count], text)
                    spent[count] += time.process_time() - worked
                    found.append(1000 * (time.perf_counter() - begun))
    return [row for count in homes for row in _waits(waits, count, 1e6 * spent[count] / len(texts))]


def _waits(waits: dict[int, list[float]], count: int, processor: float) -> list[Row]:
    made = f"search, {count:,} disclosures" + (" (rows written in bulk)" if count == VERY_MANY else "")
    rows = [Row(f"{made}, processor time", round(processor), "µs")]
    for word, part in (("p50", 50), ("p99", 99)):
        value, small = (statistics.quantiles(waits[which], n=100)[part - 1] for which in (count, MANY))
        to = f"search, {MANY:,} disclosures, {word}" if count != MANY else None
        rows.append(Row(f"{made}, {word}", round(value, 3), "ms", to, ratio(value, small) if to else None))
    return rows


def webhook_rows(home: Path) -> list[Row]:
    """Safe-mode questions to our webhook and to everything that it is measured against, in turn."""
    apps = {name: app for name, app in APPS.items() if name != ROBOT or importlib.util.find_spec("werobot")}
    say("asking all webhooks in turn")
    post = Post()
    with ExitStack() as stack:
        ours = stack.enter_context(opened(home))
        ports = {name: stack.enter_context(serving(home, app)) for name, app in apps.items()}
        results: dict[str, list[Result]] = {name: [] for name in (*apps, REPEATED)}
        for count in (WARM_UP, *[MESSAGES] * ROUNDS):
            for name, found in results.items():
                requests = post.repeated(count) if name == REPEATED else post.different(count)
                begun = time.perf_counter()
                found.append(drive(ports[OURS if name == REPEATED else name], requests))
                if name in (OURS, REPEATED):
                    await_kept(ours)
                    found[-1].kept = time.perf_counter() - begun
        check(results[OURS][-1])
        rates = {name: statistics.median(result.rate for result in found[1:]) for name, found in results.items()}
        for name in (OURS, REPEATED):
            rates[name + KEPT] = statistics.median(len(result.waits) / result.kept for result in results[name][1:])
        paced = {}
        for name in (ECHO, OURS):  # the echo shows what the machine itself does to the slowest
            say(f"asking {name} {rates[OURS] / 2:,.0f} questions a second")
            paced[name] = pace(ports[name], post.different(PACED), rates[OURS] / 2)
    busy = max(result.busy for found in results.values() for result in found[1:])
    return [
        *_rates(rates),
        *(row for name, result in paced.items() for row in _paced(name, result)),
        Row("load generator, its most of one processor", round(100 * busy), "%"),
    ]


def _rates(rates: dict[str, float]) -> list[Row]:
    rows = []
    for name in (ECHO, ROBOT, OURS, OURS + KEPT, REPEATED, REPEATED + KEPT, BARE, FLOOR):
        if name not in rates:
            rows.append(Row(f"{name}: WeRoBot is not installed, so not measured", None, "answers/s"))
            continue
        other = None if name == ECHO else ECHO
        rows.append(
            Row(name, round(rates[name]), "answers/s", other, ratio(rates[name], rates[ECHO]) if other else None)
        )
    return rows


def _paced(name: str, result: Result) -> list[Row]:
    given = f"{name}, at half the rate of (c)"
    return [Row(f"{given}, {word}", round(result.wait(part), 1), "ms") for word, part in (("p50", 0.5), ("p99", 0.99))]


class Post:
    """Deliveries, each with a number of its own."""

    def __init__(self) -> None:
        total = (len(APPS) + 1) * (WARM_UP + ROUNDS * MESSAGES) + 2 * PACED
        self._different, self._repeated = iter(town.questions(total)), iter(town.repeated(total))
        self._sent = 0

    def different(self, count: int) -> Sequence[bytes]:
        """Questions that nobody has asked yet."""
        return self._sealed([next(self._different) for _ in range(count)])

    def repeated(self, count: int) -> Sequence[bytes]:
        """Questions as citizens repeat them."""
        return self._sealed([next(self._repeated) for _ in range(count)])

    def _sealed(self, texts: list[str]) -> Sequence[bytes]:
        self._sent += len(texts)
        return town.deliveries(texts, ACCOUNT, first=self._sent - len(texts))


def check(result: Result) -> None:
    """Answers must be answers: sealed, and no two alike. Raises RuntimeError."""
    if not all(b"<Encrypt>" in body for body in result.bodies) or len(set(result.bodies)) < len(result.bodies):
        raise RuntimeError(f"not an answer: {result.bodies[0]!r}")


def await_kept(ours: Office) -> None:
    """Returns when all questions have been brought into SQL: what is left over would slow down who comes next."""
    while question_outbox.waiting(ours.redis.client, 1):
        time.sleep(0.01)


def ratio(value: float, other: float | None) -> float | None:
    """One by the other, to three digits."""
    return round(value / other, 3) if other else None


@contextmanager
def serving(home: Path, app: str) -> Iterator[int]:
    """A WSGI application under the server of `gongkai web`, with its workers; the port it listens on."""
    port = free_port()
    command = [sys.executable, str(ROOT / "bench" / "serve.py"), str(port), app]
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


@contextmanager
def opened(home: Path) -> Iterator[Office]:
    """The same, closed in the end."""
    found = office(home)
    try:
        yield found
    finally:
        found.close()


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
        value = "–" if row.value is None else f"{row.value:,}"
        compared = f"{row.ratio} of “{row.ratio_to}”" if row.ratio else ""
        print(f"{row.name:{wide}}  {value:>10}  {row.unit:<10}  {compared}".rstrip())


if __name__ == "__main__":
    main()
