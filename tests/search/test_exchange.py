"""Searches that show each other where they stand."""

from dataclasses import replace

import pytest

from scheduler.checker import check
from scheduler.domain import Solution
from scheduler.generating import GenerateSpec, generate
from scheduler.problem import discretise
from scheduler.search import SolveOptions
from scheduler.search.exchange import Exchange, Pool
from scheduler.search.large import Large
from scheduler.search.local.schedule import Schedule
from scheduler.search.local.travelling import kernel
from scheduler.search.mandate import Mandate

needs_kernel = pytest.mark.skipif(kernel() is None, reason="the package was installed without a compiler")
BRIEF = SolveOptions(time_limit=1.0, deterministic=True)


def schedule(*value):
    return Schedule(value, [], [], [])


def test_the_better_one_is_given_back():
    pool = Pool()
    assert pool.trade("stage", schedule(0, 5)) is None
    assert pool.trade("stage", schedule(0, 7)) == schedule(0, 5)
    assert pool.trade("stage", schedule(0, 4)) is None
    assert pool.trade("stage", schedule(0, 5)) == schedule(0, 4)
    assert pool.trade("another", schedule(0, 9)) is None


def test_sessions_are_where_the_first_one_has_them():
    pool = Pool()
    assert [pool.sessions(("a",)), pool.sessions(("b",))] == [("a",), ("a",)]


def test_all_are_told_to_end():
    pool = Pool()
    assert not pool.stopped()
    pool.stop()
    assert pool.stopped()


@needs_kernel
def test_a_search_goes_on_from_what_is_better():
    """What the first one has found is given to another after its first round: it ends nowhere worse."""
    problem = discretise(generate(GenerateSpec(meetings=120, seed=7)))
    pool, stages, best = Pool(), [], []

    def noted(stage, found):
        stages.append(stage)
        best.append(found)

    def given(stage, found):
        stages.append(stage)
        return min(best, key=lambda each: each.value) if len(stages) == 1 else None

    first = Large(problem, Mandate(BRIEF, exchange=Exchange(pool.sessions, noted)))
    first.run()
    known, stages = stages, []
    other = Large(problem, Mandate(replace(BRIEF, seed=9), exchange=Exchange(pool.sessions, given)))
    found = other.run()
    assert {stage[0] for stage in stages} == {stage[0] for stage in known}  # the same board
    assert other.values <= min(each.value for each in best)[1:]
    solution = Solution(programme=problem.instance.programme.id, placements=found.placements)
    assert check(problem.instance, solution).valid
