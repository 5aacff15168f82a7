"""The first sheet: which programme, what the schedule is worth, and where to find what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.domain import ActivityKind, HostedActivity, Instance, LevelReport, Solution, Status
from scheduler.exports.entries import TRAVEL
from scheduler.exports.in_words import LEVEL_STATUS, TERMS, kind_words
from scheduler.exports.schedule_workbook.layout import Front, Row, Section, Value

RESULT: dict[Status, str] = {
    Status.OPTIMAL: "Proven optimal: no better schedule exists.",
    Status.FEASIBLE: "A valid schedule, not proven to be the best.",
    Status.INTERRUPTED: "The best schedule that was found until the search was stopped.",
}
"""What a schedule is, by how the search for it ended."""

Guide = tuple[Value, str]
"""A sheet (or a file) and what it holds."""


def front(instance: Instance, solution: Solution, guides: Iterable[Guide], name: str) -> Front:
    """Return the first sheet.

    Parameters
    ----------
    guides : iterable of Guide
        The other sheets.
    """
    sections = [
        _about(instance, solution),
        _cities(instance),
        _levels(solution.levels),
        _terms(solution),
        Section("Sheets", ("Sheet", "What it holds"), tuple(Row(guide) for guide in guides)),
        _colours(instance),
    ]
    return Front(name, instance.programme.label, tuple(part for part in sections if part.rows))


def _about(instance: Instance, solution: Solution) -> Section:
    hosted = [a for a in instance.activities if isinstance(a, HostedActivity)]
    placed = {placement.activity for placement in solution.placements}
    count = sum(activity.id in placed for activity in hosted)
    organizer = instance.programme.organizer
    rows: list[tuple[Value, ...]] = [
        ("Programme", instance.programme.id),
        ("Schedule", RESULT.get(solution.status, solution.status.value)),
        ("Sessions and meetings with a place", count),
        ("Without a place", len(hosted) - count),
    ]
    if organizer is not None:
        rows.insert(1, ("Organiser", f"{organizer.name}, {organizer.email}"))
    return Section("This schedule", (), tuple(map(Row, rows)))


def _cities(instance: Instance) -> Section:
    rows = []
    for city in instance.cities:
        dates = sorted(opening.date for opening in city.opening)
        rows.append(Row((city.label, city.time_zone, dates[0], dates[-1])))
    return Section(
        "Cities, each on its own clock", ("City", "Time zone", "First day", "Last day"), tuple(rows)
    )


def _levels(levels: Sequence[LevelReport]) -> Section:
    heads = ("Level", "How sure", "Value", "No schedule is below")
    rows = tuple(
        Row((f"Level {level.level}", _how_sure(level), level.value, level.bound)) for level in levels
    )
    return Section("What counts, one level after the other: less is better", heads, rows)


def _how_sure(level: LevelReport) -> str:
    if level.status is Status.OPTIMAL and level.confirmed:
        return "proven twice"
    return LEVEL_STATUS.get(level.status, level.status.value)


def _terms(solution: Solution) -> Section:
    heads = ("Level", "What", "How many", "Each counts")
    rows = tuple(
        Row((f"Level {part.level}", TERMS[part.term], part.value, part.weight)) for part in solution.terms
    )
    return Section("What the levels are made of", heads, rows)


def _colours(instance: Instance) -> Section:
    kinds: list[str] = list(dict.fromkeys(session.kind.value for session in instance.sessions))
    kinds += [ActivityKind.TALK] if any(session.talks for session in instance.sessions) else []
    kinds += [ActivityKind.MEETING] if instance.meetings else []
    kinds += [TRAVEL]
    return Section("Colours", (), tuple(Row((kind_words(kind),), kind) for kind in kinds))
