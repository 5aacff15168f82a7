"""The search for the cheapest repairs, by implicit hitting sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from scheduler.checker import Checker
from scheduler.domain import Instance, Solution
from scheduler.explain.conflict import ConflictSearch
from scheduler.explain.questions import Answer, Questions
from scheduler.explain.repairs.steps import Step, steps_of
from scheduler.explain.requirements import Requirement, Requirements
from scheduler.explain.requirements.rewriting import rewritten
from scheduler.model.engine import EngineStatus
from scheduler.model.hitting import cheapest_choice

_CHOICE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Repair:
    """Steps after which there is a schedule.

    Attributes
    ----------
    steps : tuple of Step
        All of which are to be taken.
    cost : int
        Of all of them.
    solution : Solution
        A schedule of what must take place then, found and checked: any, not the best.
    proven : bool
        Whether nothing cheaper would do, apart from the repairs before it (and what does more than these).
        Not so once steps had to be left out that would help on paper alone.
    """

    steps: tuple[Step, ...]
    cost: int
    solution: Solution
    proven: bool


@dataclass(frozen=True, slots=True)
class Repairs:
    """The cheapest repairs that were found.

    Attributes
    ----------
    found : tuple of Repair
        The cheapest first; none contains another.
    bound : int
        What any other repair costs at least.
    complete : bool
        Whether there are no others, of the steps that are known.
    notes : tuple of str
    """

    found: tuple[Repair, ...] = ()
    bound: int = 0
    complete: bool = False
    notes: tuple[str, ...] = ()


class RepairSearch:
    """One search for the cheapest repairs of an instance.

    A conflict says that at least one step about one of its requirements has to be taken, beyond those that
    are not enough. The cheapest choice that takes one from each conflict known so far is tried out: if it
    leaves a conflict still, that one is added; if it makes a schedule, nothing cheaper can (Reiter 1987;
    implicit hitting sets, Moreno-Centeno and Karp 2013).
    """

    def __init__(self, instance: Instance, requirements: Requirements, questions: Questions) -> None:
        self._instance = instance
        self._requirements = requirements
        self._questions = questions
        self._steps: list[Step] = []
        self._cores: list[list[int]] = []
        self._blocked: list[list[list[int]]] = []
        self._notes: list[str] = []

    def run(self, conflict: Sequence[Requirement], wanted: int) -> Repairs:
        """Return the cheapest repairs, so many if there are, or those that were found in time.

        Parameters
        ----------
        conflict : sequence of Requirement
            Which cannot all be had.
        wanted : int
        """
        found: list[Repair] = []
        bound = 0
        self._learn(conflict, [])
        while len(found) < wanted and not self._questions.limits.over:
            status, taken = self._choose()
            if status is not EngineStatus.OPTIMAL:
                return self._ended(found, bound, complete=status is EngineStatus.INFEASIBLE)
            bound = sum(step.cost for step in taken)
            answer = self._try_out(taken)
            if answer is Answer.UNKNOWN:
                break
            if answer is Answer.YES:
                self._blocked.append([self._covering(step) for step in taken])
                found += self._repair(taken)
        return self._ended(found, bound)

    def _ended(self, found: list[Repair], bound: int, *, complete: bool = False) -> Repairs:
        return Repairs(tuple(found), bound, complete, tuple(self._notes))

    def _choose(self) -> tuple[EngineStatus, list[Step]]:
        limits = self._questions.limits
        limit = limits.at_most(_CHOICE_SECONDS)
        costs = [step.cost for step in self._steps]
        status, items = cheapest_choice(costs, self._cores, self._blocked, limit=limit, stop=limits.stop)
        return status, [self._steps[item] for item in items]

    def _covering(self, step: Step) -> list[int]:
        return [number for number, other in enumerate(self._steps) if other.covers(step)]

    def _eased(self, taken: Iterable[Step]) -> Requirements:
        taken = tuple(taken)
        edits = [edit for step in _strongest(taken) for edit in step.edits]
        return self._requirements.eased(edits, [step.requirement for step in taken if step.gives_up])

    def _try_out(self, taken: list[Step]) -> Answer:
        """Return whether steps make a schedule; if not, learn what they leave in conflict."""
        search = ConflictSearch(self._eased(taken), self._questions)
        answer = search.answer()
        if answer is Answer.NO:
            self._learn(search.some_conflict(), taken)
        return answer

    # -- what has to be done at least ------------------------------------------------------------

    def _learn(self, conflict: Sequence[Requirement], taken: list[Step]) -> None:
        """Note that one step more is needed, among those that are about a conflict."""
        could = [step for requirement in conflict for step in self._known(requirement)]
        beyond = [s for s in could if not any(step.covers(s) for step in taken)]
        useless = self._useless(conflict, beyond, taken)
        self._cores.append([self._steps.index(s) for s in beyond if not any(u.covers(s) for u in useless)])

    def _known(self, requirement: Requirement) -> list[Step]:
        """Return what could be done about a requirement, each step with its number."""
        made = steps_of(self._instance, requirement)
        old = {(step.place, step.chain, step.strength): step for step in self._steps}
        for step in made:
            if (step.place, step.chain, step.strength) not in old:
                self._steps.append(step)
        return [old.get((s.place, s.chain, s.strength), s) for s in made]

    def _useless(self, conflict: Sequence[Requirement], beyond: list[Step], taken: list[Step]) -> list[Step]:
        """Return steps that do not help even all together, the cheapest series of steps first.

        The fewer steps a set is left with, the more it says; and a set without cheap steps says the most.
        """
        series: dict[tuple[object, str], list[Step]] = {}
        for step in beyond:
            series.setdefault((step.place, step.chain), []).append(step)
        useless: list[Step] = []
        for steps in sorted(series.values(), key=lambda steps: steps[0].cost):
            for step in reversed(steps):
                if self._leaves_conflict(conflict, [*taken, *useless, step]):
                    useless.append(step)
                    break
        return useless

    def _leaves_conflict(self, conflict: Sequence[Requirement], taken: list[Step]) -> bool:
        eased = self._eased(taken)
        left = {requirement.key for requirement in eased.all}
        kept = [requirement for requirement in conflict if requirement.key in left]
        return self._questions.ask(eased.needed(kept)) is Answer.NO

    # -- whether it is a repair ------------------------------------------------------------------

    def _repair(self, taken: list[Step]) -> list[Repair]:
        """Return the repair that steps make of the instance as it is written, if they do."""
        repaired = repaired_instance(self._instance, taken)
        if repaired is None:
            self._notes.append(
                "some steps together could not be written, and were left out with all that does more"
            )
            return []
        needed = Requirements(repaired)
        instance = needed.needed(needed.all)
        answer = self._questions.ask(instance)
        if answer is Answer.NO:
            self._notes.append("some steps make a schedule only as long as nobody hears more than before")
        if answer is not Answer.YES:
            return []
        solution = self._questions.schedule(instance)
        if solution is None or next(Checker(repaired).violations(solution), None) is not None:
            return []
        return [Repair(tuple(taken), sum(step.cost for step in taken), solution, proven=not self._notes)]


def repaired_instance(instance: Instance, steps: Iterable[Step]) -> Instance | None:
    """Return an instance as it would be written after some steps, or None if it could not be written so."""
    edits = [edit for step in _strongest(steps) for edit in step.written]
    changed = rewritten(instance, edits)
    try:
        return instance.changed(**{name: getattr(changed, name) for name in type(instance).model_fields})
    except ValidationError:
        return None


def _strongest(steps: Iterable[Step]) -> list[Step]:
    """Return the steps less those that others cover."""
    steps = list(steps)
    return [s for s in steps if not any(other is not s and other.covers(s) for other in steps)]
