"""requests and fairness_spread."""

import pytest
from support.judging import value
from support.making import hold, make, meeting, moment, put, session


def charged(term, **parts):
    return make("a", "b", "c", objective=[{"term": term}], **parts)


def test_requests_are_what_optional_activities_left_out_are_worth():
    instance = charged(
        "requests",
        priorities={"high": 7, "normal": 2, "low": 1},
        sessions=[session("s", mandatory=False, priority="low"), session("must")],
        meetings=[
            meeting("m1", "a", "b", priority="high"),
            meeting("m2", "a", "c"),
            meeting("m3", "b", "c", mandatory=True, priority="high"),
            meeting("m4", "b", "c", pin={"start": moment("15:00")}, priority="high"),
        ],
    )
    assert value(instance) == 1 + 7 + 2
    assert value(instance, put("m1", "10:00")) == 3
    assert value(instance, put("m1", "10:00"), put("m2", "11:00"), hold("s", "10:00")) == 0
    assert value(instance, put("m2", "11:00", "attic")) == 10  # nowhere is not placed


@pytest.mark.parametrize(
    ("placed", "spread"),
    [
        ((), 0),
        (("m1",), 50),
        (("m1", "m2"), 100),
        (("m3",), 100),
        (("m1", "m2", "m3"), 0),
        (("m2", "m3"), 50),
    ],
)
def test_fairness_spread_is_between_the_best_and_the_worst_share(placed, spread):
    # a: m1, m2; b: m1, m2; c: m3 alone; d, which no meeting names, is out of it.
    instance = charged(
        "fairness_spread",
        delegations=[{"id": "d"}, {"id": "e"}],
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "b"), meeting("m3", "c", "e")],
    )
    clocks = iter(("10:00", "11:00", "12:00"))
    assert value(instance, *(put(name, next(clocks)) for name in placed)) == spread


def test_shares_are_rounded_down_to_whole_percents_before_they_are_compared():
    three = [meeting(f"ab{n}", "a", "b") for n in range(3)]
    instance = charged("fairness_spread", meetings=[*three, meeting("ac", "a", "c")])
    # a 1 of 4, b 1 of 3, c none: 33 less 0. Then a 3 of 4, b 2 of 3, c 1 of 1: 100 less 66.
    assert value(instance, put("ab0", "10:00")) == 33
    assert value(instance, put("ab0", "10:00"), put("ab1", "11:00"), put("ac", "12:00")) == 34


def test_nobody_asks_for_anything():
    assert value(charged("fairness_spread")) == 0
    assert value(charged("requests")) == 0


def test_meetings_that_are_missing_of_the_least():
    instance = charged(
        "too_few_meetings",
        delegations=[{"id": "d", "meetings": {"least": 3}}, {"id": "e", "meetings": {"least": 1}}],
        meetings=[meeting(f"m{n}", "d", other) for n, other in enumerate("abc")],
    )
    clocks = ("10:00", "11:00", "12:00")
    placed = [put(f"m{n}", clock) for n, clock in enumerate(clocks)]
    assert [value(instance, *placed[:n]) for n in range(4)] == [4, 3, 2, 1]


def test_more_than_the_least_makes_up_for_nobody():
    parties = [{"id": "d", "meetings": {"least": 1}}, {"id": "e", "meetings": {"least": 1}}]
    asked = [meeting("m0", "d", "a"), meeting("m1", "d", "b")]
    instance = charged("too_few_meetings", delegations=parties, meetings=asked)
    assert value(instance, put("m0", "10:00"), put("m1", "11:00")) == 1
