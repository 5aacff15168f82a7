"""Search from a baseline: as good as trying everything, with bounds that hold, and near where it began."""

import threading
from collections import Counter

import pytest
from support.bruteforce import best
from support.disturbed import CLOSE, MIXED, disturbed, with_objective
from support.making import city, hold, make, meeting, put, session
from support.tiny import tiny_instance

from scheduler.checker import check
from scheduler.domain import Solution, Status
from scheduler.problem import discretise
from scheduler.search import SolveOptions, replanning
from scheduler.search.choosing import search_for
from scheduler.search.exact import Exact
from scheduler.search.mandate import Mandate
from scheduler.search.replanning import FromBaseline
from scheduler.search.solve import solve

EXACTLY = SolveOptions(deterministic=True)
SEEDS = [range(first, first + 25) for first in (0, 25, 50, 75)]


def made(seeds):
    """Return tiny programmes with baselines, and what each counts."""
    instances = [i for seed in seeds for i in (disturbed(seed), tiny_instance(seed)) if i is not None]
    return [with_objective(i, terms) for i in instances if i.baseline for terms in (CLOSE, MIXED)]


def search(instance, options=EXACTLY, told=None, stop=None):
    return FromBaseline(discretise(instance), Mandate(options, told, stop or threading.Event()))


def values(instance, found):
    """Return what the levels come to, after a check of the schedule and of what is claimed of it."""
    verdict = check(instance, Solution(programme=instance.programme.id, placements=found.placements))
    assert verdict.violations == ()
    for claim, level in zip(found.claims, verdict.levels, strict=True):
        assert claim.bound <= level.value
        assert claim.value in (None, level.value)
        assert claim.status is not Status.OPTIMAL or claim.bound == level.value
    return tuple(level.value for level in verdict.levels)


@pytest.mark.parametrize("seeds", SEEDS, ids=lambda seeds: f"from-{seeds[0]}")
def test_it_agrees_with_trying_everything(seeds, monkeypatch):
    monkeypatch.setattr(replanning, "FEW", 5)  # else these are searched exactly from the outset
    for instance in made(seeds):
        optimum, found = best(instance), search(instance).run()
        if optimum is None:
            assert found.status is Status.INFEASIBLE
        else:
            assert (found.status, values(instance, found)) == (Status.OPTIMAL, optimum.levels)


@pytest.mark.parametrize("seeds", SEEDS[:2], ids=lambda seeds: f"from-{seeds[0]}")
def test_where_the_whole_model_is_too_large_what_is_claimed_still_holds(seeds, monkeypatch):
    monkeypatch.setattr(replanning, "MANY", 25)
    monkeypatch.setattr(replanning, "FEW", 5)
    monkeypatch.setattr(replanning, "_PATIENCE", 2)
    reached = Counter()
    for instance in made(seeds):
        optimum, found = best(instance), search(instance).run()
        if optimum is None:
            assert found.status in (Status.INFEASIBLE, Status.UNKNOWN)
        elif found.placements is None:
            assert found.status is Status.UNKNOWN
            reached["nothing"] += 1
        else:
            assert found.status in (Status.OPTIMAL, Status.FEASIBLE)
            came_to = values(instance, found)
            assert came_to >= optimum.levels
            assert found.claims[0].bound <= optimum.levels[0]
            reached[came_to[0] == optimum.levels[0]] += 1
    assert reached[True] > 3 * (reached[False] + reached["nothing"])


def test_it_is_taken_where_moves_are_charged():
    parts = {"meetings": [meeting("m", "a", "b")], "baseline": [put("m", "10:00")]}

    def chosen(*terms, **more):
        instance = make("a", "b", objective=list(terms), **(parts | more))
        return type(search_for(discretise(instance), Mandate(EXACTLY)))

    late = {"term": "lateness", "level": 3}
    assert chosen({"term": "moved"}, late) is FromBaseline
    assert chosen({"term": "requests"}, {"term": "people_affected", "level": 2}) is FromBaseline
    assert chosen({"term": "requests"}, late) is Exact
    assert chosen({"term": "moved"}, late, baseline=[]) is Exact


def test_without_a_change_nothing_moves_and_what_is_new_finds_its_place():
    meetings = [meeting("m", "a", "b"), meeting("n", "a", "c"), meeting("o", "b", "c", priority="high")]
    baseline = [put("m", "10:00"), put("n", "11:00")]
    instance = with_objective(make("a", "b", "c", meetings=meetings, baseline=baseline), CLOSE)
    result = solve(instance, EXACTLY)
    assert [(level.value, level.bound) for level in result.levels] == [(0, 0), (0, 0), (0, 0)]
    assert len(result.solution.placements) == 3


