"""The tiny random programmes: always the same, small, and every rule and term in play."""

from collections import Counter

import pytest
from support.bruteforce import best, schedules
from support.tiny import THEMES, tiny_instance

from scheduler.checker import Checker
from scheduler.domain import RuleName, TermName
from scheduler.domain.times import later

SEEDS = range(240)


@pytest.fixture(scope="module")
def instances():
    return [tiny_instance(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def optima(instances):
    return [best(instance) for instance in instances]


def test_a_seed_always_makes_the_same_instance(instances):
    assert [tiny_instance(seed) for seed in SEEDS[:20]] == instances[:20]
    assert len({repr(instance) for instance in instances}) == len(instances)


def test_they_are_small(instances):
    assert all(schedules(instance) <= 8000 for instance in instances)
    assert all(2 <= len(instance.activities) <= 8 for instance in instances)


def test_a_good_part_of_them_can_be_solved_and_not_all(optima):
    feasible = sum(optimum is not None for optimum in optima)
    assert 0.4 * len(optima) < feasible < 0.8 * len(optima)


def test_every_term_is_asked_for_and_nearly_every_one_costs_something_at_the_best(instances, optima):
    asked = {entry.term for instance in instances for entry in instance.objective}
    assert asked == set(TermName)
    costs = set()
    for instance, optimum in zip(instances, optima, strict=True):
        if optimum is not None:
            costs |= {term.term for term in Checker(instance).check(optimum.solution).terms if term.value}
    assert len(costs) >= len(TermName) - 3
    assert {entry.level for instance in instances for entry in instance.objective} == {1, 2, 3}


def test_every_rule_alone_refuses_something_that_differs_from_a_best_schedule_in_one_placement(
    instances, optima
):
    alone = Counter()
    for instance, optimum in zip(instances, optima, strict=True):
        if optimum is not None:
            checker = Checker(instance)
            for solution in _doctored(instance, optimum.solution):
                broken = {violation.rule for violation in checker.violations(solution)}
                alone.update(broken if len(broken) == 1 else ())
    assert set(alone) == set(RuleName)


def _doctored(instance, solution):
    """Yield schedules in which one placement is changed in one way, or left out."""
    people, grid = [person.id for person in instance.people], instance.programme.grid
    for n, placement in enumerate(solution.placements):
        others = solution.placements[:n], solution.placements[n + 1 :]
        changes = [
            *({"room": room.id} for room in instance.rooms),
            *({"start": later(placement.start, steps * grid)} for steps in (-2, -1, 1, 2)),
            *({"attendees": (person,)} for person in people if placement.attendees),
            *({"table": table} for table in (1, 2) if placement.table),
            {"interpreter": None},
        ]
        for change in changes:
            changed = placement.model_copy(update=change)
            yield solution.model_copy(update={"placements": (*others[0], changed, *others[1])})
        yield solution.model_copy(update={"placements": (*others[0], *others[1])})


def test_every_theme_is_something_of_its_own():
    assert len(THEMES) == len(set(THEMES.values())) + 1  # days and clock changes are made elsewhere
