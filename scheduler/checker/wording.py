"""The words of violations: names where there are names, times on the city's own clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from scheduler.checker.facts import Placed
from scheduler.domain import Instance, ParticipantId, PartyId, RuleName, Violation
from scheduler.domain.times import format_duration

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHOWN = 4
"""How many names a sentence lists before it counts the rest."""


def day(date: dt.date) -> str:
    """Return a date as ``21 Nov``."""
    return f"{date.day} {_MONTHS[date.month - 1]}"


def clock(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Return a moment as ``21 Nov 10:30`` on a zone's clock."""
    local = moment.astimezone(zone)
    return f"{day(local)} {local:%H:%M}"


def hours(start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> str:
    """Return a stretch as ``10:00-10:30`` on a zone's clock (with the date of an end on another)."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    text = f"{first:%H:%M}-{last:%H:%M}"
    return text if first.date() == last.date() else f"{text} ({day(last)})"


def length(duration: dt.timedelta) -> str:
    """Return a duration as ``1h30``."""
    return format_duration(duration)


def count(number: int, one: str, many: str) -> str:
    """Return a number and what it counts."""
    return f"{number} {one if number == 1 else many}"


def name(placed: Placed) -> str:
    """Return an activity's title in quotes."""
    return f"'{placed.activity.label}'"


def when(placed: Placed) -> str:
    """Return when and where an activity is: ``on 21 Nov 10:00-10:30 in Madrid``."""
    return f"on {day(placed.date)} {hours(placed.start, placed.end, placed.zone)} in {placed.city.label}"


def subject(placed: Placed) -> str:
    """Return an activity with when and where it is."""
    return f"{name(placed)} {when(placed)}"


def together(items: Sequence[Placed]) -> str:
    """Return several activities, to end a sentence with: the day and city said once if they share them."""
    first = items[0]
    if all(p.city is first.city and p.date == first.date for p in items):
        shown = [f"{name(p)} {hours(p.start, p.end, p.zone)}" for p in items]
        return f" on {day(first.date)} in {first.city.label}: {listed(shown)}"
    return f": {listed([subject(p) for p in items])}"


def listed(words: Sequence[str]) -> str:
    """Return ``a, b and c``; of many, the first few and how many others."""
    if len(words) > _SHOWN + 1:
        words = (*words[:_SHOWN], f"{len(words) - _SHOWN} others")
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def labels(instance: Instance, who: Iterable[ParticipantId]) -> list[str]:
    """Return people's names; a delegation's own where all its people are among them."""
    given = dict.fromkeys(who)
    names: dict[str, None] = {}
    for id_ in given:
        party = instance.person(id_).delegation
        whole = party is not None and all(p.id in given for p in instance.people_of(party))
        names[instance.party_label(party if whole and party is not None else id_)] = None
    return list(names)


def people(instance: Instance, who: Iterable[ParticipantId]) -> str:
    """Return people's names as one phrase."""
    return listed(labels(instance, who))


def people_who(instance: Instance, who: Iterable[ParticipantId], one: str, many: str) -> str:
    """Return people's names followed by a verb that agrees with how many names there are."""
    names = labels(instance, who)
    return f"{listed(names)} {one if len(names) == 1 else many}"


def about(
    rule: RuleName,
    message: str,
    items: Sequence[Placed],
    who: Iterable[PartyId] = (),
    during: tuple[dt.datetime, dt.datetime] | None = None,
) -> Violation:
    """Return a violation about placed activities.

    Its room is the one they share, if they do; its times (on the first one's clock) are from the first
    start to the last end unless ``during`` says otherwise.
    """
    first = items[0]
    start, end = during or (min(p.start for p in items), max(p.end for p in items))
    return Violation(
        rule=rule,
        message=message,
        activities=tuple(p.id for p in items),
        parties=tuple(who),
        room=first.room.id if all(p.room is first.room for p in items) else None,
        start=start.astimezone(first.zone),
        end=end.astimezone(first.zone),
    )


def common(a: Placed, b: Placed) -> tuple[dt.datetime, dt.datetime]:
    """Return the stretch in which two activities overlap."""
    return max(a.start, b.start), min(a.end, b.end)
