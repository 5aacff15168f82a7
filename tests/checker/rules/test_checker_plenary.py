"""Rule 8: while a session runs its audience has nothing else."""

import pytest
from support.judging import rules, said, violations
from support.making import city, hold, make, meeting, moment, put, session

ROOMS = ({"id": "hall"}, {"id": "chamber"}, {"id": "area", "tables": 2})


def programme(*sessions, **more):
    given = {
        "cities": [city("madrid", *ROOMS)],
        "participants": [{"id": "ada"}, {"id": "bob"}],
        "sessions": sessions,
        "meetings": [meeting("m", "a", "b")],
    }
    return make("a", "b", "c", **(given | more))


@pytest.mark.parametrize(
    ("clock", "right"), [("09:30", True), ("10:00", False), ("10:30", False), ("11:00", True)]
)
def test_nobody_of_an_audience_takes_part_in_something_that_overlaps(clock, right):
    instance = programme(session("s", title="Opening", audience=["a"]))
    found = said(instance, hold("s", "10:00"), put("m", clock))
    assert found == (
        []
        if right
        else [
            "plenary: a is of an audience and elsewhere at the same time on 10 Mar in Madrid: "
            + {
                "10:00": "'m' 10:00-10:30 and 'Opening' 10:00-11:00",
                "10:30": "'Opening' 10:00-11:00 and 'm' 10:30-11:00",
            }[clock]
        ]
    )


def test_all_is_everybody_and_said_in_one_sentence():
    (found,) = violations(programme(session("s", audience=["all"])), hold("s", "10:00"), put("m", "10:30"))
    assert found.message.startswith("a and b are of an audience")
    assert (found.parties, found.activities) == (("a", "b"), ("s", "m"))
    assert (found.start, found.end) == (moment("10:30"), moment("11:00"))


def test_other_sessions_and_their_talks_are_elsewhere():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = programme(session("s", audience=["ada", "bob"]), session("w", speakers=["bob"], talks=[talk]))
    found = violations(
        instance, hold("s", "10:00"), hold("w", "10:30", "chamber"), hold("t", "10:30", "chamber")
    )
    assert [(v.rule.value, v.activities, v.parties) for v in found] == [
        ("plenary", ("s", "t"), ("ada",)),
        ("plenary", ("s", "w"), ("bob",)),
    ]
    after = (hold("w", "10:30", "chamber"), hold("t", "11:00", "chamber"))
    assert rules(instance, hold("s", "10:00"), *after) == ["plenary"]


def test_who_takes_part_by_name_or_talks_in_it_is_no_audience():
    talk = {"id": "t", "duration": "30min", "speaker": "bob"}
    instance = programme(
        session("s", audience=["all"], speakers=["ada"], parties=["c"], talks=[talk]),
        meetings=[meeting("m", "bob", "c")],
    )
    own = (hold("s", "10:00"), hold("t", "10:00"))
    assert rules(instance, *own) == []
    # Bob is free after his talk; c takes part in the session and is in two places at once.
    assert rules(instance, *own, put("m", "10:30")) == ["person"]


def test_one_who_cannot_attend_is_blocked_all_the_same():
    late = [{"id": "a", "arrival": moment("10:30")}, {"id": "b"}]
    instance = make(
        delegations=late, sessions=[session("s", audience=["a"])], meetings=[meeting("m", "a", "b")]
    )
    assert rules(instance, hold("s", "10:00"), put("m", "11:00")) == []
    assert rules(instance, hold("s", "10:00"), put("m", "10:30")) == ["plenary"]


def test_two_plenaries_may_overlap_only_for_people_who_can_attend_neither():
    def instance(**presence):
        return make(
            cities=[city("madrid", *ROOMS)],
            delegations=[{"id": "a"} | presence],
            sessions=[session("s1", audience=["a"]), session("s2", audience=["a"])],
        )

    at_once = (hold("s1", "10:00"), hold("s2", "10:30", "chamber"))
    (found,) = violations(instance(), *at_once)
    assert (found.rule.value, found.activities, found.parties) == ("plenary", ("s1", "s2"), ("a",))
    assert rules(instance(arrival=moment("10:30")), *at_once) == ["plenary"]  # attends the second
    assert rules(instance(departure=moment("11:00")), *at_once) == ["plenary"]  # attends the first
    assert rules(instance(arrival=moment("11:00")), *at_once) == []
    assert rules(instance(), hold("s1", "10:00"), hold("s2", "11:00")) == []


def test_a_chosen_member_and_a_chosen_chair_are_still_of_the_audience():
    instance = make(
        "b",
        delegations=[{"id": "a", "split": "members"}],
        participants=[{"id": "a1", "delegation": "a"}, {"id": "a2", "delegation": "a"}, {"id": "ada"}],
        tracks=[{"id": "t", "chairs": ["ada"]}],
        sessions=[session("s", track="t", parties=["a"], audience=["a", "ada"])],
        meetings=[meeting("m1", "a", "b"), meeting("m2", "ada", "b")],
    )
    held = hold("s", "10:00", "hall", "a1", "ada")
    assert rules(instance, held, put("m1", "11:00", "area", 1, "a2"), put("m2", "12:00")) == []
    assert rules(instance, held, put("m1", "10:30", "area", 1, "a2")) == ["plenary"]
    assert rules(instance, held, put("m1", "10:30", "area", 1, "a1")) == ["person", "plenary"]
    assert rules(instance, held, put("m2", "10:30")) == ["person", "plenary"]


def test_interest_blocks_nobody():
    instance = programme(session("s", interest=["all"]))
    assert rules(instance, hold("s", "10:00"), put("m", "10:30")) == []
