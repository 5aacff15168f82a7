"""A programme and a schedule of it, as those look at it who choose what goes wrong."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import NamedTuple, TypeVar

from scheduler.domain import ActivityId, Instance, Placement, PoolId, RoomId, Session, Solution
from scheduler.domain.activities import HostedActivity
from scheduler.domain.ids import ParticipantId
from scheduler.domain.times import later
from scheduler.exports.in_words import long_date

_T = TypeVar("_T")


class Attempt(NamedTuple):
    """A candidate for a disruption.

    Attributes
    ----------
    sentence : str
        What happened.
    change : callable
        Returns the changed programme; raises ``pydantic.ValidationError`` if its parts do not fit together.
    breaks : bool
        Whether it counts only when the schedule, as it is, no longer holds.
    """

    sentence: str
    change: Callable[[], Instance]
    breaks: bool = True


class Engagement(NamedTuple):
    """What one placement asks of one person, room or pool: on a date of its city, from start to end."""

    activity: ActivityId
    date: dt.date
    start: dt.datetime
    end: dt.datetime


class Scene:
    """A programme, a schedule of it, and chance.

    Parameters
    ----------
    instance : Instance
    solution : Solution
    rng : random.Random
    """

    def __init__(self, instance: Instance, solution: Solution, rng: random.Random) -> None:
        self.instance = instance
        self.rng = rng
        self._placements = [p for p in solution.placements if instance.has_activity(p.activity)]

    def shuffled(self, things: Iterable[_T]) -> list[_T]:
        """Return things in an order of chance."""
        found = list(things)
        self.rng.shuffle(found)
        return found

    @cached_property
    def by_person(self) -> dict[ParticipantId, list[Engagement]]:
        """The engagements of everybody who has any (of members of a team: of those who are sent)."""
        found: dict[ParticipantId, list[Engagement]] = {}
        for placement in self._placements:
            for person in sorted(self._engaged(placement)):
                found.setdefault(person, []).append(self._engagement(placement))
        return found

    @cached_property
    def by_room(self) -> dict[RoomId, list[Engagement]]:
        """What takes place in each room that is used, talks left out."""
        found: dict[RoomId, list[Engagement]] = {}
        for placement in self._placements:
            if isinstance(self.instance.activity(placement.activity), HostedActivity):
                found.setdefault(placement.room, []).append(self._engagement(placement))
        return found

    @cached_property
    def by_pool(self) -> dict[PoolId, list[Engagement]]:
        """What each pool of interpreters is used for."""
        found: dict[PoolId, list[Engagement]] = {}
        for placement in self._placements:
            if placement.interpreter is not None:
                found.setdefault(placement.interpreter.pool, []).append(self._engagement(placement))
        return found

    def _engagement(self, placement: Placement) -> Engagement:
        zone = self.instance.city_of(placement.room).zone
        start = placement.start.astimezone(zone)
        end = later(start, self.instance.activity(placement.activity).duration)
        return Engagement(placement.activity, start.date(), start, end)

    def _engaged(self, placement: Placement) -> set[ParticipantId]:
        activity = self.instance.activity(placement.activity)
        found = set(placement.attendees)
        if isinstance(activity, HostedActivity):
            whole = (party for party in activity.parties if not self.instance.splits(party))
            found |= {person.id for party in whole for person in self.instance.people_of(party)}
        if isinstance(activity, Session):
            found |= {speaker.participant for speaker in activity.speakers}
            found |= {talk.speaker for talk in activity.talks}
        return found


def most_at_once(engagements: Iterable[Engagement]) -> int:
    """Return how many engagements run at the same time, at the most."""
    changes = [change for e in engagements for change in ((e.start.timestamp(), 1), (e.end.timestamp(), -1))]
    most = running = 0
    for _, change in sorted(changes):  # who ends at an instant ends before another starts
        running += change
        most = max(most, running)
    return most


def on(date: dt.date) -> str:
    """Return a date as it is said: ``Tuesday 21 November 2017``."""
    return long_date(date)


def named(label: str, name: str) -> str:
    """Return a thing by its title, with its id where that is something else."""
    return label if label == name else f"{label} ({name})"
