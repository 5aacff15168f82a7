"""The checker's public face: verdicts, levels, any number of schedules, whatever is in them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from support.doctored import CASES
from support.making import hold, make, meeting, put, schedule, session
from support.tiny import tiny_instance

from scheduler.checker import Checker, LevelValue, Verdict, check, facts
from scheduler.checker.terms import TERMS
from scheduler.domain import InterpreterSeat, Placement, RuleName, Solution, TermName, TermValue

OBJECTIVE = [
    {"term": "breaks", "level": 2, "weight": 3},
    {"term": "requests", "level": 1, "weight": 2},
    {"term": "idle_minutes", "level": 2},
    {"term": "requests", "level": 3},
]


def three(**more):
    meetings = [meeting("m1", "a", "b"), meeting("m2", "a", "c"), meeting("m3", "b", "c")]
    return make("a", "b", "c", meetings=meetings, objective=OBJECTIVE, **more)


def test_terms_stand_in_the_order_of_the_objective_and_levels_ascend():
    verdict = check(three(), schedule(put("m1", "10:00"), put("m2", "11:00")))
    assert verdict.terms == (
        TermValue(term=TermName.BREAKS, level=2, weight=3, value=1),
        TermValue(term=TermName.REQUESTS, level=1, weight=2, value=3),
        TermValue(term=TermName.IDLE_MINUTES, level=2, weight=1, value=30),
        TermValue(term=TermName.REQUESTS, level=3, weight=1, value=3),
    )
    assert verdict.levels == (
        LevelValue(level=1, value=6),
        LevelValue(level=2, value=33),
        LevelValue(level=3, value=3),
    )
    assert verdict.valid


def test_a_schedule_that_breaks_rules_is_charged_all_the_same():
    verdict = check(three(), schedule(put("m1", "10:00"), put("m2", "10:00")))
    assert not verdict.valid
    assert [v.rule for v in verdict.violations] == [RuleName.ROOM, RuleName.PERSON]
    assert verdict.levels[0].value == 6


def test_violations_stand_in_the_order_of_the_rules():
    everything = make(
        *("a", "b"),
        sessions=[session("s"), session("other")],
        meetings=[meeting("m", "a", "b", dates=["2025-03-11"])],
        precedences=[{"before": "s", "after": "m"}],
    )
    placed = schedule(put("m", "10:15", "hall", 1, "a"), hold("s", "10:00"))
    found = [violation.rule for violation in check(everything, placed).violations]
    assert found == sorted(found, key=list(RuleName).index)
    assert set(found) == {
        *(RuleName.PLACEMENT, RuleName.WINDOWS, RuleName.ROOM),
        *(RuleName.DELEGATION, RuleName.PRECEDENCE),
    }


def test_a_verdict_is_a_frozen_value():
    verdict = check(three(), schedule())
    assert verdict == check(three(), schedule())
    with pytest.raises(ValidationError):
        verdict.terms = ()
    assert Verdict().valid


def test_every_term_has_its_computation():
    assert set(TERMS) == set(TermName)


def test_one_checker_checks_many_schedules():
    instance = three()
    checker = Checker(instance)
    for clock in ("10:00", "10:30", "11:00", "10:00"):
        solution = schedule(put("m1", "10:00"), put("m2", clock, table=2))
        assert checker.check(solution) == check(instance, solution)
        assert checker.levels(solution) == check(instance, solution).levels
        assert tuple(checker.violations(solution)) == check(instance, solution).violations


def test_a_checker_forgets_rather_than_grow(monkeypatch):
    monkeypatch.setattr(facts, "REMEMBERED", 2)
    instance = three()
    checker = Checker(instance)
    for clock in ("09:00", "09:30", "10:00", "10:30", "11:00"):
        solution = schedule(put("m1", clock), put("m2", "10:00", table=2), put("m3", "15:00"))
        assert checker.check(solution) == check(instance, solution)


def test_what_one_placement_breaks_alone():
    checker = Checker(three())
    assert checker.alone(put("m1", "10:00")) == ()
    assert [v.rule for v in checker.alone(put("m1", "10:15", "hall", None))] == [
        RuleName.PLACEMENT,
        RuleName.ROOM,
    ]
    assert checker.alone(put("m1", "10:00", "attic")) == ()


def test_only_the_placements_of_a_solution_are_read():
    case = CASES[3]
    claimed = case.broken.model_copy(update={"programme": "another", "status": "optimal"})
    assert check(case.instance, claimed) == check(case.instance, case.broken)


# -- whatever is in a solution -------------------------------------------------------------------


def _anything(instance):
    """Return a strategy of structurally sound solutions, most of them nonsense."""
    rooms = [*(room.id for room in instance.rooms), "attic"]
    people = [*(person.id for person in instance.people), "nobody", "p0"]
    first = min(opening.date for city in instance.cities for opening in city.opening)
    midnight = dt.datetime.combine(first, dt.time(0), instance.cities[0].zone)
    starts = st.integers(-30, 60 * 50).map(
        lambda minutes: midnight + dt.timedelta(minutes=15 * (minutes // 15))
    )
    seats = st.builds(InterpreterSeat, pool=st.sampled_from(["pool", "no-pool"]), unit=st.integers(1, 3))
    placements = st.builds(
        Placement,
        activity=st.sampled_from([*(activity.id for activity in instance.activities), "nothing"]),
        start=starts,
        room=st.sampled_from(rooms),
        table=st.none() | st.integers(1, 3),
        attendees=st.lists(st.sampled_from(people), max_size=3).map(tuple),
        interpreter=st.none() | seats,
    )
    return st.lists(placements, max_size=8).map(
        lambda found: Solution(programme=instance.programme.id, placements=tuple(found))
    )


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_solution_makes_the_checker_fail(data):
    instance = tiny_instance(data.draw(st.integers(0, 400)))
    solution = data.draw(_anything(instance))
    verdict = check(instance, solution)
    assert [term.term for term in verdict.terms] == [entry.term for entry in instance.objective]
    assert all(term.value >= 0 for term in verdict.terms)
    assert all(violation.message for violation in verdict.violations)
    known = {placement.activity for placement in solution.placements}
    for violation in verdict.violations:
        if violation.rule not in (RuleName.PLACEMENT, RuleName.PINS):
            assert known.issuperset(violation.activities)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_order_of_the_placements_does_not_matter(data):
    instance = tiny_instance(data.draw(st.integers(0, 400)))
    solution = data.draw(_anything(instance).filter(_each_once))
    shuffled = data.draw(st.permutations(solution.placements))
    other = solution.model_copy(update={"placements": tuple(shuffled)})
    found, again = check(instance, solution), check(instance, other)
    assert found.terms == again.terms
    assert sorted(map(repr, found.violations)) == sorted(map(repr, again.violations))


def _each_once(solution):
    names = [placement.activity for placement in solution.placements]
    return len(names) == len(set(names))
