"""What is said of ways: journeys between cities, transfers between venues, changes of room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from scheduler.domain import City, Departure, Instance, Link
from scheduler.explain import wording as words
from scheduler.explain.requirements.base import Kind, Requirement
from scheduler.explain.requirements.rewriting import Edit, Path, put
from scheduler.explain.requirements.scope import Scope

_NONE = dt.timedelta(0)


def of_ways(scope: Scope) -> Iterator[Requirement]:
    """Yield how long each way takes: without it, no time at all."""
    cities = scope.instance.cities
    for start in cities:
        for end in cities:
            if start is not end:
                yield _journey(scope.instance, start, end)
    for i, city in enumerate(cities):
        yield from _inside(("cities", i), city)


def _journey(instance: Instance, start: City, end: City) -> Requirement:
    direct = [(i, link) for i, link in enumerate(instance.travel.links) if _leads(link, start, end)]
    where = f"from {words.named(start.label, start.id)} to {words.named(end.label, end.id)}"
    path: Path = ("travel", "links", direct[0][0]) if direct else ("travel",)
    if direct:
        sentence = f"the way {where} takes {words.listed((_ride(link) for _, link in direct), 'or')}"
    else:
        sentence = f"no link leads {where}, unless by way of another city"
    at_once = Link.model_construct(
        id=None,
        start=start.id,
        end=end.id,
        mode="",
        duration=_NONE,
        access=_NONE,
        egress=_NONE,
        both_ways=False,
        departures=(),
    )
    edit = Edit(("travel", "links"), lambda links: (*links, at_once))
    return Requirement(Kind.TRAVEL, path, (start.id, end.id), sentence, (edit,))


def _leads(link: Link, start: City, end: City) -> bool:
    there = (link.start, link.end)
    return there == (start.id, end.id) or (link.both_ways and there == (end.id, start.id))


def _ride(link: Link) -> str:
    """Return how long a link takes, all in all, and when it leaves."""
    text = f"{words.length(link.duration)} by {link.mode}"
    around = [
        f"{words.length(part)} {which} it"
        for part, which in ((link.access, "before"), (link.egress, "after"))
        if part
    ]
    if around:
        text += f" with {words.listed(around)}"
    if link.departures:
        text += f", leaving at {words.listed(_leaving(departure) for departure in link.departures)}"
    return text


def _leaving(departure: Departure) -> str:
    dates = words.listed(words.short_date(date) for date in departure.dates)
    return f"{departure.depart:%H:%M}" + (f" ({dates})" if dates else "")


def _inside(path: Path, city: City) -> Iterator[Requirement]:
    if city.transfer and len(city.venues) > 1:
        at = (*path, "transfer")
        takes = f"it takes {words.length(city.transfer)}, where nothing else is said"
        sentence = f"between two venues of {city.label} {takes}"
        yield Requirement(Kind.TRANSFER, at, (city.id,), sentence, (put(at, _NONE),))
    names = {venue.id: words.named(venue.label, venue.id) for venue in city.venues}
    for i, transfer in enumerate(city.transfers):
        if transfer.duration:
            at = (*path, "transfers", i)
            sentence = (
                f"between {names[transfer.start]} and {names[transfer.end]} it takes "
                f"{words.length(transfer.duration)}"
            )
            edits = (put((*at, "duration"), _NONE),)
            yield Requirement(Kind.TRANSFER, at, (transfer.start, transfer.end), sentence, edits)
    for j, venue in enumerate(city.venues):
        if venue.room_change:
            at = (*path, "venues", j, "room_change")
            sentence = (
                f"from one room of {names[venue.id]} to another it takes {words.length(venue.room_change)}"
            )
            yield Requirement(Kind.ROOM_CHANGE, at, (venue.id,), sentence, (put(at, _NONE),))
