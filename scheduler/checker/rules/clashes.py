"""People grouped by the pair of activities that they cannot both do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.checker.facts import Placed
from scheduler.domain import ActivityId, ParticipantId

Clash = tuple[Placed, Placed, ParticipantId]


def by_pair(clashes: Iterable[Clash]) -> Iterator[tuple[Placed, Placed, list[ParticipantId]]]:
    """Yield each pair of activities once, with everybody it concerns: one sentence says it for all."""
    found: dict[tuple[ActivityId, ActivityId], tuple[Placed, Placed, list[ParticipantId]]] = {}
    for a, b, person in clashes:
        who = found.setdefault((a.id, b.id), (a, b, []))[2]
        if person not in who:
            who.append(person)
    yield from found.values()
