"""A lean load generator: one thread, kept-open connections, requests and answers as plain bytes.

`drive` sends the next request as soon as an answer is whole, for the top rate. `pace` sends on a schedule whether or
not answers have come, and counts each wait from the scheduled moment, so that a server that stalls cannot hide it.
What sends more than a server can answer is in bench/flood.py.
"""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.questions import SealedQuestion

CONNECTIONS = 32
LONGEST_WAIT = 30.0  # seconds for one answer


@dataclass
class Result:
    """What came of it. `waits` are seconds to the whole answer; `busy` the generator's own share of one processor."""

    seconds: float = 0.0
    busy: float = 0.0
    waits: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def wait(self, part: float) -> float:
        """The wait in milliseconds that this part of all answers stayed under."""
        ordered = sorted(self.waits)
        return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]


class Line:
    """One connection, when what it waits for was to be sent, and what has come of the answer."""

    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.since = 0.0
        self.buffer = b""

    def send(self, request: bytes, since: float) -> None:
        """Sends a request that was due at `since`."""
        self.since, self.buffer = since, b""
        self.sock.sendall(request)

    def receive(self) -> bytes | None:
        """The body if the answer is whole. Raises RuntimeError if it is not 200 or the line is cut."""
        part = self.sock.recv(65536)
        self.buffer = self.buffer + part if self.buffer else part
        end = self.buffer.find(b"\r\n\r\n")
        if not part or (end >= 0 and not self.buffer.startswith(b"HTTP/1.1 200")):
            raise RuntimeError(f"unexpected answer: {self.buffer[:200]!r}")
        if end < 0 or len(self.buffer) < end + 4 + body_length(self.buffer, end):
            return None
        return self.buffer[end + 4 :]


def drive(port: int, requests: Sequence[SealedQuestion], connections: int = CONNECTIONS) -> Result:
    """All requests, each as soon as a line is free. Raises RuntimeError at the first answer that is not 200."""
    waiting = iter(requests)

    def next_request(line: Line) -> bool:
        request = next(waiting, None)
        if request is None:
            return False
        line.send(request.now(), time.perf_counter())
        return True

    lines = [Line(port) for _ in range(min(connections, len(requests)))]
    return _run(lines, len(requests), answered=next_request, begin=lambda: [next_request(line) for line in lines])


def pace(port: int, requests: Sequence[SealedQuestion], rate: float, connections: int = 4 * CONNECTIONS) -> Result:
    """All requests at `rate` a second, on time. Raises RuntimeError at the first answer that is not 200."""
    lines = [Line(port) for _ in range(connections)]
    free, begun, sent = deque(lines), time.perf_counter(), 0

    def send_due() -> float:
        nonlocal sent
        now = time.perf_counter()
        while free and sent < len(requests) and begun + sent / rate <= now:
            free.popleft().send(requests[sent].now(), begun + sent / rate)
            sent += 1
        return max(begun + sent / rate - now, 0.0) if sent < len(requests) and free else LONGEST_WAIT

    def answered(line: Line) -> bool:
        free.append(line)
        return True

    return _run(lines, len(requests), answered=answered, tick=send_due)


def _run(
    lines: Sequence[Line],
    count: int,
    *,
    answered: Callable[[Line], bool],
    begin: Callable[[], object] = list,
    tick: Callable[[], float] = lambda: LONGEST_WAIT,
) -> Result:
    """Collects answers until there are `count`. `tick` does what is due and tells how long to wait at most."""
    result, by_number = Result(), {line.sock.fileno(): line for line in lines}
    begun, worked = time.perf_counter(), time.process_time()
    with select.epoll() as poll:
        for number in by_number:
            poll.register(number, select.EPOLLIN)
        begin()
        while len(result.waits) < count:
            patience = tick()
            ready = poll.poll(patience)
            if not ready and patience >= LONGEST_WAIT:
                raise RuntimeError("no answer")
            for number, _ in ready:
                line = by_number[number]
                body = line.receive()
                if body is not None:
                    result.waits.append(time.perf_counter() - line.since)
                    result.bodies.append(body)
                    answered(line)
    result.seconds = time.perf_counter() - begun
    result.busy = (time.process_time() - worked) / result.seconds
    for line in lines:
        line.sock.close()
    return result


def body_length(answer: bytes, end: int) -> int:
    """What the head of an answer, which ends at `end`, says of the body's length. Raises RuntimeError if nothing."""
    head = answer[:end].lower()
    place = head.find(b"content-length:")
    if place < 0:
        raise RuntimeError(f"an answer without its length: {head!r}")
    return int(head[place + 15 :].split(b"\r", 1)[0])
