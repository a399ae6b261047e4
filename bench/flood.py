"""More messages than a server can answer, as the platform sends them: a new connection for each, and nobody waits for ever.

Each message goes out at its own time whether or not others were answered. Whoever has no answer after their patience
hangs up. One thread; each client comes from one of many loopback addresses, so that no port is used twice too soon.
"""

from __future__ import annotations

import errno
import resource
import select
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.load import CONNECTIONS, LONGEST_WAIT, body_length
from bench.questions import SealedQuestion

ADDRESSES = 64  # 127.0.0.2 and so on
BIND_ADDRESS_NO_PORT = 24  # linux/in.h: the port is chosen only when the connection is made
LOOK_AGAIN = 0.002  # seconds
UNDER_WAY = (0, errno.EINPROGRESS)


@dataclass
class Client:
    """One message and what came of it. Times are seconds from the start; `wait` is None where no answer came in time."""

    due: float
    question: SealedQuestion
    wait: float | None = None
    body: bytes = b""


def send(port: int, clients: Sequence[Client], patience: float) -> float:
    """Sends all at their times, in order, and notes what came of each; the generator's own share of one processor."""
    worked, begun = time.process_time(), time.perf_counter()
    with select.epoll() as poll:
        _Flood(port, patience, poll).run(clients, lambda client, now, _: client.due <= now)
    return (time.process_time() - worked) / (time.perf_counter() - begun)


def fill(port: int, questions: Sequence[SealedQuestion]) -> float:
    """Sends the next message as soon as one was answered, and nobody hangs up: answers a second.

    Raises RuntimeError where more than one in ten is missing.
    """
    clients = [Client(0.0, question) for question in questions]

    def may_come(client: Client, now: float, waiting: int) -> bool:
        client.due = now
        return waiting < CONNECTIONS

    begun = time.perf_counter()
    with select.epoll() as poll:
        _Flood(port, LONGEST_WAIT, poll).run(clients, may_come)
    seconds = time.perf_counter() - begun
    answered = sum(client.wait is not None for client in clients)
    if answered < 0.9 * len(clients):
        raise RuntimeError(f"of {len(clients)} messages {answered} were answered")
    return answered / seconds


def most_clients() -> int:
    """How many may wait at the same time: what the system lets one process open, less a few."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard - 200


class _Flood:
    """The clients that wait just now."""

    def __init__(self, port: int, patience: float, poll: select.epoll) -> None:
        self._port, self._patience, self._poll = port, patience, poll
        self._open: dict[int, tuple[socket.socket, Client]] = {}
        self._buffers: dict[int, bytes] = {}
        self._queue: deque[tuple[int, Client]] = deque()  # in the order in which they came
        self._begun = time.perf_counter()

    def run(self, clients: Sequence[Client], may_come: Callable[[Client, float, int], bool]) -> None:
        """Returns when everybody was answered or has hung up. `may_come` is asked with the time and how many wait."""
        sent = 0
        while sent < len(clients) or self._open:
            now = self._now()
            while sent < len(clients) and may_come(clients[sent], now, len(self._open)):
                self._come(clients[sent], sent)
                sent += 1
            self._hang_up(now)
            for number, what in self._poll.poll(LOOK_AGAIN):
                self._proceed(number, what)

    def _now(self) -> float:
        return time.perf_counter() - self._begun

    def _come(self, client: Client, number: int) -> None:
        line = socket.socket()
        line.setblocking(False)
        line.setsockopt(socket.IPPROTO_IP, BIND_ADDRESS_NO_PORT, 1)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.bind((f"127.0.0.{2 + number % ADDRESSES}", 0))
        if line.connect_ex(("127.0.0.1", self._port)) not in UNDER_WAY:
            line.close()
            return
        handle = line.fileno()
        self._open[handle], self._buffers[handle] = (line, client), b""
        self._queue.append((handle, client))
        self._poll.register(handle, select.EPOLLOUT)  # it can write once it is connected

    def _proceed(self, handle: int, what: int) -> None:
        line, client = self._open[handle]
        try:
            if what & select.EPOLLOUT:
                line.sendall(client.question.now())
                self._poll.modify(handle, select.EPOLLIN)
                return None
            part = line.recv(65536)
        except OSError:  # refused or cut
            return self._go(handle)
        self._buffers[handle] += part
        answer = self._buffers[handle]
        end = answer.find(b"\r\n\r\n")
        whole = end >= 0 and len(answer) >= end + 4 + body_length(answer, end)
        if whole and answer.startswith(b"HTTP/1.1 200"):
            client.wait, client.body = self._now() - client.due, answer[end + 4 :]
        if whole or not part:
            self._go(handle)
        return None

    def _hang_up(self, now: float) -> None:
        while self._queue:
            handle, client = self._queue[0]
            waiting = self._open.get(handle)
            if waiting is not None and waiting[1] is client:
                if now - client.due < self._patience:
                    return
                self._go(handle)
            self._queue.popleft()

    def _go(self, handle: int) -> None:
        line, _ = self._open.pop(handle)
        del self._buffers[handle]
        self._poll.unregister(handle)
        line.close()
