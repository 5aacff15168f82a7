"""Rule 10: pinned starts, rooms and tables, and the past."""

import pytest
from support.judging import rules, said, violations
from support.making import city, hold, hours, make, meeting, moment, put, session

ROOMS = ({"id": "hall"}, {"id": "area", "tables": 2}, {"id": "corner", "name": "The corner", "tables": 2})


def pinned(**pin):
    return make("a", "b", cities=[city("madrid", *ROOMS)], meetings=[meeting("m", "a", "b", pin=pin)])


@pytest.mark.parametrize(
    ("pin", "broken", "sentence"),
    [
        (
            {"start": moment("10:00")},
            put("m", "10:30"),
            "on 10 Mar 10:30-11:00 in Madrid is pinned to 10 Mar 10:00",
        ),
        (
            {"room": "area"},
            put("m", "10:00", "corner"),
            "on 10 Mar 10:00-10:30 in Madrid is in The corner and pinned to area",
        ),
        ({"table": 1}, put("m", "10:00", table=2), "on 10 Mar 10:00-10:30 in Madrid is pinned to table 1"),
    ],
)
def test_a_pin_stays(pin, broken, sentence):
    assert said(pinned(**pin), put("m", "10:00")) == []
    assert said(pinned(**pin), broken) == [f"pins: 'm' {sentence}"]


def test_a_pinned_start_is_an_instant_in_whatever_zone_it_is_written():
    elsewhere = pinned(start=moment("09:00", zone="Europe/Lisbon"))
    assert said(elsewhere, put("m", "10:00")) == []
    assert rules(elsewhere, put("m", "09:00")) == ["pins"]


def test_a_pinned_room_does_not_make_an_activity_mandatory():
    assert said(pinned(room="corner", table=1)) == []


def test_several_pins_are_each_said():
    everything = pinned(start=moment("10:00"), room="area", table=1)
    assert rules(everything, put("m", "10:30", "corner", 2)) == ["pins"] * 3


def frozen(*baseline, now="11:00", **more):
    given = {
        "cities": [city("madrid", *ROOMS)],
        "delegations": [{"id": "a", "split": "members"}, {"id": "b"}, {"id": "c"}],
        "participants": [{"id": "a1", "delegation": "a"}, {"id": "a2", "delegation": "a"}],
        "interpreters": [{"id": "pool", "languages": ["en", "ko"], "count": 2}],
        "meetings": [meeting("m1", "a", "b"), meeting("m2", "b", "c")],
        "baseline": list(baseline),
    }
    return make(now=moment(now), **(given | more))


BEGUN = put("m1", "10:30", "area", 1, "a1")


def test_what_began_before_now_stays():
    assert said(frozen(BEGUN), BEGUN) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (put("m1", "11:00", "area", 1, "a1"), "at that time"),
        (put("m1", "10:00", "area", 1, "a1"), "at that time"),
        (put("m1", "10:30", "corner", 1, "a1"), "in the room area"),
        (put("m1", "10:30", "area", 2, "a1"), "at table 1"),
        (put("m1", "10:30", "area", 1, "a2"), "with the same people"),
    ],
)
def test_what_began_before_now_changes_nothing(changed, sentence):
    (message,) = said(frozen(BEGUN), changed)
    assert message.startswith("pins: 'm1' on 10 Mar 1")
    assert message.endswith(f"began on 10 Mar 10:30, before now, and should stay {sentence}")


def test_an_interpreter_stays_too():
    languages = [{"id": "b", "languages": ["en"]}, {"id": "c", "languages": ["ko"]}]
    people = {"delegations": languages, "participants": [], "meetings": [meeting("m2", "b", "c")]}
    with_first = put("m2", "10:30", interpreter=("pool", 1))
    instance = frozen(with_first, **people)
    assert rules(instance, with_first) == []
    assert rules(instance, put("m2", "10:30", interpreter=("pool", 2))) == ["pins"]
    assert rules(instance, put("m2", "10:30")) == ["pins", "interpreters"]
    assert rules(frozen(put("m2", "10:30"), **people), with_first) == ["pins"]


def test_what_had_no_table_keeps_none():
    named = frozen(hold("m2", "10:00"), meetings=[meeting("m2", "b", "c", rooms=["hall", "area"])])
    assert rules(named, hold("m2", "10:00")) == []
    assert [m.split("should stay ")[1] for m in said(named, put("m2", "10:00"))] == [
        "in the room hall",
        "without a table",
    ]


def test_what_began_before_now_is_not_dropped():
    (found,) = violations(frozen(BEGUN))
    assert found.rule.value == "pins"
    assert found.message == "'m1' began before now and should stay where it is in the baseline"
    assert (found.activities, found.room, found.start) == (("m1",), "area", moment("10:30"))


def test_nothing_else_starts_before_now():
    instance = frozen(BEGUN, put("m2", "11:00"))
    assert said(instance, BEGUN, put("m2", "11:00")) == []  # now itself is not before now
    assert said(instance, BEGUN, put("m2", "15:00")) == []
    assert said(instance, BEGUN) == []
    assert said(instance, BEGUN, put("m2", "10:00")) == [
        "pins: 'm2' on 10 Mar 10:00-10:30 in Madrid starts before now (10 Mar 11:00) "
        "and did not in the baseline"
    ]


def test_without_now_the_baseline_binds_nobody():
    free = make("a", "b", baseline=[put("m", "10:00")], meetings=[meeting("m", "a", "b")])
    assert said(free) == []
    assert said(free, put("m", "09:00")) == []


def test_activities_and_rooms_that_are_gone():
    assert said(frozen(put("gone", "09:00"))) == []
    # What is under way in a room that is gone can neither stay nor go.
    torn_down = frozen(put("m2", "10:00", "attic"))
    assert rules(torn_down) == ["pins"]
    assert rules(torn_down, put("m2", "10:00")) == ["pins"]
    assert rules(torn_down, put("m2", "10:00", "attic")) == ["placement"]


def test_talks_are_frozen_with_their_session():
    talk = {"id": "t", "duration": "30min", "speaker": "a1"}
    day = city("madrid", *ROOMS, opening=(hours("09:00", "18:00", "2025-03-10"),))
    began = (hold("s", "10:30"), hold("t", "10:30"))
    instance = frozen(*began, cities=[day], sessions=[session("s", talks=[talk])])
    assert rules(instance, *began) == []
    assert rules(instance, hold("s", "10:30"), hold("t", "11:00")) == ["pins"]
