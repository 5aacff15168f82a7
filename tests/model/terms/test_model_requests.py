"""requests and fairness_spread in the model."""

import pytest
from support.fixing import costs
from support.making import hold, make, meeting, moment, put, session

from scheduler.domain import TermName


def test_requests_are_what_optional_activities_left_out_are_worth():
    instance = make(
        *("a", "b", "c"),
        priorities={"high": 7, "normal": 2, "low": 1},
        sessions=[session("s", mandatory=False, priority="low"), session("must", priority="high")],
        meetings=[
            meeting("m1", "a", "b", priority="high"),
            meeting("m2", "a", "c"),
            meeting("m3", "b", "c", mandatory=True, priority="high"),
            meeting("m4", "b", "c", pin={"start": moment("15:00")}, priority="high"),
        ],
    )
    fixed = (hold("must", "16:00"), put("m3", "14:00"), put("m4", "15:00"))
    assert costs(TermName.REQUESTS, instance, *fixed) == 1 + 7 + 2
    assert costs(TermName.REQUESTS, instance, *fixed, put("m1", "10:00")) == 3
    everything = (put("m1", "10:00"), put("m2", "11:00"), hold("s", "10:00"))
    assert costs(TermName.REQUESTS, instance, *fixed, *everything) == 0


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
    instance = make(
        *("a", "b", "c", "d", "e"),
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "b"), meeting("m3", "c", "e")],
    )
    clocks = iter(("10:00", "11:00", "12:00"))
    found = costs(TermName.FAIRNESS_SPREAD, instance, *(put(name, next(clocks)) for name in placed))
    assert found == spread


def test_shares_are_rounded_down_before_they_are_compared():
    three = [meeting(f"ab{n}", "a", "b") for n in range(3)]
    instance = make("a", "b", "c", meetings=[*three, meeting("ac", "a", "c")])
    # a 1 of 4, b 1 of 3, c none: 33 less 0. Then a 3 of 4, b 2 of 3, c 1 of 1: 100 less 66.
    one, two, last = put("ab0", "10:00"), put("ab1", "11:00"), put("ac", "12:00")
    assert costs(TermName.FAIRNESS_SPREAD, instance, one) == 33
    assert costs(TermName.FAIRNESS_SPREAD, instance, one, two, last) == 34


def test_mandatory_meetings_count():
    instance = make("a", "b", "c", meetings=[meeting("m", "a", "b", mandatory=True), meeting("n", "a", "c")])
    assert costs(TermName.FAIRNESS_SPREAD, instance, put("m", "10:00")) == 100


def test_nobody_asks_for_anything():
    assert costs(TermName.FAIRNESS_SPREAD, make("a")) == 0
    assert costs(TermName.REQUESTS, make("a")) == 0


@pytest.mark.parametrize(("least", "missing"), [(1, (1, 0, 0, 0)), (2, (2, 1, 0, 0)), (4, (4, 3, 2, 1))])
def test_meetings_that_are_missing_of_the_least(least, missing):
    instance = make(
        *("a", "b", "c"),
        delegations=[{"id": "d", "meetings": {"least": least}}],
        meetings=[meeting(f"m{n}", "d", other) for n, other in enumerate("abc")],
    )
    placed = [put(f"m{n}", f"1{n}:00") for n in range(3)]
    found = tuple(costs(TermName.TOO_FEW_MEETINGS, instance, *placed[:n]) for n in range(4))
    assert found == missing


def test_a_member_misses_what_others_are_sent_to():
    people = [{"id": "s-1", "delegation": "s", "meetings": {"least": 2}}, {"id": "s-2", "delegation": "s"}]
    asked = [meeting("m0", "s", "a"), meeting("m1", "s", "b"), meeting("m2", "s", "c")]
    split = [{"id": "s", "split": "members"}]
    instance = make("a", "b", "c", delegations=split, participants=people, meetings=asked)
    sent = [put(f"m{n}", f"1{n}:00", "area", 1, who) for n, who in enumerate(("s-1", "s-2", "s-1"))]
    found = [costs(TermName.TOO_FEW_MEETINGS, instance, *sent[:n]) for n in range(4)]
    assert found == [2, 1, 1, 0]
