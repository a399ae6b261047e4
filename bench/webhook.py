"""What an answer costs: our webhook beside plain parts that do the same work, and bare echoes beside both.

All stand under the same server with the same disclosures, and are asked in turn by one load generator. A turn lasts
about as long for each. Processor time is user and system time of all processes of a web server: its supervisor, its
workers, and their children. Neither Redis nor the load generator is in it; Redis has rows of its own. Ours is counted
until all questions of the turn stand in SQL; plain parts write theirs before they answer.
"""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import processes, product
from bench.load import Result, drive, pace
from bench.questions import Deliveries
from bench.rows import Row, compared, rounded, say
from bench.server import Server, serving

FIRST = 200  # messages from whose rate the length of the next turn is reckoned
LEAST, MOST = 100, 5000  # messages in a turn
PACED = 8.0  # seconds


@dataclass(frozen=True)
class Round:
    """What came of one turn of one contestant. `kept`: seconds until all its questions stood in SQL. The others are
    seconds of processor time.
    """

    result: Result
    kept: float
    processor: float
    redis: float

    @property
    def count(self) -> int:
        """How many were answered."""
        return len(self.result.waits)


@dataclass(frozen=True)
class Contestant:
    """An application, and whether it is asked what others have asked before."""

    name: str
    target: str
    repeated: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether questions are brought into SQL after the answer."""
        return self.target == OURS.target


OURS = Contestant("(c) our webhook", "wsgi:app")
OURS_REPEATED = Contestant("(c2) our webhook, repeated questions", OURS.target, repeated=True)
PLAIN = Contestant("(p) plain parts", "bench.plain:application()")
PLAIN_REPEATED = Contestant("(p2) plain parts, repeated questions", PLAIN.target, repeated=True)
ECHO = Contestant("(a) only an echo: wechatpy and Flask", "bench.echo:app")
ROBOT = Contestant("(b) only an echo: WeRoBot", "bench.robot:app")


class Contest:
    """All contestants in one office, each application under a server of its own."""

    def __init__(self, home: Path, deliveries: Deliveries, stack: ExitStack) -> None:
        self._deliveries = deliveries
        self._office = stack.enter_context(product.opened(home))
        self._redis = product.redis_process(self._office)
        environment = product.environment(home, BENCH_REDIS=product.redis_address(self._office))
        contestants = [PLAIN, PLAIN_REPEATED, OURS, OURS_REPEATED, ECHO]
        if importlib.util.find_spec("werobot"):
            contestants.append(ROBOT)
        self.rounds: dict[Contestant, list[Round]] = {one: [] for one in contestants}
        self._servers: dict[str, Server] = {
            target: stack.enter_context(serving(target, environment))
            for target in sorted({one.target for one in self.rounds})
        }

    def run(self, rounds: int, seconds: float) -> None:
        """So many turns of each, in turn, each of about so many seconds; two more before them to warm up."""
        counts = dict.fromkeys(self.rounds, FIRST)
        for number in range(rounds + 2):
            for one, found in self.rounds.items():
                turn = self._round(one, counts[one])
                if number < 2:
                    counts[one] = min(max(int(turn.result.rate * seconds), LEAST), MOST)
                else:
                    found.append(turn)

    def median(self, one: Contestant, figure: Callable[[Round], float]) -> float:
        """The median of a figure over a contestant's turns."""
        return statistics.median(map(figure, self.rounds[one]))

    def mean_redis_time(self, one: Contestant) -> float:
        """Seconds of Redis' processor time for an answer, over all turns: in one they are only a few ticks of the kernel."""
        turns = self.rounds[one]
        return sum(turn.redis for turn in turns) / sum(turn.count for turn in turns)

    def paced(self, one: Contestant, seconds: float) -> Result:
        """Questions at half the top rate of a contestant, on time."""
        rate = self.median(one, _rate) / 2
        return pace(self._servers[one.target].port, self._deliveries.different(int(rate * seconds)), rate)

    def replies(self, one: Contestant) -> list[str]:
        """What was answered in the last turn. Raises RuntimeError where two answers are alike, or few offer something."""
        bodies = self.rounds[one][-1].result.bodies
        if none := [body for body in bodies if b"<Encrypt>" not in body]:
            raise RuntimeError(f"{one.name}: {len(none)} of {len(bodies)} got no answer but {none[0][:80]!r}")
        texts = [self._deliveries.reply(body) for body in bodies]
        if len(set(bodies)) < len(bodies) or sum("<a href" in text for text in texts) < 0.9 * len(texts):
            raise RuntimeError(f"these are no answers: {texts[:3]}")
        return texts

    def _round(self, one: Contestant, count: int) -> Round:
        server = self._servers[one.target]
        requests = self._deliveries.repeated(count) if one.repeated else self._deliveries.different(count)
        begun, processor, redis = time.perf_counter(), server.processor_time(), self._redis_time()
        result = drive(server.port, requests)
        if one.is_ours:
            product.await_kept_questions(self._office)
        kept = time.perf_counter() - begun
        return Round(result, kept, server.processor_time() - processor, self._redis_time() - redis)

    def _redis_time(self) -> float:
        return processes.processor_time([self._redis])


