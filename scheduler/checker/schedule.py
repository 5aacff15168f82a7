"""A schedule as the rules read it: resolved placements, and what each person does when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from scheduler.checker.facts import Facts, Placed
from scheduler.domain import (
    ActivityId,
    Instance,
    Meeting,
    ParticipantId,
    PartyId,
    Placement,
    RoomId,
    Session,
    Talk,
)

Diary = dict[ParticipantId, list[Placed]]
"""What each person does, in the order of time; people who do nothing are left out."""


class Schedule:
    """The placements of a schedule, resolved.

    Of an activity placed more than once the first usable placement counts; what names an unknown
    activity or room is left out (the rule of placement reports both).

    Attributes
    ----------
    placed : list of Placed
        In the order of time.
    by_id : dict
        The same by activity.
    raw : tuple of Placement
        All placements as they were given.
    baseline : Schedule
        The instance's baseline, resolved in the same way (which is its own baseline).
    """

    def __init__(
        self, facts: Facts, placements: Iterable[Placement], baseline: Schedule | None = None
    ) -> None:
        self.facts = facts
        self.raw = tuple(placements)
        self.baseline = self if baseline is None else baseline
        self.by_id: dict[ActivityId, Placed] = {}
        for placement in self.raw:
            if placement.activity not in self.by_id and (placed := facts.placed(placement)) is not None:
                self.by_id[placement.activity] = placed
        self.placed = sorted(self.by_id.values(), key=rank)

    @property
    def instance(self) -> Instance:
        """The instance."""
        return self.facts.instance

    @cached_property
    def sessions(self) -> list[Placed]:
        """The placed sessions, in the order of time."""
        return [p for p in self.placed if isinstance(p.activity, Session)]

    @cached_property
    def meetings(self) -> list[Placed]:
        """The placed meetings, in the order of time."""
        return [p for p in self.placed if isinstance(p.activity, Meeting)]

    @cached_property
    def by_room(self) -> dict[RoomId, list[Placed]]:
        """The placed sessions and meetings of each room, in the order of time."""
        rooms: dict[RoomId, list[Placed]] = {}
        for placed in self.placed:
            if not isinstance(placed.activity, Talk):
                rooms.setdefault(placed.room.id, []).append(placed)
        return rooms

    @cached_property
    def taking_part(self) -> Diary:
        """What each person takes part in, talks within their own session included."""
        diary: Diary = {}
        for placed in self.placed:
            for person in placed.takers:
                diary.setdefault(person, []).append(placed)
        return diary

    @cached_property
    def attending(self) -> Diary:
        """The sessions that each person attends as audience."""
        diary: Diary = {}
        for placed in self.sessions:
            for person in placed.attending:
                diary.setdefault(person, []).append(placed)
        return diary

    @cached_property
    def engagements(self) -> Diary:
        """The engagements of each person."""
        diary: Diary = {}
        for placed in self.placed:
            whole = self._session_of(placed)
            for person in (*placed.takers, *placed.attending):
                if whole is None or not (person in whole.takers or person in whole.attending):
                    diary.setdefault(person, []).append(placed)
        return diary

    def _session_of(self, placed: Placed) -> Placed | None:
        if not isinstance(placed.activity, Talk):
            return None
        return self.by_id.get(self.instance.session_of(placed.id).id)

    def meetings_held(self, party: PartyId) -> list[Placed]:
        """Return the placed meetings in which somebody of a party takes part, in the order of time."""
        diaries = (self.taking_part.get(person, []) for person in self.facts.behind(party))
        held = {p.id: p for diary in diaries for p in diary if isinstance(p.activity, Meeting)}
        return sorted(held.values(), key=rank)

    def meetings_granted(self, meetings: Iterable[ActivityId]) -> int:
        """Return how many of some meetings are placed."""
        return sum(meeting in self.by_id for meeting in meetings)


def rank(placed: Placed) -> tuple[dt.datetime, dt.datetime, ActivityId]:
    """Return the key that puts placed activities in the order of time."""
    return placed.start, placed.end, placed.id


def by_date(engagements: Iterable[Placed]) -> dict[dt.date, list[Placed]]:
    """Return engagements by their date, each date's in the order given."""
    dates: dict[dt.date, list[Placed]] = {}
    for placed in engagements:
        dates.setdefault(placed.date, []).append(placed)
    return dates
