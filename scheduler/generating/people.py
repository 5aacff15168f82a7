"""Parties of a programme that is made up: hosts, who stay in their city, and delegations, which travel."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from scheduler.generating.sites import COMMON, FOREIGN, LOCAL, Parts, Site, moment
from scheduler.generating.spec import GenerateSpec

ROLES = ("mobility", "energy", "culture", "water", "health")
_HOSTS = 0.55
"""Their share of the parties."""
_TAIL = 1.5
"""Of Pareto's law, by which some parties are asked for much more often than most."""
_HEAVIEST = 16.0


@dataclass(frozen=True, slots=True)
class Member:
    """A member by name."""

    id: str
    role: str
    languages: tuple[str, ...] = ()
    """When they speak more than their delegation."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks for meetings.

    Attributes
    ----------
    id : str
    languages : tuple of str
    cities : tuple of int
        Where it may be, ascending.
    plan : tuple of int
        The city of each day in a plan by which everything mandatory can take place; -1: not there.
    weight : float
        How often it is asked for.
    arrival, departure : int or None
        Minutes of the programme.
    absences : tuple of (int, int)
    members : tuple of Member
        Of a delegation that splits by name.
    teams : int
        Of a delegation that splits without names; 0 where it does not.
    size : int
        Of a delegation that travels together; 0 for a person.
    load : int or None
        Its own limit of meetings a day.
    """

    id: str
    languages: tuple[str, ...]
    cities: tuple[int, ...]
    plan: tuple[int, ...]
    weight: float
    arrival: int | None = None
    departure: int | None = None
    absences: tuple[tuple[int, int], ...] = ()
    members: tuple[Member, ...] = field(default=())
    teams: int = 0
    size: int = 0
    load: int | None = None

    @property
    def alone(self) -> bool:
        """Whether this is one person."""
        return not (self.members or self.teams or self.size)

    @property
    def splits(self) -> bool:
        """Whether it sends somebody to each meeting."""
        return bool(self.members or self.teams)

    def sent(self, role: str | None) -> str:
        """Return whom it sends in the plan of what is mandatory."""
        if self.teams:
            return f"{self.id}.1"
        return next((member.id for member in self.members if role in (None, member.role)), self.id)

    def is_there(self, start: int, end: int) -> bool:
        """Return whether it is available from one minute to another."""
        return (
            (self.arrival is None or self.arrival <= start)
            and (self.departure is None or end <= self.departure)
            and not any(start < last and first < end for first, last in self.absences)
        )


def parties_of(rng: random.Random, spec: GenerateSpec, sites: tuple[Site, ...]) -> tuple[Party, ...]:
    """Return hosts, city by city, then delegations."""
    hosts = max(4 * spec.cities, round(_HOSTS * spec.parties))
    found = [_host(rng, number, number % spec.cities, sites) for number in range(hosts)]
    guests = max(4, spec.parties - hosts)
    return (*found, *(_guest(rng, number, sites) for number in range(1, guests + 1)))


def _weight(rng: random.Random) -> float:
    return min(rng.paretovariate(_TAIL), _HEAVIEST)


def _host(rng: random.Random, number: int, city: int, sites: tuple[Site, ...]) -> Party:
    site, days = sites[city], len(sites[0].slots)
    name = f"h{number + 1}"
    speaker = number < 2 * len(sites)  # the first of each city are always there, and speak
    languages = (LOCAL,) if not speaker and rng.random() < 0.04 else (COMMON, LOCAL)
    kind = 1.0 if speaker else rng.random()
    absences = () if speaker else _absences(rng, site, days)
    return Party(
        name,
        languages,
        (city,),
        (city,) * days,
        _weight(rng),
        absences=absences,
        members=_members(rng, name) if 0.05 <= kind < 0.1 else (),
        teams=rng.choice((2, 3)) if kind < 0.05 else 0,
    )


