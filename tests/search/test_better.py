"""The better of two schedules is kept, with bounds that hold."""

import pytest
from support.making import make, meeting, put

from scheduler.domain import Status
from scheduler.problem import discretise
from scheduler.search.better import better_of
from scheduler.search.found import Claim, Found

OBJECTIVE = [{"term": "requests", "level": 1}, {"term": "breaks", "level": 2}]
PROBLEM = discretise(
    make("a", "b", "c", objective=OBJECTIVE, meetings=[meeting("m", "a", "b"), meeting("n", "a", "c")])
)
BEST = (put("m", "10:00"), put("n", "10:30"))
WAITING = (put("m", "10:00"), put("n", "12:00"))
ONE = (put("m", "10:00"),)
BROKEN = (put("m", "10:00"), put("n", "10:00", table=2))
REFUSED = PROBLEM.instance.priorities[PROBLEM.meetings[1].activity.priority]
PROVEN, OPEN = Status.OPTIMAL, Status.FEASIBLE


def better(started, found, stopped=False):
    """Return what is kept of what local search and exact search have found."""
    return better_of(PROBLEM, started, found, stopped=stopped)


def claims(*levels):
    """Return claims of (value, bound, status), level after level."""
    return tuple(
        Claim(number, value, bound, status) for number, (value, bound, status) in enumerate(levels, 1)
    )


def local(placements=BEST, first=(0, 0, OPEN), second=(0, 0, OPEN)):
    return Found(OPEN, placements, claims(first, second))


def exact(placements=BEST, first=(0, 0, PROVEN), second=(0, 0, PROVEN), status=PROVEN):
    return Found(status, placements, claims(first, second), ["a note"])


@pytest.mark.parametrize("status", [PROVEN, Status.UNKNOWN, Status.INFEASIBLE])
def test_where_local_search_has_nothing_the_exact_search_is_believed(status):
    found = Found(status, BEST if status is PROVEN else None)
    assert better(Found(Status.UNKNOWN), found) is found


def test_a_contradiction_stays_one():
    found = exact(None, status=Status.CONTRADICTION)
    assert better(local(), found) is found


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.INTERRUPTED])
def test_where_the_exact_search_has_nothing_local_search_is_kept(status):
    started = local(WAITING)
    assert better(started, Found(status)) is started


def test_a_schedule_where_there_is_none_is_a_contradiction():
    found = better(local(WAITING), Found(Status.INFEASIBLE))
    assert (found.status, found.placements) == (Status.CONTRADICTION, WAITING)
    assert found.claims == (Claim(1), Claim(2))
    assert found.notes == [
        "the exact search proves that there is no schedule, and another search has found one"
    ]


def test_a_schedule_that_breaks_a_rule_contradicts_nothing():
    found = Found(Status.INFEASIBLE)
    assert better(local(BROKEN), found) is found


@pytest.mark.parametrize("placements", [BEST, WAITING, ONE])
def test_what_is_as_good_or_worse_is_dropped(placements):
    found = exact()
    assert better(local(placements), found) is found


def test_what_is_better_but_breaks_a_rule_is_dropped():
    found = exact(ONE, (REFUSED, 0, OPEN), (0, 0, Status.UNKNOWN), OPEN)
    assert better(local(BROKEN), found) is found


def test_what_is_better_is_kept_with_the_greater_bound():
    found = exact(ONE, (REFUSED, 2, OPEN), (None, 0, Status.UNKNOWN), OPEN)
    kept = better(local(WAITING, first=(REFUSED, 1, OPEN), second=(1, 0, OPEN)), found)
    assert (kept.status, kept.placements, kept.notes) == (OPEN, WAITING, ["a note"])
    assert kept.claims == claims((REFUSED, 2, OPEN), (1, 0, OPEN))


def test_a_bound_of_local_search_that_is_greater_stays():
    found = exact(ONE, (REFUSED, 0, OPEN), (None, 0, Status.UNKNOWN), OPEN)
    kept = better(local(WAITING, first=(REFUSED, 1, OPEN)), found)
    assert kept.claims[0].bound == 1


def test_levels_that_are_alike_are_as_the_exact_search_proves_them():
    found = exact(WAITING, (0, 0, PROVEN), (1, 0, OPEN), OPEN)
    kept = better(local(BEST, first=(0, 0, OPEN), second=(0, 0, OPEN)), found)
    assert kept.placements == BEST
    assert kept.claims == claims((0, 0, PROVEN), (0, 0, OPEN))


def test_what_local_search_has_proven_stays_proven():
    found = exact(ONE, (REFUSED, 0, OPEN), (None, 0, Status.UNKNOWN), OPEN)
    kept = better(local(WAITING, first=(0, 0, PROVEN)), found)
    assert kept.claims[0] == Claim(1, 0, 0, PROVEN)


def test_better_than_what_is_proven_to_be_the_best_is_a_contradiction():
    found = exact(WAITING, (0, 0, PROVEN), (1, 1, PROVEN))
    kept = better(local(BEST), found)
    assert (kept.status, kept.placements) == (Status.CONTRADICTION, BEST)
    assert kept.claims == (Claim(1), Claim(2))
    assert kept.notes == ["a note", "level 2: 1 was proven optimal, and 0 was found"]


def test_somebody_has_stopped_it():
    found = exact(ONE, (REFUSED, 0, OPEN), (None, 0, Status.UNKNOWN), Status.INTERRUPTED)
    assert better(local(WAITING), found, stopped=True).status is Status.INTERRUPTED
