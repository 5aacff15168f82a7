"""What could be done about each requirement, and at what cost.

The costs are a common measure of how much trouble something is to an organiser: half an hour more is little,
giving up a mandatory meeting is much. ``docs/explain.md`` has the table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from scheduler.domain import HostedActivity, Instance, Link, Meeting, Value, Window
from scheduler.domain.times import elapsed, later
from scheduler.explain import wording as words
from scheduler.explain.requirements import Edit, Kind, Path, Requirement

_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that could be done about a requirement.

    Attributes
    ----------
    requirement : Requirement
        What it eases, or gives up.
    chain : str
        Names a series of steps of one requirement: each does more than those before it.
    strength : int
        Its position in the series.
    cost : int
    sentence : str
        What to do, without a full stop.
    path : tuple
        Where it is to be changed.
    edits : tuple of Edit
        What it changes of the instance in plain form; none where the requirement is given up.
    written : tuple of Edit
        What it changes of the instance as it is written.
    """

    requirement: Requirement
    chain: str
    strength: int
    cost: int
    sentence: str
    path: Path
    edits: tuple[Edit, ...]
    written: tuple[Edit, ...]

    @property
    def gives_up(self) -> bool:
        """Whether nothing is left of the requirement."""
        return not self.edits

    @property
    def place(self) -> tuple[Kind, Path]:
        """What it changes: one link leads both ways, so that two requirements may stand at one place."""
        return self.requirement.kind, self.path

    def covers(self, other: Step) -> bool:
        """Return whether it does at least as much as another step."""
        same = self.place == other.place
        return same and (self.gives_up or (self.chain == other.chain and self.strength >= other.strength))


class _Way(NamedTuple):
    """A step in the making: how much it costs, what it says, what it makes of the value that is there."""

    cost: int
    sentence: str
    change: Callable[[Any], Any] | None = None
    """None: the requirement is given up."""
    path: Path = ()
    """Where, below the requirement's place."""


_Series = Iterator[tuple[str, list[_Way]]]


def steps_of(instance: Instance, requirement: Requirement) -> list[Step]:
    """Return everything that could be done about a requirement; nothing about what is past."""
    series = _SERIES.get(requirement.kind)
    if series is None:
        return []
    return [
        _step(requirement, chain, strength, way)
        for chain, ways in series(instance, requirement)
        for strength, way in enumerate(ways)
    ]


def _step(requirement: Requirement, chain: str, strength: int, way: _Way) -> Step:
    edits: tuple[Edit, ...] = ()
    written = requirement.edits
    if way.change is not None:
        written = (Edit((*requirement.path, *way.path), way.change),)
        loads = requirement.kind in (Kind.MEETINGS_PER_DAY, Kind.IN_A_ROW)
        edits = tuple(Edit(edit.path, way.change) for edit in requirement.edits) if loads else written
    elif requirement.kind is Kind.MEAL:
        written = (Edit(requirement.path, lambda _: None),)
    elif requirement.kind is Kind.PINNED_START:
        written = (*written, *_still_mandatory(requirement.path))
    return Step(requirement, chain, strength, way.cost, way.sentence, requirement.path, edits, written)


def _still_mandatory(path: Path) -> tuple[Edit, ...]:
    """Return what keeps mandatory what was so because of its pinned start (a talk is so with its session)."""
    if path[2] == "talks":
        return ()
    return (Edit((*path[:2], "mandatory"), lambda _: True),)


def value_at(instance: Instance, path: Path) -> Any:
    """Return what stands at a path of an instance."""
    value: Any = instance
    for key in path:
        value = getattr(value, key) if isinstance(value, Value) and isinstance(key, str) else value[key]
    return value


# -- what can be done about each kind ------------------------------------------------------------


def _given_up(cost: int, what: str) -> Callable[[Instance, Requirement], _Series]:
    """Return a series of one step, that gives a requirement up.

    In its words ``{}`` is the first thing that the requirement is about, ``{it}`` what it says.
    """

    def series(instance: Instance, requirement: Requirement) -> _Series:
        yield "given up", [_Way(cost, what.format(_first(instance, requirement), it=requirement.sentence))]

    return series


