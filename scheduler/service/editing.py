"""Schedules changed by hand: where something may go, the schedule with it there, and what is pinned then.

What was moved by hand is not kept anywhere by itself: it is what differs, in time or room, between a schedule
that was changed by hand and the one that it was made from.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Iterator
from hashlib import sha256

from scheduler.domain import ActivityId, Instance, Meeting, Placement, RoomId, Solution, Talk
from scheduler.explain.placing import Placer, Places, pinned, unpinned
from scheduler.exports.instance_file import instance_text
from scheduler.service.instances import Instances, instance_json, solution_json
from scheduler.service.store import Store
from scheduler.service.store.records import Draft, Origin, Schedule, Source, Version, new_id

_KEPT = 4
"""So many schedules are kept ready for questions."""
_MOST_STEPS = 1000
"""So many changes by hand, one after the other, are looked back over."""


class Editing:
    """Changes by hand of the schedules of a store."""

    def __init__(self, store: Store, instances: Instances) -> None:
        self._store = store
        self._instances = instances
        self._placers: OrderedDict[str, _Locked] = OrderedDict()
        self._lock = threading.Lock()

    def places(self, schedule: Schedule, activity: ActivityId) -> Places:
        """Return where something may go, and why not elsewhere.

        Raises
        ------
        ValueError
            If there is no such session or meeting, or the schedule breaks a rule.
        """
        return self._placer(schedule).places(activity)

    def move(
        self,
        schedule: Schedule,
        activity: ActivityId,
        start: dt.datetime,
        room: RoomId,
        table: int | None = None,
    ) -> Schedule:
        """Enter the schedule with something somewhere else, at a table if that is free there.

        Raises
        ------
        PlacingError
            If it may not be there.
        ValueError
            If there is no such session or meeting, or the schedule breaks a rule.
        """
        instance, _ = self.both(schedule)
        found = self._placer(schedule).moved(activity, start, room, table)
        city = instance.city_of(room)
        local = start.astimezone(city.zone)
        where = f"{local:%H:%M} on {local.day} {local:%b}, {instance.room(room).label}"
        note = f"{self.title(instance, activity)} moved to {where}"
        return self._enter(schedule, schedule.version, found, note)

    def unpin(self, schedule: Schedule, activity: ActivityId) -> Schedule:
        """Enter a version of the programme in which something is not pinned, with the same schedule.

        Raises
        ------
        ValueError
            If there is no such session or meeting.
        """
        instance, solution = self.both(schedule)
        version = self._add_version(
            schedule, unpinned(instance, activity), f"{self.title(instance, activity)} is not pinned any more"
        )
        return self._enter(schedule, version.number, solution, version.note)

    def pin_all(self, schedule: Schedule) -> Version:
        """Enter the version of the programme in which everything that was moved by hand is pinned."""
        instance, _ = self.both(schedule)
        held = self.held(schedule)
        for placement in held.values():
            instance = pinned(instance, placement)
        titles = ", ".join(self.title(instance, activity) for activity in held)
        return self._add_version(schedule, instance, f"Pinned by hand: {titles}" if held else "")

    def held(self, schedule: Schedule) -> dict[ActivityId, Placement]:
        """Return what was moved by hand to come to a schedule, and where it is now."""
        instance, solution = self.both(schedule)
        now = _by_activity(solution)
        found: dict[ActivityId, Placement] = {}
        for before, after in self._steps(schedule):
            for activity, placement in _by_activity(after).items():
                old = before.get(activity)
                known = instance.has_activity(activity) and activity in now
                if known and not isinstance(instance.activity(activity), Talk) and _moved(old, placement):
                    found[activity] = now[activity]
        return found

    def _steps(self, schedule: Schedule) -> Iterator[tuple[dict[ActivityId, Placement], Solution]]:
        """Yield the schedules before and after each change by hand, the newest first."""
        for _ in range(_MOST_STEPS):
            parent = self._store.schedules.get(schedule.parent) if schedule.parent else None
            if schedule.origin != Origin.EDIT or parent is None:
                return
            before, after = self._instances.solution(parent.id), self._instances.solution(schedule.id)
            if before is None or after is None:
                return
            yield _by_activity(before), after
            schedule = parent

    def both(self, schedule: Schedule) -> tuple[Instance, Solution]:
        """Return a schedule with its programme.

        Raises
        ------
        ValueError
            If either is gone.
        """
        found = self._instances.both(schedule)
        if found is None:
            raise ValueError("the programme or the schedule is gone")
        return found

    def title(self, instance: Instance, activity: ActivityId) -> str:
        """Return what an activity is called in a sentence: a meeting by who meets."""
        found = instance.activity(activity)
        if isinstance(found, Meeting):
            return " \u2013 ".join(instance.party_label(party) for party in found.parties)
        return f"'{found.label}'"

    def _placer(self, schedule: Schedule) -> _Locked:
        with self._lock:
            if schedule.id in self._placers:
                self._placers.move_to_end(schedule.id)
                return self._placers[schedule.id]
        made = _Locked(Placer(*self.both(schedule)))
        with self._lock:
            self._placers[schedule.id] = made
            while len(self._placers) > _KEPT:
                self._placers.popitem(last=False)
        return made

    def _enter(self, schedule: Schedule, version: int, solution: Solution, note: str) -> Schedule:
        return self._store.schedules.add(
            new_id(), schedule.programme, version, solution_json(solution), Origin.EDIT, schedule.id, note
        )

    def _add_version(self, schedule: Schedule, instance: Instance, note: str) -> Version:
        text = instance_json(instance)
        digest = sha256(text.encode()).hexdigest()
        now = self._store.programmes.version(schedule.programme, schedule.version)
        if now is not None and now.sha256 == digest:
            return now
        files = (Source("programme.yaml", instance_text(instance).encode()),)
        draft = Draft(text, digest, instance.programme.label, files, note)
        made = self._store.programmes.add_version(schedule.programme, draft)
        if made is None:
            raise ValueError("the programme is gone")
        return made


class _Locked:
    """A placer for several threads, one at a time."""

    def __init__(self, placer: Placer) -> None:
        self._placer = placer
        self._lock = threading.Lock()

    def places(self, activity: ActivityId) -> Places:
        with self._lock:
            return self._placer.places(activity)

    def moved(self, activity: ActivityId, start: dt.datetime, room: RoomId, table: int | None) -> Solution:
        with self._lock:
            return self._placer.moved(activity, start, room, table)


def _by_activity(solution: Solution) -> dict[ActivityId, Placement]:
    return {placement.activity: placement for placement in solution.placements}


def _moved(old: Placement | None, new: Placement) -> bool:
    return old is None or (old.start, old.room) != (new.start, new.room)
