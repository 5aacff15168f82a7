"""A first guess of what cannot all take place."""

from support.breaking import broken_instance, planted_instance

from scheduler.explain.requirements import Requirements
from scheduler.model.assumptions import core
from scheduler.problem import discretise


def guess(instance):
    written = Requirements(instance)
    problem = discretise(written.needed(written.all))
    for task in problem.hosted:
        task.mandatory = False
    return core(problem, list(problem.hosted))


def test_what_cannot_all_take_place_is_among_what_is_named():
    named = guess(broken_instance(1, 8)[1])
    assert "plenary" in named


def test_of_what_can_all_take_place_nothing_is_named():
    assert guess(planted_instance(0, 8)) is None
