"""Re-planning: a new schedule for a programme that has changed, close to the one that people know."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from scheduler.checker import Checker, check
from scheduler.domain import (
    ActivityId,
    Instance,
    LevelReport,
    Meeting,
    ObjectiveTerm,
    Pin,
    Placement,
    RuleName,
    Session,
    Solution,
    Status,
    Talk,
    TermName,
    Value,
    Violation,
)
from scheduler.domain.times import UTC
from scheduler.exports import Changes, diff
from scheduler.search import ProgressListener, Result, SolveOptions
from scheduler.search.solve import solve

_A = TypeVar("_A", Session, Talk, Meeting)

MOVES = (
    TermName.MOVED,
    TermName.MOVED_START,
    TermName.MOVED_ROOM,
    TermName.MOVED_CITY,
    TermName.PEOPLE_AFFECTED,
)
"""The terms that are about a baseline."""

_AFTER_MOVES = (TermName.PEOPLE_AFFECTED, TermName.MOVED_CITY)
"""What counts next when the fewest have moved: the people to be told, and who has to travel."""
_MOST_LEVELS = 99

_FOR_GOOD = frozenset(
    {
        *(RuleName.WINDOWS, RuleName.ROOM, RuleName.PERSON, RuleName.AVAILABILITY),
        *(RuleName.DELEGATION, RuleName.TRAVEL, RuleName.PLENARY, RuleName.PRECEDENCE, RuleName.LOAD),
        RuleName.NEVER,
    }
)
"""Rules that what stays breaks whatever else is placed."""
_WITHOUT_CHOICE = frozenset({RuleName.DELEGATION, RuleName.INTERPRETERS, RuleName.NEVER})
"""Rules about who is chosen, which a pin leaves open."""


class ReplanError(ValueError):
    """What is asked for cannot be done: the text says why."""


@dataclass(frozen=True, slots=True)
class ReplanOptions:
    """What is fixed and what is free when a programme is planned again.

    Attributes
    ----------
    now : datetime.datetime or None
        What the baseline starts before this instant has happened and stays, and nothing else starts before
        it. None: as the instance says.
    pin : tuple of ActivityId
        Activities that stay where the baseline has them: start, room and table.
    free : tuple of ActivityId
        Activities that may move at no charge.
    weight_moves : int or None
        What a move costs on the first level of the instance's own objective; None: moves count before all
        that the instance counts, unless it counts moves itself.
    """

    now: dt.datetime | None = None
    pin: tuple[ActivityId, ...] = ()
    free: tuple[ActivityId, ...] = ()
    weight_moves: int | None = None


class Impossible(Value):
    """An engagement of the baseline that cannot stay where it was, whatever else moves, and why."""

    activity: ActivityId
    reason: str


@dataclass(frozen=True)
class Replanned:
    """What a re-plan came to.

    Attributes
    ----------
    instance : Instance
        The programme with the baseline, with what is fixed, and with moves in its objective.
    baseline : Solution
        The schedule that it stays close to.
    result : Result
        Of the search; ``result.solution`` is the new schedule.
    fixed : tuple of Violation
        Where the past or a pin breaks a rule of the changed programme: then there is no schedule, and none is
        searched for.
    """

    instance: Instance
    baseline: Solution
    result: Result
    fixed: tuple[Violation, ...] = ()

    @property
    def solution(self) -> Solution | None:
        """The new schedule."""
        return self.result.solution

    @cached_property
    def changes(self) -> Changes | None:
        """What differs from the baseline, with whom it concerns; None without a schedule."""
        return None if self.solution is None else diff(self.instance, self.baseline, self.solution)

    @cached_property
    def engagements(self) -> dict[ActivityId, Placement]:
        """The sessions and meetings of the baseline that the programme still has."""
        return {
            activity: p
            for activity, p in _by_activity(self.baseline).items()
            if self.instance.has_activity(activity) and not isinstance(self.instance.activity(activity), Talk)
        }

    @cached_property
    def freed(self) -> frozenset[ActivityId]:
        """Those that may move at no charge."""
        return frozenset(self.engagements) - {p.activity for p in self.instance.baseline}

    @cached_property
    def _placed(self) -> dict[ActivityId, Placement]:
        return {p.activity: p for p in self.solution.placements} if self.solution is not None else {}

    @cached_property
    def kept(self) -> tuple[ActivityId, ...]:
        """Those of them that are when and where they were."""
        return tuple(a for a, old in self.engagements.items() if self._stays(a, old))

    @cached_property
    def moved(self) -> tuple[ActivityId, ...]:
        """Those that are at another time or in another room."""
        return tuple(
            a for a, old in self.engagements.items() if a in self._placed and not self._stays(a, old)
        )

    @cached_property
    def dropped(self) -> tuple[ActivityId, ...]:
        """Those that have no place any more."""
        return tuple(a for a in self.engagements if a not in self._placed)

    @cached_property
    def withdrawn(self) -> tuple[ActivityId, ...]:
        """What the baseline has and the programme no longer has: it counts as no move."""
        return tuple(
            p.activity for p in self.baseline.placements if not self.instance.has_activity(p.activity)
        )

    @cached_property
    def added(self) -> tuple[ActivityId, ...]:
        """Sessions and meetings that had no place in the baseline and have one now."""
        return tuple(
            a
            for a in self._placed
            if a not in self.engagements and not isinstance(self.instance.activity(a), Talk)
        )

    @property
    def bound(self) -> int | None:
        """How many must move or be dropped at the least, where the objective counts that before all else.

        Those that may move at no charge are not counted.
        """
        first = min((term.level for term in self.instance.objective), default=None)
        terms = [term for term in self.instance.objective if term.level == first]
        if [term.term for term in terms] != [TermName.MOVED] or not self.result.levels:
            return None
        return -(-self.result.levels[0].bound // terms[0].weight)

    @cached_property
    def people_affected(self) -> int:
        """How many people have an engagement that is not when and where it was."""
        if self.solution is None:
            return 0
        term = ObjectiveTerm(term=TermName.PEOPLE_AFFECTED)
        measured = self.instance.changed(objective=(term,), baseline=self.baseline.placements)
        return check(measured, self.solution).terms[0].value

    @cached_property
    def impossible(self) -> tuple[Impossible, ...]:
        """What of the baseline has not begun and cannot stay where it was, by itself, and why."""
        return tuple(self._impossible(Checker(self.instance)))

    def _impossible(self, checker: Checker) -> Iterator[Impossible]:
        now = self.instance.programme.now
        for activity, old in self.engagements.items():
            if now is not None and _instant(old.start) < _instant(now):
                continue
            if not self.instance.has_room(old.room):
                yield Impossible(activity=activity, reason=f"the room {old.room} is gone")
                continue
            for violation in checker.alone(_without_choice(old)):
                if violation.rule not in _WITHOUT_CHOICE:
                    yield Impossible(activity=activity, reason=violation.message)
                    break

    def _stays(self, activity: ActivityId, old: Placement) -> bool:
        new = self._placed.get(activity)
        return new is not None and (_instant(new.start), new.room) == (_instant(old.start), old.room)


def replan(
    instance: Instance,
    baseline: Solution,
    options: ReplanOptions | None = None,
    search: SolveOptions | None = None,
    on_progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> Replanned:
    """Plan a programme that has changed again, close to a schedule that was made before.

    The past and the pins stay. First the schedule is valid; then as few sessions and meetings as possible are
    moved or dropped, then as few people as possible are affected and as few are sent to another city, and
    then the programme's own objective counts. An instance whose objective has terms about moves says itself
    what they cost.

    Parameters
    ----------
    instance : Instance
        The programme as it is now. A baseline of its own is left aside.
    baseline : Solution
        The schedule that people know.
    options : ReplanOptions, optional
    search : SolveOptions, optional
        Limits, workers, seed.
    on_progress, stop
        As in :func:`~scheduler.search.solve.solve`.

    Returns
    -------
    Replanned

    Raises
    ------
    ReplanError
        If what is pinned or freed is not in the baseline, or the two contradict each other.
    """
    options = options or ReplanOptions()
    asked = changed_for(instance, baseline, options)
    if fixed := what_breaks(asked, baseline, options.pin):
        note = "what is past or pinned breaks rules of the programme as it is now"
        return Replanned(asked, baseline, Result(Status.INFEASIBLE, notes=(note,)), fixed)
    return Replanned(asked, baseline, solve(asked, search, on_progress, stop))


def changed_for(instance: Instance, baseline: Solution, options: ReplanOptions) -> Instance:
    """Return the instance whose solution is the re-plan.

    Raises
    ------
    ReplanError
    """
    if baseline.programme != instance.programme.id:
        raise ReplanError(
            f"the baseline is a schedule of {baseline.programme!r}, and the programme is "
            f"{instance.programme.id!r}"
        )
    before = _by_activity(baseline)
    now = options.now or instance.programme.now
    _refuse(instance, before, options, now)
    return instance.changed(
        programme=instance.programme.model_copy(update={"now": now}),
        baseline=tuple(p for a, p in before.items() if a not in options.free),
        sessions=tuple(_pinned_session(session, before, options.pin) for session in instance.sessions),
        meetings=tuple(_pinned(meeting, before, options.pin) for meeting in instance.meetings),
        objective=objective(instance, options.weight_moves),
    )


def objective(instance: Instance, weight_moves: int | None = None) -> tuple[ObjectiveTerm, ...]:
    """Return the objective of a re-plan: the instance's own, moves included.

    Parameters
    ----------
    instance : Instance
    weight_moves : int or None
        What a move costs on the first level of what the instance counts; what it says of moves itself is
        left out then. None: the instance's own terms about moves, else moves before all other levels.
    """
    own = instance.objective
    if weight_moves is None and any(term.term in MOVES for term in own):
        return own
    quality = [term for term in own if term.term not in MOVES]
    levels = sorted({term.level for term in quality})
    if len(levels) > _MOST_LEVELS - len(_AFTER_MOVES):
        raise ReplanError(f"the objective has {len(levels)} levels, and there is no room for moves")
    after = tuple(ObjectiveTerm(term=term, level=2) for term in _AFTER_MOVES)
    weight = 1 if weight_moves is None else weight_moves
    moves = (ObjectiveTerm(term=TermName.MOVED, weight=weight), *after)
    place = {level: n + 3 for n, level in enumerate(levels)}
    if weight_moves is not None:
        place = {level: n + 2 if n else 1 for n, level in enumerate(levels)}
    return (*moves, *(term.model_copy(update={"level": place[term.level]}) for term in quality))


def _refuse(
    instance: Instance, before: dict[ActivityId, Placement], options: ReplanOptions, now: dt.datetime | None
) -> None:
    """Refuse pins and freedoms that mean nothing."""
    for activity in (*options.pin, *options.free):
        if not instance.has_activity(activity):
            raise ReplanError(f"{activity!r} is no activity of the programme")
        if activity not in before:
            raise ReplanError(f"{activity!r} has no place in the baseline")
    for activity in options.pin:
        _refuse_pin(instance, before[activity])
        if activity in options.free:
            raise ReplanError(f"{activity!r} is both pinned and free")
    for activity in options.free:
        if now is not None and _instant(before[activity].start) < _instant(now):
            raise ReplanError(f"{activity!r} began before now, and so is not free to move")


def _refuse_pin(instance: Instance, placement: Placement) -> None:
    if not instance.has_room(placement.room):
        raise ReplanError(
            f"{placement.activity!r} cannot be pinned: its room {placement.room!r} is no longer part of the "
            "programme"
        )
    own = instance.activity(placement.activity).pin
    if (own.start is not None and _instant(own.start) != _instant(placement.start)) or (
        own.room not in (None, placement.room) or own.table not in (None, placement.table)
    ):
        raise ReplanError(
            f"{placement.activity!r} cannot be pinned where the baseline has it: the programme pins it "
            "elsewhere"
        )


def _pinned_session(
    session: Session, before: dict[ActivityId, Placement], pins: Iterable[ActivityId]
) -> Session:
    talks = tuple(_pinned(talk, before, pins) for talk in session.talks)
    pinned = _pinned(session, before, pins)
    return pinned if talks == session.talks else pinned.model_copy(update={"talks": talks})


def _pinned(activity: _A, before: dict[ActivityId, Placement], pins: Iterable[ActivityId]) -> _A:
    if activity.id not in pins:
        return activity
    old = before[activity.id]
    room = None if isinstance(activity, Talk) else old.room  # a talk is where its session is
    pin = Pin(start=old.start, room=room, table=old.table)
    return activity.model_copy(update={"pin": pin})


def what_breaks(
    instance: Instance, baseline: Solution, pins: Iterable[ActivityId] = ()
) -> tuple[Violation, ...]:
    """Return the rules that what stays of a baseline breaks by itself: the past, and what is pinned there.

    There is no schedule when there is one such breach: nothing that is placed besides mends it.
    """
    now = instance.programme.now
    known = [p for p in baseline.placements if instance.has_activity(p.activity)]
    past = [p for p in known if now is not None and _instant(p.start) < _instant(now)]
    begun = {p.activity for p in past}
    pinned = [_without_choice(p) for p in known if p.activity in pins and p.activity not in begun]
    checker = Checker(instance)
    alone = [v for p in past for v in checker.alone(p)]
    alone += [v for p in pinned for v in checker.alone(p) if v.rule not in _WITHOUT_CHOICE]
    gone = [_room_gone(instance, p) for p in past if not instance.has_room(p.room)]
    stays = Solution(programme=instance.programme.id, placements=(*past, *pinned))
    together = [
        v
        for v in checker.violations(stays)
        if v.rule in _FOR_GOOD and len(v.activities) > 1 and v not in alone
    ]
    return tuple(dict.fromkeys((*gone, *alone, *together)))


def _room_gone(instance: Instance, placement: Placement) -> Violation:
    label = instance.activity(placement.activity).label
    return Violation(
        rule=RuleName.PINS,
        message=f"'{label}' began before now in the room {placement.room}, which the programme no longer has",
        activities=(placement.activity,),
        room=placement.room,
        start=placement.start,
    )


def restated(instance: Instance, replanned: Replanned) -> Solution:
    """Return the new schedule as one of the programme itself, without what is only true of the re-plan.

    The bounds of a re-plan hold for schedules as close to the baseline as it is, and its levels begin with
    moves: as a schedule of the plain instance, it has that instance's levels, and no bounds.
    """
    solution = replanned.solution
    assert solution is not None
    if replanned.instance.changed(programme=instance.programme) == instance:
        return solution
    verdict = check(instance, solution)
    levels = tuple(
        LevelReport(level=each.level, value=each.value, bound=0, status=Status.FEASIBLE)
        for each in verdict.levels
    )
    update = {"status": Status.FEASIBLE, "levels": levels, "terms": verdict.terms}
    return solution.model_copy(update=update)


def _by_activity(baseline: Solution) -> dict[ActivityId, Placement]:
    """Return the first placement of each activity."""
    found: dict[ActivityId, Placement] = {}
    for placement in baseline.placements:
        found.setdefault(placement.activity, placement)
    return found


def _without_choice(placement: Placement) -> Placement:
    return placement.model_copy(update={"attendees": (), "interpreter": None})


def _instant(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(UTC)
