"""Which requirements cannot all be had: an irreducible set of them, found and verified by solving."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scheduler.domain import ActivityId, Instance, Solution, Status
from scheduler.explain.headline import headline
from scheduler.explain.questions import Answer, Limits, Questions
from scheduler.explain.requirements import TAKING_PLACE, Kind, Requirement, Requirements
from scheduler.explain.shrinking import shrunk
from scheduler.model.assumptions import core
from scheduler.problem import discretise
from scheduler.search.result import SolveOptions

_LARGEST_FIRST = (Kind.OPENING, *(kind for kind in Kind if kind is not Kind.OPENING))
_ORDER = {kind: position for position, kind in enumerate(_LARGEST_FIRST)}
"""Openings are tried last: a city that is open all day is four times as much to search."""
_GUESS_SECONDS = 5.0
"""What reading a first guess off the solver may take."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was verified of a conflict.

    Attributes
    ----------
    infeasible : bool
        The requirements alone, everything else taken back, leave no schedule.
    confirmed : bool
        So says a second run too, set up differently.
    irreducible : bool
        Without any one of them there is a schedule, found and checked.
    """

    infeasible: bool = False
    confirmed: bool = False
    irreducible: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """How the search for a conflict ended.

    Attributes
    ----------
    status : Status
        ``INFEASIBLE``: there is no schedule, and ``requirements`` says why. ``OPTIMAL``: there is one.
        ``UNKNOWN``, ``INTERRUPTED``, ``CONTRADICTION``: it is not known whether there is one.
    requirements : tuple of Requirement
        Which cannot all be had, in the order of the instance.
    headline : tuple of str
        What they come to, in sentences that follow from them.
    shown : Shown
    solution : Solution or None
        A schedule of what must take place, where there is one: any, not the best.
    notes : tuple of str
        What a reader should know: what was not shown, and why.
    questions : int
        How many instances were asked for a schedule.
    """

    status: Status
    requirements: tuple[Requirement, ...] = ()
    headline: tuple[str, ...] = ()
    shown: Shown = Shown()
    solution: Solution | None = None
    notes: tuple[str, ...] = ()
    questions: int = 0


def find_conflict(
    instance: Instance, options: SolveOptions | None = None, stop: threading.Event | None = None
) -> Conflict:
    """Return an irreducible set of requirements that leave no schedule, or a schedule.

    First, which of what must take place cannot all take place, everything else as it is; then, of the tiny
    programme that is left, which of everything else is needed for that; then all is verified: the set alone
    leaves no schedule, and each set less one does.

    Parameters
    ----------
    instance : Instance
    options : SolveOptions or None
        Limits and workers for the whole; None: until it is found.
    stop : threading.Event or None
        Ends the search soon after it is set; what is not shown by then is said not to be.
    """
    return ConflictSearch(Requirements(instance), Questions(Limits.of(options, stop))).run()


class ConflictSearch:
    """One search for a conflict; it may share what it is told of schedules with others."""

    def __init__(self, requirements: Requirements, questions: Questions) -> None:
        self._requirements = requirements
        self._questions = questions
        self._before = questions.asked

    def run(self) -> Conflict:
        """Search until a conflict is found and verified, or the time is over."""
        answer = self.answer()
        if answer is Answer.YES:
            instance = self._requirements.needed(self._requirements.all)
            return self._ended(Conflict(Status.OPTIMAL, solution=self._questions.schedule(instance)))
        if answer is Answer.UNKNOWN:
            stopped = self._questions.limits.stop.is_set()
            return self._ended(Conflict(Status.INTERRUPTED if stopped else Status.UNKNOWN))
        return self._verified(self.some_conflict())

    def answer(self) -> Answer:
        """Return whether all requirements can be had."""
        instance = self._requirements.needed(self._requirements.all)
        return self._questions.ask(instance, patient=True)

    def some_conflict(self) -> list[Requirement]:
        """Return requirements that leave no schedule, few of them superfluous, if any; when there is none."""
        if self._requirements.bounds and self._ask(self._requirements.unbound.all) is Answer.NO:
            self._requirements = self._requirements.unbound
        return self._found()

    def _ask(self, kept: Iterable[Requirement]) -> Answer:
        return self._questions.ask(self._requirements.needed(tuple(kept)))

    def _ended(self, conflict: Conflict) -> Conflict:
        notes = tuple(dict.fromkeys((*conflict.notes, *self._questions.notes)))
        return replace(conflict, notes=notes, questions=self._questions.asked - self._before)

    # -- which cannot be had ---------------------------------------------------------------------

    def _found(self) -> list[Requirement]:
        """Return requirements that leave no schedule, few of them superfluous, if any."""
        everything = self._requirements.all
        rest = [r for r in everything if r.kind not in TAKING_PLACE]
        taking_place = self._taking_place([r for r in everything if r.kind in TAKING_PLACE], rest)
        rest = self._concerning(taking_place, rest)
        needed = shrunk(_groups(rest), lambda kept: self._ask([*taking_place, *kept])).needed
        return [*taking_place, *needed]

    def _taking_place(self, all_of_it: list[Requirement], rest: list[Requirement]) -> list[Requirement]:
        """Return what cannot all take place, the rest of the requirements as they are."""
        few = self._guess(all_of_it, rest)
        return shrunk([few], lambda kept: self._ask([*kept, *rest])).needed

    def _guess(self, all_of_it: list[Requirement], rest: list[Requirement]) -> list[Requirement]:
        """Return what the solver guesses cannot all take place, if it is right; else all that was given."""
        if self._requirements.bounds:  # then what need not take place matters, too
            return all_of_it
        guessed = self._guessed([*all_of_it, *rest])
        few = [r for r in all_of_it if r.about[0] in guessed]
        if len(few) < len(all_of_it) and self._ask([*few, *rest]) is Answer.NO:
            return few
        return all_of_it

    def _guessed(self, kept: list[Requirement]) -> set[ActivityId]:
        problem = discretise(self._requirements.needed(kept))
        nowhere = next((task for task in problem.hosted if not task.options), None)
        if nowhere is not None:
            return {nowhere.activity.id}
        for task in problem.hosted:
            task.mandatory = False
        limits = self._questions.limits
        guess = core(problem, list(problem.hosted), limit=limits.at_most(_GUESS_SECONDS), stop=limits.stop)
        return set(guess or ())

    def _concerning(self, taking_place: list[Requirement], rest: list[Requirement]) -> list[Requirement]:
        """Return those of the rest that are about what is left, if there is still no schedule then."""
        alone = self._requirements.needed([*taking_place, *rest])
        there = {requirement.key for requirement in Requirements(alone).all}
        ids = {(key[0], key[2]) for key in there}
        few = [requirement for requirement in rest if (requirement.kind, requirement.about) in ids]
        if len(few) < len(rest) and self._ask([*taking_place, *few]) is Answer.NO:
            return few
        return rest

    # -- whether it is so ------------------------------------------------------------------------

    def _verified(self, found: list[Requirement]) -> Conflict:
        """Return the conflict with what holds of it; what turns out superfluous is left out of it."""
        unknown: list[Requirement] = []
        position = 0
        while position < len(found):
            others = found[:position] + found[position + 1 :]
            answer = self._ask(others)
            if answer is Answer.NO:  # so it was not needed: then any other may not be either
                found, unknown, position = others, [], 0
                continue
            unknown += [found[position]] if answer is Answer.UNKNOWN else []
            position += 1
        alone = self._requirements.needed(found)
        runs = self._questions.confirm(alone)
        if Answer.YES in runs:
            return self._ended(Conflict(Status.CONTRADICTION))
        infeasible, again = Answer.NO in runs, runs.count(Answer.NO) > 1
        ordered = tuple(r for r in self._requirements.all if r.key in {f.key for f in found})
        return self._ended(
            Conflict(
                Status.INFEASIBLE,
                ordered,
                headline(alone, ordered),
                Shown(infeasible, again, infeasible and not unknown),
                notes=tuple(_notes(infeasible, again, unknown)),
            )
        )


def _groups(rest: Sequence[Requirement]) -> list[tuple[Requirement, ...]]:
    """Return requirements in groups by kind, in the order of kinds: the last are tried first."""
    by_kind = sorted(rest, key=lambda requirement: _ORDER[requirement.kind])
    return [tuple(group) for _, group in groupby(by_kind, lambda requirement: requirement.kind)]


def _notes(infeasible: bool, again: bool, unknown: list[Requirement]) -> Iterable[str]:
    if not infeasible:
        yield "not shown that these alone leave no schedule: time was over"
    elif not again:
        yield "that these leave no schedule was not confirmed by a second run within its time"
    if unknown:
        yield (
            f"not shown to be irreducible: of {len(unknown)} of them it is not known whether all others "
            "can be had"
        )
