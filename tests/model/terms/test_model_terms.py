"""Every term is one number for one schedule, and the checker's: in best schedules and in random ones."""

import random

import pytest
from support.bruteforce import best
from support.fixing import ONE_WORKER, charged, checked_terms, fix, model_of, term_ranges
from support.making import city, hold, make, meeting, put, schedule, session
from support.tiny import tiny_instance

from scheduler.checker import Checker
from scheduler.domain import Solution, TermName
from scheduler.model.build import ScheduleModel, build
from scheduler.model.engine import EngineStatus, run
from scheduler.model.extract import placements
from scheduler.model.logic import Linear
from scheduler.model.terms import TERMS
from scheduler.problem import discretise


def test_every_term_has_its_formula():
    assert set(TERMS) == set(TermName)


@pytest.mark.parametrize("seed", range(40))
def test_a_best_schedule_is_worth_what_the_checker_says(seed):
    instance = charged(tiny_instance(seed))
    optimum = best(instance)
    if optimum is not None:
        assert term_ranges(instance, optimum.solution) == checked_terms(instance, optimum.solution)


@pytest.mark.parametrize("seed", range(120))
def test_random_schedules_are_valid_and_worth_what_the_checker_says(seed):
    """Let the model make schedules that are good for nothing: where a formula is loose, it shows."""
    instance = charged(tiny_instance(seed))
    problem, chance, checker = discretise(instance), random.Random(seed), Checker(instance)
    model = build(problem)
    levels = {level: model.cost(level) for level in model.levels}
    for _ in range(3):
        aim = Linear()
        for task in problem.tasks:
            for option in task.options:
                aim.add(model.context.variables.at(option), chance.randint(-9, 3))
        for cost in levels.values():  # and to get some of the values wrong, either way
            aim.extend(cost, chance.choice((-2, 0, 2)))
        outcome = run(model.context.logic.cp, aim, ONE_WORKER)
        if outcome.status is EngineStatus.INFEASIBLE:
            return
        found = placements(problem, model.context.variables, outcome.values)
        verdict = checker.check(Solution(programme="tiny", placements=found))
        assert verdict.violations == ()
        values = {level: outcome.values.value(cost) for level, cost in levels.items()}
        assert values == {level.level: level.value for level in verdict.levels}


# -- weights and levels --------------------------------------------------------------------------


def test_a_level_adds_up_its_terms_by_weight():
    objective = [
        {"term": "requests", "weight": 3, "level": 2},
        {"term": "breaks", "weight": 5, "level": 1},
        {"term": "idle_minutes", "weight": 1, "level": 1},
    ]
    instance = make(
        *("a", "b"),
        meetings=[meeting("m", "a", "b"), meeting("n", "a", "b"), meeting("o", "a", "b")],
        objective=objective,
    )
    context = model_of(instance)
    assert fix(context, schedule(put("m", "10:00"), put("n", "11:00")))
    model = ScheduleModel(context)
    assert model.levels == (1, 2)
    first, second = model.cost(1), model.cost(2)
    assert model.cost(1) is first
    values = run(context.logic.cp, None, ONE_WORKER).values
    assert values.value(first) == 2 * (5 + 30)
    assert values.value(second) == 3 * 3


def test_a_term_may_be_charged_on_two_levels():
    objective = [{"term": "breaks", "level": 1}, {"term": "breaks", "level": 3, "weight": 2}]
    instance = make("a", "b", meetings=[meeting("m", "a", "b"), meeting("n", "a", "b")], objective=objective)
    context = model_of(instance)
    assert fix(context, schedule(put("m", "10:00"), put("n", "11:00")))
    model = ScheduleModel(context)
    costs = [model.cost(level) for level in model.levels]
    values = run(context.logic.cp, None, ONE_WORKER).values
    assert [values.value(cost) for cost in costs] == [2, 4]


def test_nothing_to_charge_is_constant():
    instance = charged(make(cities=[city("madrid", {"id": "hall"})], sessions=[session("s")]))
    model = ScheduleModel(model_of(instance))
    assert [model.cost(level).constant for level in model.levels] == [0] * len(TermName)
    assert term_ranges(instance, schedule(hold("s", "10:00"))) == dict.fromkeys(TermName, (0, 0))
