"""Answers of jobs that ask a question, as a page shows them: names for ids, local times, rows together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scheduler.domain import (
    ActivityId,
    Delegation,
    Instance,
    Meeting,
    Participant,
    PartyId,
    Placement,
    RoomId,
    Solution,
)
from scheduler.explain import telling
from scheduler.explain.pricing import LevelChange
from scheduler.explain.wording import listed
from scheduler.exports.in_words import short_date

_MOST_NAMED = 2
"""So many activities that are in the way are named."""
_MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What is in the way at a time, in all rooms where it is the same."""

    when: str
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why something has no place, and what it would cost.

    Attributes
    ----------
    outcome : str
        ``has it``, ``priced``, ``impossible`` or ``unknown``.
    ways : tuple of InTheWay
        The first of what is in the way; ``more`` says how many there are besides.
    levels : list of dict
        Of the price, level by level: ``before``, ``after``, ``change``, ``proven``.
    displaced, moved, granted : tuple of str
        What else would lose its place, be elsewhere, get one.
    because : tuple of str
    conflict : dict or None
        As :func:`scheduler.explain.answers.why_not_data` has it.
    """

    outcome: str
    ways: tuple[InTheWay, ...]
    more: int
    levels: list[dict[str, Any]]
    displaced: tuple[str, ...]
    moved: tuple[str, ...]
    granted: tuple[str, ...]
    because: tuple[str, ...]
    conflict: dict[str, Any] | None

    @property
    def proven(self) -> bool:
        """Whether nothing is cheaper."""
        return all(level["proven"] for level in self.levels)


@dataclass(frozen=True, slots=True)
class Fit:
    """A place for a new meeting.

    Attributes
    ----------
    number : int
    day : str
        The key of its board.
    when, where, who, effect : str
        As the command line says them.
    displaced, moved, granted : tuple of str
        What loses its place for it, moves from where to where, and is granted too.
    proven : bool
        Whether no place that is not told before it is better.
    """

    number: int
    day: str
    when: str
    where: str
    who: str
    effect: str
    displaced: tuple[str, ...]
    moved: tuple[str, ...]
    granted: tuple[str, ...]
    proven: bool

    @property
    def changes(self) -> bool:
        """Whether anything else is not as it was."""
        return bool(self.displaced or self.moved or self.granted)


@dataclass(frozen=True, slots=True)
class Suggested:
    """Places for a new meeting, the best first, with a sentence on how many there are."""

    sentence: str
    fits: tuple[Fit, ...]

    @property
    def proven(self) -> bool:
        """Whether no other place is better."""
        return all(fit.proven for fit in self.fits)

    @property
    def told_who(self) -> bool:
        """Whether it is chosen who comes or interprets, at any of them."""
        return any(fit.who for fit in self.fits)


def suggested(instance: Instance, solution: Solution, result: dict[str, Any], moves: int) -> Suggested:
    """Return the answer to where a new meeting would fit.

    Parameters
    ----------
    instance : Instance
        Without the meeting.
    solution : Solution
        The schedule that was asked about.
    result : dict
        As :func:`scheduler.explain.answers.suggestions_data` has it.
    moves : int
        How many others were allowed to move.
    """
    meeting = Meeting.model_validate(result["meeting"])
    before = {placement.activity: placement for placement in solution.placements}
    sentence = telling.room_for_it(result["possible"], result["fitting"], moves)
    if result["possible"] and moves and not result["suggestions"]:
        sentence += " None was found." if result["notes"] else " There is none."
    return Suggested(
        sentence,
        tuple(_fit(instance, meeting, before, *each) for each in enumerate(result["suggestions"], 1)),
    )


def parties_of(instance: Instance) -> dict[PartyId, str]:
    """Return the names of all who can meet: delegations first, then participants."""
    found: tuple[Delegation | Participant, ...] = (*instance.delegations, *instance.participants)
    return {party.id: instance.party_label(party.id) for party in found}


def meeting_of(instance: Instance, parties: Iterable[str]) -> str:
    """Return who would meet, by their names; of whom the programme does not have the ids."""
    names = parties_of(instance)
    return listed(names.get(PartyId(each), each) for each in parties)


def why_not(instance: Instance, result: dict[str, Any]) -> WhyNot:
    """Return the answer to why something has no place."""
    rows = list(_rows(instance, result["in_the_way"]))
    return WhyNot(
        outcome=result["outcome"],
        ways=tuple(rows[:_MOST_ROWS]),
        more=max(0, len(rows) - _MOST_ROWS),
        levels=result["levels"],
        displaced=_named(instance, result["displaced"]),
        moved=_named(instance, result["moved"]),
        granted=_named(instance, result["granted"]),
        because=tuple(result["because"]),
        conflict=result["conflict"],
    )


def called(instance: Instance, activity: str) -> str:
    """Return what an activity is called: a meeting by who meets; of what is not there any more the id."""
    if not instance.has_activity(ActivityId(activity)):
        return activity
    found = instance.activity(ActivityId(activity))
    if isinstance(found, Meeting):
        between = " \u2013 ".join(instance.party_label(party) for party in found.parties)
        return f"{between} ({found.title})" if found.title else between
    return found.label


def _named(instance: Instance, activities: Iterable[str]) -> tuple[str, ...]:
    return tuple(called(instance, activity) for activity in activities)


def _fit(
    instance: Instance,
    meeting: Meeting,
    before: dict[ActivityId, Placement],
    number: int,
    found: dict[str, Any],
) -> Fit:
    at = Placement.model_validate(found["placement"])
    placed = (Placement.model_validate(each) for each in found["moved_to"])
    after = {placement.activity: placement for placement in placed}
    city = instance.city_of(at.room)
    levels = (
        LevelChange(level=each["level"], before=each["before"], after=each["after"])
        for each in found["levels"]
    )

    def urgent(activity: ActivityId) -> str:
        return f"{called(instance, activity)}{telling.priority(instance, activity)}"

    def spot(placement: Placement) -> str:
        return telling.spot(instance, placement)

    return Fit(
        number=number,
        day=f"{at.start.astimezone(city.zone).date().isoformat()}-{city.id}",
        when=telling.when(instance, at, meeting.duration),
        where=telling.where(instance, at.room, at.table),
        who=telling.who(instance, at),
        effect=telling.effects(levels),
        displaced=tuple(f"{urgent(each)}, now {spot(before[each])}" for each in found["displaced"]),
        moved=tuple(
            f"{called(instance, each)}, from {spot(before[each])} to {spot(after[each])}"
            for each in found["moved"]
        ),
        granted=tuple(f"{urgent(each)}, {spot(after[each])}" for each in found["granted"]),
        proven=found["proven"],
    )


def _rows(instance: Instance, ways: Iterable[dict[str, Any]]) -> Iterable[InTheWay]:
    """Yield a row for each time, rooms at which the same is in the way together."""
    alike = groupby(ways, key=lambda way: (way["start"], way["words"], tuple(way["blockers"])))
    for (start, said, blockers), same in alike:
        rooms = [RoomId(way["room"]) for way in same]
        zone = instance.city_of(rooms[0]).zone
        local = dt.datetime.fromisoformat(start).astimezone(zone)
        named = "; ".join(_named(instance, blockers[:_MOST_NAMED]))
        rest = len(blockers) - _MOST_NAMED
        by = f": {named}{f' and {rest} more' if rest > 0 else ''}" if named else ""
        yield InTheWay(
            when=f"{short_date(local.date())} {local:%H:%M}",
            where="; ".join(f"{instance.room(r).label}, {instance.city_of(r).label}" for r in rooms),
            words=f"{said}{by}",
        )
