"""One run of CP-SAT: what it shows, who is told, how it is stopped; no two outcomes are one."""

import itertools
import random
import threading

import pytest
from ortools.sat.python import cp_model

from scheduler.model import engine
from scheduler.model.engine import Configuration, EngineStatus, Values, run
from scheduler.model.logic import Linear, Logic

ONE = Configuration(workers=1)


def knapsack(items=4, most=2):
    """Return a small model: take at most so many of some items, the n-th is worth n."""
    logic = Logic()
    taken = [logic.literal() for _ in range(items)]
    logic.at_most(taken, most)
    lost = Linear()
    for worth, literal in enumerate(taken, 1):
        lost.add(~literal, worth)
    return logic, taken, lost


def hard(size=40):
    """Return a model that is not proven for a long time, and a solution of it."""
    chance = random.Random(7)
    logic = Logic()
    taken = [logic.literal() for _ in range(size)]
    for _ in range(60):
        weights = [chance.randint(1, 99) for _ in taken]
        logic.cp.add(cp_model.LinearExpr.weighted_sum(taken, weights) <= sum(weights) // 2)
    lost = Linear()
    for literal in taken:
        lost.add(~literal, chance.randint(50, 99))
    return logic, lost


def test_a_proven_optimum():
    logic, taken, lost = knapsack()
    outcome = run(logic.cp, lost, ONE)
    assert (outcome.status, outcome.value, outcome.bound) == (EngineStatus.OPTIMAL, 1 + 2, 3)
    assert [outcome.values[literal] for literal in taken] == [False, False, True, True]
    assert [outcome.values[~literal] for literal in taken] == [True, True, False, False]
    assert outcome.values.value(lost) == 3
    assert 0 <= outcome.seconds < 60
    assert outcome.effort >= 0
    assert "status: OPTIMAL" in outcome.log


def test_a_constant_is_part_of_the_value_and_of_the_bound():
    logic, _, lost = knapsack()
    lost.constant = 100
    outcome = run(logic.cp, lost, ONE)
    assert (outcome.value, outcome.bound, outcome.values.value(lost)) == (103, 103, 103)


def test_no_objective_and_a_constant_one_ask_for_any_solution():
    logic, _, lost = knapsack()
    run(logic.cp, lost, ONE)  # whose objective is not kept
    assert run(logic.cp, None, ONE).value == 0
    outcome = run(logic.cp, Linear(7), ONE)
    assert (outcome.status, outcome.value, outcome.bound) == (EngineStatus.OPTIMAL, 7, 7)
    assert not logic.cp.proto.objective.vars


@pytest.mark.parametrize("second", [False, True])
def test_infeasible(second):
    logic, taken, lost = knapsack()
    for literal in taken:
        logic.require(literal)
    for objective in (lost, None):
        outcome = run(logic.cp, objective, Configuration(workers=1, second_opinion=second))
        assert outcome.status is EngineStatus.INFEASIBLE
        assert (outcome.value, outcome.bound, outcome.values) == (None, None, None)


def test_a_second_opinion_says_the_same():
    logic, _, lost = knapsack(9, 4)
    first, second = (run(logic.cp, lost, Configuration(2, second_opinion=other)) for other in (False, True))
    assert (
        (first.status, first.value)
        == (second.status, second.value)
        == (EngineStatus.OPTIMAL, 1 + 2 + 3 + 4 + 5)
    )


def test_a_second_opinion_is_another_configuration():
    first, second = (
        engine._solver(Configuration(4, seed=3, second_opinion=other), None).parameters
        for other in (False, True)
    )
    assert (first.num_workers, first.cp_model_presolve, first.random_seed) == (4, True, 3)
    assert (second.num_workers, second.cp_model_presolve, second.symmetry_level) == (1, False, 0)
    assert not first.catch_sigint_signal
    plain = engine._solver(Configuration(1, second_opinion=True, relaxation=False), None).parameters
    assert (plain.linearization_level, second.linearization_level) == (0, 1)


def test_limits_count_seconds_or_deterministic_ones():
    plain = engine._solver(Configuration(1), 1.5).parameters
    steady = engine._solver(Configuration(1, deterministic=True), 1.5).parameters
    assert (plain.max_time_in_seconds, steady.max_deterministic_time) == (1.5, 1.5)
    assert plain.max_deterministic_time == steady.max_time_in_seconds == float("inf")
    assert engine._solver(Configuration(1), None).parameters.max_time_in_seconds == float("inf")


def test_a_limit_leaves_what_was_found_and_proven_so_far():
    logic, lost = hard()
    outcome = run(logic.cp, lost, Configuration(1, deterministic=True), limit=0.5)
    assert outcome.status is EngineStatus.FEASIBLE
    assert outcome.value == outcome.values.value(lost)
    assert 0 <= outcome.bound < outcome.value


def test_a_limit_that_is_too_short_shows_nothing():
    logic, lost = hard()
    outcome = run(logic.cp, lost, Configuration(1, deterministic=True), limit=0.0)
    assert (outcome.status, outcome.value, outcome.values) == (EngineStatus.UNKNOWN, None, None)
    assert outcome.bound is not None
    nothing = run(logic.cp, None, Configuration(1, deterministic=True), limit=0.0)
    assert (nothing.status, nothing.bound) == (EngineStatus.UNKNOWN, None)


def test_a_stop_before_the_run_and_in_the_middle_of_it():
    logic, lost = hard()
    stop = threading.Event()
    found = []

    def tell(incumbent):
        found.append(incumbent)
        if incumbent.value is not None:
            stop.set()

    outcome = run(logic.cp, lost, ONE, tell=tell, stop=stop)
    assert outcome.status is EngineStatus.FEASIBLE
    assert outcome.value == outcome.values.value(lost)
    assert outcome.value <= next(each.value for each in found if each.value is not None)
    again = run(logic.cp, lost, ONE, stop=stop)  # set already
    assert again.status in (EngineStatus.UNKNOWN, EngineStatus.FEASIBLE)


def test_incumbents_fall_and_bounds_rise_while_it_runs():
    logic, lost = hard()
    incumbents = []
    configuration = Configuration(1, deterministic=True)
    outcome = run(logic.cp, lost, configuration, limit=0.5, tell=incumbents.append)
    told = [(incumbent.value, incumbent.bound) for incumbent in incumbents]
    assert told
    better = [each for each in incumbents if each.values is not None]
    assert better
    assert all(each.values.value(lost) == each.value for each in better)
    assert len(set(told)) == len(told)
    values = [value for value, _ in told if value is not None]
    bounds = [bound for _, bound in told]
    assert all(a >= b for a, b in itertools.pairwise(values))
    assert all(a <= b for a, b in itertools.pairwise(bounds))
    assert values[-1] == outcome.value
    assert bounds[-1] <= outcome.bound


def test_a_deterministic_run_is_the_same_again():
    logic, lost = hard()
    runs = [run(logic.cp, lost, Configuration(1, seed=5, deterministic=True), limit=0.3) for _ in range(2)]
    assert runs[0].value == runs[1].value
    assert runs[0].effort == runs[1].effort
    assert runs[0].values._values == runs[1].values._values


def test_a_hint_is_taken_and_replaced():
    logic, _, lost = knapsack()
    Values([0] * len(logic.cp.proto.variables)).hint(logic.cp)
    values = run(logic.cp, lost, ONE).values
    values.hint(logic.cp)
    assert list(logic.cp.proto.solution_hint.values) == list(values._values)
    logic.literal("made later")
    assert run(logic.cp, lost, ONE).value == 3


def test_a_model_that_the_engine_refuses_is_a_fault_of_the_program():
    logic = Logic()
    numbers = [logic.cp.new_int_var(0, 2**61, "") for _ in range(9)]
    logic.cp.add(sum(numbers) <= 2**61)
    with pytest.raises(AssertionError, match="refuses the model"):
        run(logic.cp, None, ONE)


class Interrupting:
    """A stop that is a Ctrl-C."""

    def is_set(self):
        raise KeyboardInterrupt


def test_no_search_is_left_behind():
    logic, lost = hard()
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        run(logic.cp, lost, ONE, stop=Interrupting())
    assert threading.active_count() == before


def test_news_that_come_late_are_no_news():
    told = []
    listener = engine._Listener(lambda incumbent: told.append((incumbent.value, incumbent.bound)))
    listener.on_bound(2.0)
    listener.note(10, 3)
    listener.on_bound(1.0)
    listener.note(12, 3)
    listener.note(12, 4)
    listener.note(9, 0)
    assert told == [(None, 2), (10, 3), (10, 4), (9, 4)]
    engine._Listener(None).note(1, 1)


def test_what_goes_wrong_in_the_engine_goes_wrong_here(monkeypatch):
    def fail(*_):
        raise MemoryError("no more of it")

    monkeypatch.setattr(cp_model.CpSolver, "solve", fail)
    with pytest.raises(MemoryError, match="no more of it"):
        run(Logic().cp, None, ONE)
