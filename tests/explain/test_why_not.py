"""What a request would cost, and what is in its way."""

import threading

import pytest
from support.bruteforce import best
from support.making import DATE, city, hours, make, meeting, moment, put, schedule
from support.tiny import tiny_instance

from scheduler.checker import Checker, check
from scheduler.domain import ReasonKind, Status
from scheduler.explain import why_not as asking_module
from scheduler.explain.by_hand import put_in
from scheduler.explain.why_not import Asked, Outcome, why_not
from scheduler.problem import discretise
from scheduler.search import Result, SolveOptions
from scheduler.search.solve import solve

ONE = SolveOptions(deterministic=True)
SHORT = city("madrid", {"id": "area", "tables": 1}, opening=(hours("10:00", "11:00", DATE),))


def programme(**more):
    """Three meetings of one party, and two slots."""
    asked = [
        meeting("high", "a", "b", priority="high"),
        meeting("normal", "a", "c"),
        meeting("low", "a", "d", priority="low"),
    ]
    return make(*"abcd", cities=[SHORT], meetings=asked, objective=[{"term": "requests"}], **more)


def given(instance):
    return solve(instance, ONE).solution


def test_the_price_is_what_gives_way():
    instance = programme()
    answer = why_not(instance, given(instance), Asked(activity="low"), ONE)
    assert answer.outcome is Outcome.PRICED
    assert answer.proven
    assert answer.given_is_best
    assert [(level.before, level.after, level.change) for level in answer.levels] == [(1, 3, 2)]
    assert answer.differences.displaced == ("normal",)
    assert answer.differences.moved == answer.differences.granted == ()
    assert answer.fewest
    assert check(instance, answer.solution).valid


def test_what_is_in_the_way_is_told_for_each_place():
    instance = programme()
    answer = why_not(instance, given(instance), Asked(activity="low"), ONE)
    assert [way.start for way in answer.in_the_way] == [moment("10:00"), moment("10:30")]
    assert {way.kind for way in answer.in_the_way} == {ReasonKind.NO_COMMON_TIME}
    assert {way.words for way in answer.in_the_way} == {"a is engaged"}
    assert sorted(way.blockers for way in answer.in_the_way) == [("high",), ("normal",)]
    assert answer.all_seen


def test_another_time_is_asked_for():
    instance = programme()
    solution = schedule(put("high", "10:00"), put("normal", "10:30"))
    answer = why_not(instance, solution, Asked(activity="high", at=moment("10:30")), ONE)
    assert answer.outcome is Outcome.PRICED
    assert [level.change for level in answer.levels] == [0]
    assert answer.differences.moved == ("normal",)
    assert not answer.given_is_best  # so it does not say


def test_it_is_there_already():
    instance = programme()
    solution = schedule(put("high", "10:00"))
    assert why_not(instance, solution, Asked(activity="high"), ONE).outcome is Outcome.HAS_IT
    there = Asked(activity="high", at=moment("10:00"), city="madrid")
    assert why_not(instance, solution, there, ONE).outcome is Outcome.HAS_IT


def test_a_better_schedule_shows():
    instance = programme()
    answer = why_not(instance, schedule(put("low", "10:00")), Asked(activity="high"), ONE)
    assert [(level.before, level.after) for level in answer.levels] == [(12, 1)]


def test_it_cannot_be_granted():
    must = [meeting("one", "a", "b", mandatory=True), meeting("two", "a", "c", mandatory=True)]
    instance = make(*"abcd", cities=[SHORT], meetings=[*must, meeting("out", "a", "d")])
    answer = why_not(instance, given(instance), Asked(activity="out"), ONE)
    assert answer.outcome is Outcome.IMPOSSIBLE
    assert answer.status is Status.INFEASIBLE
    assert answer.conflict.shown.irreducible
    about = {r.about[0] for r in answer.conflict.requirements if r.kind == "mandatory"}
    assert about == {"one", "two", "out"}


