"""What must hold of jobs whose servers were killed: none lost, none twice, and what they found is valid."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.benchmarking.servers import API, Server
from scheduler.checker import check
from scheduler.domain import Instance, Solution
from scheduler.reading import instance_from

ENDED = ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a job.

    Attributes
    ----------
    job : str
        Its id.
    state : str
    begun : int
        How often it was begun, as its events tell.
    schedules : int
        How many schedules the store has of it.
    faults : tuple of str
        What is wrong with it; nothing should be.
    """

    job: str
    state: str
    begun: int
    schedules: int
    faults: tuple[str, ...]


def states(server: Server, programmes: Iterable[str]) -> Counter[str]:
    """Return how many jobs of some programmes (each has a hundred at the most) are in each state."""
    return Counter(
        job["state"] for programme in programmes for job in server.get(f"/programmes/{programme}/jobs")
    )


def ended(found: Counter[str]) -> int:
    """Return how many of the counted jobs have ended."""
    return sum(found[state] for state in ENDED)


def fates(server: Server, programme: str, jobs: Iterable[str]) -> Iterator[Fate]:
    """Yield what became of jobs of a programme that should all be done, at most a hundred of them.

    Parameters
    ----------
    server : Server
    programme : str
        Its id; it has one version.
    jobs : iterable of str
    """
    found = server.get(f"/programmes/{programme}/schedules")
    owners = Counter(schedule["job"] for schedule in found)
    instance = instance_from(server.get(f"/programmes/{programme}/versions/1/instance"))
    for job in jobs:
        events = events_of(server, job)
        told = [event["state"] for kind, event in events if kind == "state"]
        now = server.get(f"/jobs/{job}")
        faults = (*_faults_of_events(told), *_faults_of_schedule(server, instance, now, owners[job]))
        yield Fate(job, now["state"], told.count("running"), owners[job], faults)


def events_of(server: Server, job: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the events of a job that has ended, each its kind and what it tells."""
    text = server.ask("GET", f"{API}/jobs/{job}/events").content.decode()
    blocks = [
        dict(line.split(": ", 1) for line in block.splitlines()) for block in text.split("\n\n") if block
    ]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def _faults_of_events(told: list[str]) -> Iterator[str]:
    """Yield what is wrong with the states that a job has told of: it ends once, and then nothing comes."""
    if told[:1] != ["queued"]:
        yield f"it began as {told[:1]}"
    endings = [state for state in told if state in ENDED]
    if endings != ["done"] or told[-1] != "done":
        yield f"its states are {', '.join(told)}"


def _faults_of_schedule(
    server: Server, instance: Instance, job: dict[str, Any], schedules: int
) -> Iterator[str]:
    if job["state"] != "done":
        yield f"it is {job['state']}: {job['message']}"
    if schedules != 1:
        yield f"it has {schedules} schedules"
    if job["schedule"] is None:
        return
    solution = Solution.model_validate(server.get(f"/schedules/{job['schedule']}")["solution"])
    verdict = check(instance, solution)
    yield from (violation.message for violation in verdict.violations)
