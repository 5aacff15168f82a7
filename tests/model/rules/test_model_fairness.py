"""Rule 13 in the model: breaks alike within a bound, and a least share of granted meetings."""

import pytest
from support.fixing import breaks, keeps
from support.making import DATE, city, hours, make, meeting, put

from scheduler.domain import RuleName

NEXT = "2025-03-11"


def fair(meetings, parties="abc", **more):
    opening = (hours("09:00", "18:00", DATE), hours("09:00", "18:00", NEXT))
    return make(*parties, cities=[city(opening=opening)], meetings=meetings, **more)


FOUR = [meeting("m0", "a", "b"), meeting("m1", "a", "c"), meeting("m2", "a", "b"), meeting("m3", "b", "c")]


def at(*clocks, date=DATE):
    return [put(f"m{n}", clock, date=date) for n, clock in enumerate(clocks) if clock]


@pytest.mark.parametrize("most", [0, 1, 2])
def test_breaks_differ_by_no_more_than_the_bound(most):
    instance = fair(FOUR, fairness={"breaks": most})
    # a has two breaks, b one, c none; then a one, b one, c none; then nobody any.
    for clocks, spread in (
        (("09:00", "11:00", "13:00"), 2),
        (("09:00", "09:30", "11:00"), 1),
        (("09:00",), 0),
    ):
        if spread <= most:
            keeps(instance, *at(*clocks))
        else:
            breaks(RuleName.FAIRNESS, instance, *at(*clocks))


def test_everybody_may_have_many_breaks():
    instance = fair(
        [meeting("m0", "a", "b"), meeting("m1", "a", "b"), meeting("m2", "a", "b")],
        "ab",
        fairness={"breaks": 0},
    )
    keeps(instance, *at("09:00", "11:00", "13:00"))


def test_somebody_who_does_nothing_has_no_break():
    instance = fair([meeting("m0", "a", "b"), meeting("m1", "a", "b")], "abc", fairness={"breaks": 0})
    keeps(instance, *at("09:00", "09:30"))
    breaks(RuleName.FAIRNESS, instance, *at("09:00", "10:00"))


def test_what_a_break_is_the_instance_says():
    meetings = [meeting("m0", "a", "b"), meeting("m1", "a", "c")]
    patient = {"fairness": {"breaks": 0}, "breaks": {"tolerance": "1h"}}
    keeps(fair(meetings, **patient), *at("09:00", "10:30"))
    breaks(RuleName.FAIRNESS, fair(meetings, **patient), *at("09:00", "11:00"))
    overnight = (put("m0", "17:30"), put("m1", "09:00", date=NEXT))
    keeps(fair(meetings, fairness={"breaks": 0}), *overnight)
    whole = {"fairness": {"breaks": 0}, "breaks": {"span": "programme"}}
    breaks(RuleName.FAIRNESS, fair(meetings, **whole), *overnight)


@pytest.mark.parametrize(
    ("percent", "kept", "broken"),
    [
        (50, [("10:00", None, "12:00", "13:00")], [("10:00", None, "12:00"), ("10:00", "11:00")]),
        (67, [("10:00", "11:00", "12:00", "13:00")], [("10:00", "11:00", "12:00")]),
        (66, [("10:00", "11:00", None, "13:00")], [("10:00", "11:00", "12:00")]),
        (100, [("10:00", "11:00", "12:00", "13:00")], [("10:00", "11:00", None, "13:00")]),
        (0, [()], []),
    ],
)
def test_each_party_is_granted_its_share(percent, kept, broken):
    # a: m0 m1 m2; b: m0 m2 m3; c: m1 m3.
    instance = fair(FOUR, fairness={"granted_percent": percent})
    for clocks in kept:
        keeps(instance, *at(*clocks))
    for clocks in broken:
        breaks(RuleName.FAIRNESS, instance, *at(*clocks))


def test_mandatory_meetings_count_and_parties_without_meetings_do_not():
    instance = fair(
        [meeting("m0", "a", "b", mandatory=True), meeting("m1", "a", "b")],
        "abc",
        fairness={"granted_percent": 50},
    )
    keeps(instance, *at("10:00"))
