"""Bodies over a real connection: large ones, endless ones, slow ones, and many at a time."""

import os
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest
from support.besieged import is_problem, listening
from support.served import API, TINY, YAML, settings_in

from scheduler.service.settings import MEBIBYTE, Limits

HUNDRED = 100 * MEBIBYTE
PIECE = b"#" * 65_536
LIMITS = Limits(body_seconds=1.5, bodies=12 * MEBIBYTE)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A service that listens, and gives bodies little time and room."""
    settings = settings_in(tmp_path_factory.mktemp("limited"), jobs=0, limits=LIMITS)
    with listening(settings) as address:
        assert httpx.post(f"{address}{API}/programmes/validate", content=TINY, headers=YAML).is_success
        yield address


@contextmanager
def connected(address, head):
    """Give a connection on which the head of an upload was sent."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        said = f"POST {API}/programmes/validate HTTP/1.1\r\nHost: {host}\r\n{head}\r\n\r\n"
        connection.sendall(said.encode())
        yield connection


def told(connection):
    """Return what is answered, as far as it comes at once."""
    try:
        return connection.recv(65_536).decode()
    except ConnectionResetError:  # it was sent on after the refusal
        return ""


def memory():
    """Return how much this process, and with it the service, holds in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_a_hundred_megabytes_are_refused_by_what_the_head_says(address):
    head = f"Content-Type: application/yaml\r\nContent-Length: {HUNDRED}"
    with connected(address, head) as connection:
        answer = told(connection)
    assert answer.startswith("HTTP/1.1 413 ")
    assert "connection: close" in answer.lower()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="tells no memory")
def test_a_hundred_megabytes_in_pieces_are_not_kept(address):
    before, sent, answer = memory(), 0, ""
    head = "Content-Type: application/yaml\r\nTransfer-Encoding: chunked"
    with connected(address, head) as connection:
        try:
            while sent < HUNDRED:
                connection.sendall(b"%x\r\n%b\r\n" % (len(PIECE), PIECE))
                sent += len(PIECE)
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = told(connection)
    assert answer == "" or answer.startswith("HTTP/1.1 413 ")
    assert memory() - before < 3 * LIMITS.body


@pytest.mark.parametrize(
    ("length", "statuses"),
    [("-1", "400"), ("1e3", "400"), ("9" * 30, "400 413"), ("0x10", "400"), ("5, 6", "400")],
)
def test_lengths_that_are_none(address, length, statuses):
    with connected(address, f"Content-Type: application/yaml\r\nContent-Length: {length}") as connection:
        assert told(connection).split(" ")[1] in statuses.split()


def test_a_body_that_does_not_come_to_its_end_is_waited_for_only_so_long(address):
    with connected(address, "Content-Type: application/yaml\r\nContent-Length: 1000") as connection:
        connection.sendall(b"programme:")
        assert told(connection).startswith("HTTP/1.1 408 ")


def test_all_bodies_together_have_a_limit(address):
    most, statuses = LIMITS.body - 1, []

    def send():
        head = f"Content-Type: application/yaml\r\nContent-Length: {most}"
        with connected(address, head) as connection:
            try:
                for _ in range(most // len(PIECE)):
                    connection.sendall(PIECE)
            except (BrokenPipeError, ConnectionResetError):
                pass
            statuses.append(told(connection).partition(" ")[2][:3])

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {"408", "503", ""}
    assert "503" in statuses
    fine = httpx.post(f"{address}{API}/programmes/validate", content=TINY, headers=YAML)
    assert fine.is_success  # what they held is free again


@pytest.mark.parametrize(
    "said",
    [
        b"\0" * 1000,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 200,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET http://evil.example/api/v1/health HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /api/v1/health HTTP/1.1\r\n\r\n",
        b"GET /api/v1/health HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /api/v1/health HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /api/v1/health\r\n\r\n",
        b"GET /../../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /static/../../app.py HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /static/%2e%2e/%2e%2e/app.py HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /%ff%fe%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /api/v1/programmes?%ff=%00 HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
        b"POST /api/v1/programmes HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /api/v1/programmes HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"ffffffffffffffffff\r\n",
    ],
)
def test_what_is_no_request_of_ours_is_refused_and_the_next_is_answered(address, said):
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(said)
        connection.shutdown(socket.SHUT_WR)
        answer = told(connection)
    assert answer == "" or answer.split(" ")[1] in ("400", "403", "404", "422"), answer
    assert "root:" not in answer
    assert httpx.get(f"{address}{API}/health").status_code == 200


@pytest.mark.parametrize(
    "path", ["/programmes/PROGRAMME/solves", "/programmes/PROGRAMME/publications", "/nothing"]
)
def test_where_no_file_is_sent_bodies_are_small(address, path):
    answer = httpx.post(f"{address}{API}{path}", content=b"[" * (MEBIBYTE + 1))
    assert answer.status_code == 413
    assert is_problem(answer)


@pytest.mark.parametrize("path", ["/programmes", "/programmes/validate"])
def test_a_file_may_be_larger(address, path):
    content = TINY + b"#" * (LIMITS.body - len(TINY))
    assert httpx.post(f"{address}{API}{path}", content=content, headers=YAML, timeout=30).is_success
    assert httpx.post(f"{address}{API}{path}", content=content + b"#", headers=YAML).status_code == 413


def test_a_get_with_a_body_is_limited_too(address):
    assert httpx.request("GET", f"{address}{API}/health", content=b"x" * (MEBIBYTE + 1)).status_code == 413
