"""Rule 6: who is sent, and at how many activities a delegation can be."""

import pytest
from support.judging import rules, said, violations
from support.making import city, hold, make, meeting, moment, put, session

PEOPLE = [
    {"id": "a1", "name": "Ana", "delegation": "a", "roles": ["mayor"]},
    {"id": "a2", "name": "Ben", "delegation": "a"},
    {"id": "ada", "name": "Ada"},
    {"id": "bob", "name": "Bob"},
]


def split(parallel=None, **asked):
    return make(
        *("b", "c"),
        cities=[city("madrid", {"id": "hall"}, {"id": "area", "tables": 3})],
        delegations=[{"id": "a", "name": "Alba", "split": "members", "parallel": parallel}],
        participants=PEOPLE,
        tracks=[{"id": "t", "chairs": ["ada", "bob"]}],
        sessions=[session("s", mandatory=False, track="t", parties=["a"])],
        meetings=[meeting("m1", "a", "b", **asked), meeting("m2", "a", "c")],
    )


def sent(*attendees, **asked):
    return said(split(**asked), put("m1", "10:00", "area", 1, *attendees))


WHERE = "'m1' on 10 Mar 10:00-10:30 in Madrid"


@pytest.mark.parametrize(
    ("attendees", "asked", "sentences"),
    [
        (("a1",), {}, []),
        (("a1",), {"roles": {"a": "mayor"}}, []),
        ((), {}, [f"Alba sends nobody to {WHERE}"]),
        (("a1", "a2"), {}, [f"Alba sends more than one of its people to {WHERE}: Ana and Ben"]),
        (("a1", "a1"), {}, [f"Alba sends more than one of its people to {WHERE}: Ana and Ana"]),
        (("a2",), {"roles": {"a": "mayor"}}, [f"Ben does not have the role mayor that {WHERE} asks for"]),
        (("a1", "ada"), {}, [f"Ada is named for {WHERE} and not chosen for it by anybody"]),
        (
            ("ada", "bob"),
            {},
            [
                f"Alba sends nobody to {WHERE}",
                f"Ada and Bob are named for {WHERE} and not chosen for it by anybody",
            ],
        ),
        (("a1", "b"), {}, [f"b is named for {WHERE} and not chosen for it by anybody"]),
    ],
)
def test_exactly_one_who_fits_is_sent_and_nobody_else_is_named(attendees, asked, sentences):
    assert sent(*attendees, **asked) == [f"delegation: {sentence}" for sentence in sentences]


@pytest.mark.parametrize(
    ("attendees", "sentences"),
    [
        (("a1", "ada"), []),
        (("bob", "a2"), []),
        (("a1",), ["'s' on 10 Mar 10:00-11:00 in Madrid has none of the chairs of its track"]),
        (("a1", "ada", "bob"), ["'s' on 10 Mar 10:00-11:00 in Madrid has more than one chair: Ada and Bob"]),
        (("ada",), ["Alba sends nobody to 's' on 10 Mar 10:00-11:00 in Madrid"]),
    ],
)
def test_a_session_of_a_track_with_chairs_has_exactly_one_of_them(attendees, sentences):
    found = said(split(), hold("s", "10:00", "hall", *attendees))
    assert found == [f"delegation: {sentence}" for sentence in sentences]


def test_the_parties_of_a_violation_are_the_delegation_and_whom_it_sent():
    (found,) = violations(split(), put("m1", "10:00", "area", 1, "a1", "a2"))
    assert found.parties == ("a", "a1", "a2")
    (found,) = violations(split(roles={"a": "mayor"}), put("m1", "10:00", "area", 1, "a2"))
    assert found.parties == ("a", "a2")


def test_teams_stand_in_for_a_delegation_that_names_nobody():
    instance = make(
        "b", delegations=[{"id": "a", "split": "members", "parallel": 2}], meetings=[meeting("m", "a", "b")]
    )
    assert said(instance, put("m", "10:00", "area", 1, "a.2")) == []
    assert rules(instance, put("m", "10:00", "area", 1, "a.3")) == ["placement", "delegation"]


def test_a_talk_names_nobody():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(participants=[{"id": "ada"}], sessions=[session("s", talks=[talk])])
    assert said(instance, hold("s", "10:00"), hold("t", "10:00", "hall", "ada")) == [
        "delegation: ada is named for 't' on 10 Mar 10:00-10:30 in Madrid and not chosen for it by anybody"
    ]


def test_a_delegation_is_at_no_more_activities_at_a_time_than_parallel_says():
    at_once = (put("m1", "10:00", "area", 1, "a1"), put("m2", "10:00", "area", 2, "a2"))
    assert said(split(), *at_once) == []
    assert said(split(parallel=2), *at_once) == []
    (found,) = violations(split(parallel=1), *at_once)
    assert found.message == (
        "Alba can be at 1 activity at a time and is at more on 10 Mar in Madrid: "
        "'m1' 10:00-10:30 and 'm2' 10:00-10:30"
    )
    assert (found.parties, found.activities) == (("a",), ("m1", "m2"))
    assert (found.start, found.end) == (moment("10:00"), moment("10:30"))
    assert said(split(parallel=1), at_once[0], put("m2", "10:30", "area", 2, "a2")) == []


def test_sessions_count_for_parallel_and_what_a_member_does_alone_does_not():
    instance = split(parallel=1)
    chaired = hold("s", "10:00", "hall", "a1", "ada")
    assert rules(instance, chaired, put("m1", "10:30", "area", 1, "a2")) == ["delegation"]
    named = make(
        *("b", "c"),
        delegations=[{"id": "a", "split": "members", "parallel": 1}],
        participants=PEOPLE,
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a1", "c")],
    )
    assert rules(named, put("m1", "10:00", "area", 1, "a2"), put("m2", "10:00", table=2)) == []
