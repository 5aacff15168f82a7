"""The fast path, the full model and trying everything agree: on feasibility, and on every level's optimum."""

import random

import pytest
from support.slots import all_schedules, best_value
from support.slotted_programmes import any_forum

from scheduler.checker import Checker, check
from scheduler.domain import ObjectiveTerm, Quota, Solution, Status, TermName
from scheduler.problem import discretise
from scheduler.problem.slotted import slotted
from scheduler.search.exact import Exact
from scheduler.search.mandate import Mandate
from scheduler.search.result import SolveOptions
from scheduler.search.slots.placing import placements
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


def with_numbers(seed):
    """Return a forum in which some ask for a number of meetings, and what is missing is charged."""
    forum, chance = any_forum(seed), random.Random(seed)
    numbers = [Quota(least=chance.randint(0, 3), most=chance.choice((None, 3, 4))) for _ in forum.delegations]
    asking = [
        party.model_copy(update={"meetings": number if chance.random() < 0.4 else Quota()})
        for party, number in zip(forum.delegations, numbers, strict=True)
    ]
    few = ObjectiveTerm(term=TermName.TOO_FEW_MEETINGS, level=chance.randint(1, 2))
    charged = (few,) if chance.random() < 0.3 else ()
    return forum.changed(delegations=asking, objective=(*forum.objective, *charged))


def test_numbers_of_meetings_are_slots_only_where_they_say_nothing():
    kinds = set()
    for seed in range(60):
        instance = with_numbers(seed)
        plain = slotted(discretise(instance)) is not None
        found = searched(instance, full, ALONE)
        if plain:
            assert searched(instance, fast, ALONE) == found, seed
        assert found == best_by_trying(seed, instance), seed
        kinds.add((plain, bool(instance.quotas), found is None))
    assert {(True, True, False), (False, True, False), (False, True, True)} <= kinds


def best_by_trying(seed, instance):
    """Return the best of all schedules of a forum that the checker lets stand, numbers included."""
    problem, checker, found = discretise(any_forum(seed)), Checker(instance), None
    slots = slotted(problem)
    for schedule in all_schedules(slots):
        placed = placements(problem, slots, schedule)
        solution = Solution.model_construct(programme=instance.programme.id, placements=placed)
        if next(checker.violations(solution), None) is None:
            levels = tuple(level.value for level in checker.levels(solution))
            found = levels if found is None else min(found, levels)
    return found
