"""Names given twice, and charges made twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.domain.faults.doubt import Path
from scheduler.domain.faults.facts import Facts
from scheduler.domain.ids import PartyId
from scheduler.domain.instance import EVERYBODY, Fault, Instance


def duplicate_ids(facts: Facts) -> Iterator[Fault]:
    """Yield ids that are given twice in one space of names, and the reserved one."""
    instance = facts.instance
    yield from _reserved(instance)
    for noun, found in _spaces(facts):
        yield from _repeated(noun, found)


def _spaces(facts: Facts) -> Iterator[tuple[str, Iterable[tuple[Path, str]]]]:
    instance = facts.instance
    cities = list(enumerate(instance.cities))
    venues = [(("cities", i, "venues", j), venue) for i, c in cities for j, venue in enumerate(c.venues)]
    yield "city", ((("cities", i), city.id) for i, city in cities)
    yield "venue", ((path, venue.id) for path, venue in venues)
    yield "room", (((*path, "rooms", k), r.id) for path, v in venues for k, r in enumerate(v.rooms))
    yield "party", _parties(instance)
    yield "interpreter pool", ((("interpreters", i), p.id) for i, p in enumerate(instance.interpreters))
    yield "track", ((("tracks", i), track.id) for i, track in enumerate(instance.tracks))
    yield "activity", ((path, activity.id) for path, activity in (*facts.hosted, *facts.talks))
    links = enumerate(instance.travel.links)
    yield "link", ((("travel", "links", i), link.id) for i, link in links if link.id is not None)


def _parties(instance: Instance) -> Iterator[tuple[Path, str]]:
    for i, delegation in enumerate(instance.delegations):
        yield ("delegations", i), delegation.id
    for i, participant in enumerate(instance.participants):
        yield ("participants", i), participant.id


def _repeated(noun: str, found: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for path, name in found:
        if name in first:
            owner = ".".join(map(str, first[name]))
            yield Fault((*path, "id"), name, f"is the id of another {noun} already ({owner})")
        else:
            first[name] = path


def _reserved(instance: Instance) -> Iterator[Fault]:
    # Asked of each delegation: in the list of all people a name that is given twice stands once.
    teams: dict[str, PartyId] = {
        person.id: delegation.id
        for delegation in instance.delegations
        for person in instance.people_of(delegation.id)
        if person.stand_in and person.id != delegation.id
    }
    for path, name in _parties(instance):
        if name == EVERYBODY:
            yield Fault((*path, "id"), name, "is reserved: it names everybody, as an audience")
        elif name in teams:
            team = f'a team of the delegation "{teams[name]}", which names no members'
            yield Fault((*path, "id"), name, f"is the id of {team}")


def duplicate_terms(facts: Facts) -> Iterator[Fault]:
    """Yield objective terms that stand twice in one level."""
    seen = set()
    for i, entry in enumerate(facts.instance.objective):
        if (entry.term, entry.level) in seen:
            message = f"stands in level {entry.level} already: add the weights"
            yield Fault(("objective", i, "term"), entry.term.value, message)
        seen.add((entry.term, entry.level))


def repeated_baseline(facts: Facts) -> Iterator[Fault]:
    """Yield activities that the baseline places twice."""
    seen = set()
    for i, placement in enumerate(facts.instance.baseline):
        if placement.activity in seen:
            yield Fault(
                ("baseline", i, "activity"), placement.activity, "has a place in the baseline already"
            )
        seen.add(placement.activity)
