"""The clause model: each rule kept and broken, small problems tried out, and the least cost by cores."""

import random

import pytest
from support.clauses import extensions
from support.slots import all_schedules, any_slots, best_value, faults_of, make_slots, value_of

from scheduler.model.clauses.build import build
from scheduler.model.clauses.core_guided import CoreGuided
from scheduler.model.clauses.domains import narrowed
from scheduler.model.clauses.formula import FALSE, Formula
from scheduler.model.clauses.rules.capacity import components
from scheduler.model.clauses.timetable import Tables, suited
from scheduler.problem.slot_costs import costs
from scheduler.problem.slotted import SlotLevel, SlotOrder

BOTH = pytest.mark.parametrize("tables", list(Tables))
THREE = [(0, 1), (1, 2), (0, 2)]


def fixing(model, schedule):
    """The literals of all places, and those true in a schedule; None if it needs one that is not there."""
    table = model.timetable
    true = [table.here(meeting, slot) for meeting, slot in enumerate(schedule) if slot >= 0]
    every = [literal for own in table.at for literal in own.values()]
    return None if FALSE in true else (every, true)


def allows(model, schedule):
    """Whether the clauses allow a schedule."""
    found = fixing(model, schedule)
    if found is None:
        return False
    every, true = found
    fixed_otherwise = any(
        1 in own.values() and own.get(slot) != 1
        for own, slot in zip(model.timetable.at, schedule, strict=True)
    )
    return not fixed_otherwise and bool(extensions(model.formula, every, true))


@BOTH
@pytest.mark.parametrize(
    ("problem", "kept", "broken"),
    [
        (make_slots(THREE, 4), [0, 1, 2], [0, 1, -1]),  # placement
        (make_slots(THREE, 4, optional={2: 5}), [0, 1, -1], [0, -1, 3]),
        (make_slots(THREE, 4, allowed={0: [1, 2]}), [2, 0, 1], [0, 1, 2]),  # windows
        (make_slots(THREE, 4), [3, 2, 0], [3, 3, 0]),  # person
        (make_slots([(0, 1), (2, 3)], 3, tables=1), [0, 1], [1, 1]),  # room
        (make_slots([(0, 1), (2, 3)], 3, tables=[1, 2, 0]), [1, 1], [0, 2]),
        (make_slots([(0, 1, 2), (3,)], 3, tables=[1, 2, 0]), [1, 1], [0, 0]),
        (make_slots([(0, 1), (0, 2)], 4, orders=(SlotOrder(0, 1),)), [1, 2], [2, 1]),  # precedence
        (make_slots([(0, 1), (0, 2)], 4, orders=(SlotOrder(0, 1, 2),)), [1, 3], [1, 2]),
        (make_slots([(0, 1), (0, 2)], 4, orders=(SlotOrder(0, 1, 1, 2),)), [1, 3], [0, 3]),
        (make_slots([(0, 1), (2, 3)], 4, orders=(SlotOrder(0, 1, -1, 1),)), [2, 1], [3, 1]),
        (
            make_slots([(0, 1), (0, 2)], 4, optional={0: 1, 1: 1}, orders=(SlotOrder(0, 1, 4),)),
            [-1, 0],
            [0, 3],
        ),
        (make_slots([(0, 1), (0, 1)], 3, fairness=0, bystanders=True), [1, 2], [0, 2]),  # fairness
        (make_slots([(0, 1), (0, 1), (2,)], 3, fairness=0), [1, 2, 0], [0, 2, 1]),
        (make_slots([(0, 1), (0, 1)], 3, fairness=0), [0, 2], [0, 0]),
        (make_slots([(0, 1), (0, 1), (2, 3), (2, 3)], 3, fairness=0), [0, 2, 2, 0], [0, 2, 0, 1]),
        (make_slots([(0, 1), (0, 1)], 4, spans=[2, 2], fairness=0, bystanders=True), [0, 3], [0, 0]),
    ],
)
def test_a_rule_kept_and_broken(tables, problem, kept, broken):
    assert not faults_of(problem, kept)
    assert faults_of(problem, broken)
    model = build(problem, tables)
    assert allows(model, kept)
    assert not allows(model, broken)


