"""``kill -9`` of a server in the middle of twenty running solves, ten times over.

Usage: ``python benchmarks/killed.py [--kills 10] [--jobs 20] [--seed 1] [--database URL] [--out FILE]``.
A server is started, with a database of its own; so many solves are asked for that twenty are under way, each
in a child process. Between one and fifteen seconds later (by chance) its process is sent SIGKILL, nothing is
left of it and its children, it is started again, and there are twenty again: what was begun, and new ones
for those that have ended. After the last kill all may end. Then every job has to be done, with one end, one
schedule, and that keeps all rules by the checker; otherwise the exit code is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scheduler.benchmarking.killing import Fate, ended, fates, states
from scheduler.benchmarking.machine import machine
from scheduler.benchmarking.servers import Server, until

INSTANCES = Path(__file__).parents[1] / "instances"
PROGRAMMES = ("tiny", "every-rule", "over-full", "asia-innova-2017")
"""They take from half a second to 7 seconds of one core."""
ASKED = {"time_limit": 600, "workers": 1, "deterministic": True}
PATIENCE = 1800.0
MOST_WAIT = 15.0

NOTES = """
*running*: solves that are in state `running` when the signal is sent, each in a process of its own. *ended*:
those that were done by then, of all before. *left*: processes of the server and its children five seconds
after the signal. *start*: seconds until the server answers again. *all again*: seconds until all that were
running run again; the lease of the dead server has to be over for that.
"""


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill, what it has hit, and what came after."""

    running: int
    processes: int
    ended: int
    left: int
    start: float
    again: float

    def cells(self, number: int) -> tuple[str, ...]:
        """Return what stands in the row."""
        counts = (number, self.running, self.processes, self.ended, self.left)
        return (*map(str, counts), f"{self.start:.1f}", f"{self.again:.1f}")


class Story:
    """A server that is killed again and again while it has so many jobs.

    Parameters
    ----------
    server : Server
        Started.
    jobs : int
        How many are to be under way at each kill.
    chance : random.Random
    """

    def __init__(self, server: Server, jobs: int, chance: random.Random) -> None:
        self.server = server
        self.most = jobs
        self.chance = chance
        files = {name: (INSTANCES / f"{name}.yaml").read_bytes() for name in PROGRAMMES}
        self.programmes = {name: server.upload(content) for name, content in files.items()}
        self.jobs: dict[str, list[str]] = {name: [] for name in PROGRAMMES}

    @property
    def count(self) -> int:
        """How many jobs were asked for."""
        return sum(map(len, self.jobs.values()))

    def kill(self) -> Kill:
        """Fill up, let them run for a while, kill the server, and start it again."""
        wait_for(self._is_full, f"{self.most} run")
        time.sleep(self.chance.uniform(1, MOST_WAIT))
        wait_for(self._is_full, f"{self.most} run")  # some have ended meanwhile
        processes = len(self.server.family()) - 1
        found, before = states(self.server, self.programmes.values()), self._running()
        self.server.kill()
        self.server.is_childless_within(5)
        left = len(self.server.family())
        began = time.monotonic()
        self.server.start()
        start = time.monotonic() - began
        wait_for(lambda: self._have_all_gone_on(before), "all are begun again")
        return Kill(found["running"], processes, ended(found), left, start, time.monotonic() - began)

    def _running(self) -> dict[str, int]:
        """Return which jobs run, and how often each was begun."""
        every = (self.server.get(f"/programmes/{programme}/jobs") for programme in self.programmes.values())
        return {job["id"]: job["attempts"] for jobs in every for job in jobs if job["state"] == "running"}

    def _have_all_gone_on(self, before: dict[str, int]) -> bool:
        """Return whether none of those that were running still is as its dead server has left it."""
        now = self._running()
        return not any(now.get(job) == attempts for job, attempts in before.items())

    def see_through(self) -> list[Fate]:
        """Let all jobs end; return what became of them."""
        if not until(lambda: self._ended() == self.count, PATIENCE, 0.5):
            print(f"only {self._ended()} of {self.count} have ended", file=sys.stderr)
        return [
            fate
            for name, programme in self.programmes.items()
            for fate in fates(self.server, programme, self.jobs[name])
        ]

    def _ended(self) -> int:
        return ended(states(self.server, self.programmes.values()))

    def _is_full(self) -> bool:
        """Ask for as many jobs as have ended; return whether so many are running."""
        for _ in range(self.most - (self.count - self._ended())):
            name = self.chance.choice(PROGRAMMES)
            job = self.server.post(f"/programmes/{self.programmes[name]}/solves", ASKED)
            self.jobs[name].append(job["id"])
        return len(self._running()) >= self.most


def wait_for(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds; say so if it does not within a few minutes."""
    if not until(holds, 300, 0.1):
        print(f"it has not come to that: {what}", file=sys.stderr)


def report(arguments: argparse.Namespace, kills: list[Kill], found: list[Fate], where: str) -> Iterator[str]:
    """Yield the lines of the report."""
    faults = [f"{fate.job}: {fault}" for fate in found for fault in fate.faults]
    done = [fate for fate in found if fate.state == "done"]
    begun = [fate.begun for fate in found]
    yield f"# A server that was killed {len(kills)} times in the middle of {arguments.jobs} running solves\n"
    yield from (f"- {line}" for line in machine(()))
    asked = f"--kills {arguments.kills} --jobs {arguments.jobs} --seed {arguments.seed}"
    yield f"- `python benchmarks/killed.py {asked}`"
    yield f"- database: {where}"
    yield f"- jobs: {len(found)}, done: {len(done)}; begun {sum(begun)} times, one of them {max(begun)} times"
    schedules = sum(fate.schedules for fate in found)
    yield f"- schedules: {schedules}; lost, ended twice or invalid: {len(faults)}\n"
    yield from table(kills)
    yield NOTES
    yield "| a job was begun | jobs |"
    yield "| ---: | ---: |"
    yield from (f"| {times} | {begun.count(times)} |" for times in sorted(set(begun)))
    yield from (f"\n- {fault}" for fault in faults)


def table(kills: Iterable[Kill]) -> Iterator[str]:
    """Yield the lines of the table."""
    names = ("kill", "running", "processes", "ended", "left", "start", "all again")
    yield f"| {' | '.join(names)} |"
    yield "|" + " ---: |" * len(names)
    for number, kill in enumerate(kills, 1):
        yield f"| {' | '.join(kill.cells(number))} |"


def main() -> int:
    """Run it and write the report; return 1 if a job was lost, or ended twice, or wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/killed.md"))
    arguments = parser.parse_args()
    if arguments.out.is_dir():
        parser.error(f"--out is a file, and {arguments.out} is a folder")
    options = ("--no-auth", "--jobs", str(arguments.jobs), "--lease", "5")
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder), arguments.database, options) as server,
    ):
        story = Story(server, arguments.jobs, random.Random(arguments.seed))
        kills = []
        for _ in range(arguments.kills):
            kills.append(story.kill())
            print(kills[-1], file=sys.stderr, flush=True)
        found = story.see_through()
    where = (arguments.database or "sqlite").partition(":")[0].partition("+")[0]
    text = "\n".join(report(arguments, kills, found, where)) + "\n"
    arguments.out.write_text(text, encoding="utf-8")
    print(text)
    return int(any(fate.faults for fate in found) or len(found) != story.count)


if __name__ == "__main__":
    sys.exit(main())
