"""What a conflict comes to, where it can be counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from scheduler.domain import Instance, ParticipantId, PartyId
from scheduler.explain import wording as words
from scheduler.explain.requirements import TAKING_PLACE, Kind, Requirement
from scheduler.problem import Option, Problem, Task, discretise

_PRESENCE = frozenset({Kind.ARRIVAL, Kind.DEPARTURE, Kind.ABSENCE})
_BETWEEN = {
    frozenset({Kind.ARRIVAL, Kind.DEPARTURE}): "between {whose} arrival and {whose} departure",
    frozenset({Kind.ARRIVAL}): "after {whose} arrival",
    frozenset({Kind.DEPARTURE}): "before {whose} departure",
}
_MOST_OPTIONS = 20_000
"""Of more it is not counted what fits."""


def headline(alone: Instance, requirements: Sequence[Requirement]) -> tuple[str, ...]:
    """Return sentences that say what a conflict comes to, each implied by it.

    Where so many things must be done by one person, or at the tables of so many rooms, and fewer fit into the
    time that is left, the numbers are told; where one thing has no place at all, that is. Otherwise only how
    many things cannot all be had.

    Parameters
    ----------
    alone : Instance
        The instance with these requirements alone.
    requirements : sequence of Requirement
        Which cannot all be had.
    """
    problem = discretise(alone)
    musts = {r.about[0] for r in requirements if r.kind in TAKING_PLACE}
    tasks = [task for task in problem.hosted if task.activity.id in musts]
    if sum(len(task.options) for task in tasks) > _MOST_OPTIONS:
        return (_plainly(requirements),)
    nowhere = [task for task in tasks if not task.options]
    if nowhere:
        return tuple(_nowhere(alone, task) for task in nowhere)
    counted = [*_of_people(problem, tasks, requirements), *_of_rooms(problem, tasks)]
    return tuple(counted[:1]) or (_plainly(requirements),)


def _plainly(requirements: Sequence[Requirement]) -> str:
    if len(requirements) == 1:
        return "This cannot be had."
    return f"These {len(requirements)} things cannot all be had."


def _nowhere(instance: Instance, task: Task) -> str:
    name = words.first_upper(words.activity(instance, task.activity.id))
    return f"{name} must take place, but no time and place is left for it."


# -- more than one person can do -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Room:
    """How much fits for somebody, and how much must.

    Attributes
    ----------
    fits : int
        An upper bound of how many of the tasks one body can be in.
    """

    tasks: tuple[Task, ...]
    fits: int

    @property
    def options(self) -> list[Option]:
        """Where the tasks can be."""
        return [option for task in self.tasks for option in task.options]


def _of_people(problem: Problem, tasks: list[Task], requirements: Sequence[Requirement]) -> Iterator[str]:
    for party, room in _crowded(problem, tasks):
        kinds = frozenset(r.kind for r in requirements if r.kind in _PRESENCE and party in r.about)
        who = words.party(problem.instance, party)
        label = problem.instance.party_label(party)
        must = f"{who} must hold {_things(room.tasks)}{_where(room.options)}"
        fits = "only 1 slot stands" if room.fits == 1 else f"only {room.fits} slots stand"
        between = _BETWEEN.get(kinds, "in the time that is left to it").format(whose=f"{label}'s")
        yield f"{words.first_upper(must)}, but {fits} {between}."


def _crowded(problem: Problem, tasks: list[Task]) -> Iterator[tuple[PartyId, _Room]]:
    """Yield parties who must be in more than fits, each party once, the widest first."""
    by_person: dict[ParticipantId, list[Task]] = {}
    for task in tasks:
        for person in task.takers:
            by_person.setdefault(person.id, []).append(task)
    told: set[PartyId] = set()
    for who, theirs in sorted(by_person.items(), key=lambda item: -len(item[1])):
        party = _party(problem.instance, who, theirs)
        fits = _fits(option for task in theirs for option in task.options)
        if fits < len(theirs) and party not in told:
            told.add(party)
            yield party, _Room(tuple(theirs), fits)


def _party(instance: Instance, person: ParticipantId, tasks: Sequence[Task]) -> PartyId:
    """Return the delegation as which somebody comes to all tasks, or the person."""
    home = instance.person(person).delegation
    return home if home is not None and all(_comes_as(task, home) for task in tasks) else person


def _comes_as(task: Task, party: PartyId) -> bool:
    return party in getattr(task.activity, "parties", ())


def _fits(options: Iterable[Option]) -> int:
    """Return how many of these are apart from each other at the most: as many as end soonest, one by one."""
    count, free = 0, 0
    for end, start in sorted({(option.end, option.start) for option in options}):
        if start >= free:
            count, free = count + 1, end
    return count


# -- more than fits at the tables ----------------------------------------------------------------


def _of_rooms(problem: Problem, tasks: list[Task]) -> Iterator[str]:
    """Yield meetings, all to be at the tables of some rooms, of which fewer fit there in all."""
    seated = [task for task in tasks if all(o.place.room.is_area for o in task.options)]
    by_room = sorted((o for t in seated for o in t.options), key=lambda o: o.place.room.id)
    fits, named = 0, []
    for _, group in groupby(by_room, lambda o: o.place.room.id):
        options = list(group)
        room = options[0].place.room
        fits += _fits(options) * (room.tables or 0)
        named.append(f"{words.counted(room.tables or 0, 'table')} of {words.room(problem.instance, room.id)}")
    if seated and fits < len(seated):
        where = _where([o for task in seated for o in task.options])
        yield (
            f"{len(seated)} meetings must be held{where}, but there is room for only {fits} of them: "
            f"{words.listed(named)}."
        )


# -- words ---------------------------------------------------------------------------------------


def _things(tasks: Sequence[Task]) -> str:
    if all(task.is_meeting for task in tasks):
        return words.counted(len(tasks), "meeting")
    return words.counted(len(tasks), "engagement")


def _where(options: Sequence[Option]) -> str:
    """Return the city and the date of options, where they share one."""
    cities = {option.place.city.id: option.place.city.label for option in options}
    dates: set[dt.date] = {option.date for option in options}
    where = f" in {next(iter(cities.values()))}" if len(cities) == 1 else ""
    return where + (f" on {words.short_date(next(iter(dates)))}" if len(dates) == 1 else "")