def test_what_has_not_moved_keeps_its_table():
    meetings = [meeting("m", "a", "b"), meeting("n", "c", "d"), meeting("o", "e", "f")]
    baseline = [put("m", "10:00", table=2), put("n", "10:00", table=1), put("o", "11:00", table=2)]
    instance = with_objective(make(*"abcdef", meetings=meetings, baseline=baseline, cities=[city()]), CLOSE)
    placed = {p.activity: p.table for p in solve(instance, EXACTLY).solution.placements}
    assert placed == {"m": 2, "n": 1, "o": 2}


def test_a_mandatory_meeting_pushes_the_least_aside():
    """The hall closes at 10:00; the only other time for the talk of c is when a and b meet."""
    cities = [
        city(
            "madrid",
            {"id": "hall", "closed": [{"from": "10:00", "to": "11:00"}]},
            {"id": "area", "tables": 1},
        )
    ]
    instance = make(
        *("a", "b", "c"),
        cities=cities,
        sessions=[session("s", parties=["c"], windows=[{"from": "10:00", "to": "12:00"}])],
        meetings=[meeting("m", "a", "c", mandatory=True, windows=[{"from": "11:00", "to": "12:30"}])],
        baseline=[hold("s", "10:00"), put("m", "11:30")],
    )
    result = solve(with_objective(instance, CLOSE), EXACTLY)
    assert (result.levels[0].value, result.levels[0].bound) == (4, 4)
    assert all(level.status is Status.OPTIMAL for level in result.levels)


def test_no_schedule_is_proven_to_be_none():
    instance = make(
        *("a", "b"),
        meetings=[meeting("m", "a", "b", mandatory=True, windows=[{"from": "18:00", "to": "19:00"}])],
        baseline=[put("m", "10:00")],
    )
    assert solve(with_objective(instance, CLOSE), EXACTLY).status is Status.INFEASIBLE


def test_when_stopped_at_once_what_is_kept_of_the_baseline_is_the_schedule_or_there_is_none():
    stop = threading.Event()
    stop.set()
    instance = make("a", "b", meetings=[meeting("m", "a", "b")], baseline=[put("m", "10:00")])
    found = search(with_objective(instance, CLOSE), stop=stop).run()
    assert found.status in (Status.INTERRUPTED, Status.FEASIBLE, Status.OPTIMAL)


def test_it_tells_the_bound_of_the_moves_before_it_has_a_schedule():
    told = []
    instance = make(
        *("a", "b"),
        meetings=[meeting("m", "a", "b", forbidden=[{"from": "10:00", "to": "11:00"}])],
        baseline=[put("m", "10:00")],
    )
    search(with_objective(instance, CLOSE), told=told.append).run()
    assert (told[0].level, told[0].value, told[0].bound) == (1, None, 2)
    assert all(0 <= progress.bound <= 2 for progress in told if progress.level == 1)


def test_where_fairness_asks_for_more_than_what_is_mandatory_it_is_proven_all_the_same(monkeypatch):
    """``m`` cannot stay, and may not be dropped; at the one time left for it ``n`` is in the way."""
    monkeypatch.setattr(replanning, "FEW", 1)
    narrow = [{"from": "11:00", "to": "11:30"}]
    instance = make(
        *("a", "b", "c"),
        meetings=[meeting("m", "a", "b", windows=narrow), meeting("n", "a", "c")],
        baseline=[put("m", "10:00"), put("n", "11:00")],
        fairness={"granted_percent": 100},
    )
    result = solve(with_objective(instance, CLOSE), EXACTLY)
    assert result.status is Status.OPTIMAL
    assert (result.levels[0].value, result.levels[0].bound) == (4, 4)


def test_no_place_for_what_is_mandatory_is_proven_by_what_it_would_push_aside():
    """Both must be at 10:00, at one table."""
    at_ten = {"mandatory": True, "windows": [{"from": "10:00", "to": "10:30"}]}
    instance = make(
        *("a", "b", "c", "d"),
        cities=[city("madrid", {"id": "area", "tables": 1})],
        meetings=[meeting("m", "a", "b", **at_ten), meeting("n", "c", "d", **at_ten)],
        baseline=[put("m", "10:00"), put("n", "11:00")],
    )
    assert search(with_objective(instance, CLOSE)).run().status is Status.INFEASIBLE
