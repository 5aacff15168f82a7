"""Rule 14: those who are never to meet are not in one meeting."""

from support.judging import rules, violations
from support.making import hold, make, meeting, moment, put, session

PEOPLE = [
    *({"id": f"a-{n}", "name": f"Ann {n}", "delegation": "a"} for n in (1, 2)),
    *({"id": f"b-{n}", "delegation": "b"} for n in (1, 2)),
]


def instance(*pairs, **more):
    given = {
        "delegations": [{"id": "a", "name": "Alba", "split": "members"}, {"id": "b", "split": "members"}],
        "participants": PEOPLE,
        "meetings": [meeting("m", "a", "c"), meeting("n", "a", "b")],
        "never": pairs,
    }
    return make("c", **given | more)


def sent(activity, *who):
    return put(activity, "10:00", "area", 1, *who)


def test_somebody_is_sent_who_is_never_to_meet_the_other():
    apart = instance(["c", "a-1"])
    assert rules(apart, sent("m", "a-2")) == []
    (found,) = violations(apart, sent("m", "a-1"))
    assert found.message == (
        "c and Ann 1 are never to meet and are both at 'm' on 10 Mar 10:00-10:30 in Madrid"
    )
    assert (found.rule, found.activities, found.parties) == ("never", ("m",), ("c", "a-1"))
    assert found.start == moment("10:00")


def test_two_are_sent_who_are_never_to_meet():
    apart = instance(["a-1", "b-2"])
    assert rules(apart, sent("n", "a-1", "b-1")) == []
    assert rules(apart, sent("n", "a-2", "b-2")) == []
    assert rules(apart, sent("n", "a-1", "b-2")) == ["never"]


def test_a_delegation_stands_for_all_its_people():
    apart = instance(["a-1", "b"])
    assert rules(apart, sent("n", "a-1", "b-2")) == ["never"]
    assert rules(apart, sent("n", "a-2", "b-2")) == []


def test_one_of_a_pair_alone_meets_anybody_else():
    apart = instance(["a-1", "a-2"], meetings=[meeting("m", "a-1", "c")])
    assert rules(apart, put("m", "10:00")) == []


def test_sessions_bring_anybody_together():
    apart = instance(["c", "a-1"], sessions=[session("s", parties=["c", "a"])])
    assert rules(apart, hold("s", "10:00", "hall", "a-1")) == []


def test_each_pair_is_told_once():
    apart = instance(["a-1", "b-2"], ["b-2", "a-1"])
    assert len(violations(apart, sent("n", "a-1", "b-2"))) == 2
