"""How the parts of a track lie to each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.checker.facts import Placed
from scheduler.checker.intervals import overlapping
from scheduler.checker.schedule import Schedule, rank
from scheduler.domain import Track


def track_parallel(schedule: Schedule) -> int:
    """Return how many pairs of parts of a track overlap."""
    return sum(1 for _, parts in _tracks(schedule) for _ in overlapping(parts))


def track_rooms(schedule: Schedule) -> int:
    """Return over tracks how many rooms their parts are in, less one."""
    return sum(len({part.room.id for part in parts}) - 1 for _, parts in _tracks(schedule))


def track_gaps(schedule: Schedule) -> int:
    """Return over tracks how many parts follow no other, less one (never below zero)."""
    return sum(
        max(0, sum(not _follows_any(part, parts, track.gap) for part in parts) - 1)
        for track, parts in _tracks(schedule)
    )


def _follows_any(part: Placed, parts: list[Placed], gap: dt.timedelta) -> bool:
    none = dt.timedelta(0)
    return any(none <= part.start - other.end <= gap for other in parts if other is not part)


def _tracks(schedule: Schedule) -> Iterator[tuple[Track, list[Placed]]]:
    """Yield each track that has placed parts, with these in the order of time."""
    for track in schedule.instance.tracks:
        parts = schedule.instance.parts(track.id)
        placed = [schedule.by_id[part.id] for part in parts if part.id in schedule.by_id]
        if placed:
            yield track, sorted(placed, key=rank)
