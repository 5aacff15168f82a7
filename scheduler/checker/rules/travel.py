"""Rule 7: there is time to get from one engagement to the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduler.checker.facts import Placed
from scheduler.checker.rules.base import Rule
from scheduler.checker.rules.clashes import Clash, by_pair
from scheduler.checker.schedule import Schedule
from scheduler.checker.ways import Ways
from scheduler.checker.wording import about, clock, length, name, people, subject
from scheduler.domain import RuleName, Violation

_NAME = RuleName.TRAVEL


def _together(schedule: Schedule) -> Iterator[Violation]:
    for a, b, who in by_pair(_clashes(schedule)):
        message = too_short(schedule.facts.ways, people(schedule.instance, who), a, b)
        yield about(_NAME, message, [a, b], who, during=(a.end, b.start))


def _clashes(schedule: Schedule) -> Iterator[Clash]:
    ways = schedule.facts.ways
    for person, items in schedule.engagements.items():
        for a, b in unreachable(ways, items):
            yield a, b, person


def unreachable(ways: Ways, items: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Yield consecutive engagements (in the order of time) between which there is too little time.

    Two that overlap are no matter of travel.
    """
    for a, b in pairwise(items):
        if b.start >= a.end and not ways.suffices(a, b):
            yield a, b


def too_short(ways: Ways, who: str, a: Placed, b: Placed) -> str:
    """Return the sentence that says why somebody does not get from one activity to the next."""
    text = f"{who} cannot get from {subject(a)} to {subject(b)}"
    if a.city is b.city:
        there = f"from {a.room.label} to {b.room.label}"
        return f"{text}: {there} takes {length(ways.transfer(a, b))} and there are {length(b.start - a.end)}"
    ready = ways.ready(a.city.id, b.city.id, a.end)
    if ready is None:
        return f"{text}: no connection leads from {a.city.label} to {b.city.label} after {name(a)}"
    return f"{text}: by the first connection an engagement can start on {clock(ready, b.zone)}"


RULE = Rule(_NAME, together=_together)
