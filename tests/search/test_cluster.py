"""One search spread over a cluster: on a real one of two machines with four cores."""

from pathlib import Path

import pytest

from scheduler.checker import check
from scheduler.domain import Instance, LevelReport, Solution, Status
from scheduler.generating import GenerateSpec, generate
from scheduler.reading import load
from scheduler.search import Result, SolveOptions
from scheduler.search.cluster import best_of, solve_spread
from scheduler.search.local.travelling import kernel
from scheduler.search.solve import solve

INSTANCES = Path(__file__).parents[2] / "instances"
needs_kernel = pytest.mark.skipif(kernel() is None, reason="the package was installed without a compiler")


@pytest.fixture(scope="module")
def large() -> Instance:
    """Return meetings that travel, too many for exact search."""
    programme = generate(GenerateSpec(meetings=1000, cities=2, days=2))
    parts = {name: getattr(programme, name) for name in Instance.model_fields}
    alone = {"sessions": (), "tracks": (), "precedences": (), "day_relations": ()}
    return Instance.model_validate(parts | alone)


@pytest.fixture
def connected(cluster):
    """Connect this process to a cluster."""
    import ray

    ray.init(cluster.address, _node_ip_address="127.0.0.1", log_to_driver=False, configure_logging=False)
    yield cluster
    ray.shutdown()


def values(result):
    return [level.value for level in result.levels]


@needs_kernel
def test_four_members_are_no_worse_than_one_process_at_the_same_limit(connected, large):
    """The limit is counted in moves: so it is the same, however busy this machine is."""
    options = SolveOptions(time_limit=0.5, workers=1, deterministic=True)
    alone, spread = solve(large, options), solve_spread(large, options, members=4)
    assert values(spread) <= values(alone)
    assert "4 of 4 searches side by side have told what they found" in spread.notes
    assert check(large, spread.solution).valid
    assert [level.value for level in spread.verdict.levels] == values(spread)
    assert all(level.bound <= level.value for level in spread.levels)


@needs_kernel
def test_members_exchange_what_they_have_until_the_time_is_over(connected, large):
    told = []
    spread = solve_spread(large, SolveOptions(time_limit=6.0, workers=1), told.append, members=3)
    assert spread.status is Status.FEASIBLE
    assert check(large, spread.solution).valid
    assert told


def test_a_small_programme_is_solved_here():
    result = solve_spread(load(INSTANCES / "tiny.yaml"), members=4)  # nothing is connected
    assert result.status is Status.OPTIMAL


# -- the best of several -------------------------------------------------------------------------


def result(*levels, status=Status.FEASIBLE):
    """Return a result with the given (value, bound) of each level; a bound that is reached is proven."""
    reports = tuple(
        LevelReport(
            level=number,
            value=value,
            bound=bound,
            status=Status.OPTIMAL if value == bound else Status.FEASIBLE,
        )
        for number, (value, bound) in enumerate(levels, 1)
    )
    return Result(status, Solution(programme="p", status=status, levels=reports), None, reports)


def bounds(found):
    return [(level.value, level.bound) for level in found.levels]


def test_the_best_has_the_best_bounds_that_hold():
    found = best_of(result((5, 3), (9, 0)), [result((4, 2), (7, 1)), result((4, 1), (8, 6))])
    assert bounds(found) == [(4, 3), (7, 6)]
    assert found.solution.levels == found.levels


def test_a_bound_that_was_proven_for_another_value_before_does_not_hold():
    assert bounds(best_of(result((4, 2), (7, 1)), [result((5, 2), (8, 6))])) == [(4, 2), (7, 1)]


def test_of_equal_ones_what_is_proven_is_kept():
    proven = result((4, 4), (7, 7), status=Status.OPTIMAL)
    found = best_of(result((4, 2), (7, 1)), [proven])
    assert found.status is Status.OPTIMAL
    assert bounds(found) == [(4, 4), (7, 7)]


def test_a_member_that_ended_with_the_first_one_was_not_interrupted():
    found = best_of(result((5, 0)), [result((4, 0), status=Status.INTERRUPTED)])
    assert (found.status, found.solution.status) == (Status.FEASIBLE, Status.FEASIBLE)
    both = [result((n, 0), status=Status.INTERRUPTED) for n in (5, 4)]
    assert best_of(both[0], both[1:]).status is Status.INTERRUPTED


def test_a_bound_above_what_was_found_is_a_contradiction():
    found = best_of(result((4, 2)), [result((6, 6), status=Status.OPTIMAL)])
    assert found.status is Status.CONTRADICTION
    assert found.notes == ("level 1: 6 was proven, 4 was found",)


def test_without_any_schedule_the_first_one_is_what_is_known():
    nothing = Result(Status.UNKNOWN)
    assert best_of(nothing, [Result(Status.INTERRUPTED)]) is nothing
    assert best_of(nothing, [result((4, 0))]).status is Status.FEASIBLE