def _first(instance: Instance, requirement: Requirement) -> str:
    """Return the name of the first thing that a requirement is about."""
    name: Any = requirement.about[0] if requirement.about else "everybody"
    if instance.has_activity(name):
        return words.activity(instance, name)
    if instance.has_room(name):
        return words.room(instance, name)
    if instance.delegation(name) is not None or instance.has_person(name):
        return words.party(instance, name)
    return str(name)


def _optional(instance: Instance, requirement: Requirement) -> _Series:
    hosted = value_at(instance, requirement.path[:2])
    assert isinstance(hosted, HostedActivity)
    cost = 20
    if isinstance(hosted, Meeting):
        cost = 10 + min(10, instance.priorities.get(hosted.priority, 0))
    yield "optional", [_Way(cost, f"make {_first(instance, requirement)} optional: it may then be refused")]


def _earlier_arrival(instance: Instance, requirement: Requirement) -> _Series:
    arrival = value_at(instance, requirement.path)
    who = _first(instance, requirement)
    ways = [
        _Way(cost, f"let {who} arrive {_span(n)} earlier, on {words.moment(_moved(arrival, -n))}", _shift(-n))
        for n, cost in _AT_ENDS
    ]
    yield "earlier", [*ways, _Way(_ALWAYS, f"let {who} be there from the start")]


def _later_departure(instance: Instance, requirement: Requirement) -> _Series:
    departure = value_at(instance, requirement.path)
    who = _first(instance, requirement)
    ways = [
        _Way(cost, f"let {who} leave {_span(n)} later, on {words.moment(_moved(departure, n))}", _shift(n))
        for n, cost in _AT_ENDS
    ]
    yield "later", [*ways, _Way(_ALWAYS, f"let {who} stay to the end")]


_AT_ENDS = ((30, 2), (60, 3), (120, 5), (240, 8), (24 * 60, 10))
"""Minutes by which somebody comes earlier or leaves later, and the cost."""
_ALWAYS = 15
"""What it costs that somebody is there from the start, or to the end."""
_OPEN_LONGER = ((30, 2), (60, 3), (120, 5))
"""Minutes by which a city or a window is open longer at one end, and the cost."""


def _span(minutes: int) -> str:
    return words.length(minutes * _MINUTE)


def _moved(moment: dt.datetime, minutes: int) -> dt.datetime:
    return later(moment, minutes * _MINUTE)


def _shift(minutes: int) -> Callable[[Any], Any]:
    return lambda moment: None if moment is None else _moved(moment, minutes)


def _absence(instance: Instance, requirement: Requirement) -> _Series:
    absence = value_at(instance, requirement.path)
    who = _first(instance, requirement)
    for chain, field, sign, told in (
        ("from", "start", 1, "let {} be away only from {} on"),
        ("to", "end", -1, "let {} be back by {}"),
    ):
        yield (
            chain,
            [
                _Way(cost, told.format(who, words.moment(_moved(end, sign * n))), _shift(sign * n), (field,))
                for n, cost in _AT_ENDS[:3]
                for end in [getattr(absence, field)]
                if elapsed(absence.start, absence.end) > n * _MINUTE
            ],
        )
    yield "given up", [_Way(6, f"let {who} be there after all ({requirement.sentence})")]


def _opening(instance: Instance, requirement: Requirement) -> _Series:
    opening = value_at(instance, requirement.path)
    city = instance.cities[int(requirement.path[1])]
    on = words.short_date(opening.date)
    yield (
        "from",
        [
            _Way(
                cost,
                f"open {city.label} from {start:%H:%M} instead of {opening.start:%H:%M} on {on}",
                _put(start),
                ("start",),
            )
            for n, cost in _OPEN_LONGER
            if (start := _clock(opening.start, -n)) is not None
        ],
    )
    yield (
        "to",
        [
            _Way(
                cost,
                f"keep {city.label} open to {_end(end)} instead of {_end(opening.end)} on {on}",
                _put(end),
                ("end",),
            )
            for n, cost in _OPEN_LONGER
            if (end := _clock(opening.end, n, end=True)) is not None
        ],
    )


