"""Rule 12: a meeting without a common language has an interpreter, who is somewhere once."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.checker.facts import Facts, Placed
from scheduler.checker.intervals import inside, overlapping, span
from scheduler.checker.rules.base import Rule
from scheduler.checker.rules.travel import too_short, unreachable
from scheduler.checker.schedule import Schedule
from scheduler.checker.wording import about, common, listed, subject, together
from scheduler.domain import InterpreterPool, InterpreterSeat, Meeting, PartyId, RuleName, Violation

_NAME = RuleName.INTERPRETERS


def _alone(facts: Facts, placed: Placed) -> Iterator[Violation]:
    seat = placed.placement.interpreter
    if not isinstance(placed.activity, Meeting):
        if seat is not None:
            yield about(_NAME, f"{subject(placed)} is no meeting and has an interpreter", [placed])
        return
    spoken = _spoken(facts, placed, placed.activity)
    if seat is not None:
        for message in _serving(facts, placed, seat, spoken):
            yield about(_NAME, message, [placed])
    elif _needed(spoken):
        parties = listed([facts.instance.party_label(party) for party in spoken])
        message = f"{subject(placed)} needs an interpreter: {parties} share no language"
        yield about(_NAME, message, [placed], spoken)


def _spoken(facts: Facts, placed: Placed, meeting: Meeting) -> dict[PartyId, frozenset[str]]:
    """Return the languages of each party; one that sends nobody (rule 6) is left out."""
    spoken: dict[PartyId, frozenset[str]] = {}
    for party in meeting.parties:
        there = [p for p in facts.instance.people_of(party) if p.id in placed.takers]
        if there:
            spoken[party] = frozenset().union(*(person.languages for person in there))
    return spoken


def _needed(spoken: dict[PartyId, frozenset[str]]) -> bool:
    return bool(spoken) and all(spoken.values()) and not frozenset.intersection(*spoken.values())


def _serving(
    facts: Facts, placed: Placed, seat: InterpreterSeat, spoken: dict[PartyId, frozenset[str]]
) -> Iterator[str]:
    pool = facts.instance.pool(seat.pool)
    if pool is None:
        yield f"{subject(placed)} has an interpreter of the pool '{seat.pool}', which does not exist"
        return
    if seat.unit > pool.count:
        yield f"Interpreter {seat.unit} of '{pool.id}' does not exist, it has {pool.count}: {subject(placed)}"
    for party, languages in spoken.items():
        if not languages & pool.languages:
            label = facts.instance.party_label(party)
            yield f"{label} speaks no language of the interpreter ({_pair(pool)}) of {subject(placed)}"
    if pool.city is not None and pool.city != placed.city.id:
        yield f"The pool '{pool.id}' works in {facts.instance.city(pool.city).label}: {subject(placed)}"
    if pool.available and not any(inside(placed, span(i.start, i.end)) for i in pool.available):
        yield f"The pool '{pool.id}' is not available for the whole of {subject(placed)}"


def _pair(pool: InterpreterPool) -> str:
    return "-".join(sorted(pool.languages))


def _together(schedule: Schedule) -> Iterator[Violation]:
    for seat, meetings in _units(schedule).items():
        who = f"Interpreter {seat.unit} of '{seat.pool}'"
        for a, b in overlapping(meetings):
            message = f"{who} is in two meetings at once{together([a, b])}"
            yield about(_NAME, message, [a, b], during=common(a, b))
        for a, b in unreachable(schedule.facts.ways, meetings):
            message = too_short(schedule.facts.ways, who, a, b)
            yield about(_NAME, message, [a, b], during=(a.end, b.start))


def _units(schedule: Schedule) -> dict[InterpreterSeat, list[Placed]]:
    """Return the meetings of each interpreter, in the order of time."""
    units: dict[InterpreterSeat, list[Placed]] = {}
    for meeting in schedule.meetings:
        seat = meeting.placement.interpreter
        if seat is not None and schedule.instance.pool(seat.pool) is not None:
            units.setdefault(seat, []).append(meeting)
    return units


RULE = Rule(_NAME, alone=_alone, together=_together)