@BOTH
@pytest.mark.parametrize("seeds", [range(n, n + 20) for n in range(0, 60, 20)], ids=lambda s: f"from-{s[0]}")
def test_a_schedule_costs_what_its_literals_weigh(tables, seeds):
    for seed in seeds:
        problem = any_slots(seed)
        model = build(problem, tables)
        schedules = list(all_schedules(problem))
        for schedule in random.Random(seed).sample(schedules, min(3, len(schedules))):
            every, true = fixing(model, schedule)
            for level, charges in enumerate(model.charges):
                values = extensions(model.formula, every, true, of=[literal for _, literal in charges])
                assert {
                    sum(w for (w, _), one in zip(charges, row, strict=True) if one) for row in values
                } == {value_of(problem, schedule)[level]}, (seed, schedule)


@pytest.mark.parametrize("seed", range(60))
def test_costs_of_a_schedule(seed):
    problem = any_slots(seed)
    for schedule in all_schedules(problem):
        assert costs(problem, schedule) == value_of(problem, schedule)


@pytest.mark.parametrize("seed", range(200))
def test_what_is_narrowed_away_is_in_no_schedule(seed):
    problem = any_slots(seed)
    domains = narrowed(problem)
    for schedule in all_schedules(problem):
        assert all(slot < 0 or domain >> slot & 1 for slot, domain in zip(schedule, domains, strict=True))


def lexicographic(problem, tables):
    """The least values of all levels, by cores; None if there is no schedule."""
    solvers = pytest.importorskip("pysat.solvers", reason="needs the extra: pip install 'scheduler[sat]'")
    values = []
    for level in range(len(problem.levels)):
        model = build(problem, tables)
        for earlier, value in enumerate(values):
            model.limit(earlier, value)
        bounds, found = [], []
        with solvers.Solver("cadical153", bootstrap_with=model.formula.clauses) as solver:
            search = CoreGuided(
                solver,
                model.formula,
                model.charges[level],
                bounds.append,
                lambda cost, true, to=found, of=model: to.append((cost, of.schedule(set(true)))),
            )
            least = search.run()
        if least is None:
            return None
        assert bounds == sorted(bounds)
        assert bounds[-1] == least == found[-1][0] == value_of(problem, found[-1][1])[level]
        assert not faults_of(problem, found[-1][1])
        values.append(least)
    return tuple(values)


@BOTH
@pytest.mark.parametrize("seeds", [range(n, n + 50) for n in range(0, 500, 50)], ids=lambda s: f"from-{s[0]}")
def test_the_least_cost_is_that_of_trying_everything(tables, seeds):
    wrong = {
        seed: (found, expected)
        for seed in seeds
        if (found := lexicographic(any_slots(seed), tables)) != (expected := best_value(any_slots(seed)))
    }
    assert wrong == {}


def test_parts_that_share_nobody():
    assert components(((0, 1), (2, 3), (1, 4)), 6) == [[0, 1, 4], [2, 3], [5]]


def test_the_fuller_the_tables_the_more_is_counted():
    assert suited(make_slots(THREE, 4, tables=5)) is Tables.HOSTS
    assert suited(make_slots(THREE, 3, tables=1)) is Tables.PAIRS


def test_a_meeting_without_a_slot_is_an_empty_clause():
    problem = make_slots(THREE, 3, allowed={0: []})
    assert () in build(problem, Tables.HOSTS).formula.clauses


def test_costs_both_ways_are_certain():
    formula = Formula()
    one = formula.new()
    bounds = []
    search = CoreGuided(_Never(), formula, [(3, one), (2, -one)], bounds.append, lambda *_: None)
    assert search.run() is None
    assert bounds == [2]


class _Never:
    """A solver that nothing satisfies."""

    def add_clause(self, clause):
        raise AssertionError("nothing to add")

    def solve(self, assumptions=()):
        return False

    def get_model(self):
        return []

    def get_core(self):
        return []


def test_levels_without_weights_charge_nothing():
    problem = make_slots(THREE, 3, levels=(SlotLevel(1), SlotLevel(2, 0, 4)))
    model = build(problem, Tables.HOSTS)
    assert model.charges[0] == ()
    assert {weight for weight, _ in model.charges[1]} == {4}
