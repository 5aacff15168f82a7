"""The verdict on a schedule, in a process of its own: ``python -m scheduler.benchmarking.judge``.

The process that measures others stays small and loads no instance: a child begins with its parent's memory,
and the system counts that as the child's.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from scheduler.benchmarking import published
from scheduler.checker import Verdict, check
from scheduler.domain import Instance, Placement, Solution
from scheduler.reading import load, load_solution

_FIRST = dt.time(8)
_SLOT = dt.timedelta(minutes=30)
"""How ``scheduler import b2b`` writes slots: half hours from eight o'clock on one date."""
_MOST_FAULTS = 3


def facts(instance: Instance, solution: Solution | None, dzn: Path | None) -> dict[str, Any]:
    """Return the size of an instance, and what the checker and the published definition say of a schedule."""
    found: dict[str, Any] = {"activities": len(instance.activities), "people": len(instance.people)}
    if solution is None:
        return found
    verdict = check(instance, solution)
    found |= {"faults": _breaches(verdict), "values": [level.value for level in verdict.levels]}
    if dzn is not None:
        judgement = published.judge(published.read(dzn), slots_of(instance, solution))
        found |= {"breaks": judgement.breaks}
        found["faults"] += [f"by the published definition: {fault}" for fault in judgement.faults]
    return found


def _breaches(verdict: Verdict) -> list[str]:
    said = [f"{violation.rule}: {violation.message}" for violation in verdict.violations]
    more = [f"and {len(said) - _MOST_FAULTS} more"] if len(said) > _MOST_FAULTS else []
    return said[:_MOST_FAULTS] + more


def slots_of(instance: Instance, solution: Solution) -> list[int]:
    """Return the slot of each meeting of an imported instance, from 0; what has no place is in slot -1."""
    starts = {placement.activity: placement.start for placement in solution.placements}
    slots = []
    for meeting in sorted(instance.meetings, key=lambda meeting: int(meeting.id.removeprefix("m"))):
        start = starts.get(meeting.id)
        if start is None:
            slots.append(-1)
        else:
            slots.append((dt.datetime.combine(start.date(), start.time()) - _morning(start.date())) // _SLOT)
    return slots


def solution_from(instance: Instance, slots: list[int]) -> Solution:
    """Return the schedule that has each meeting of an imported instance in the given slot."""
    (city,) = instance.cities
    (room,) = (room for venue in city.venues for room in venue.rooms)
    taken: dict[int, int] = {}
    placements = []
    for number, slot in enumerate(slots, start=1):
        taken[slot] = taken.get(slot, 0) + 1
        start = (_morning(city.opening[0].date) + slot * _SLOT).replace(tzinfo=city.zone)
        given = {"activity": f"m{number}", "start": start, "room": room.id, "table": taken[slot]}
        placements.append(Placement.model_validate(given))
    return Solution(programme=instance.programme.id, placements=tuple(placements))


def _morning(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, _FIRST)


def main() -> None:
    """Print the facts as JSON."""
    parser = argparse.ArgumentParser(prog="scheduler.benchmarking.judge")
    parser.add_argument("instance", type=Path)
    parser.add_argument("--solution", type=Path, help="a solution file")
    parser.add_argument("--slots", type=Path, help="a JSON list: the slot of each meeting, from 0")
    parser.add_argument("--published", type=Path, help="the published file that the instance was made of")
    given = parser.parse_args()
    instance = load(given.instance)
    solution = load_solution(given.solution) if given.solution else None
    if given.slots:
        solution = solution_from(instance, json.loads(given.slots.read_text(encoding="utf-8")))
    print(json.dumps(facts(instance, solution, given.published)))


if __name__ == "__main__":
    main()
