"""Parts of one track in parallel, in several rooms, or apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from scheduler.domain import Track
from scheduler.model.context import Context
from scheduler.model.logic import Linear
from scheduler.model.terms.pairs import overlap
from scheduler.problem import Task

_MINUTE = dt.timedelta(minutes=1)


def _tracks(context: Context) -> Iterator[tuple[Track, list[Task]]]:
    instance = context.problem.instance
    for track in instance.tracks:
        yield track, [context.problem.by_id[part.id] for part in instance.parts(track.id)]


def track_parallel(context: Context) -> Linear:
    """Return how many pairs of parts overlap."""
    total = Linear()
    for _, parts in _tracks(context):
        for one, other in combinations(parts, 2):
            total.add(overlap(context, one, other))
    return total


def track_rooms(context: Context) -> Linear:
    """Return how many rooms tracks use beyond their first."""
    total, logic = Linear(), context.logic
    for _, parts in _tracks(context):
        options = [option for part in parts for option in part.options]
        used = [
            logic.either(context.variables.at(o) for o in options if o.place is place)
            for place in context.problem.geography.places
        ]
        for literal in used:
            total.add(literal)
        total.add(logic.either(used), -1)
    return total


def track_gaps(context: Context) -> Linear:
    """Return how many parts follow no other part of their track, the first of each left out."""
    total, logic = Linear(), context.logic
    for track, parts in _tracks(context):
        gap = int(track.gap / _MINUTE)
        for part in parts:
            total.add(context.placed(part))
            for start, literal in context.starts(part).items():
                leads = [
                    at
                    for other in parts
                    if other is not part
                    for begin, at in context.starts(other).items()
                    if start - gap <= begin + other.duration <= start
                ]
                if leads:
                    total.add(logic.all_of([literal, logic.either(leads)]), -1)
        total.add(logic.either(context.placed(part) for part in parts), -1)
    return total
