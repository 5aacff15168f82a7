"""What stands: sessions and talks that have been placed before the meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain import ActivityId, ParticipantId, Placement
from scheduler.problem import Option, Problem


@dataclass(frozen=True, slots=True)
class Held:
    """A session or talk that stands: where it is, and who was chosen for it."""

    option: Option
    chosen: frozenset[ParticipantId]

    @property
    def id(self) -> ActivityId:
        """The id of the session or talk."""
        return self.option.task.activity.id


def held_sessions(problem: Problem, placements: Iterable[Placement]) -> list[Held]:
    """Return the sessions and talks of a schedule as what stands.

    Raises
    ------
    StopIteration
        If one of them stands where no option of it is.
    """
    by_id = {p.activity: p for p in placements}
    found = []
    for task in problem.tasks:
        placement = by_id.get(task.activity.id)
        if task.is_meeting or placement is None:
            continue
        start = problem.clock.minute(placement.start)
        option = next(o for o in task.options if (o.start, o.place.room.id) == (start, placement.room))
        found.append(Held(option, frozenset(placement.attendees)))
    return found


def placements_of(problem: Problem, held: Iterable[Held]) -> list[Placement]:
    """Return what stands as placements, in the order of the instance."""
    order = {task.activity.id: number for number, task in enumerate(problem.tasks)}
    return [
        Placement(
            activity=each.id,
            start=problem.clock.moment(each.option.start, each.option.place.zone),
            room=each.option.place.room.id,
            attendees=tuple(p.id for p in each.option.task.candidates if p.id in each.chosen),
        )
        for each in sorted(held, key=lambda each: order[each.id])
    ]
