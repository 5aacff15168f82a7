"""Pairs that are never to meet: with oneself, and with a meeting that brings them together for sure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_, or_

from scheduler.domain.faults.facts import Facts
from scheduler.domain.ids import ParticipantId, PartyId
from scheduler.domain.instance import Fault, Instance

Sides = frozenset[tuple[int, int]]
"""Sides of pairs, each by the position of the pair and 0 or 1."""


def pairs(facts: Facts) -> Iterator[Fault]:
    """Yield pairs of a party with itself, and of a member with the own delegation."""
    instance = facts.instance
    for i, (one, other) in enumerate(instance.never):
        if one == other:
            yield Fault(("never", i, 1), other, "is named twice")
        for j, (member, party) in enumerate(((one, other), (other, one))):
            if _home(instance, member) == party:
                message = f'is a member of "{party}": name those of its members who are never to meet'
                yield Fault(("never", i, j), member, message)


def _home(instance: Instance, party: PartyId) -> PartyId | None:
    if instance.delegation(party) or not instance.has_person(ParticipantId(party)):
        return None
    return instance.person(ParticipantId(party)).delegation


def sure_to_meet(facts: Facts) -> Iterator[Fault]:
    """Yield meetings that bring together two who are never to meet, whoever is sent."""
    instance, doubt = facts.instance, facts.doubt
    if not instance.never or doubt.touches("participants") or doubt.touches("delegations"):
        return
    sure = _Sure(instance)
    for i, meeting in enumerate(instance.meetings):
        sides: Sides = frozenset().union(*(sure.sides(party) for party in meeting.parties))
        for pair in sorted({pair for pair, side in sides if (pair, 1 - side) in sides}):
            if not doubt.touches("never", pair) and not doubt.touches("meetings", i):
                one, other = instance.never[pair]
                who = f'"{one}" and "{other}", who are never to meet (never.{pair})'
                message = f"brings together {who}: take out the meeting, or the pair"
                yield Fault(("meetings", i, "parties"), meeting.id, message)


def _is_there(instance: Instance, party: PartyId) -> bool:
    return instance.delegation(party) is not None or instance.has_person(ParticipantId(party))


class _Sure:
    """On which sides of pairs somebody of a party is sure to be, whomever it sends."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._of_person: dict[ParticipantId, set[tuple[int, int]]] = {}
        self._known: dict[PartyId, Sides] = {}
        for i, (one, other) in enumerate(self._instance.never):
            if one == other or _home(self._instance, one) == other or _home(self._instance, other) == one:
                continue  # a fault of its own
            for side, party in enumerate((one, other)):
                if _is_there(self._instance, party):
                    for person in self._instance.people_of(party):
                        self._of_person.setdefault(person.id, set()).add((i, side))

    def sides(self, party: PartyId) -> Sides:
        """Return the sides of a party; none of one that nobody knows."""
        if party not in self._known:
            self._known[party] = frozenset(self._sides(party))
        return self._known[party]

    def _sides(self, party: PartyId) -> set[tuple[int, int]]:
        instance = self._instance
        if not _is_there(instance, party):
            return set()
        each = [self._of_person.get(person.id, set()) for person in instance.people_of(party)]
        if not each:
            return set()
        return reduce(and_ if instance.splits(party) else or_, each)