def rows(home: Path, deliveries: Deliveries, *, rounds: int, seconds: float) -> list[Row]:
    """Rate and processor time of all, in an office that both have filled; the waits at half the top rate."""
    say("asking all webhooks in turn")
    with ExitStack() as stack:
        contest = Contest(home, deliveries, stack)
        contest.run(rounds, seconds)
        found = [row for pair in ((PLAIN, OURS), (PLAIN_REPEATED, OURS_REPEATED)) for row in _pair(contest, *pair)]
        found += _replies(contest)
        found += [row for one in (ECHO, ROBOT) if one in contest.rounds for row in _alone(contest, one)]
        for one in (PLAIN, OURS, ECHO):  # the echo shows what the machine itself does to the slowest
            say(f"asking {one.name} at half its rate")
            result = contest.paced(one, min(PACED, 4 * seconds))
            for word, part in (("p50", 0.5), ("p99", 0.99)):
                found.append(Row(f"{one.name}, wait at half its rate, {word}", round(result.wait(part), 1), "ms"))
        busy = max(turn.result.busy for turns in contest.rounds.values() for turn in turns)
    return [*found, Row("load generator, its most of one processor", rounded(100 * busy), "%")]


def _pair(contest: Contest, plain: Contestant, ours: Contestant) -> list[Row]:
    """Both at the same questions. Processor time is plain parts' by ours, the rates are ours by that of plain parts."""
    other, own = _alone(contest, plain), _alone(contest, ours)
    kept = contest.median(ours, lambda turn: turn.count / turn.kept)
    redis = {one: 1e6 * contest.mean_redis_time(one) for one in (plain, ours)}
    return [
        compared(other[1], to=own[1]),
        own[1],
        other[0],
        compared(own[0], to=other[0]),
        compared(Row(f"{ours.name}, rate until all questions stand in SQL", rounded(kept), "answers/s"), to=other[0]),
        *(Row(f"{one.name}, processor time of Redis", rounded(time), "µs/answer") for one, time in redis.items()),
    ]


def _alone(contest: Contest, one: Contestant) -> list[Row]:
    """Rate and processor time of one contestant."""
    return [
        Row(f"{one.name}, rate", rounded(contest.median(one, _rate)), "answers/s"),
        Row(f"{one.name}, processor time", rounded(1e6 * contest.median(one, _processor)), "µs/answer"),
    ]


def _replies(contest: Contest) -> list[Row]:
    """How long the replies are, since a shorter one would be cheaper."""
    ours, plain = (
        Row(
            f"{one.name}, length of a reply",
            statistics.median(len(text.encode()) for text in contest.replies(one)),
            "bytes",
        )
        for one in (OURS, PLAIN)
    )
    return [compared(plain, to=ours), ours]


def _rate(turn: Round) -> float:
    return turn.result.rate


def _processor(turn: Round) -> float:
    return turn.processor / turn.count
