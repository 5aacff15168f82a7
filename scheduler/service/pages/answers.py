"""Answers of jobs that ask a question, as a page shows them: names for ids, local times, rows together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scheduler.domain import ActivityId, Instance, Meeting, RoomId
from scheduler.exports.in_words import short_date

_MOST_NAMED = 2
"""So many activities that are in the way are named."""
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What is in the way at a time, in all rooms where it is the same."""

    when: str
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why something has no place, and what it would cost.

    Attributes
    ----------
    outcome : str
        ``has it``, ``priced``, ``impossible`` or ``unknown``.
    ways : tuple of InTheWay
        The first of what is in the way; ``more`` says how many there are besides.
    levels : list of dict
        Of the price, level by level: ``before``, ``after``, ``change``, ``proven``.
    displaced, moved, granted : tuple of str
        What else would lose its place, be elsewhere, get one.
    because : tuple of str
    conflict : dict or None
        As :func:`scheduler.explain.answers.why_not_data` has it.
    """

    outcome: str
    ways: tuple[InTheWay, ...]
    more: int
    levels: list[dict[str, Any]]
    displaced: tuple[str, ...]
    moved: tuple[str, ...]
    granted: tuple[str, ...]
    because: tuple[str, ...]
    conflict: dict[str, Any] | None

    @property
    def proven(self) -> bool:
        """Whether nothing is cheaper."""
        return all(level["proven"] for level in self.levels)


def why_not(instance: Instance, result: dict[str, Any]) -> WhyNot:
    """Return the answer to why something has no place."""
    rows = list(_rows(instance, result["in_the_way"]))
    return WhyNot(
        outcome=result["outcome"],
        ways=tuple(rows[:_MOST_ROWS]),
        more=max(0, len(rows) - _MOST_ROWS),
        levels=result["levels"],
        displaced=_named(instance, result["displaced"]),
        moved=_named(instance, result["moved"]),
        granted=_named(instance, result["granted"]),
        because=tuple(result["because"]),
        conflict=result["conflict"],
    )


def called(instance: Instance, activity: str) -> str:
    """Return what an activity is called: a meeting by who meets; of what is not there any more the id."""
    if not instance.has_activity(ActivityId(activity)):
        return activity
    found = instance.activity(ActivityId(activity))
    if isinstance(found, Meeting):
        between = " \u2013 ".join(instance.party_label(party) for party in found.parties)
        return f"{between} ({found.title})" if found.title else between
    return found.label


def _named(instance: Instance, activities: Iterable[str]) -> tuple[str, ...]:
    return tuple(called(instance, activity) for activity in activities)


def _rows(instance: Instance, ways: Iterable[dict[str, Any]]) -> Iterable[InTheWay]:
    """Yield a row for each time, rooms at which the same is in the way together."""
    alike = groupby(ways, key=lambda way: (way["start"], way["words"], tuple(way["blockers"])))
    for (start, said, blockers), same in alike:
        rooms = [RoomId(way["room"]) for way in same]
        zone = instance.city_of(rooms[0]).zone
        local = dt.datetime.fromisoformat(start).astimezone(zone)
        named = "; ".join(_named(instance, blockers[:_MOST_NAMED]))
        rest = len(blockers) - _MOST_NAMED
        by = f": {named}{f' and {rest} more' if rest > 0 else ''}" if named else ""
        yield InTheWay(
            when=f"{short_date(local.date())} {local:%H:%M}",
            where="; ".join(f"{instance.room(r).label}, {instance.city_of(r).label}" for r in rooms),
            words=f"{said}{by}",
        )
