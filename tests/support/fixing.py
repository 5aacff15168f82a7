"""What the model says of a schedule that somebody else has made.

A schedule is fixed in a model by constraints: every task is placed exactly as it says (or nowhere), those
chosen are chosen, and so are pinned tables and interpreters where these are decisions. Then the model can
only say yes or no, and each objective term can only have one value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from support.making import schedule

from scheduler.checker import check
from scheduler.domain import Instance, ObjectiveTerm, Placement, RuleName, Solution, TermName
from scheduler.model.build import ScheduleModel
from scheduler.model.context import Context
from scheduler.model.engine import Configuration, EngineStatus, Values, run
from scheduler.model.logic import Linear
from scheduler.model.rules import RULES
from scheduler.problem import Option, Problem, Task, admissible, discretise

ONE_WORKER = Configuration(workers=1)

TERMS = tuple(ObjectiveTerm(term=term, level=level) for level, term in enumerate(TermName, 1))
"""Every term, each on a level of its own."""


def model_of(instance: Instance, without: RuleName | None = None) -> Context:
    """Return a model with all rules, or all but one; nothing is done against symmetry."""
    if without is RuleName.DELEGATION:
        instance = _asking_no_roles(instance)  # who has not the role is no candidate from the outset
    if without is RuleName.NEVER:
        instance = instance.changed(never=())  # likewise
    with _filters(without):
        problem = discretise(instance)
        context = Context(problem)  # makes a variable for each option, and so asks for all of them
    for rule in RULES:
        if rule.name is not without and rule.applies(problem):
            rule.add(context)
    return context


@contextmanager
def _filters(without: RuleName | None) -> Iterator[None]:
    """Leave out what a rule says of single placements."""

    def others(filters: Iterable[object]) -> tuple[object, ...]:
        return tuple(f for f in filters if f.__module__.rpartition(".")[2] != without)

    with (
        patch.object(admissible, "PLACE_FILTERS", others(admissible.PLACE_FILTERS)),
        patch.object(admissible, "OPTION_FILTERS", others(admissible.OPTION_FILTERS)),
    ):
        yield


def _asking_no_roles(instance: Instance) -> Instance:
    sessions = tuple(s.model_copy(update={"roles": {}}) for s in instance.sessions)
    meetings = tuple(m.model_copy(update={"roles": {}}) for m in instance.meetings)
    written = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance.model_validate(written | {"sessions": sessions, "meetings": meetings})


def option_of(problem: Problem, placement: Placement) -> Option | None:
    """Return the option that a placement takes, or None if there is none."""
    task = problem.by_id.get(placement.activity)
    start = problem.clock.minute(placement.start)
    options = task.options if task else []
    return next((o for o in options if (o.start, o.place.room.id) == (start, placement.room)), None)


def fix(context: Context, solution: Solution) -> bool:
    """Add to a model that the schedule is this one; return False when something has no variable."""
    placed = [(option_of(context.problem, p), p) for p in solution.placements]
    if None in [option for option, _ in placed] or len({p.activity for _, p in placed}) < len(placed):
        return False
    taken = {option: placement for option, placement in placed if option is not None}
    for task in context.problem.tasks:
        for option in task.options:
            at = context.variables.at(option)
            context.logic.require(at if option in taken else ~at)
    return all(
        _fix_chosen(context, option.task, placement)
        and _fix_seat(context, option, placement)
        and _fix_table(context, option, placement)
        for option, placement in taken.items()
    )


def _fix_chosen(context: Context, task: Task, placement: Placement) -> bool:
    candidates = {person.id for person in task.candidates}
    for person in task.candidates:
        chosen = context.variables.chosen(task, person)
        context.logic.require(chosen if person.id in placement.attendees else ~chosen)
    return candidates.issuperset(placement.attendees)


def _fix_table(context: Context, option: Option, placement: Placement) -> bool:
    """Fix a table that somebody has pinned; the others are handed out afterwards."""
    here = [s for s in context.variables.seated if s.option is option]
    for seated in here:
        context.logic.require(seated.literal if seated.table == placement.table else ~seated.literal)
    return True


def _fix_seat(context: Context, option: Option, placement: Placement) -> bool:
    """Fix the interpreter: the pool, and the unit where units are told apart."""
    seat = placement.interpreter
    here = [i for i in context.variables.interpreting if i.option is option]
    taken = [i for i in here if seat and i.pool.id == seat.pool and i.unit in (None, seat.unit)]
    for i in here:
        context.logic.require(i.literal if i in taken else ~i.literal)
    return len(taken) == (seat is not None)


def feasible(context: Context) -> bool:
    """Return whether a model has any solution."""
    status = run(context.logic.cp, None, ONE_WORKER).status
    assert status in (EngineStatus.OPTIMAL, EngineStatus.INFEASIBLE)
    return status is EngineStatus.OPTIMAL


def allows(instance: Instance, solution: Solution, without: RuleName | None = None) -> bool:
    """Return whether the model (or all of it but one rule) has a schedule as a solution."""
    if without is RuleName.INTERPRETERS:
        # Interpreters are decisions of this rule alone: without it there are none.
        bare = [p.model_copy(update={"interpreter": None}) for p in solution.placements]
        solution = solution.model_copy(update={"placements": tuple(bare)})
    context = model_of(instance, without)
    return fix(context, solution) and feasible(context)


def keeps(instance: Instance, *placements: Placement) -> None:
    """Hold that checker and model accept a schedule."""
    solution = schedule(*placements)
    assert [v.message for v in check(instance, solution).violations] == []
    assert allows(instance, solution)


def breaks(rule: RuleName, instance: Instance, *placements: Placement) -> None:
    """Hold that the checker and the model refuse a schedule, both for one rule alone."""
    _refused(rule, instance, *placements)
    assert allows(instance, schedule(*placements), without=rule)


def unplaceable(rule: RuleName, instance: Instance, *placements: Placement) -> None:
    """Hold that the checker refuses a schedule for one rule alone, and the model has no variable for it."""
    _refused(rule, instance, *placements)
    assert not fix(model_of(instance), schedule(*placements))


def _refused(rule: RuleName, instance: Instance, *placements: Placement) -> None:
    solution = schedule(*placements)
    assert {v.rule for v in check(instance, solution).violations} == {rule}
    assert not allows(instance, solution)


# -- the objective -------------------------------------------------------------------------------


def charged(instance: Instance, *terms: TermName) -> Instance:
    """Return the instance with each of some terms (all, if none is named) on a level of its own."""
    entries = tuple(entry for entry in TERMS if not terms or entry.term in terms)
    return instance.model_copy(update={"objective": entries})


def term_ranges(instance: Instance, solution: Solution) -> dict[TermName, tuple[int, int]]:
    """Return the least and the largest value that the model allows each term of a schedule."""
    context = model_of(instance)
    assert fix(context, solution)
    model = ScheduleModel(context)
    costs = {entry.term: model.cost(entry.level) for entry in instance.objective}
    return {term: _range(context, cost) for term, cost in costs.items()}


def _range(context: Context, cost: Linear) -> tuple[int, int]:
    negated = Linear()
    negated.extend(cost, -1)
    return extreme(context, cost), -extreme(context, negated)


def extreme(context: Context, cost: Linear) -> int:
    """Return the least value of a sum."""
    outcome = run(context.logic.cp, cost, ONE_WORKER)
    assert outcome.status is EngineStatus.OPTIMAL
    assert isinstance(outcome.values, Values)
    return outcome.values.value(cost)


def checked_terms(instance: Instance, solution: Solution) -> dict[TermName, tuple[int, int]]:
    """Return what the checker says of each term, in the same form."""
    return {t.term: (t.value, t.value) for t in check(instance, solution).terms}


def costs(term: TermName, instance: Instance, *placements: Placement) -> int:
    """Return the value of a term of a schedule, which model and checker agree on."""
    instance, solution = charged(instance, term), schedule(*placements)
    found = term_ranges(instance, solution)
    assert found == checked_terms(instance, solution)
    return found[term][0]