def _end(clock: dt.time) -> str:
    return "24:00" if clock == dt.time(0) else f"{clock:%H:%M}"


def _put(value: object) -> Callable[[Any], Any]:
    return lambda _: value


def _clock(clock: dt.time, minutes: int, *, end: bool = False) -> dt.time | None:
    """Return a time of day moved, or None where it would leave the day."""
    at = clock.hour * 60 + clock.minute
    if end and at == 0:
        return None
    at += minutes
    if at < 0 or at > 24 * 60 or (at == 24 * 60 and not end):
        return None
    return dt.time(at // 60 % 24, at % 60)


def _windows(instance: Instance, requirement: Requirement) -> _Series:
    name = _first(instance, requirement)
    wider = [
        _Way(cost, f"let the times of {name} begin {_span(n)} earlier and end {_span(n)} later", _widen(n))
        for n, cost in ((30, 3), (60, 4))
    ]
    yield "wider", [*wider, _Way(5, f"let {name} be at any time of day")]


def _widen(minutes: int) -> Callable[[Any], Any]:
    def wider(windows: tuple[Window, ...]) -> tuple[Window, ...]:
        return tuple(
            window.model_copy(
                update={
                    "start": _clock(window.start, -minutes) or dt.time(0),
                    "end": _clock(window.end, minutes, end=True) or dt.time(0),
                }
            )
            for window in windows
        )

    return wider


def _more(each: int, most: int, one: str, many: str) -> Callable[[Instance, Requirement], _Series]:
    """Return a series of one more, two more and so on; ``{}`` is what the requirement is about."""

    def series(instance: Instance, requirement: Requirement) -> _Series:
        now = value_at(instance, requirement.path)
        name = _first(instance, requirement)
        yield (
            "more",
            [
                _Way(
                    each * n,
                    f"{(one if n == 1 else many).format(name, n=n)} ({now + n} instead of {now})",
                    _add(n),
                )
                for n in range(1, most + 1)
            ],
        )

    return series


def _add(number: int) -> Callable[[Any], Any]:
    return lambda value: None if value is None else value + number


def _seats(instance: Instance, requirement: Requirement) -> _Series:
    seats = value_at(instance, requirement.path)
    name = _first(instance, requirement)
    more = [(max(1, seats * percent // 100), cost) for percent, cost in ((10, 2), (25, 3), (50, 5))]
    yield (
        "more",
        [
            _Way(
                cost, f"put {words.counted(n, 'more seat', 'more seats')} into {name} ({seats + n})", _add(n)
            )
            for n, cost in more
        ],
    )


def _quicker(instance: Instance, requirement: Requirement) -> _Series:
    if requirement.path[:2] != ("travel", "links"):
        return
    link = value_at(instance, requirement.path)
    assert isinstance(link, Link)
    start, end = (instance.city(city).label for city in (link.start, link.end))
    if link.departures:
        sentence = f"let the {link.mode} between {start} and {end} leave whenever it is needed"
        yield "any time", [_Way(8, sentence, _put(()), ("departures",))]
    if link.duration > dt.timedelta(hours=1) and not link.departures:
        sentence = f"find a way from {start} to {end} that takes 30min less"
        yield "quicker", [_Way(6, sentence, lambda d: d - 30 * _MINUTE, ("duration",))]


def _half(instance: Instance, requirement: Requirement) -> _Series:
    at = (
        requirement.path
        if not hasattr(value_at(instance, requirement.path), "duration")
        else (
            *requirement.path,
            "duration",
        )
    )
    duration: dt.timedelta = value_at(instance, at)
    half = duration // 2 // _MINUTE * _MINUTE
    below = at[len(requirement.path) :]
    yield (
        "half",
        [_Way(4, f"halve the way: {requirement.sentence} (so {words.length(half)})", _put(half), below)],
    )


def _breaks(instance: Instance, requirement: Requirement) -> _Series:
    now = value_at(instance, requirement.path)
    ways = [
        _Way(2 * n, f"let the numbers of breaks differ by {now + n} instead of {now}", _add(n))
        for n in (1, 2)
    ]
    yield "more", [*ways, _Way(8, "give up the bound on the numbers of breaks")]


def _shares(instance: Instance, requirement: Requirement) -> _Series:
    now = value_at(instance, requirement.path)
    ways = [
        _Way(cost, f"grant every party at least {now - n} % instead of {now} % of its meetings", _add(-n))
        for n, cost in ((10, 3), (25, 6))
        if now > n
    ]
    yield "less", [*ways, _Way(10, "give up the share of its meetings that every party is granted")]


_SERIES: dict[Kind, Callable[[Instance, Requirement], _Series]] = {
    Kind.MANDATORY: _optional,
    Kind.PINNED_START: _given_up(4, "let {} start at another time than the pinned one"),
    Kind.PINNED_ROOM: _given_up(3, "let {} be in another room than the pinned one"),
    Kind.PINNED_TABLE: _given_up(1, "let {} be at another table than the pinned one"),
    Kind.DATES: _given_up(4, "let {} be on any date"),
    Kind.WINDOWS: _windows,
    Kind.DAY_PART: _given_up(3, "let {} be at any part of the day"),
    Kind.FORBIDDEN: _given_up(3, "give up that {it}"),
    Kind.IN_CITIES: _given_up(5, "let {} be in any city"),
    Kind.IN_VENUES: _given_up(3, "let {} be in any venue"),
    Kind.IN_ROOMS: _given_up(2, "let {} be in any room"),
    Kind.FEATURES: _given_up(4, "do without what the room of {} should have"),
    Kind.ATTENDANCE: _given_up(4, "let {} need fewer seats"),
    Kind.ROLE: _given_up(5, "let anybody come to {}, whatever their role"),
    Kind.AUDIENCE: _given_up(8, "let the audience of {} be elsewhere meanwhile"),
    Kind.CHAIRS: _given_up(6, "do without a chair of the track {}"),
    Kind.ARRIVAL: _earlier_arrival,
    Kind.DEPARTURE: _later_departure,
    Kind.ABSENCE: _absence,
    Kind.ALLOWED_CITIES: _given_up(6, "let {} come to every city"),
    Kind.LANGUAGE: _given_up(6, "let {} bring an interpreter of its own, and leave its languages out"),
    Kind.PARALLEL: _more(5, 2, "let {} do one thing more at a time", "let {0} do {n} things more at a time"),
    Kind.OPENING: _opening,
    Kind.ROOM_AVAILABLE: _given_up(4, "make {} available at all times"),
    Kind.ROOM_CLOSED: _given_up(4, "open {} after all ({it})"),
    Kind.TABLES: _more(2, 5, "put one more table into {}", "put {n} more tables into {0}"),
    Kind.SEATS: _seats,
    Kind.TRAVEL: _quicker,
    Kind.TRANSFER: _half,
    Kind.ROOM_CHANGE: _half,
    Kind.PRECEDENCE: _given_up(4, "give up that {it}"),
    Kind.DAY_RELATION: _given_up(4, "give up that {it}"),
    Kind.MEETINGS_PER_DAY: _more(
        3, 2, "allow {} one more meeting a day", "allow {0} {n} more meetings a day"
    ),
    Kind.MEETINGS_IN_ALL: _more(2, 2, "let {} hold one more meeting", "let {0} hold {n} more meetings"),
    Kind.NEVER: _given_up(8, "give up that {it}"),
    Kind.IN_A_ROW: _more(
        3, 2, "allow {} one more engagement in a row", "allow {0} {n} more engagements in a row"
    ),
    Kind.MEAL: _given_up(5, "give up that {it}"),
    Kind.INTERPRETERS: _more(
        4, 2, "hire one more interpreter for the pool {}", "hire {n} more interpreters for the pool {0}"
    ),
    Kind.INTERPRETERS_TIMES: _given_up(4, "let the pool {} work at all times"),
    Kind.INTERPRETERS_CITY: _given_up(4, "let the pool {} travel"),
    Kind.FAIR_BREAKS: _breaks,
    Kind.FAIR_SHARES: _shares,
}
"""The past stays, so that nothing can be done about it; what the clock says neither."""
