"""The problem: tasks with their options, people with what may engage them, places."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cached_property

from scheduler.domain import ActivityId, Instance, ParticipantId, Person
from scheduler.problem.admissible.availability import Presence, presence_of
from scheduler.problem.admissible.never import Apart
from scheduler.problem.clock import Clock
from scheduler.problem.places import Geography, Place
from scheduler.problem.quotas import Quotas
from scheduler.problem.tasks import Engagement, Option, Task


class Problem:
    """One instance in minutes, with every placement that breaks no rule by itself.

    Attributes
    ----------
    instance : Instance
    clock : Clock
    geography : Geography
    tasks : tuple of Task
        Sessions (each followed by its talks), then meetings.
    apart : Apart
        Who is never together with whom in a meeting.
    """

    def __init__(
        self, instance: Instance, clock: Clock, geography: Geography, tasks: tuple[Task, ...], apart: Apart
    ) -> None:
        self.instance = instance
        self.clock = clock
        self.geography = geography
        self.tasks = tasks
        self.apart = apart
        self._presences: dict[ParticipantId, Presence] = {}

    def presence(self, person: Person) -> Presence:
        """Return when and where a person can be engaged."""
        if person.id not in self._presences:
            self._presences[person.id] = presence_of(self.clock, person)
        return self._presences[person.id]

    @cached_property
    def quotas(self) -> Quotas:
        """Which meetings count for parties that hold a least or a most number of them."""
        return Quotas(self.instance)

    @cached_property
    def by_id(self) -> dict[ActivityId, Task]:
        """Tasks by the activity's id."""
        return {task.activity.id: task for task in self.tasks}

    @cached_property
    def hosted(self) -> tuple[Task, ...]:
        """Sessions and meetings: the tasks that take a room or a table."""
        return tuple(task for task in self.tasks if not task.is_talk)

    @cached_property
    def meetings(self) -> tuple[Task, ...]:
        """The meetings."""
        return tuple(task for task in self.tasks if task.is_meeting)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody who can be in one place at a time."""
        return self.instance.people

    @cached_property
    def grid(self) -> int:
        """The grid, in minutes."""
        return int(self.instance.programme.grid / dt.timedelta(minutes=1))

    @cached_property
    def in_place(self) -> dict[Place, list[Option]]:
        """Options of sessions and meetings by the room they take."""
        found: dict[Place, list[Option]] = defaultdict(list)
        for task in self.hosted:
            for option in task.options:
                found[option.place].append(option)
        return found

    @cached_property
    def engagements(self) -> dict[ParticipantId, list[Engagement]]:
        """What may engage each person: for a talk, only where its session does not already."""
        found: dict[ParticipantId, list[Engagement]] = {person.id: [] for person in self.people}
        for task in self.tasks:
            for engagement in engagements_of(task):
                found[engagement.person.id].append(engagement)
        return found


def engagements_of(task: Task) -> list[Engagement]:
    """Return what a task may engage: nobody twice for one option."""
    taking = {person.id for person in task.takers}
    audience = {person.id for person in task.audience}
    found = [
        Engagement(person, option, attends=True)
        for person in task.audience
        for option in task.options
        if option in task.able[person.id]
    ]
    found += [
        Engagement(person, option, chosen=True)
        for person in task.candidates
        if person.id not in taking and person.id not in audience
        for option in task.options
        if option in task.able[person.id]
    ]
    return found + _takers(task)


def _takers(task: Task) -> list[Engagement]:
    """Return whom a task engages by itself; a talk engages nobody whom its session engages."""
    always, sometimes = set(), set()
    if task.session is not None:
        always = {person.id for person in task.session.takers}
        sometimes = {person.id for person in task.session.candidates}
    return [
        Engagement(person, option, unless=task.session if person.id in sometimes else None)
        for person in task.takers
        if person.id not in always
        for option in task.options
    ]
