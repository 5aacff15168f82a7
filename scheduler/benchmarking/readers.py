"""Readers of feeds, many at a time, as a process of its own that costs as little as it can.

Each reader keeps a connection and asks over and over; it measures from the moment at which it asks to the
last byte of the answer. All are connected, and have been answered once, before anything is measured. Run as
``python -m scheduler.benchmarking.readers`` this takes an order as JSON from standard input, and prints what
was measured as JSON; with ``answer N`` it answers everything with N bytes instead, as the least that any
server does.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from urllib.parse import urlsplit

_COMMAND = [sys.executable, "-m", "scheduler.benchmarking.readers"]
_END_SECONDS = 30.0
_HEAD_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"


@dataclass(frozen=True, slots=True)
class Order:
    """What readers do.

    Attributes
    ----------
    url : str
        Of the server.
    paths : tuple of str
        What they ask for, each reader in an order of its own.
    readers : int
        How many at a time.
    seconds : float
        For how long.
    pause : float
        Seconds between two questions of one reader, on average; 0: it asks again at once.
    seed : int
    """

    url: str
    paths: tuple[str, ...]
    readers: int = 200
    seconds: float = 20.0
    pause: float = 0.0
    seed: int = 0


@dataclass(slots=True)
class Measured:
    """What readers have measured: seconds that each answer took, and what it was."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    size: int = 0
    processor: float = 0.0
    took: float = 0.0

    def at(self, share: float) -> float:
        """Return the seconds within which a share of all answers have come."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.seconds) / self.took

    def count(self, status: bytes) -> None:
        """Note the status of an answer."""
        name = status.decode()
        self.statuses[name] = self.statuses.get(name, 0) + 1


class Reader(asyncio.Protocol):
    """One reader on its connection."""

    def __init__(self, order: Order, number: int, into: Measured) -> None:
        self._order = order
        self._random = random.Random(order.seed * 100_003 + number)
        self._into = into
        self._until = math.inf
        self._host = urlsplit(order.url).netloc
        self._requests = [self._request(path) for path in order.paths]
        self._began = 0.0
        self._missing = -1
        self._size = 0
        self._status = b""
        self._head = b""
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def _request(self, path: str) -> bytes:
        head = f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept-Encoding: gzip\r\n\r\n"
        return head.encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask once, for nothing."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        self._ask()

    def begin(self, until: float) -> None:
        """Begin, after a while of one's own."""
        self._until = until
        first = self._random.random() * (self._order.pause or 0.1)
        asyncio.get_running_loop().call_later(first, self._ask)

    def connection_lost(self, exc: Exception | None) -> None:
        """End; too early, if the server has ended it."""
        for each in (self.ready, self.ended):
            if not each.done():
                each.set_exception(exc or ConnectionError("the server has closed the connection"))

    def data_received(self, data: bytes) -> None:
        """Take in a part of an answer."""
        if self._missing < 0:
            self._head += data
            at = self._head.find(_HEAD_END)
            if at < 0:
                return
            head, data, self._head = self._head[: at + 2], self._head[at + 4 :], b""
            self._status = head[9:12]
            length = head.lower().partition(_LENGTH)[2]
            self._size = self._missing = int(length.split(b"\r\n", 1)[0] or 0)
        self._missing -= len(data)
        if self._missing == 0:
            self._missing = -1
            self._answered()

    def _answered(self) -> None:
        if not self.ready.done():
            self.ready.set_result(None)
            return
        self._into.seconds.append(time.perf_counter() - self._began)
        self._into.count(self._status)
        self._into.size += self._size
        self._go_on()

    def _go_on(self) -> None:
        if self._order.pause:
            wait = self._order.pause * (0.5 + self._random.random())
            asyncio.get_running_loop().call_later(wait, self._ask)
        else:
            self._ask()

    def _ask(self) -> None:
        now = time.perf_counter()
        if now > self._until:
            if not self.ended.done():
                self.ended.set_result(None)
            self._transport.close()
            return
        self._began = now
        self._transport.write(self._random.choice(self._requests))


async def read(order: Order) -> Measured:
    """Have readers read; return what they have measured."""
    parts = urlsplit(order.url)
    address = (parts.hostname or "", parts.port or 80)
    loop = asyncio.get_running_loop()
    made, readers = Measured(), []
    for number in range(order.readers):
        reader = Reader(order, number, made)
        await loop.create_connection(partial(_same, reader), *address)
        readers.append(reader)
    async with asyncio.timeout(order.seconds + _END_SECONDS):
        await asyncio.gather(*(reader.ready for reader in readers))
        began, spent = time.perf_counter(), time.process_time()
        for reader in readers:
            reader.begin(began + order.seconds)
        await asyncio.gather(*(reader.ended for reader in readers))
    made.took, made.processor = time.perf_counter() - began, time.process_time() - spent
    return made


def _same(reader: Reader) -> Reader:
    return reader


def run(order: Order) -> Measured:
    """Have readers read in a process of their own.

    Raises
    ------
    RuntimeError
        If they could not.
    """
    said = subprocess.run(
        _COMMAND, input=json.dumps(asdict(order)), capture_output=True, text=True, check=False
    )
    if said.returncode:
        raise RuntimeError(f"the readers have failed: {said.stderr}")
    return Measured(**json.loads(said.stdout))


class _Answerer(asyncio.Protocol):
    """Answers everything with the same."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if data.endswith(_HEAD_END):
            self._transport.write(self._answer)


@contextmanager
def answering(size: int) -> Iterator[str]:
    """Give the address of a process that answers everything with some bytes: what readers cost by themselves.

    Parameters
    ----------
    size : int
        Of the body of an answer.
    """
    command = [*_COMMAND, "answer", str(size)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


async def _answer(size: int) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: {size}\r\n\r\n"
    answer = head.encode() + b"x" * size
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Answerer(answer), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)  # until whoever has started this ends


def _main(words: list[str]) -> None:
    if words[:1] == ["answer"]:
        asyncio.run(_answer(int(words[1])))
    else:
        order = Order(**json.loads(sys.stdin.read()))
        print(json.dumps(asdict(asyncio.run(read(order)))))


if __name__ == "__main__":
    _main(sys.argv[1:])