def _absences(rng: random.Random, site: Site, days: int) -> tuple[tuple[int, int], ...]:
    """Return the half days that a host is away."""
    found = []
    for day in range(days):
        if rng.random() < 0.15:
            first = rng.choice((9, 14)) * 60
            found.append((site.minute(day, first), site.minute(day, first + 5 * 60)))
    return tuple(found)


def _guest(rng: random.Random, number: int, sites: tuple[Site, ...]) -> Party:
    name = f"d{number}"
    plan = _journey(rng, sites)
    there = [day for day, city in enumerate(plan) if city >= 0]
    first, last = sites[plan[there[0]]], sites[plan[there[-1]]]
    own = rng.choice(FOREIGN)
    kind = rng.random()
    return Party(
        name,
        (own,) if rng.random() < 0.06 else (COMMON, own),
        tuple(sorted({city for city in plan if city >= 0})),
        plan,
        _weight(rng),
        arrival=first.minute(there[0], 60 * rng.choice((8, 8, 8, 11, 12))),
        departure=last.minute(there[-1], 60 * rng.choice((20, 20, 20, 17, 14))),
        members=_members(rng, name) if kind < 0.15 else (),
        teams=rng.choice((2, 2, 3)) if 0.15 <= kind < 0.4 else 0,
        size=rng.randint(1, 6) if kind >= 0.4 else 0,
        load=6 if rng.random() < 0.1 else None,
    )


def _members(rng: random.Random, name: str) -> tuple[Member, ...]:
    roles = rng.sample(ROLES, rng.randint(2, 4))
    return tuple(
        Member(f"{name}-{n}", role, ("fr",) if rng.random() < 0.1 else ()) for n, role in enumerate(roles, 1)
    )


def _journey(rng: random.Random, sites: tuple[Site, ...]) -> tuple[int, ...]:
    """Return a city for each day: a stretch of days, in one city after the other.

    Who may be in the first city and has come by the first morning begins there, where everybody who can
    attends the opening.
    """
    days = len(sites[0].slots)
    stay = max(rng.randint(1, days), rng.randint(1, days))
    start = rng.randint(0, days - stay)
    visited = rng.sample(range(len(sites)), min(len(sites), stay, rng.choice((1, 2, 2, 3))))
    if start == 0 and 0 in visited:
        visited.remove(0)
        visited.insert(0, 0)
    changes = sorted(rng.sample(range(1, stay), len(visited) - 1))
    cities = [visited[sum(change <= day for change in changes)] for day in range(stay)]
    return (*(-1,) * start, *cities, *(-1,) * (days - start - stay))


# -- as they are written ------------------------------------------------------------------------------


def delegation_of(party: Party, sites: tuple[Site, ...]) -> Parts:
    """Return a delegation as it is written in an instance."""
    found: Parts = {"id": party.id, **_presence(party, sites)}
    if party.splits:
        found["split"] = "members"
    if party.teams:
        found["parallel"] = party.teams
    if party.size > 1:
        found["size"] = party.size
    if party.load:
        found["load"] = {"meetings_per_day": party.load}
    return found


def participants_of(party: Party, sites: tuple[Site, ...]) -> list[Parts]:
    """Return the people of a party who have names, as they are written in an instance."""
    if party.alone:
        return [{"id": party.id, **_presence(party, sites)}]
    return [_member(party, member) for member in party.members]


def _member(party: Party, member: Member) -> Parts:
    found: Parts = {"id": member.id, "delegation": party.id, "roles": [member.role]}
    if member.languages:
        found["languages"] = sorted({*party.languages, *member.languages})
    return found


def _presence(party: Party, sites: tuple[Site, ...]) -> Parts:
    zone = sites[party.cities[0]].zone
    found: Parts = {"languages": list(party.languages)}
    if len(party.cities) < len(sites):
        found["cities"] = [sites[city].id for city in party.cities]
    if party.arrival is not None:
        found["arrival"] = moment(party.arrival, zone)
    if party.departure is not None:
        found["departure"] = moment(party.departure, zone)
    if party.absences:
        found["absences"] = [{"from": moment(a, zone), "to": moment(b, zone)} for a, b in party.absences]
    return found
