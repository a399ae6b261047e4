"""Three times what a webhook can answer: who still gets an answer in time, and when all is well again.

Each message comes over a connection of its own, and whoever waits hangs up after five seconds, as the platform does. Then
the flood ends, and one message a tenth of a second tells from when on answers come quickly again. `success` is no answer.
"""

from __future__ import annotations

from pathlib import Path

from bench import flood, product
from bench.flood import Client
from bench.questions import Deliveries
from bench.rows import Row, compared, rounded, say
from bench.server import serving
from bench.webhook import OURS, PLAIN, Contestant

TIMES = 3
PATIENCE = 5.0  # seconds, as the platform has it
QUICK = 1.0  # seconds in which one is answered where all is well
FULL = 3.0  # seconds of more and more messages, to find how many can be answered
PROBE_EVERY, PROBED_FOR = 0.1, 20.0  # seconds
SETTLED = 5.0  # seconds from which on the first rush is over


def rows(home: Path, deliveries: Deliveries, *, seconds: float) -> list[Row]:
    """So many seconds of too much, for us and for plain parts."""
    found = []
    with product.opened(home) as office:
        environment = product.environment(home, BENCH_REDIS=product.redis_address(office))
        for one in (OURS, PLAIN):
            say(f"{one.name}: three times what it can answer")
            with serving(one.target, environment) as server:
                found += _Overload(server.port, deliveries).rows(one, seconds)
    return found


class _Overload:
    """One server's full rate, the flood, and the recovery."""

    def __init__(self, port: int, deliveries: Deliveries) -> None:
        self._port, self._deliveries = port, deliveries

    def rows(self, one: Contestant, seconds: float) -> list[Row]:
        """All of it, as rows."""
        full = self._full_rate()
        rate = min(TIMES * full, flood.most_clients() / PATIENCE)
        sent = [number / rate for number in range(int(seconds * rate))]
        probed = [seconds + number * PROBE_EVERY for number in range(int(PROBED_FOR / PROBE_EVERY))]
        clients = self._clients([*sent, *probed])
        busy = flood.send(self._port, clients, PATIENCE)
        rush, probes = clients[: len(sent)], clients[len(sent) :]
        late = [client for client in rush if client.due >= min(SETTLED, seconds / 2)]
        name = f"{one.name}, overload"
        can = Row(f"{name}: full rate, each message over a new connection", rounded(full), "answers/s")
        recovered = _recovered(probes, seconds)
        return [
            can,
            compared(Row(f"{name}: messages sent", rounded(rate), "messages/s"), to=can),
            compared(Row(f"{name}: answered in time", rounded(_answered(rush) / seconds), "answers/s"), to=can),
            compared(Row(f"{name}: the same after the first rush", rounded(_answered(late) / (seconds - late[0].due)), "answers/s"), to=can),
            Row(f"{name}: until all is well again", recovered, "s"),
            Row(f"{name}: load generator, of one processor", rounded(100 * busy), "%"),
        ]  # fmt: skip

    def _full_rate(self) -> float:
        """The best of three turns, in answers a second, where each message has a connection of its own."""
        count, rate = 200, 0.0
        for _ in range(3):
            rate = max(rate, flood.fill(self._port, self._deliveries.different(count)))
            count = max(int(rate * FULL), 100)
        return rate

    def _clients(self, times: list[float]) -> list[Client]:
        """A message for each time."""
        return [
            Client(due, question) for due, question in zip(times, self._deliveries.different(len(times)), strict=True)
        ]


def _answered(clients: list[Client]) -> int:
    return sum(b"<Encrypt>" in client.body for client in clients)


def _recovered(probes: list[Client], end: float) -> float | None:
    """Seconds from the end of the flood to the first probe from which on all were answered quickly; None: never."""
    since = None
    for probe in reversed(probes):
        if b"<Encrypt>" not in probe.body or probe.wait is None or probe.wait > QUICK:
            break
        since = round(probe.due - end, 1)
    return since
