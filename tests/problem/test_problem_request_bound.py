"""The bound on refused requests: no schedule refuses less, and it is often what must be refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.bruteforce import best
from support.making import DATE, away, city, hours, make, meeting
from support.tiny import tiny_instance, tiny_instances

from scheduler.model.prices import prices
from scheduler.problem import discretise
from scheduler.problem.cells import Cells
from scheduler.problem.request_bound import relax


def relaxed(instance):
    problem = discretise(instance)
    return relax(problem, Cells(problem, problem.meetings))


def bound(instance):
    relaxation = relaxed(instance)
    return relaxation.refused_at_least(prices(relaxation))


def refused(instance, solution):
    placed = {placement.activity for placement in solution.placements}
    return sum(
        instance.priorities[m.priority]
        for m in instance.meetings
        if m.id not in placed and not m.mandatory and m.pin.start is None
    )


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_no_schedule_refuses_less(first):
    for seed in range(first, first + 50):
        instance = tiny_instance(seed)
        optimum = best(instance)
        if optimum is not None:
            assert bound(instance) <= refused(instance, optimum.solution), seed


@given(tiny_instances(), st.lists(st.floats(-2, 12), min_size=40, max_size=40))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_the_prices_no_schedule_refuses_less(instance, given_prices):
    optimum = best(instance)
    relaxation = relaxed(instance)
    charged = [given_prices[number % 40] for number in range(len(relaxation.capacity))]
    if optimum is not None:
        assert relaxation.refused_at_least(charged) <= refused(instance, optimum.solution)


def test_a_person_holds_only_so_many_meetings():
    people = [{"id": "a", "absences": [away("09:00", "17:00")]}, {"id": "b"}, {"id": "c"}, {"id": "d"}]
    asked = [meeting(f"m{n}", "a", other) for n, other in enumerate("bcd")]
    assert bound(make(participants=people, meetings=asked)) == 3


def test_tables_hold_only_so_many_meetings():
    names = [f"p{n}" for n in range(10)]
    asked = [meeting(f"m{n}", names[2 * n], names[2 * n + 1]) for n in range(5)]
    short = city(opening=(hours("17:00", "18:00", DATE),))
    assert bound(make(*names, cities=[short], meetings=asked)) == 3  # two tables for an hour hold four


def test_what_has_no_place_at_all_is_refused():
    people = [{"id": "a", "absences": [away("09:00", "18:00")]}, {"id": "b"}]
    assert bound(make(participants=people, meetings=[meeting("m", "a", "b")])) == 3


def test_a_day_is_limited():
    people = [{"id": "a", "load": {"meetings_per_day": 1}}, {"id": "b"}, {"id": "c"}]
    asked = [meeting("m", "a", "b"), meeting("n", "a", "c")]
    assert bound(make(participants=people, meetings=asked)) == 3


def test_a_programme_is_limited():
    people = [{"id": "a", "meetings": {"most": 1}}, {"id": "b"}, {"id": "c"}]
    asked = [meeting("m", "a", "b"), meeting("n", "a", "c")]
    assert bound(make(participants=people, meetings=asked)) == 3


def test_a_meal_takes_time():
    meal = {"from": "09:00", "to": "18:00", "duration": "8h"}
    people = [{"id": "a", "load": {"meal": meal}}, *({"id": other} for other in "bcd")]
    asked = [meeting(f"m{n}", "a", other) for n, other in enumerate("bcd")]
    assert bound(make(participants=people, meetings=asked)) == 3


def test_interpreters_are_shared():
    people = [{"id": f"x{n}", "languages": ["es"], "absences": [away("09:00", "17:30")]} for n in range(2)]
    people += [{"id": f"y{n}", "languages": ["zh"]} for n in range(2)]
    pools = [{"id": "pool", "languages": ["es", "zh"], "city": "madrid"}]
    asked = [meeting("m0", "x0", "y0"), meeting("m1", "x1", "y1")]
    made = make(participants=people, meetings=asked, interpreters=pools)
    assert bound(made) == 0  # it does not know when in the day
    people = [p | {"absences": [away("09:00", "17:30")]} for p in people]
    assert bound(make(participants=people, meetings=asked, interpreters=pools)) in (0, 3)


def test_nothing_asked_nothing_refused():
    assert bound(make("a", "b")) == 0
