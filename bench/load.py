"""A small load generator: many kept-open connections, one thread, the next request as soon as an answer is whole."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

CONNECTIONS = 32
LONGEST_WAIT = 30.0  # seconds for one answer


@dataclass
class Result:
    """What came of it. `waits` are seconds from request to whole answer."""

    seconds: float = 0.0
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


@dataclass
class Line:
    """One connection and the answer that is just coming in."""

    sock: socket.socket
    sent_at: float = 0.0
    buffer: bytes = b""


def drive(port: int, requests: Sequence[bytes], connections: int = CONNECTIONS) -> Result:
    """Sends all requests over `connections` lines. Raises RuntimeError at the first answer that is not 200."""
    result, waiting = Result(), iter(requests)
    begun = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for _ in range(min(connections, len(requests))):
            line = Line(socket.create_connection(("127.0.0.1", port)))
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(line.sock, selectors.EVENT_READ, line)
            _send_next(line, waiting, selector)
        while selector.get_map():
            ready = selector.select(LONGEST_WAIT)
            if not ready:
                raise RuntimeError("no answer")
            for key, _ in ready:
                _receive(key.data, waiting, selector, result)
    result.seconds = time.perf_counter() - begun
    return result


def _send_next(line: Line, waiting: Iterator[bytes], selector: selectors.BaseSelector) -> None:
    request = next(waiting, None)
    if request is None:
        selector.unregister(line.sock)
        line.sock.close()
        return
    line.buffer, line.sent_at = b"", time.perf_counter()
    line.sock.sendall(request)


def _receive(line: Line, waiting: Iterator[bytes], selector: selectors.BaseSelector, result: Result) -> None:
    part = line.sock.recv(65536)
    line.buffer += part
    head, gap, body = line.buffer.partition(b"\r\n\r\n")
    if not part or (gap and not head.startswith(b"HTTP/1.1 200")):
        raise RuntimeError(f"unexpected answer: {line.buffer[:200]!r}")
    if gap and len(body) >= _length(head):
        result.waits.append(time.perf_counter() - line.sent_at)
        result.bodies.append(body)
        _send_next(line, waiting, selector)


def _length(head: bytes) -> int:
    for row in head.split(b"\r\n"):
        name, _, value = row.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise RuntimeError(f"an answer without its length: {head!r}")
