"""Of alike teams and alike interpreters the first come first, unless somebody tells them apart."""

from itertools import product

import pytest
from support.fixing import feasible, fix, model_of
from support.making import city, make, meeting, put, schedule, session

from scheduler.model import symmetry
from scheduler.model.build import build
from scheduler.problem import discretise

LISBON = city("lisbon", {"id": "far", "tables": 3}, zone="Europe/Lisbon")
TWO_CITIES = {
    "cities": [city("madrid", {"id": "area", "tables": 3}), LISBON],
    "travel": {"links": [{"from": "madrid", "to": "lisbon", "duration": "15min"}]},
}
CLOCKS = ("10:00", "12:00", "15:00")


def teams(parallel=2, **more):
    return make(
        *("b", "c", "d"),
        delegations=[{"id": "team", "split": "members", "parallel": parallel}],
        meetings=[meeting(f"m{n}", "team", party) for n, party in enumerate("bcd")],
        **more,
    )


def interpreters(**more):
    return make(
        delegations=[{"id": p, "languages": ["ko"]} for p in "abc"]
        + [{"id": p, "languages": ["es"]} for p in "xyz"],
        interpreters=[{"id": "korean", "languages": ["ko", "es"], "count": 2}],
        meetings=[meeting(f"m{n}", "abc"[n], "xyz"[n]) for n in range(3)],
        **TWO_CITIES | more,
    )


def sent(numbers):
    """Return a schedule in which these teams go to the meetings (0: not placed)."""
    placed = [put(f"m{n}", CLOCKS[n], "area", 1, f"team.{k}") for n, k in enumerate(numbers) if k]
    return schedule(*placed)


def seated(numbers):
    """Return a schedule in which these units interpret the meetings."""
    placed = [put(f"m{n}", CLOCKS[n], interpreter=("korean", k)) for n, k in enumerate(numbers) if k]
    return schedule(*placed)


def in_order(numbers):
    """Return whether each number comes first after the one before it has."""
    seen = 0
    for number in filter(None, numbers):
        if number > seen + 1:
            return False
        seen = max(seen, number)
    return True


@pytest.mark.parametrize(("instance", "as_schedule"), [(teams(), sent), (interpreters(), seated)])
def test_the_first_is_taken_first(instance, as_schedule):
    for numbers in product((0, 1, 2), repeat=3):
        context = model_of(instance)
        assert fix(context, as_schedule(numbers))
        assert feasible(context)
        symmetry.add(context)
        assert feasible(context) == in_order(numbers), numbers


def test_three_teams():
    instance = teams(parallel=3)
    for numbers in product((1, 2, 3), repeat=3):
        context = model_of(instance)
        assert fix(context, sent(numbers))
        symmetry.add(context)
        assert feasible(context) == in_order(numbers), numbers


@pytest.mark.parametrize(
    ("instance", "solution"),
    [
        (teams(baseline=[put("m0", CLOCKS[0], "area", 1, "team.2")]), sent((2, 1, 0))),
        (interpreters(baseline=[put("m0", CLOCKS[0], interpreter=("korean", 2))]), seated((2, 0, 1))),
    ],
)
def test_those_whom_a_baseline_names_are_not_alike(instance, solution):
    context = build(discretise(instance)).context
    assert fix(context, solution)
    assert feasible(context)


@pytest.mark.parametrize(
    "named",
    [
        {"sessions": [session("s", speakers=["team.2"], mandatory=False)]},
        {
            "sessions": [
                session("s", talks=[{"id": "t", "duration": "30min", "speaker": "team.2"}], mandatory=False)
            ]
        },
        {"tracks": [{"id": "t", "chairs": ["team.2"]}]},
    ],
)
def test_teams_that_somebody_names_are_not_alike(named):
    context = build(discretise(teams(**named))).context
    assert fix(context, sent((2, 1, 0)))
    assert feasible(context)


def test_members_with_a_name_are_not_alike():
    instance = make(
        *("b", "c"),
        delegations=[{"id": "team", "split": "members"}],
        participants=[{"id": "team-1", "delegation": "team"}, {"id": "team-2", "delegation": "team"}],
        meetings=[meeting("m0", "team", "b"), meeting("m1", "team", "c")],
    )
    context = build(discretise(instance)).context
    assert fix(context, schedule(put("m0", "10:00", "area", 1, "team-2")))
    assert feasible(context)


def test_where_interpreters_are_counted_there_is_no_order():
    instance = interpreters(cities=[city("madrid", {"id": "area", "tables": 3})], travel={})
    context = model_of(instance)
    before = len(context.logic.cp.proto.constraints)
    symmetry.add(context)
    assert len(context.logic.cp.proto.constraints) == before
