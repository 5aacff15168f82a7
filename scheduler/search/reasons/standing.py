"""A schedule as it stands, and what of it is near a placement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain import ActivityId, ParticipantId, PartyId, Placement, RoomId
from scheduler.problem import Option, Problem, Task
from scheduler.problem.clock import overlaps


@dataclass(frozen=True, eq=False, slots=True)
class Entry:
    """A placed activity.

    Attributes
    ----------
    start, end : int
        Minutes.
    engaged : frozenset of ParticipantId
        Who takes part in it or attends it.
    """

    task: Task
    placement: Placement
    start: int
    end: int
    engaged: frozenset[ParticipantId]

    @property
    def id(self) -> ActivityId:
        """The activity's id."""
        return self.placement.activity


class Standing:
    """Some placements of a problem, by who and what they take.

    Attributes
    ----------
    placements : tuple of Placement
    """

    def __init__(self, problem: Problem, placements: Iterable[Placement]) -> None:
        self.problem = problem
        self.placements = tuple(placements)
        self.entries = [self._entry(placement) for placement in self.placements]
        self._of_person: dict[ParticipantId, list[Entry]] = {}
        self._concerning: dict[ParticipantId, list[Entry]] = {}
        self._in_room: dict[RoomId, list[Entry]] = {}
        self._of_party: dict[PartyId, list[Entry]] = {}
        for entry in self.entries:
            self._note(entry)

    def _entry(self, placement: Placement) -> Entry:
        task = self.problem.by_id[placement.activity]
        start = self.problem.clock.minute(placement.start)
        end = start + task.duration
        city = self.problem.instance.city_of(placement.room).id
        engaged = {person.id for person in task.takers} | set(placement.attendees)
        engaged |= {p.id for p in task.audience if self.problem.presence(p).allows(start, end, city)}
        return Entry(task, placement, start, end, frozenset(engaged))

    def _note(self, entry: Entry) -> None:
        for person in entry.engaged:
            self._of_person.setdefault(person, []).append(entry)
        for person in entry.engaged | {person.id for person in entry.task.audience}:
            self._concerning.setdefault(person, []).append(entry)
        if not entry.task.is_talk:
            self._in_room.setdefault(entry.placement.room, []).append(entry)
        for party in _splitting(entry.task):
            self._of_party.setdefault(party, []).append(entry)

    @cached_property
    def by_id(self) -> dict[ActivityId, Entry]:
        """What is placed, by activity."""
        return {entry.id: entry for entry in self.entries}

    def engagement(self, person: ParticipantId, option: Option) -> Entry | None:
        """Return something that engages a person while an option would run."""
        found = self._of_person.get(person, ())
        return next((e for e in found if overlaps(option.start, option.end, (e.start, e.end))), None)

    def beside(self, option: Option) -> list[Entry]:
        """Return what is in the room of an option while it would run."""
        found = self._in_room.get(option.place.room.id, ())
        return [e for e in found if overlaps(option.start, option.end, (e.start, e.end))]

    def near(self, option: Option) -> list[Entry]:
        """Return everything that a rule (but fairness) could hold against an option, in a fixed order."""
        found = dict.fromkeys(self._kin(option.task)) | dict.fromkeys(self.beside(option))
        return self._all_with_talks(found)

    def kin(self, task: Task) -> list[Entry]:
        """Return what of it does not depend on the place: everything but what is in the room."""
        return self._all_with_talks(dict.fromkeys(self._kin(task)))

    def _all_with_talks(self, found: dict[Entry, None]) -> list[Entry]:
        for entry in tuple(found):
            found |= dict.fromkeys(self.with_talks(entry))
        return list(found)

    def _kin(self, task: Task) -> Iterable[Entry]:
        """Yield what shares people, a splitting party, interpreters or an order with a task."""
        people = [*task.takers, *task.candidates, *task.audience]
        people += [person for talk in task.talks for person in talk.takers]
        for person in people:
            yield from self._concerning.get(person.id, ())
        for party in _splitting(task):
            yield from self._of_party.get(party, ())
        yield from self._counted_with(task)
        if task.is_meeting:
            yield from (e for e in self.entries if e.placement.interpreter is not None)
        for other in _related(self.problem, task):
            if other in self.by_id:
                yield self.by_id[other]

    def _counted_with(self, task: Task) -> Iterable[Entry]:
        """Yield what the delegations that hold only so many meetings hold, whichever of their people does."""
        instance, quotas = self.problem.instance, self.problem.quotas
        for party in quotas.held(task, (person.id for person in task.candidates)):
            if instance.quotas[party].most is not None and instance.delegation(party) is not None:
                for person in instance.people_of(party):
                    yield from self._of_person.get(person.id, ())

    def with_talks(self, entry: Entry) -> Iterable[Entry]:
        """Yield a session's talks, or a talk's session and its other talks."""
        session = entry.task.session or entry.task
        for task in (session, *session.talks):
            if task.activity.id in self.by_id and (session.talks or task is not entry.task):
                yield self.by_id[task.activity.id]


def _splitting(task: Task) -> list[PartyId]:
    """Return the parties that send one of their people."""
    return [choice.party for choice in task.choices if choice.party is not None]


def _related(problem: Problem, task: Task) -> Iterable[ActivityId]:
    """Yield what a task should stand before, after, or on the same or another date than."""
    own = {task.activity.id, *(talk.activity.id for talk in task.talks)}
    for order in problem.instance.precedences:
        if own & {order.before, order.after}:
            yield from (order.before, order.after)
    for relation in problem.instance.day_relations:
        if own & set(relation.activities):
            yield from relation.activities
