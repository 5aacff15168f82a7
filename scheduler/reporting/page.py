"""What stands on the page of a report, for one schedule or several side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from scheduler.exports.in_words import counted, percent
from scheduler.reporting import sections
from scheduler.reporting.indicators import Indicators, share
from scheduler.reporting.tables import Better, Section, Tile, compared
from scheduler.reporting.units import decimal, hours, of


@dataclass(frozen=True, slots=True)
class Page:
    """A report as it is shown."""

    title: str
    names: tuple[str, ...]
    """Of the schedules."""
    verdicts: tuple[str, ...]
    """What each is, in a sentence."""
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]


def page(found: Mapping[str, Indicators]) -> Page:
    """Return what stands on the page of some schedules of a programme, by name; the first is compared to."""
    names, measured = tuple(found), tuple(found.values())
    return Page(
        title=measured[0].title,
        names=names,
        verdicts=tuple(_verdict(one) for one in measured),
        tiles=_tiles(measured),
        sections=sections.sections(names, measured),
    )


def _verdict(one: Indicators) -> str:
    if not one.valid:
        count = len(one.breaches)
        return f"Breaks the rules in {counted(count, 'place')}."
    proven = all(level.bound is not None and level.value <= level.bound for level in one.levels)
    return "Keeps every rule" + (", and is proven to be the best there is." if proven else ".")


def _tiles(measured: Sequence[Indicators]) -> tuple[Tile, ...]:
    figures: tuple[tuple[str, str, Callable[[Indicators], float | None], _Words, Better, str], ...] = (
        ("Requests granted", "of what was asked for", _granted, _granted_words, Better.MORE, "%"),
        ("Mandatory placed", "of what must take place", _placed, _placed_words, Better.MORE, "%"),
        ("Breaks", "for each person", _breaks, lambda one: decimal(_breaks(one)), Better.LESS, ""),
        ("Time in breaks", "for each person", _waiting, lambda one: hours(_waiting(one)), Better.LESS, "min"),
        (
            "Rooms in use",
            "of their open hours",
            _rooms,
            lambda one: _percent(_rooms(one)),
            Better.NEITHER,
            "%",
        ),
        (
            "Tables in use",
            "of their open hours",
            _tables,
            lambda one: _percent(_tables(one)),
            Better.NEITHER,
            "%",
        ),
        ("On the way", "all people together", _travel, lambda one: hours(_travel(one)), Better.LESS, "min"),
        (
            "Spread of shares",
            "between the most and the least granted party",
            lambda one: one.fairness.spread / 100,
            lambda one: f"{one.fairness.spread} points",
            Better.LESS,
            "%",
        ),
    )
    return tuple(
        Tile(
            title,
            unit,
            compared([value(o) for o in measured], [words(o) for o in measured], better, points=points),
        )
        for title, unit, value, words, better, points in figures
    )


_Words = Callable[[Indicators], str]


def _percent(value: float | None) -> str:
    return "none" if value is None else percent(value)


def _granted(one: Indicators) -> float | None:
    return share(one.requests.granted, one.requests.asked)


def _granted_words(one: Indicators) -> str:
    return of(one.requests.granted, one.requests.asked)


def _placed(one: Indicators) -> float | None:
    return one.requests.mandatory.share


def _placed_words(one: Indicators) -> str:
    return of(one.requests.mandatory.granted, one.requests.mandatory.asked)


def _breaks(one: Indicators) -> float:
    return mean(days.breaks for days in one.people) if one.people else 0.0


def _waiting(one: Indicators) -> float:
    return mean(days.idle_minutes for days in one.people) if one.people else 0.0


def _rooms(one: Indicators) -> float | None:
    return _use(one, areas=False)


def _tables(one: Indicators) -> float | None:
    return _use(one, areas=True)


def _use(one: Indicators, areas: bool) -> float | None:
    rooms = [room for room in one.rooms if (room.tables is not None) is areas]
    return share(sum(room.used_minutes for room in rooms), sum(room.open_minutes for room in rooms))


def _travel(one: Indicators) -> float:
    return sum(travel.travel_minutes for travel in one.travel)
