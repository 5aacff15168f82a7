"""Tiny programmes with a baseline that is no longer possible as it was."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from support.bruteforce import best
from support.tiny import tiny_instance

from scheduler.domain import Activity, Instance, Meeting, Pin, Placement, Window

CLOSE = [
    {"term": "moved", "weight": 2},
    {"term": "people_affected", "level": 2},
    {"term": "moved_city", "level": 2},
    {"term": "requests", "level": 3},
]
"""Moves before all else."""
MIXED = [
    {"term": "requests"},
    {"term": "moved", "weight": 2},
    {"term": "people_affected", "level": 2},
]
"""Requests against moves."""


def with_objective(instance: Instance, terms: list[dict[str, Any]]) -> Instance:
    """Return an instance with another objective."""
    return Instance.model_validate(_parts(instance) | {"objective": terms})


def disturbed(seed: int) -> Instance | None:
    """Return a tiny instance whose baseline was its best schedule before one activity had to give way."""
    instance, chance = tiny_instance(seed), random.Random(seed)
    programme = instance.programme.model_copy(update={"now": None})
    before = {"objective": [{"term": "requests"}], "baseline": (), "programme": programme}
    optimum = best(Instance.model_validate(_parts(instance) | before))
    if optimum is None or not optimum.solution.placements:
        return None
    baseline = optimum.solution.placements
    moved = chance.choice(baseline)
    changed = {
        name: [_pushed(chance, a, moved) if a.id == moved.activity else a for a in getattr(instance, name)]
        for name in ("sessions", "meetings")
    }
    return Instance.model_validate(
        _parts(instance) | changed | {"baseline": baseline, "programme": programme}
    )


def _pushed(chance: random.Random, activity: Activity, placement: Placement) -> Activity:
    """Return an activity that can no longer be where it was; a meeting perhaps must be somewhere."""
    start, end = placement.start, placement.start + dt.timedelta(minutes=15)
    window = Window.model_validate(
        {
            "date": start.date(),
            "from": f"{start:%H:%M}",
            "to": "24:00" if end.date() > start.date() else f"{end:%H:%M}",
        }
    )
    update: dict[str, Any] = {"forbidden": (*activity.forbidden, window), "pin": Pin()}
    if isinstance(activity, Meeting):
        update["mandatory"] = chance.random() < 0.7
    return activity.model_copy(update=update)


def _parts(instance: Instance) -> dict[str, Any]:
    return {name: getattr(instance, name) for name in Instance.model_fields}
