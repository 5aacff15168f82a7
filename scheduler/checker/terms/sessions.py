"""How sessions and their talks lie to each other."""

from __future__ import annotations

from itertools import combinations

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.intervals import overlapping
from scheduler.checker.schedule import Schedule
from scheduler.domain import ParticipantId, Session, Talk


def parallel_sessions(schedule: Schedule) -> int:
    """Return over pairs of sessions that overlap how many people are interested in both."""
    facts = schedule.facts
    return sum(len(_interested(facts, a) & _interested(facts, b)) for a, b in overlapping(schedule.sessions))


def _interested(facts: Facts, placed: Placed) -> frozenset[ParticipantId]:
    return facts.interested(placed.activity) if isinstance(placed.activity, Session) else frozenset()


def talk_order(schedule: Schedule) -> int:
    """Return how many pairs of talks of one session stand opposite to their order."""
    opposite = 0
    for session in schedule.instance.sessions:
        if session.id in schedule.by_id:
            talks = [t for t in session.talks if t.order is not None and t.id in schedule.by_id]
            opposite += sum(_opposite(schedule, a, b) for a, b in combinations(talks, 2))
    return opposite


def _opposite(schedule: Schedule, a: Talk, b: Talk) -> bool:
    first, then = schedule.by_id[a.id].start, schedule.by_id[b.id].start
    if a.order is None or b.order is None or a.order == b.order or first == then:
        return False
    return (a.order < b.order) != (first < then)
