import asyncio

import pytest
import uvicorn
from uvicorn.server import ServerState

from scheduler.service.connections import MOST, BoundedProtocol

LARGE = b"x" * (MOST - 1000)


async def told(scope, receive, send):
    """Answer with the number of fields, and that of bytes of the body."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    text = b"%d %d" % (len(scope["headers"]), size)
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(text))]}
    )
    await send({"type": "http.response.body", "body": text})


class Pause(float):
    """Seconds in which nothing is sent."""


def answers(*pieces):
    """Send pieces of requests over one connection; return all that is answered."""

    async def talk():
        config = uvicorn.Config(told, http=BoundedProtocol, log_level="critical", lifespan="off")
        config.load()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: BoundedProtocol(config=config, server_state=ServerState(), app_state={}), "127.0.0.1", 0
        )
        async with server, asyncio.timeout(20):
            reading, writing = await asyncio.open_connection(*server.sockets[0].getsockname())
            try:
                for piece in pieces:
                    if isinstance(piece, Pause):
                        await asyncio.sleep(piece)
                        continue
                    writing.write(piece)
                    await writing.drain()
                    await asyncio.sleep(0)
            except ConnectionError:
                pass  # it has been refused before it was all told
            try:
                return await reading.read()
            except ConnectionResetError:
                return b"reset"
            finally:
                writing.close()

    return asyncio.run(talk())


CLOSE = b"Connection: close\r\n\r\n"


def test_requests_are_answered_one_after_the_other():
    first = b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
    said = answers(first, first, b"GET / HTTP/1.1\r\n" + CLOSE)
    assert said.count(b"HTTP/1.1 200 OK") == 3
    assert said.count(b"\r\n\r\n1 5") == 2


def test_a_large_head_is_taken():
    said = answers(b"GET / HTTP/1.1\r\nX: " + LARGE + b"\r\n" + CLOSE)
    assert said.endswith(b"\r\n\r\n2 0")


def test_many_requests_are_no_large_one():
    request = b"GET / HTTP/1.1\r\nX: " + b"x" * 1000 + b"\r\n\r\n"
    said = answers(request * (2 * MOST // 1000), b"GET / HTTP/1.1\r\n" + CLOSE)
    assert said.count(b"HTTP/1.1 200 OK") == 2 * MOST // 1000 + 1


def test_a_large_body_is_no_large_head():
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + CLOSE
    said = answers(head, *(piece for _ in range(8)), b"0\r\nLate: x\r\n\r\n")
    assert said.endswith(b"\r\n\r\n2 %d" % (8 * 0x10000))


@pytest.mark.parametrize(
    "pieces",
    [
        (b"GET /", *[LARGE] * 40),
        (b"GET / HTTP/1.1\r\nX: ", *[LARGE] * 40),
        (b"GET / HTTP/1.1\r\n", *[b"X: y\r\n" * 10_000] * 40),
        (b"GET / HTTP/1.1\r\n", *[LARGE] * 40),
    ],
    ids=["address", "value", "fields", "name"],
)
def test_a_head_without_an_end_is_refused(pieces):
    said = answers(*pieces)
    assert said.startswith(b"HTTP/1.1 400") or said == b"reset"


def test_fields_after_a_body_have_an_end():
    head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"
    said = answers(head, *[b"X: y\r\n" * 10_000] * 40)
    assert b"HTTP/1.1 200" not in said


@pytest.mark.parametrize(
    "pieces",
    [(), (b"GET /",), (b"GET / HTTP/1.1\r\nX: y\r\n",), (b"GET / HTTP/1.1\r\n\r\n", b"GET /")],
    ids=["nothing", "address", "fields", "the second"],
)
def test_a_head_that_does_not_come_is_waited_for_only_so_long(pieces, monkeypatch):
    monkeypatch.setattr("scheduler.service.connections.HEAD_SECONDS", 0.2)
    said = answers(*pieces)  # this returns when the connection is at its end
    assert said.count(b"HTTP/1.1 200 OK") == (len(pieces) == 2)


def test_a_body_may_take_longer_than_a_head(monkeypatch):
    monkeypatch.setattr("scheduler.service.connections.HEAD_SECONDS", 0.2)
    head = b"POST / HTTP/1.1\r\nContent-Length: 5\r\n" + CLOSE
    assert answers(head, b"he", Pause(0.5), b"llo").endswith(b"\r\n\r\n2 5")
