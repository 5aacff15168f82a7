"""What a service bears: 200 readers of feeds beside two solves, 50 jobs, memory over 10,000 requests.

    python benchmarks/service_load.py [--readers 200] [--seconds 20] [--jobs 50] [--requests 16000]

A server (``scheduler serve``, SQLite, two jobs at a time) is started on a free port of 127.0.0.1, with Asia
Innova 2017 published. The readers are a process of their own; what they cost by themselves is measured too,
with a process that answers everything with the same bytes. The report goes to ``service.md`` and
``service.json`` in ``--out``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.benchmarking import readers
from scheduler.benchmarking.loading import (
    Given,
    Memory,
    Queued,
    given_out,
    memory_over,
    processor_seconds,
    queued,
    solving,
)
from scheduler.benchmarking.machine import machine
from scheduler.benchmarking.servers import Server

ROOT = Path(__file__).parents[1]
NAME = "asia-innova-2017"
OPTIONS = ("--no-auth", "--jobs", "2")
WARM = 6_000
"""After so many requests everything has been used often enough."""
BUDGET = 0.050
"""Seconds within which 99 of 100 answers should come."""


@dataclass(frozen=True)
class Reading:
    """What readers have measured in one setting."""

    name: str
    pause: float
    answers: int
    rate: float
    p50: float
    p99: float
    most: float
    size: float
    statuses: dict[str, int]
    of_readers: float
    of_server: float | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each measurement of feeds")
    parser.add_argument("--nice", type=int, default=0, help="niceness while feeds are read")
    parser.add_argument("--jobs", type=int, default=50)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds of each of these")
    parser.add_argument("--requests", type=int, default=16_000)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        feeds = list(read_feeds(Path(folder), given))
        jobs, memory = bear(Path(folder), given)
    data = {
        "machine": machine(()),
        "load_before": LOAD,
        "feeds": [asdict(each) for each in feeds],
        "jobs": jobs._asdict(),
        "memory": asdict(memory),
    }
    text = "\n".join([*report(given, feeds, jobs, memory), ""])
    (given.out / "service.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    (given.out / "service.md").write_text(text, encoding="utf-8")
    print(text)


LOAD = os.getloadavg()[0]


def given_asia(server: Server) -> Given:
    instance = ROOT / "instances" / f"{NAME}.yaml"
    solution = ROOT / "solutions" / NAME / f"{NAME}.solution.yaml"
    return given_out(server, instance.read_bytes(), solution.read_bytes())


# -- feeds ---------------------------------------------------------------------------------------------


def read_feeds(folder: Path, given: argparse.Namespace) -> Iterator[Reading]:
    """Yield what readers measure: by themselves, of an idle server, and of one that solves."""
    with Server(folder, options=OPTIONS) as server:
        for process in ("self", server.process.pid):
            stand(process, given.nice)
        asia = given_asia(server)
        order = readers.Order(server.url, asia.feeds, given.readers, given.seconds)
        yield from told(reading(server, "server idle, at once again", order))
        patience = 10 * given.seconds + 300
        with solving(server, 2, patience):
            busy = reading(server, "two solves, at once again", order)
            yield from told(busy)
            for pause in (0.2, 1.0):
                paced = replace(order, pause=pause)
                yield from told(reading(server, f"two solves, again after {pause:g} s", paced))
            with readers.answering(round(busy.size)) as url:
                alone = readers.run(replace(order, url=url))
            yield from told(summed("two solves, no service: the least", order, alone))
    stand("self", 0)


def stand(process: int | str, niceness: int) -> None:
    """Set the niceness of the session of a process, among which a machine shares its time (Linux)."""
    path = Path(f"/proc/{process}/autogroup")
    if niceness or path.exists():
        path.write_text(str(niceness), encoding="utf-8")


def reading(server: Server, name: str, order: readers.Order) -> Reading:
    before = processor_seconds(server.process.pid)
    measured = readers.run(order)
    spent = processor_seconds(server.process.pid) - before
    return replace(summed(name, order, measured), of_server=spent / len(measured.seconds))


def summed(name: str, order: readers.Order, measured: readers.Measured) -> Reading:
    count = len(measured.seconds)
    return Reading(
        name=name,
        pause=order.pause,
        answers=count,
        rate=measured.rate,
        p50=measured.at(0.5),
        p99=measured.at(0.99),
        most=measured.at(1.0),
        size=measured.size / count,
        statuses=measured.statuses,
        of_readers=measured.processor / count,
    )


def told(reading: Reading) -> Iterator[Reading]:
    print(reading, file=sys.stderr, flush=True)
    yield reading


# -- jobs and memory -----------------------------------------------------------------------------------


def bear(folder: Path, given: argparse.Namespace) -> tuple[Queued, Memory]:
    """Return how jobs have ended, and what a server holds over many requests."""
    with Server(folder, options=OPTIONS, database=f"sqlite:///{folder}/second.db") as server:
        asia = given_asia(server)
        jobs = queued(server, asia.programme, given.jobs, given.limit)
        print(jobs, file=sys.stderr, flush=True)
        return jobs, memory_over(server, asia, given.requests)


# -- the report ----------------------------------------------------------------------------------------


def report(given: argparse.Namespace, feeds: list[Reading], jobs: Queued, memory: Memory) -> Iterator[str]:
    """Yield the lines of the report."""
    yield "# What a service bears\n"
    yield from (f"- {line}" for line in machine(()))
    yield f"- busy with other things when it began: {LOAD:.1f} processes; niceness beside them while"
    yield f"  feeds are read: {given.nice}"
    yield f"- `scheduler serve {' '.join(OPTIONS)}`, SQLite; Asia Innova 2017 published\n"
    yield f"## {given.readers} readers of feeds\n"
    yield FEEDS
    yield "| setting | answers | in a second | p50 ms | p99 ms | most ms | server µs | readers µs |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    yield from (f"| {' | '.join(cells(each))} |" for each in feeds)
    yield ""
    busy = [each for each in feeds if each.of_server is not None and each.name.startswith("two")]
    good = [each.name for each in busy if each.p99 < BUDGET]
    yield f"Under {BUDGET * 1000:.0f} ms at p99 while two solves run: {'; '.join(good) or 'none'}."
    yield ""
    yield f"## {given.jobs} jobs in a row\n"
    yield f"As many solves of Asia Innova, {given.limit:g} s at the most each, two at a time:"
    ended = ", ".join(f"{count} {state}" for state, count in jobs.states.items() if count)
    yield f"{ended} after {jobs.seconds:.0f} s; {jobs.schedules} schedules, {jobs.valid} of them valid.\n"
    yield f"## Memory over {given.requests} requests\n"
    yield from memory_told(given, memory)


def cells(each: Reading) -> Iterator[str]:
    yield each.name
    yield f"{each.answers:,}"
    yield f"{each.rate:,.0f}"
    yield from (f"{1000 * seconds:.1f}" for seconds in (each.p50, each.p99, each.most))
    yield "" if each.of_server is None else f"{1e6 * each.of_server:.0f}"
    yield f"{1e6 * each.of_readers:.0f}"


def memory_told(given: argparse.Namespace, memory: Memory) -> Iterator[str]:
    mebi = 1024 * 1024
    warm = min(WARM, given.requests // 2)
    third = (given.requests - warm) // 3
    early = memory.mean(warm, warm + third) / mebi
    late = memory.mean(given.requests - third, given.requests) / mebi
    most = max(size for _, size in memory.samples) / mebi
    yield "Of all kinds: programmes, schedules, checks, exports, feeds, publishing again, what is not there,"
    yield "what is wrong."
    yield f"Answers by status: {', '.join(f'{k}: {n:,}' for k, n in sorted(memory.statuses.items()))}.\n"
    yield "| after requests | resident, MiB |"
    yield "|---:|---:|"
    step = max(1, len(memory.samples) // 10)
    yield from (f"| {after:,} | {size / mebi:.1f} |" for after, size in memory.samples[step - 1 :: step])
    yield ""
    grown = f"{late - early:+.1f} MiB ({100 * (late / early - 1):+.1f} %)"
    yield f"On average in the third after {warm:,} requests {early:.1f} MiB, in the last {late:.1f}: {grown}."
    yield f"The most is {most:.1f} MiB."


FEEDS = """Each reader keeps a connection and asks for the calendar of anybody, compressed, with no condition;
when it has the answer it asks again at once, so that all of them always wait, or after a pause (on average).
From asking to the last byte, seen by the reader. *server*, *readers*: processor time of an answer. The last
row is what the same readers measure of a process that answers everything with the same bytes.
"""

if __name__ == "__main__":
    main()
