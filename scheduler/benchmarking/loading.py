"""What is asked of a server to see how it bears it: feeds, jobs that wait, thousands of requests."""

from __future__ import annotations

import http.client
import json
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from scheduler.benchmarking.killing import ENDED
from scheduler.benchmarking.servers import API, Server, until
from scheduler.exports.instance_file import instance_text
from scheduler.generating import GenerateSpec, generate

_YAML = "application/yaml"
_LONG = GenerateSpec(meetings=400, seed=1, utilisation=1.1)
"""A programme that is not solved to the end within minutes."""


@dataclass(frozen=True, slots=True)
class Given:
    """A programme that a server has published.

    Attributes
    ----------
    programme, schedule : str
        Their ids.
    feeds : tuple of str
        Where its calendars are, below the server's address.
    """

    programme: str
    schedule: str
    feeds: tuple[str, ...]


def given_out(server: Server, instance: bytes, solution: bytes) -> Given:
    """Upload a programme with a schedule, and publish that.

    Raises
    ------
    RuntimeError
        If it is not accepted.
    """
    programme = server.upload(instance)
    there = f"{API}/programmes/{programme}/schedules"
    schedule = str(server.ask("POST", there, solution, {"Content-Type": _YAML}).json()["id"])
    server.post(f"/programmes/{programme}/publications", {"schedule": schedule})
    feeds = server.get(f"/programmes/{programme}/feeds")
    paths = tuple(urlsplit(feed["address"]).path for feed in feeds)
    return Given(programme, schedule, paths)


@contextmanager
def solving(server: Server, count: int, seconds: float) -> Iterator[list[str]]:
    """Have a server solve so much, for so long, that it is at it all the while.

    Raises
    ------
    RuntimeError
        If it has ended before.
    """
    programme = server.upload(instance_text(generate(_LONG)).encode())
    asked = {"time_limit": seconds, "workers": 1}
    jobs = [server.post(f"/programmes/{programme}/solves", asked)["id"] for _ in range(count)]
    until(lambda: _running(server, jobs) == count, 60)
    yield jobs
    if _running(server, jobs) < count:
        raise RuntimeError("a solve has ended before what was to be measured beside it")
    for job in jobs:
        server.ask("DELETE", f"{API}/jobs/{job}")
    until(lambda: _running(server, jobs) == 0, 60)


def _running(server: Server, jobs: Sequence[str]) -> int:
    return _states(server, jobs).count("running")


def _states(server: Server, jobs: Sequence[str]) -> list[str]:
    return [server.get(f"/jobs/{job}")["state"] for job in jobs]


class Queued(NamedTuple):
    """How a row of jobs has ended."""

    states: Mapping[str, int]
    schedules: int
    valid: int
    seconds: float


def queued(server: Server, programme: str, count: int, limit: float, patience: float = 1800.0) -> Queued:
    """Ask for many solves at once; return how all of them have ended.

    Parameters
    ----------
    server : Server
    programme : str
        What is to be solved.
    count : int
        How many times.
    limit : float
        Seconds of each.
    patience : float
        Seconds after which they are looked at as they are.
    """
    began = time.monotonic()
    asked = {"time_limit": limit, "workers": 1}
    jobs = [
        server.post(f"/programmes/{programme}/solves", {**asked, "seed": seed})["id"] for seed in range(count)
    ]
    until(lambda: all(state in ENDED for state in _states(server, jobs)), patience, 1.0)
    took = time.monotonic() - began
    found = [server.get(f"/jobs/{job}") for job in jobs]
    schedules = [job["schedule"] for job in found if job["schedule"] is not None]
    valid = sum(server.get(f"/schedules/{schedule}/check")["valid"] for schedule in schedules)
    counts = {state: sum(job["state"] == state for job in found) for state in ENDED}
    return Queued(counts, len(set(schedules)), valid, took)


@dataclass
class Memory:
    """What a server holds after so many requests.

    Attributes
    ----------
    samples : list of (int, int)
        After how many requests; bytes.
    statuses : dict of str to int
        What was answered how often.
    """

    samples: list[tuple[int, int]] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)

    def mean(self, first: int, last: int) -> float:
        """Return the mean of the samples from one number of requests to another, in bytes."""
        some = [size for after, size in self.samples if first <= after <= last]
        return sum(some) / len(some)


def memory_over(server: Server, given: Given, requests: int, every: int = 250, seed: int = 0) -> Memory:
    """Make many requests of all kinds; return what the server held in between.

    Raises
    ------
    RuntimeError
        If an answer is a fault of the server.
    """
    made, choose = Memory(), random.Random(seed)
    kinds = [kind for kind, weight in _kinds(given) for _ in range(weight)]
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    with closing(connection):
        for number in range(1, requests + 1):
            asked = choose.choice(kinds)(choose)
            connection.request(asked.method, asked.path, asked.body, asked.headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 500:
                raise RuntimeError(f"{answer.status} to {asked.method} {asked.path}")
            made.statuses[str(answer.status)] = made.statuses.get(str(answer.status), 0) + 1
            if number % every == 0:
                made.samples.append((number, resident(server.process.pid)))
    return made


class _Request(NamedTuple):
    """A request."""

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = {}


_Kind = Callable[[random.Random], _Request]


def _kinds(given: Given) -> Iterator[tuple[_Kind, int]]:
    """Yield kinds of requests, and how often each comes beside the others."""
    programme, schedule = f"{API}/programmes/{given.programme}", f"{API}/schedules/{given.schedule}"
    for path, weight in (
        (f"{API}/programmes", 4),
        (programme, 4),
        (f"{programme}/jobs", 4),
        (f"{programme}/feeds", 2),
        (f"{programme}/publications/1", 2),
        (f"{programme}/versions/1/instance", 2),
        (schedule, 4),
        (f"{schedule}/check", 1),
        (f"{schedule}/exports/ics?by=participant", 1),
        (f"{schedule}/exports/csv?by=delegation", 1),
        (f"{API}/openapi.json", 1),
        (f"{API}/programmes/nobody", 2),
        (f"/feeds/{'A' * 54}.ics", 2),
        ("/", 2),
    ):
        yield _get(path), weight
    yield (lambda choose: _Request("GET", choose.choice(given.feeds), None, {"Accept-Encoding": "gzip"})), 20
    publish = json.dumps({"schedule": given.schedule}).encode()
    json_ = {"Content-Type": "application/json"}
    yield (lambda _: _Request("POST", f"{programme}/publications", publish, json_)), 1
    yield (lambda _: _Request("POST", f"{programme}/solves", b'{"workers": 0}', json_)), 2
    bad = b"programme: {id: [}\n"
    yield (lambda _: _Request("POST", f"{API}/programmes/validate", bad, {"Content-Type": _YAML})), 2


def _get(path: str) -> _Kind:
    return lambda _: _Request("GET", path)


def resident(process: int) -> int:
    """Return how many bytes of memory a process has (Linux only)."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def processor_seconds(process: int) -> float:
    """Return how many seconds of a processor a process has taken (Linux only)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
