"""Events that cannot take place as they stand: two at once in one room, or of one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from scheduler.reading.conference.records import Event


class Clash(NamedTuple):
    """An event that overlaps an earlier one, and what of both is the same."""

    event: Event
    other: Event
    what: str

    def __str__(self) -> str:
        other = self.other
        line = f" (line {other.node.at[0]})" if other.node.at[0] else ""
        return (
            f"overlaps {other.label}, {other.start:%Y-%m-%d %H:%M} to {other.end:%H:%M}{line}, in {self.what}"
        )


def clashes(events: Iterable[Event]) -> list[Clash]:
    """Return events that stand in the way of no other once they are taken out, each with one that it hits.

    Of two at once the later one is named; of two that begin together the one that comes later in the file.
    """
    rest = sorted(events, key=lambda event: event.begins)
    found: list[Clash] = []
    for keys in (_room, _people):
        found += _along(rest, keys)
        out = {id(clash.event) for clash in found}
        rest = [event for event in rest if id(event) not in out]
    return found


def _along(events: list[Event], keys: Callable[[Event], dict[str, str]]) -> Iterator[Clash]:
    """Yield the clashes of events in order of time."""
    last: dict[str, Event] = {}
    for event in events:
        mine = keys(event)
        hit = next((key for key in mine if key in last and event.begins < last[key].ends), None)
        if hit is not None:
            yield Clash(event, last[hit], mine[hit])
        else:
            last |= dict.fromkeys(mine, event)


def _room(event: Event) -> dict[str, str]:
    return {event.room: f'the same room, "{event.room}"'}


def _people(event: Event) -> dict[str, str]:
    return {person.key: f'the time of the same person, "{person.name}"' for person in event.people}
