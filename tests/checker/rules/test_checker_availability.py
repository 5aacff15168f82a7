"""Rule 5: arrival, departure, absences, cities."""

import pytest
from support.judging import rules, said, violations
from support.making import away, city, hold, make, meeting, moment, put, session


def alone(**presence):
    return make(
        "b",
        delegations=[{"id": "a", "name": "Alba"} | presence],
        meetings=[meeting("m", "a", "b", duration="1h")],
    )


@pytest.mark.parametrize(
    ("presence", "kept", "broken", "sentence"),
    [
        (
            {"arrival": moment("11:00")},
            "11:00",
            "10:30",
            "Alba arrives on 10 Mar 11:00, after the start of 'm'",
        ),
        (
            {"departure": moment("11:00")},
            "10:00",
            "10:30",
            "Alba leaves on 10 Mar 11:00, before the end of 'm'",
        ),
        (
            {"absences": [away("11:00", "12:00")]},
            "10:00",
            "10:30",
            "Alba is absent from 10 Mar 11:00 to 10 Mar 12:00, during 'm'",
        ),
        (
            {"absences": [away("11:00", "12:00")]},
            "12:00",
            "11:30",
            "Alba is absent from 10 Mar 11:00 to 10 Mar 12:00, during 'm'",
        ),
    ],
)
def test_presence(presence, kept, broken, sentence):
    assert said(alone(**presence), put("m", kept)) == []
    (found,) = violations(alone(**presence), put("m", broken))
    assert found.rule.value == "availability"
    assert found.message.startswith(sentence)
    assert (found.parties, found.activities) == (("a",), ("m",))


def test_cities():
    two = [city(), city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon")]
    instance = make(
        "b", cities=two, delegations=[{"id": "a", "cities": ["madrid"]}], meetings=[meeting("m", "a", "b")]
    )
    assert said(instance, put("m", "10:00")) == []
    assert said(instance, put("m", "10:00", "far", zone="Europe/Lisbon")) == [
        "availability: a is not to be engaged in Lisbon: 'm' on 10 Mar 10:00-10:30 in Lisbon"
    ]


def test_every_obstacle_is_said():
    nowhere = alone(arrival=moment("12:00"), departure=moment("12:30"), absences=[away("09:00", "10:30")])
    assert rules(nowhere, put("m", "10:00")) == ["availability"] * 2
    assert rules(nowhere, put("m", "12:00")) == ["availability"]


def test_members_inherit_from_their_delegation_and_one_sentence_speaks_for_all():
    members = [
        {"id": "a1", "delegation": "a", "arrival": moment("11:00"), "cities": ["lisbon"]},
        {"id": "a2", "delegation": "a"},
    ]
    instance = make(
        "b",
        cities=[city(), city("lisbon", {"id": "far", "tables": 1})],
        delegations=[{"id": "a", "name": "Alba", "arrival": moment("10:00"), "cities": ["madrid"]}],
        participants=members,
        meetings=[meeting("m", "a", "b")],
    )
    assert [m.split(": ")[1].split(",")[0] for m in said(instance, put("m", "09:30"))] == [
        "a1 is not to be engaged in Madrid",  # no city is left to somebody whose own are not the delegation's
        "a1 arrives on 10 Mar 11:00",
        "a2 arrives on 10 Mar 10:00",
    ]


def test_a_delegation_is_named_when_all_its_members_are_away():
    members = [{"id": "a1", "delegation": "a"}, {"id": "a2", "delegation": "a"}]
    instance = make(
        "b",
        delegations=[{"id": "a", "name": "Alba", "arrival": moment("11:00")}],
        participants=members,
        meetings=[meeting("m", "a", "b")],
    )
    (found,) = violations(instance, put("m", "10:00"))
    assert found.message.startswith("Alba arrives on")
    assert found.parties == ("a1", "a2")


def test_only_the_member_who_is_sent_must_be_there():
    instance = make(
        "b",
        delegations=[{"id": "a", "split": "members"}],
        participants=[
            {"id": "a1", "delegation": "a", "arrival": moment("12:00")},
            {"id": "a2", "delegation": "a"},
        ],
        meetings=[meeting("m", "a", "b")],
    )
    assert rules(instance, put("m", "10:00", "area", 1, "a2")) == []
    assert rules(instance, put("m", "10:00", "area", 1, "a1")) == ["availability"]


def test_the_audience_need_not_be_there_and_speakers_of_talks_only_for_their_talk():
    late = {"id": "ada", "arrival": moment("10:30")}
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(
        participants=[late, {"id": "bob", "arrival": moment("12:00")}],
        sessions=[session("s", audience=["all"], talks=[talk])],
    )
    assert rules(instance, hold("s", "10:00"), hold("t", "10:30")) == []
    assert rules(instance, hold("s", "10:00"), hold("t", "10:00")) == ["availability"]


def test_two_people_away_are_both_named():
    late = [{"id": name, "arrival": moment("12:00")} for name in ("ada", "bob")]
    instance = make(participants=late, sessions=[session("s", speakers=["ada", "bob"])])
    (message,) = said(instance, hold("s", "10:00"))
    assert message.startswith("availability: ada and bob arrive on 10 Mar 12:00")
