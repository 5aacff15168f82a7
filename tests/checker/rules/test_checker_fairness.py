"""Rule 13: how far people's breaks may differ, and the least share of granted meetings."""

import pytest
from support.judging import rules, said, violations
from support.making import away, hold, make, meeting, put, session

NAMES = [{"id": "a", "name": "Alba"}, {"id": "b", "name": "Bari"}, {"id": "c", "name": "Cork"}]
PAIRS = [meeting("ab", "a", "b"), meeting("ac", "a", "c"), meeting("bc", "b", "c")]


def fair(**bound):
    return make(delegations=NAMES, meetings=PAIRS, fairness=bound)


def test_numbers_of_breaks_differ_by_at_most():
    # Alba waits once, Bari and Cork never.
    apart = (put("ab", "10:00"), put("ac", "11:00"))
    assert said(fair(breaks=1), *apart) == []
    (found,) = violations(fair(breaks=0), *apart)
    assert found.message == "Alba has 1 break and Bari 0: they should differ by at most 0"
    assert (found.rule.value, found.parties) == ("fairness", ("a", "b"))
    assert rules(fair(breaks=0), put("ab", "10:00"), put("ac", "10:30")) == []


def test_everybody_who_waits_too_often_is_named():
    everybody = (put("ab", "10:00"), put("ac", "11:00"), put("bc", "12:00"))
    # Alba waits once, Bari once, Cork once.
    assert rules(fair(breaks=0), *everybody) == []
    idle = make(delegations=[*NAMES, {"id": "d"}], meetings=PAIRS, fairness={"breaks": 0})
    assert [v.parties for v in violations(idle, *everybody)] == [("a", "d"), ("b", "d"), ("c", "d")]


def test_breaks_follow_the_programmes_own_definition():
    apart = (put("ab", "10:00"), put("ac", "11:00"))
    tolerant = make(delegations=NAMES, meetings=PAIRS, fairness={"breaks": 0}, breaks={"tolerance": "30min"})
    assert rules(tolerant, *apart) == []


def test_what_is_attended_counts_as_an_engagement():
    present = make(
        delegations=NAMES, meetings=PAIRS, fairness={"breaks": 0}, sessions=[session("s", audience=["a"])]
    )
    assert rules(present, hold("s", "10:00"), put("ab", "12:00")) == ["fairness"]
    away_then = [NAMES[0] | {"absences": [away("10:00", "10:30")]}, *NAMES[1:]]
    absent = make(
        delegations=away_then, meetings=PAIRS, fairness={"breaks": 0}, sessions=[session("s", audience=["a"])]
    )
    assert rules(absent, hold("s", "10:00"), put("ab", "12:00")) == []


@pytest.mark.parametrize(
    ("percent", "placed", "unfair"),
    [
        (50, (put("ab", "10:00"), put("ac", "11:00")), []),
        (50, (put("ab", "10:00"),), ["c"]),
        (51, (put("ab", "10:00"), put("ac", "11:00")), ["b", "c"]),
        (0, (), []),
        (1, (), ["a", "b", "c"]),
    ],
)
def test_the_least_share_of_granted_meetings(percent, placed, unfair):
    found = violations(fair(granted_percent=percent), *placed)
    assert [v.parties for v in found] == [(party,) for party in unfair]
    assert all(v.rule.value == "fairness" for v in found)


def test_the_sentence_of_a_share_and_parties_without_meetings():
    more = make(delegations=[*NAMES, {"id": "d"}], meetings=PAIRS, fairness={"granted_percent": 60})
    assert said(more, put("ab", "10:00"), put("ac", "11:00")) == [
        "fairness: Bari is granted 1 of 2 meetings, less than 60 %",
        "fairness: Cork is granted 1 of 2 meetings, less than 60 %",
    ]


def test_mandatory_meetings_count_for_the_share_and_sessions_do_not():
    must = [meeting("ab", "a", "b", mandatory=True), meeting("ac", "a", "c")]
    instance = make(
        delegations=NAMES,
        meetings=must,
        sessions=[session("s", parties=["c"], mandatory=False)],
        fairness={"granted_percent": 50},
    )
    assert [v.parties for v in violations(instance, put("ab", "10:00"))] == [("c",)]


def test_a_programme_of_nobody_is_fair():
    assert rules(make(sessions=[session("s", mandatory=False)], fairness={"breaks": 0})) == []
