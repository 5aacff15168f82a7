"""``kill -9`` of one of two servers over one PostgreSQL, ten times over, in the middle of twenty solves.

Usage: ``python benchmarks/killed_of_two.py --database URL [--kills 10] [--jobs 20] [--seed 1] [--out FILE]``.
The database is empty, and on this machine. Two servers are started; of each in turn so many solves are asked
for that twenty run. Between one and five seconds later (by chance) the one that runs more of them is sent
SIGKILL. When the other one has taken all that runs, the dead one begins again, and there are twenty again.
After the last kill all may end, and both servers have to answer the same. Every job has to be done, with one
end, one schedule, and that keeps all rules by the checker; otherwise the exit code is 1.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from scheduler.benchmarking.killing import Fate, ended, fates
from scheduler.benchmarking.machine import machine
from scheduler.benchmarking.servers import Server, until
from scheduler.service.store import Store, open_store
from scheduler.service.store.records import Job, State

INSTANCES = Path(__file__).parents[1] / "instances"
PROGRAMMES = ("tiny", "every-rule", "over-full")
"""They take up to 3 seconds of one core."""
ASKED = {"time_limit": 600, "workers": 1, "deterministic": True}
PATIENCE = 900.0
LEASE = 5.0
LONGEST_WAIT = 5.0

NOTES = """
*dead*: which of the two was killed. *running*: solves that ran then, on both; *its own*: processes of jobs
that the dead one had; *left*: how many of these were there five seconds later. *ended*: of all jobs so far.
*gone on*: seconds until the other one has taken what the dead one had, whose lease has to be over for that.
"""


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill, what it has hit, and what came after."""

    dead: str
    running: int
    processes: int
    left: int
    ended: int
    gone_on: float


class Story:
    """Two servers, one of which is killed again and again; the store is looked into beside them."""

    def __init__(
        self, servers: tuple[Server, Server], store: Store, jobs: int, chance: random.Random
    ) -> None:
        self.servers = servers
        self.store = store
        self.most = jobs
        self.chance = chance
        files = {name: (INSTANCES / f"{name}.yaml").read_bytes() for name in PROGRAMMES}
        self.programmes = [servers[0].upload(content) for content in files.values()]
        self.jobs: dict[str, list[str]] = {programme: [] for programme in self.programmes}

    @property
    def count(self) -> int:
        """How many jobs were asked for."""
        return sum(map(len, self.jobs.values()))

    def kill(self) -> Kill:
        """Have twenty run, kill one server, wait until all have gone on, and start it again."""
        self._fill_up()
        wait_for(lambda: len(self._running()) >= self.most, f"{self.most} run")
        time.sleep(self.chance.uniform(1, LONGEST_WAIT))
        running, families = len(self._running()), [len(server.family()) for server in self.servers]
        number = families.index(max(families))
        dead, processes = self.servers[number], families[number] - 1
        dead.kill()
        began, moment = time.monotonic(), dt.datetime.now(dt.UTC)
        dead.is_childless_within(5)
        left = len(dead.family())
        wait_for(lambda: self._are_held(moment), "the other one has taken them all")
        seconds = time.monotonic() - began
        dead.start()
        return Kill("ab"[number], running, processes, left, self._ended(), seconds)

    def see_through(self) -> Iterator[Fate]:
        """Let all jobs end; yield what became of them."""
        wait_for(lambda: self._ended() == self.count, "all have ended")
        for programme, jobs in self.jobs.items():
            yield from fates(self.servers[1], programme, jobs)

    def differences(self) -> int:
        """Return for how many jobs the two servers answer differently."""
        paths = [f"/jobs/{job}" for jobs in self.jobs.values() for job in jobs]
        paths += [f"{path}/schedule" for path in paths]
        return sum(self.servers[0].get(path) != self.servers[1].get(path) for path in paths)

    def _fill_up(self) -> None:
        for number in range(self.most - (self.count - self._ended())):
            programme = self.chance.choice(self.programmes)
            job = self.servers[number % 2].post(f"/programmes/{programme}/solves", ASKED)
            self.jobs[programme].append(job["id"])

    def _ended(self) -> int:
        found = Counter(job.state for programme in self.programmes for job in self.store.jobs.of(programme))
        return ended(found)

    def _running(self) -> list[Job]:
        every = (self.store.jobs.of(programme) for programme in self.programmes)
        return [job for jobs in every for job in jobs if job.state == State.RUNNING]

    def _are_held(self, since: dt.datetime) -> bool:
        """Return whether all that runs has a lease that the dead server cannot have given."""
        last = since + dt.timedelta(seconds=LEASE)
        return all(job.lease_until is not None and job.lease_until > last for job in self._running())


def wait_for(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds; say so if it does not for a long time."""
    if not until(holds, PATIENCE, 0.1):
        print(f"it has not come to that: {what}", file=sys.stderr)


def report(asked: str, kills: list[Kill], found: list[Fate], differences: int) -> Iterator[str]:
    """Yield the lines of the report."""
    faults = [f"{fate.job}: {fault}" for fate in found for fault in fate.faults]
    done = sum(fate.state == "done" for fate in found)
    yield f"# One of two servers was killed {len(kills)} times in the middle of running solves\n"
    yield from (f"- {line}" for line in machine(()))
    yield f"- `python benchmarks/killed_of_two.py --database postgresql+psycopg://... {asked}`"
    yield f"- jobs: {len(found)}, done: {done}; begun {sum(fate.begun for fate in found)} times"
    yield f"- schedules: {sum(fate.schedules for fate in found)}; lost, ended twice or invalid: {len(faults)}"
    yield f"- answers that differ between the two servers at the end: {differences}\n"
    names = ("kill", "dead", "running", "its own", "left", "ended", "gone on")
    yield f"| {' | '.join(names)} |"
    yield "|" + " ---: |" * len(names)
    for number, kill in enumerate(kills, 1):
        yield f"| {number} | {' | '.join(map(str, astuple(kill)[:-1]))} | {kill.gone_on:.1f} |"
    yield NOTES.rstrip()
    yield from (f"\n- {fault}" for fault in faults)


def main() -> int:
    """Run it and write the report; return 1 if a job was lost, or ended twice, or wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/killed-of-two.md"))
    given = parser.parse_args()
    if given.out.is_dir():
        parser.error(f"--out is a file, and {given.out} is a folder")
    options = ("--no-auth", "--jobs", str(given.jobs), "--lease", str(LEASE))
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as two,
        Server(Path(one), given.database, options) as first,
        Server(Path(two), given.database, options) as second,
    ):
        store = open_store(given.database)
        story = Story((first, second), store, given.jobs, random.Random(given.seed))
        kills = []
        for _ in range(given.kills):
            kills.append(story.kill())
            print(kills[-1], file=sys.stderr, flush=True)
        found = list(story.see_through())
        differences = story.differences()
        store.close()
    asked = f"--kills {given.kills} --jobs {given.jobs} --seed {given.seed}"
    text = "\n".join(report(asked, kills, found, differences)) + "\n"
    given.out.write_text(text, encoding="utf-8")
    print(text)
    return int(bool(differences) or any(fate.faults for fate in found) or len(found) != story.count)


if __name__ == "__main__":
    sys.exit(main())
