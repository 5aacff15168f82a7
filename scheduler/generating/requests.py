"""Requests of a programme that is made up: who wants to meet whom, and how much."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from scheduler.generating.people import Party
from scheduler.generating.sites import COMMON, FOREIGN, LOCAL, Parts, Site
from scheduler.generating.spec import GenerateSpec

TRAVELLING = (COMMON, FOREIGN[0])
"""What the interpreters speak who travel."""
POOLS = tuple((LOCAL, language) for language in (COMMON, *FOREIGN))
"""What the interpreters speak who stay in a city."""

_TRIES = 30
"""For each meeting: where no more pairs are to be found, some meet twice."""
_PRIORITIES = ("high", "high", *("normal",) * 5, *("low",) * 3)


@dataclass(frozen=True, slots=True)
class Request:
    """A requested meeting.

    Attributes
    ----------
    one, other : Party
    city : int
        Where they are likely to meet.
    priority : str
    role : str or None
        Asked of ``other``, by name.
    day_part : str or None
    mandatory : bool
    """

    one: Party
    other: Party
    city: int
    priority: str
    role: str | None = None
    day_part: str | None = None
    mandatory: bool = False

    @property
    def shared(self) -> bool:
        """Whether the parties share a language."""
        return not set(self.one.languages).isdisjoint(self.other.languages)

    def must(self) -> Request:
        """Return the request as one that has to be granted."""
        return replace(self, mandatory=True, priority="normal")

    def written(self, number: int) -> Parts:
        """Return the request as it is written in an instance."""
        found: Parts = {"id": f"m{number}", "parties": [self.one.id, self.other.id]}
        if self.mandatory:
            found["mandatory"] = True
        if self.priority != "normal":
            found["priority"] = self.priority
        if self.role:
            found["roles"] = {self.other.id: self.role}
        if self.day_part:
            found["day_part"] = self.day_part
        return found


class _Drawn:
    """Parties to draw from, by weight."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self.parties = parties
        self._weights = list(accumulate(party.weight for party in parties))

    def draw(self, rng: random.Random) -> Party:
        return rng.choices(self.parties, cum_weights=self._weights)[0]


def requests_of(rng: random.Random, spec: GenerateSpec, parties: Sequence[Party]) -> list[Request]:
    """Return the requests, in the order in which they came in."""
    found: list[Request] = []
    seen: set[tuple[str, str]] = set()
    pairs = _pairs(rng, spec, parties)
    for tries, (one, other, city) in enumerate(pairs):
        pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        often = tries < _TRIES * spec.meetings and pair in seen
        if one is other or often or not _can_talk(one, other):
            continue
        seen.add(pair)
        found.append(_request(rng, one, other, city))
        if len(found) == spec.meetings:
            break
    return found


def _pairs(
    rng: random.Random, spec: GenerateSpec, parties: Sequence[Party]
) -> Iterator[tuple[Party, Party, int]]:
    """Yield two parties and a city in which both can be, without end."""
    guests = _Drawn([party for party in parties if party.arrival is not None])
    hosts = [
        _Drawn([party for party in parties if party.arrival is None and party.cities == (city,)])
        for city in range(spec.cities)
    ]
    while True:
        kind = rng.random()
        one = guests.draw(rng)
        city = rng.choice(one.cities)
        if kind < 0.15:
            other = guests.draw(rng)
            if city in other.cities and _overlap(one, other):
                yield one, other, city
        elif kind < 0.2:
            yield hosts[city].draw(rng), hosts[city].draw(rng), city
        else:
            yield one, hosts[city].draw(rng), city


def _overlap(one: Party, other: Party) -> bool:
    """Return whether two delegations are on the way at the same time."""
    assert one.arrival is not None
    assert one.departure is not None
    assert other.arrival is not None
    assert other.departure is not None
    return one.arrival < other.departure and other.arrival < one.departure


def _can_talk(one: Party, other: Party) -> bool:
    """Return whether two parties share a language or there are interpreters for them."""
    if not set(one.languages).isdisjoint(other.languages):
        return True
    return any(
        not pool.isdisjoint(one.languages) and not pool.isdisjoint(other.languages)
        for pool in map(frozenset, (*POOLS, TRAVELLING))
    )


def _request(rng: random.Random, one: Party, other: Party, city: int) -> Request:
    if not other.members and one.members:
        one, other = other, one
    role = rng.choice(other.members).role if other.members and rng.random() < 0.5 else None
    part = rng.choice(("morning", "afternoon")) if rng.random() < 0.04 else None
    return Request(one, other, city, rng.choice(_PRIORITIES), role, part)


def interpreters(requests: Sequence[Request], sites: Sequence[Site]) -> list[Parts]:
    """Return pools of interpreters, about twice as many as are needed at a time."""
    needs = Counter((request.city, _pool(request)) for request in requests if not request.shared)
    found: list[Parts] = []
    for city, site in enumerate(sites):
        slots = sum(map(len, site.slots))
        for pool in POOLS:
            count = min(1000, 1 + 2 * needs[city, pool] // slots)
            name = f"{site.id}-{'-'.join(pool)}"
            found.append({"id": name, "languages": list(pool), "count": count, "city": site.id})
    count = min(1000, 2 + 2 * sum(n for (_, pool), n in needs.items() if pool == TRAVELLING) // 50)
    found.append({"id": "travelling", "languages": list(TRAVELLING), "count": count})
    return found


def _pool(request: Request) -> tuple[str, str]:
    """Return the languages of the first pool that serves a request."""
    sides = (request.one.languages, request.other.languages)
    return next(
        pool for pool in (*POOLS, TRAVELLING) if all(not set(pool).isdisjoint(side) for side in sides)
    )
