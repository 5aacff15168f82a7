"""Programmes and schedules as the store keeps them, and how much there is of everything.

Light, since the process that reads uploads needs it too.
"""

from __future__ import annotations

import json

from scheduler.domain import Instance, Solution
from scheduler.exports.instance_file import data_of


def instance_json(instance: Instance) -> str:
    """Return an instance as it is stored: the same for equal instances."""
    return json.dumps(data_of(instance), separators=(",", ":"))


def solution_json(solution: Solution) -> str:
    """Return a solution as it is stored."""
    return solution.model_dump_json(exclude_none=True)


def counts_in(instance: Instance) -> dict[str, int]:
    """Return how much of everything a programme has."""
    return {
        "cities": len(instance.cities),
        "rooms": len(tuple(instance.rooms)),
        "sessions": len(instance.sessions),
        "meetings": len(instance.meetings),
        "delegations": len(instance.delegations),
        "participants": len(instance.participants),
    }
