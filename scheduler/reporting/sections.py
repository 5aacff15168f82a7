"""The sections of a report, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from scheduler.domain import BreakSpan, Status
from scheduler.exports.in_words import LEVEL_STATUS, REASONS, TERMS, counted, percent
from scheduler.reporting.heat import heat_days
from scheduler.reporting.indicators import Days, Granted, Indicators, Level, Refused
from scheduler.reporting.tables import Better, Cell, Line, Section, Table, compared
from scheduler.reporting.units import hours, of

Names = tuple[str, ...]
All = Sequence[Indicators]

_SHOWN = 30
"""So many rows of a long table are shown; the others are folded away."""
_WORST = 10
_WAITS = ((0, "none"), (30, "up to 30 min"), (60, "up to 1 h"), (120, "up to 2 h"), (240, "up to 4 h"))
_LONGEST = "more than 4 h"
_MOST_BREAKS = 8


def sections(names: Names, measured: All) -> tuple[Section, ...]:
    """Return the sections of the page of some schedules."""
    made = (_objective, _requests, _breaks, _rooms, _travel, _fairness, _refused)
    return tuple(section(names, measured) for section in made)


def _columns(names: Names, first: str, value: str) -> tuple[str, ...]:
    """Return the heads of a table with a column for each schedule."""
    return (first, *(names if len(names) > 1 else (value,)))


# -- what it costs -----------------------------------------------------------------------------------


def _objective(names: Names, measured: All) -> Section:
    lines = [line for number in range(len(measured[0].levels)) for line in _level_lines(measured, number)]
    broken = tuple(
        Table(
            f"Rules that {name} breaks" if len(names) > 1 else "Rules that are broken",
            ("Rule", "What is wrong"),
            *_cut(
                [Line(breach.rule.value, (Cell(breach.message, number=False),)) for breach in one.breaches]
            ),
        )
        for name, one in zip(names, measured, strict=True)
        if one.breaches
    )
    return Section(
        "objective",
        "What counts, and what it costs",
        (
            "Every value is worked out again from the schedule alone, by the checker. Levels count one after "
            "the other: no gain on a later one pays for a loss on an earlier one.",
            "The bound is what the search has proven that no schedule can be below; the gap is how far the "
            "value is above it.",
        ),
        (Table("Costs, level by level", _columns(names, "What counts", "Cost"), tuple(lines)), *broken),
    )


def _level_lines(measured: All, number: int) -> Iterable[Line]:
    """Yield what a level comes to, and below it its terms where there are several."""
    every = [one.levels[number] for one in measured]
    level = every[0].level
    terms = [position for position, term in enumerate(measured[0].terms) if term.level == level]
    alone = f": {TERMS[measured[0].terms[terms[0]].term]}" if len(terms) == 1 else ""
    values = compared([each.value for each in every], [_level(each) for each in every], Better.LESS)
    yield Line(f"Level {level}{alone}", values)
    for position in terms if len(terms) > 1 else ():
        parts = [one.terms[position] for one in measured]
        texts = [_product(each.value, each.weight) for each in parts]
        note = TERMS[parts[0].term]
        yield Line("", compared([each.cost for each in parts], texts, Better.LESS), note)


def _level(level: Level) -> str:
    parts = [str(level.value)]
    if level.bound is not None and level.gap is not None:
        parts.append(f"bound {level.bound}, gap {percent(level.gap)}")
    if level.status is not None:
        proven = "proven twice" if level.confirmed and level.status is Status.OPTIMAL else ""
        parts.append(proven or LEVEL_STATUS.get(level.status, level.status.value))
    if level.claimed is not None and level.claimed != level.value:
        parts.append(f"the file says {level.claimed}")
    return "; ".join(parts)


def _product(value: int, weight: int) -> str:
    return str(value) if weight == 1 else f"{value} \N{MULTIPLICATION SIGN} {weight}"


# -- what is granted ---------------------------------------------------------------------------------


def _requests(names: Names, measured: All) -> Section:
    mandatory = [one.requests.mandatory for one in measured]
    lines = [
        _granted_line([one.requests.by_priority[number] for one in measured], f"each costs {first.weight}")
        for number, first in enumerate(measured[0].requests.by_priority)
        if first.asked
    ]
    if mandatory[0].asked:
        lines.insert(0, _granted_line(mandatory, "must take place"))
    parties = _merged([one.requests.by_party for one in measured])
    parties.sort(key=lambda every: (every[0].share or 0.0, -every[0].asked))
    tables = [
        Table(
            "By priority", _columns(names, "Priority", "Granted"), tuple(lines), empty="Nothing is asked for."
        ),
        Table(
            "By delegation, the least granted first",
            _columns(names, "Whose meetings", "Granted"),
            *_cut([_granted_line(every) for every in parties]),
            empty="Nobody asks for a meeting.",
        ),
    ]
    if measured[0].held:
        tables.append(_held(names, measured))
    return Section(
        "requests",
        "Requests granted",
        (
            "By priority: sessions and meetings that may be refused; granted is what has a place.",
            "By delegation: the meetings that name it or one of its people, mandatory ones included; a "
            "meeting counts for each of its sides. Participants without a delegation stand for themselves.",
        ),
        tuple(tables),
    )


def _granted_line(every: Sequence[Granted], note: str = "") -> Line:
    texts = [of(one.granted, one.asked) for one in every]
    return Line(
        every[0].label,
        compared([one.share for one in every], texts, Better.MORE, full=1.0, points="%"),
        note,
    )


def _held(names: Names, measured: All) -> Table:
    lines = []
    for every in zip(*(one.held for one in measured), strict=True):
        limits = [f"at least {every[0].least}"] if every[0].least else []
        limits += [f"at most {every[0].most}"] if every[0].most is not None else []
        wrong = [one.missing + one.beyond for one in every]
        texts = [
            str(one.held) + (f", {missing} missing" if (missing := one.missing) else "") for one in every
        ]
        lines.append(Line(every[0].label, compared(wrong, texts, Better.LESS), ", ".join(limits)))
    return Table(
        "Meetings held, of parties with a least or a most number",
        _columns(names, "Who", "Meetings"),
        *_cut(lines),
    )


# -- people's days -----------------------------------------------------------------------------------


def _breaks(names: Names, measured: All) -> Section:
    head = _columns(names, "How many", "People")
    return Section(
        "breaks",
        "Breaks",
        (
            "A break is idle time between two engagements of a person, of the span and the length that stand "
            "above; journeys lie within it. Time in breaks is the length of all of them together.",
            "Everybody who can be in one place at a time counts: participants, and each body or team that "
            "stands for a delegation without named members.",
        ),
        (
            Table(
                "People by their number of breaks",
                head,
                tuple(_histogram(measured, _breaks_class, _breaks_classes(measured))),
            ),
            Table(
                "People by their time in breaks, in the whole programme",
                _columns(names, "How long", "People"),
                tuple(_histogram(measured, _wait_class, [label for _, label in _WAITS] + [_LONGEST])),
            ),
            _worst(names, measured),
        ),
        said=(_what_a_break_is(measured[0]),),
    )


def _what_a_break_is(one: Indicators) -> str:
    span = "on one day" if one.breaks_within is BreakSpan.DAY else "in the whole programme"
    longer = f"longer than {hours(one.breaks_beyond)}" if one.breaks_beyond else "of any length"
    return f"A break is idle time {longer} between two engagements of a person {span}."


def _histogram(measured: All, class_of: Callable[[Days], str], classes: Sequence[str]) -> Iterable[Line]:
    """Yield how many people are in each class, of each schedule."""
    counts = [Counter(class_of(days) for days in one.people) for one in measured]
    most = max((count for counted in counts for count in counted.values()), default=0)
    for label in classes:
        values = [counted[label] for counted in counts]
        yield Line(label, compared(values, [str(value) for value in values], full=most or 1))


def _breaks_class(days: Days) -> str:
    return str(days.breaks) if days.breaks < _MOST_BREAKS else f"{_MOST_BREAKS} or more"


def _breaks_classes(measured: All) -> list[str]:
    most = max((days.breaks for one in measured for days in one.people), default=0)
    classes = [str(number) for number in range(min(most, _MOST_BREAKS - 1) + 1)]
    return classes + ([f"{_MOST_BREAKS} or more"] if most >= _MOST_BREAKS else [])


def _wait_class(days: Days) -> str:
    return next((label for most, label in _WAITS if days.idle_minutes <= most), _LONGEST)


def _worst(names: Names, measured: All) -> Table:
    people = _merged([one.people for one in measured])
    waiting = [every for every in people if every[0].idle_minutes]
    waiting.sort(key=lambda every: -every[0].idle_minutes)
    shown = waiting[:_WORST]
    most = max((one.idle_minutes for every in shown for one in every), default=1)
    lines = [
        Line(
            every[0].label,
            compared(
                [one.idle_minutes for one in every],
                [f"{hours(one.idle_minutes)} in {counted(one.breaks, 'break')}" for one in every],
                Better.LESS,
                full=most,
                points="min",
            ),
            every[0].delegation if every[0].delegation not in every[0].label else "",
        )
        for every in shown
    ]
    whom = (
        f"The {_WORST} with the most time in breaks"
        if len(waiting) > _WORST
        else "Who has the most time in breaks"
    )
    if len(names) > 1:
        whom += f", in {names[0]}"
    return Table(whom, _columns(names, "Who", "Time in breaks"), tuple(lines), empty="Nobody has a break.")


# -- places ------------------------------------------------------------------------------------------


def _rooms(names: Names, measured: All) -> Section:
    lines = [
        Line(
            every[0].label,
            compared(
                [one.share for one in every],
                [
                    "never open"
                    if one.share is None
                    else f"{hours(one.used_minutes)} of {hours(one.open_minutes)} ({percent(one.share)})"
                    for one in every
                ],
                full=1.0,
                points="%",
            ),
            f"{every[0].venue}, {every[0].city}"
            + (f"; {counted(every[0].tables, 'table')}" if every[0].tables else ""),
        )
        for every in zip(*(one.rooms for one in measured), strict=True)
    ]
    return Section(
        "rooms",
        "Rooms and tables",
        (
            "A room is open when its city is, as far as its own windows leave; the hours of a meeting area "
            "count once for each table. Used is what sessions and meetings take, without the time to get in "
            "and out.",
            "Over time: each half hour's use in percent of all tables, the darker the fuller; empty is "
            "open and unused, and dotted is closed.",
        ),
        (Table("In the whole programme", _columns(names, "Room", "Used, of its open hours"), tuple(lines)),),
        heat_days(names, measured),
    )


# -- travel ------------------------------------------------------------------------------------------


def _travel(names: Names, measured: All) -> Section:
    by_id = [{travel.id: travel for travel in one.travel} for one in measured]
    found = [
        tuple(each.get(id_) for each in by_id) for id_ in dict.fromkeys(id_ for each in by_id for id_ in each)
    ]
    found.sort(key=lambda every: -max(one.travel_minutes for one in every if one is not None))
    most = max((one.travel_minutes for every in found for one in every if one is not None), default=1)
    lines = [
        Line(
            label,
            compared(
                [0 if one is None else one.travel_minutes for one in every],
                [
                    "none"
                    if one is None
                    else f"{hours(one.travel_minutes)}; {counted(one.legs, 'ride')}, "
                    f"{counted(one.city_changes, 'change')} of city"
                    for one in every
                ],
                Better.LESS,
                full=most or 1,
                points="min",
            ),
            f"{people} {'person' if people == 1 else 'people'} on the way",
        )
        for every in found
        for label, people in [next((one.label, one.people) for one in every if one is not None)]
    ]
    return Section(
        "travel",
        "Travel",
        (
            "Each person's rides between cities added up, by the journey that is over first; the hours are "
            "those on the way, without the ways to and from the station. A change of city: two consecutive "
            "engagements of a person in different cities.",
        ),
        (
            Table(
                "By delegation, who travels longest first",
                _columns(names, "Who travels", "On the way"),
                *_cut(lines),
                empty="Nobody travels.",
            ),
        ),
    )


# -- fairness ----------------------------------------------------------------------------------------


def _fairness(names: Names, measured: All) -> Section:
    every = [one.fairness for one in measured]
    shares = (
        ("Least share granted", [one.least_share for one in every], Better.MORE),
        ("Mean share granted", [one.mean_share for one in every], Better.MORE),
        ("Largest share granted", [one.most_share for one in every], Better.NEITHER),
    )
    lines = [
        Line(
            label,
            compared(
                values, ["none" if v is None else percent(v) for v in values], better, full=1.0, points="%"
            ),
        )
        for label, values, better in shares
    ]
    lines += [
        Line(
            "Spread of shares",
            compared(
                [one.spread / 100 for one in every],
                [f"{one.spread} points" for one in every],
                Better.LESS,
                points="%",
            ),
            _bound(every[0].granted_bound, "a party is granted {}% at the least"),
        ),
        Line(
            "Gini coefficient of shares",
            compared(
                [one.gini for one in every], [f"{one.gini:.3f}" for one in every], Better.LESS, full=1.0
            ),
        ),
        Line(
            "Breaks of one person",
            compared(
                [one.most_breaks - one.least_breaks for one in every],
                [f"{one.least_breaks} to {one.most_breaks}" for one in every],
                Better.LESS,
            ),
            _bound(every[0].breaks_bound, "they may differ by {}"),
        ),
    ]
    return Section(
        "fairness",
        "Fairness",
        (
            "A share is what a party has of the meetings that name it, mandatory ones included, over the "
            "parties that are named at all. The spread is the largest share less the smallest, each in whole "
            "percent.",
            "The Gini coefficient is 0 when all shares are alike, and near 1 when a few have everything.",
        ),
        (Table("How evenly", _columns(names, "Measure", "Value"), tuple(lines)),),
        said=(f"{every[0].parties} parties are named by meetings.",),
    )


def _bound(value: int | None, words: str) -> str:
    return "" if value is None else words.format(value)


# -- what has no place -------------------------------------------------------------------------------


def _refused(names: Names, measured: All) -> Section:
    counts = [{one.kind: one.count for one in each.refusals} for each in measured]
    kinds = list(dict.fromkeys(kind for counted in counts for kind in counted))
    most = max((count for counted in counts for count in counted.values()), default=1)
    lines = []
    for kind in kinds:
        values = [counted.get(kind, 0) for counted in counts]
        label = REASONS[kind] if kind else "no reason is given"
        lines.append(Line(label, compared(values, [str(v) for v in values], Better.LESS, full=most)))
    return Section(
        "unscheduled",
        "Not scheduled",
        (
            "Sessions and meetings without a place, by what is in the way, as the solution's file says it. "
            "`scheduler explain --why-not` says more of each.",
        ),
        (
            Table(
                "By reason",
                _columns(names, "Reason", "How many"),
                tuple(lines),
                empty="Everything has a place.",
            ),
            *(
                Table(
                    f"Without a place in {name}" if len(names) > 1 else "Each of them",
                    ("What", "Priority", "Why"),
                    *_cut([_refused_line(refused) for refused in one.refused]),
                )
                for name, one in zip(names, measured, strict=True)
                if one.refused
            ),
        ),
    )


def _refused_line(refused: Refused) -> Line:
    said = refused.reason or (REASONS[refused.kind] if refused.kind else "")
    cells = (Cell(refused.priority, number=False), Cell(said, number=False))
    return Line(refused.label, cells, refused.parties)


# -- several schedules -------------------------------------------------------------------------------


def _cut(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    return tuple(lines[:_SHOWN]), tuple(lines[_SHOWN:])


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Named)


def _merged(every: Sequence[Sequence[_T]]) -> list[tuple[_T, ...]]:
    """Return what is of one id in each schedule; all have the same ids."""
    by_id = [{one.id: one for one in each} for each in every]
    return [tuple(found[id_] for found in by_id) for id_ in by_id[0]]
