"""Schedules changed by hand: where something may go, the schedule with it there, and what is pinned then.

What was moved by hand is not kept anywhere by itself: it is what differs, in time or room, between a schedule
that was changed by hand and the one that it was made from.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from hashlib import sha256

from scheduler.domain import ActivityId, Instance, Meeting, Placement, RoomId, Solution, Talk
from scheduler.explain.placing import Placer, Places, pinned, unpinned
from scheduler.exports.instance_file import instance_text
from scheduler.service.instances import Instances, instance_json, solution_json
from scheduler.service.store import Store
from scheduler.service.store.records import Draft, Origin, Schedule, Source, Version, new_id

_KEPT = 4
"""So many schedules are kept ready for questions."""
_MOVES_KEPT = 500
"""Of so many schedules it is kept what was moved on the way to them."""
_MOST_STEPS = 1000
"""So many changes by hand, one after the other, are looked back over."""


class Editing:
    """Changes by hand of the schedules of a store."""

    def __init__(self, store: Store, instances: Instances) -> None:
        self._store = store
        self._instances = instances
        self._placers: OrderedDict[str, _Locked] = OrderedDict()
        self._moves: OrderedDict[str, frozenset[ActivityId]] = OrderedDict()
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
        moved = self._moves_to(schedule)
        known = [each for each in now if each in moved and instance.has_activity(each)]
        return {each: now[each] for each in known if not isinstance(instance.activity(each), Talk)}

    def _moves_to(self, schedule: Schedule) -> frozenset[ActivityId]:
        """Return what was moved on the way to a schedule, whether it is back by now or not.

        What is known of an earlier schedule is not looked up again, so that each move costs the same however
        many there were.
        """
        steps: list[tuple[Schedule, Schedule]] = []
        moved = self._known_moves(schedule)
        while moved is None:
            parent = self._store.schedules.get(schedule.parent) if schedule.parent else None
            if schedule.origin != Origin.EDIT or parent is None or len(steps) == _MOST_STEPS:
                moved = frozenset()
                break
            steps.append((parent, schedule))
            schedule, moved = parent, self._known_moves(parent)
        for before, after in reversed(steps):
            moved |= self._moved_between(before, after)
            self._keep_moves(after, moved)
        return moved

    def _known_moves(self, schedule: Schedule) -> frozenset[ActivityId] | None:
        with self._lock:
            return self._moves.get(schedule.id)

    def _keep_moves(self, schedule: Schedule, moved: frozenset[ActivityId]) -> None:
        with self._lock:
            self._moves[schedule.id] = moved
            while len(self._moves) > _MOVES_KEPT:
                self._moves.popitem(last=False)

    def _moved_between(self, before: Schedule, after: Schedule) -> frozenset[ActivityId]:
        was, is_ = self._instances.solution(before.id), self._instances.solution(after.id)
        if was is None or is_ is None:
            return frozenset()
        old = _by_activity(was)
        return frozenset(a for a, placement in _by_activity(is_).items() if _moved(old.get(a), placement))

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
