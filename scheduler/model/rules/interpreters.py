"""Rule 12: a meeting whose parties share no language takes an interpreter of a pool while it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from scheduler.domain import HostedActivity, Instance, InterpreterPool, Person
from scheduler.model.context import Context
from scheduler.model.logic import Literal
from scheduler.model.rules.travel import keep_travel_time, lies_apart
from scheduler.model.variables import Engaged, Interpreting
from scheduler.problem import Option, Problem, Task
from scheduler.problem.cliques import maximal_cliques
from scheduler.problem.clock import inside


@dataclass(frozen=True, slots=True)
class Line:
    """What languages may be spoken when attendees are chosen, and which pools serve them if any must.

    Attributes
    ----------
    groups : tuple of tuple of Person
        For each party that sends somebody those of its people who speak alike: any of them.
    languages : tuple of frozenset of str
        What each party speaks.
    serving : frozenset of InterpreterPool or None
        None: they share a language.
    """

    groups: tuple[tuple[Person, ...], ...]
    languages: tuple[frozenset[str], ...]
    serving: frozenset[InterpreterPool] | None


def applies(problem: Problem) -> bool:
    """Where a meeting may need an interpreter, or keeps one."""
    return any(_matters(task, lines(problem, task)) for task in problem.meetings)


def add(context: Context) -> None:
    """Add the rule."""
    for task in context.problem.meetings:
        found = list(lines(context.problem, task))
        if _matters(task, found):
            _add_need(context, task, found)
    for pool in context.problem.instance.interpreters:
        _add_pool(context, pool)


def _matters(task: Task, found: Iterable[Line]) -> bool:
    return _keeps(task) or any(line.serving is not None for line in found)


def _keeps(task: Task) -> bool:
    """Return whether a meeting is past and had an interpreter, who stays, needed or not."""
    return task.stay is not None and task.stay.interpreter is not None


def lines(problem: Problem, task: Task) -> Iterator[Line]:
    """Yield every way to choose a meeting's attendees, as far as they speak differently."""
    activity, instance = task.activity, problem.instance
    assert isinstance(activity, HostedActivity)
    chosen = {choice.party: choice.candidates for choice in task.choices}
    sides: list[list[tuple[tuple[Person, ...], frozenset[str]]]] = []
    for party in activity.parties:
        if party in chosen:
            sides.append([(group, spoken) for spoken, group in _alike(chosen[party]).items()])
        else:
            sides.append([((), _union(instance.people_of(party)))])
    for combination in product(*sides):
        languages = tuple(spoken for _, spoken in combination)
        groups = tuple(group for group, _ in combination if group)
        if not all(languages) or frozenset.intersection(*languages):
            yield Line(groups, languages, None)
        else:
            yield Line(groups, languages, _understanding(instance, languages))


def _alike(people: Iterable[Person]) -> dict[frozenset[str], tuple[Person, ...]]:
    """Return people by the languages they speak."""
    found: dict[frozenset[str], tuple[Person, ...]] = {}
    for person in people:
        found[person.languages] = (*found.get(person.languages, ()), person)
    return found


def _union(people: Iterable[Person]) -> frozenset[str]:
    return frozenset[str]().union(*(person.languages for person in people))


def _understanding(instance: Instance, languages: tuple[frozenset[str], ...]) -> frozenset[InterpreterPool]:
    """Return the pools with a language of every party."""
    return frozenset(p for p in instance.interpreters if all(spoken & p.languages for spoken in languages))


def _add_need(context: Context, task: Task, found: list[Line]) -> None:
    """Give a meeting an interpreter of a pool that serves those chosen, when they need or keep one."""
    logic, variables = context.logic, context.variables
    literals: dict[InterpreterPool, list[Literal]] = {p: [] for p in context.problem.instance.interpreters}
    always = _keeps(task) or all(line.serving is not None for line in found)
    for option in task.options:
        taken = [i for p in literals for i in _interpreting(context, option, p)]
        variables.interpreting += taken
        for interpreting in taken:
            literals[interpreting.pool].append(interpreting.literal)
        there = [i.literal for i in taken]
        if always:
            logic.cp.add_exactly_one([~variables.at(option), *there])
        else:
            logic.exclusive(there)
            for literal in there:
                logic.cp.add_implication(literal, variables.at(option))
    for line in found:
        _add_line(context, task, line, literals, may_be_idle=_keeps(task))


def _add_line(
    context: Context,
    task: Task,
    line: Line,
    literals: dict[InterpreterPool, list[Literal]],
    *,
    may_be_idle: bool,
) -> None:
    logic = context.logic
    chosen = [logic.either(context.variables.chosen(task, p) for p in group) for group in line.groups]
    unless = [~literal for literal in chosen or [context.placed(task)]]
    serving = line.serving
    if serving is not None:
        logic.cp.add_bool_or([*unless, *(z for pool in literals for z in literals[pool] if pool in serving)])
    elif may_be_idle:
        serving = _understanding(context.problem.instance, line.languages)
    for pool, taken in literals.items():
        if taken and (serving is None or pool not in serving):
            logic.cp.add_bool_or([*unless, ~logic.either(taken)])


def _interpreting(context: Context, option: Option, pool: InterpreterPool) -> list[Interpreting]:
    """Return the ways in which a pool may serve an option: one if it is counted, else one per unit."""
    if not _works_at(context.problem, option, pool):
        return []
    stay = option.task.stay
    units: list[int | None] = [None]
    if not is_counted(context.problem, pool):
        units = list(range(1, pool.count + 1))
    if stay is not None:
        kept = stay.interpreter
        units = [u for u in units if kept is not None and kept.pool == pool.id and u in (None, kept.unit)]
    return [Interpreting(context.logic.literal(), option, pool, unit) for unit in units]


def _works_at(problem: Problem, option: Option, pool: InterpreterPool) -> bool:
    if pool.city not in (None, option.place.city.id):
        return False
    spans = [problem.clock.span((stretch.start, stretch.end)) for stretch in pool.available]
    return not spans or any(inside(option.start, option.end, span) for span in spans)


def is_counted(problem: Problem, pool: InterpreterPool) -> bool:
    """Return whether only the number of a pool's interpreters matters.

    That is so when nobody's interpreter is fixed and all places where the pool works are one spot: then
    units can be handed out afterwards, like tables.
    """
    if any(t.stay and t.stay.interpreter and t.stay.interpreter.pool == pool.id for t in problem.tasks):
        return False
    places = [
        place
        for place, options in problem.in_place.items()
        if pool.city in (None, place.city.id) and any(option.task.is_meeting for option in options)
    ]
    return not any(lies_apart(problem.geography, a, b) for a in places for b in places)


def _add_pool(context: Context, pool: InterpreterPool) -> None:
    taken = [i for i in context.variables.interpreting if i.pool is pool]
    if is_counted(context.problem, pool):
        for clique in maximal_cliques((i.option.start, i.option.end, i.literal) for i in taken):
            context.logic.at_most(clique, pool.count)
        return
    for unit in range(1, pool.count + 1):
        engaged = [Engaged(i.literal, i.option) for i in taken if i.unit == unit]
        for clique in maximal_cliques((e.option.start, e.option.end, e.literal) for e in engaged):
            context.logic.exclusive(clique)
        keep_travel_time(context, context.problem.geography, engaged)
