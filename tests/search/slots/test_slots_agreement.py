"""The fast path, the full model and trying everything agree: on feasibility, and on every level's optimum."""

import pytest
from support.slots import all_schedules, best_value
from support.slotted_programmes import any_forum

from scheduler.checker import check
from scheduler.domain import Solution, Status
from scheduler.problem import discretise
from scheduler.problem.slotted import slotted
from scheduler.search.exact import Exact
from scheduler.search.mandate import Mandate
from scheduler.search.result import SolveOptions
from scheduler.search.slots.search import SlottedSearch
from scheduler.search.solve import contradictions

ALONE = SolveOptions(deterministic=True)
CASES = 500


def outcome(instance, found):
    """The values of all levels, proven, of a checked schedule; None if there is none."""
    if found.status is Status.INFEASIBLE:
        return None
    assert found.status is Status.OPTIMAL, found
    solution = Solution(programme=instance.programme.id, placements=found.placements)
    verdict = check(instance, solution)
    assert verdict.valid
    assert contradictions(found, verdict) == []
    return tuple(level.value for level in verdict.levels)


def searched(instance, way, options):
    problem = discretise(instance)
    return outcome(instance, way(problem, options))


def fast(problem, options):
    return SlottedSearch(problem, slotted(problem), Mandate(options)).run()


def full(problem, options):
    return Exact(problem, Mandate(options)).run()


@pytest.mark.parametrize(
    "seeds", [range(n, n + 25) for n in range(0, CASES, 25)], ids=lambda s: f"from-{s[0]}"
)
def test_three_ways_agree(seeds):
    wrong = {}
    for seed in seeds:
        instance = any_forum(seed)
        tried = best_value(slotted(discretise(instance)))
        ways = searched(instance, fast, ALONE), searched(instance, full, ALONE)
        if ways != (tried, tried):
            wrong[seed] = (tried, *ways)
    assert wrong == {}


def test_all_kinds_are_among_them():
    instances = [any_forum(seed) for seed in range(CASES)]
    problems = [slotted(discretise(instance)) for instance in instances]
    assert None not in problems
    assert {len(problem.spans) for problem in problems} == {1, 2}
    assert {problem.fairness for problem in problems} >= {None, 0, 1, 2, 3}
    assert {problem.bystanders for problem in problems} == {True, False}
    assert {all(problem.mandatory) for problem in problems} == {True, False}
    assert {bool(problem.orders) for problem in problems} == {True, False}
    assert sum(next(all_schedules(problem), None) is None for problem in problems) > CASES / 50


@pytest.mark.parametrize("seed", range(0, 60, 5))
@pytest.mark.parametrize("workers", [1, 2])
def test_racing_agrees(seed, workers):
    instance = any_forum(seed)
    tried = best_value(slotted(discretise(instance)))
    assert searched(instance, fast, SolveOptions(workers=workers)) == tried