def test_it_cannot_be_there_by_itself():
    instance = programme()
    at_night = why_not(instance, given(instance), Asked(activity="low", at=moment("22:00")), ONE)
    assert at_night.outcome is Outcome.IMPOSSIBLE
    assert at_night.in_the_way == ()
    two = make(
        *"ab",
        cities=[SHORT, city("lisbon", {"id": "far"})],
        meetings=[meeting("m", "a", "b", cities=["madrid"])],
    )
    elsewhere = why_not(two, schedule(), Asked(activity="m", city="lisbon"), ONE)
    assert elsewhere.outcome is Outcome.IMPOSSIBLE
    assert elsewhere.because == ("it may only be in Madrid",)


@pytest.mark.parametrize(
    ("asked", "solution", "message"),
    [
        (Asked(activity="nobody"), schedule(), "there is no meeting 'nobody'"),
        (Asked(activity="low", city="rome"), schedule(), "there is no city 'rome'"),
        (Asked(activity="low"), schedule(put("low", "22:00")), "breaks a rule"),
    ],
)
def test_what_makes_no_sense_is_refused(asked, solution, message):
    with pytest.raises(ValueError, match=message):
        why_not(programme(), solution, asked, ONE)


# -- the price, derived again --------------------------------------------------------------------


def forced(instance, activity):
    """Return a programme in which something must take place."""

    def must(found):
        return tuple(x.model_copy(update={"mandatory": True}) if x.id == activity else x for x in found)

    return instance.model_copy(
        update={"meetings": must(instance.meetings), "sessions": must(instance.sessions)}
    )


@pytest.mark.parametrize("seeds", [range(3000, 3040), range(3040, 3080)], ids=["from-3000", "from-3040"])
def test_the_price_is_the_difference_to_the_best_of_all_schedules_that_grant_it(seeds):
    outcomes = set()
    for seed in seeds:
        instance = tiny_instance(seed)
        solution = solve(instance, ONE).solution
        if solution is None:
            continue
        before = tuple(level.value for level in Checker(instance).levels(solution))
        for left in solution.unscheduled:
            answer = why_not(instance, solution, Asked(activity=left.activity), ONE)
            optimum = best(forced(instance, left.activity))
            outcomes.add(answer.outcome)
            if optimum is None:
                assert answer.outcome is Outcome.IMPOSSIBLE, seed
                continue
            assert answer.outcome is Outcome.PRICED, seed
            changes = tuple(level.change for level in answer.levels)
            assert changes == tuple(a - b for a, b in zip(optimum.levels, before, strict=True)), seed
            assert check(instance, answer.solution).valid
            assert answer.proven
    assert {Outcome.PRICED, Outcome.IMPOSSIBLE} <= outcomes


# -- when the price is not proven ----------------------------------------------------------------


def stopped():
    event = threading.Event()
    event.set()
    return event


def test_stopped_at_once_nothing_is_proven():
    instance = programme()
    answer = why_not(instance, given(instance), Asked(activity="low"), ONE, stopped())
    assert answer.outcome in (Outcome.UNKNOWN, Outcome.PRICED)
    assert not answer.proven
    assert not answer.all_seen


def test_what_is_not_proven_is_no_dearer_than_by_hand(monkeypatch):
    monkeypatch.setattr(asking_module, "solve", lambda *_: Result(Status.UNKNOWN))
    instance = programme()
    answer = why_not(instance, given(instance), Asked(activity="low"), ONE)
    assert answer.outcome is Outcome.PRICED
    assert not answer.proven
    assert answer.status is Status.FEASIBLE
    assert [level.change for level in answer.levels] == [2]
    assert all(not level.proven and level.bound is None for level in answer.levels)
    assert check(instance, answer.solution).valid


@pytest.mark.parametrize("seed", range(3000, 3030))
def test_by_hand_is_valid_and_no_better_than_the_best(seed):
    instance = tiny_instance(seed)
    solution = solve(instance, ONE).solution
    for left in () if solution is None else solution.unscheduled:
        must = forced(instance, left.activity)
        by_hand = put_in(discretise(must), solution.placements, left.activity, lambda: False)
        if by_hand is not None:
            verdict = check(must, by_hand)
            assert verdict.valid
            assert tuple(level.value for level in verdict.levels) >= best(must).levels
