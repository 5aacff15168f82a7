"""Rule 3: one activity in a room, so many meetings in an area, times, features and seats."""

import pytest
from support.judging import rules, said, violations
from support.making import DATE, city, hold, hours, make, meeting, moment, put, session


def four(**more):
    two = [meeting("m1", "a", "b", duration="1h"), meeting("m2", "c", "d", duration="1h")]
    return make("a", "b", "c", "d", "e", "f", meetings=[*two, meeting("m3", "e", "f")], **more)


def test_an_area_holds_as_many_meetings_at_a_time_as_it_has_tables():
    full = (put("m1", "10:00"), put("m2", "10:00", table=2))
    assert said(four(), *full, put("m3", "11:00")) == []
    found = violations(four(), *full, put("m3", "10:30", table=2))
    assert [v.rule.value for v in found] == ["room", "room"]
    assert found[0].message == (
        "area has 2 tables, too few for its meetings on 10 Mar in Madrid: "
        "'m1' 10:00-11:00, 'm2' 10:00-11:00 and 'm3' 10:30-11:00"
    )
    assert (found[0].activities, found[0].room) == (("m1", "m2", "m3"), "area")
    assert (found[0].start, found[0].end) == (moment("10:30"), moment("11:00"))
    assert found[1].message == (
        "Table 2 of area has two meetings on 10 Mar in Madrid: 'm2' 10:00-11:00 and 'm3' 10:30-11:00"
    )


def test_no_two_meetings_are_at_one_table_at_once():
    assert rules(four(), put("m1", "10:00"), put("m2", "11:00")) == []
    assert rules(four(), put("m1", "10:00"), put("m2", "10:30")) == ["room"]


def test_a_table_is_given_in_an_area_and_exists():
    assert said(four(), put("m3", "10:00", table=None)) == [
        "room: 'm3' on 10 Mar 10:00-10:30 in Madrid is in area without a table"
    ]
    assert said(four(), put("m3", "10:00", table=3)) == [
        "room: 'm3' on 10 Mar 10:00-10:30 in Madrid is at table 3 of area, which has 2"
    ]


def test_a_meeting_is_outside_an_area_only_in_a_room_that_it_names():
    allowed = make("a", "b", meetings=[meeting("m", "a", "b", rooms=["hall"])])
    assert said(allowed, hold("m", "10:00")) == []
    assert said(allowed, put("m", "10:00", "hall", 1)) == [
        "room: 'm' on 10 Mar 10:00-10:30 in Madrid is given a table in hall, which has none"
    ]
    assert said(four(), hold("m3", "10:00")) == [
        "room: 'm3' on 10 Mar 10:00-10:30 in Madrid is in hall, "
        "which is no meeting area and not named among its rooms"
    ]


def test_a_session_is_never_in_an_area():
    one = make(sessions=[session("s")])
    assert said(one, hold("s", "10:00")) == []
    for placement in (hold("s", "10:00", "area"), put("s", "10:00", "area", 1)):
        assert said(one, placement) == [
            "room: 's' on 10 Mar 10:00-11:00 in Madrid is in area, a meeting area, which holds meetings only"
        ]


def test_a_room_holds_one_activity_at_a_time_with_its_talks():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    several = make(
        *("a", "b"),
        participants=[{"id": "ada"}],
        sessions=[session("s1", talks=[talk]), session("s2")],
        meetings=[meeting("m", "a", "b", rooms=["hall"])],
    )
    first = (hold("s1", "10:00"), hold("t", "10:00"))
    assert said(several, *first, hold("s2", "11:00"), hold("m", "12:00")) == []
    found = violations(several, *first, hold("s2", "10:30"), hold("m", "11:00"))
    assert [v.activities for v in found] == [("s1", "s2"), ("s2", "m")]
    assert found[0].message == (
        "hall holds one activity at a time and has two on 10 Mar in Madrid: "
        "'s1' 10:00-11:00 and 's2' 10:30-11:30"
    )
    assert (found[0].start, found[0].end) == (moment("10:30"), moment("11:00"))


def test_a_talk_has_no_table():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    talked = make(participants=[{"id": "ada"}], sessions=[session("s", talks=[talk])])
    assert rules(talked, hold("s", "10:00"), put("t", "10:00", "hall", 1)) == ["room"]


@pytest.mark.parametrize(
    ("clock", "right"), [("09:30", False), ("10:00", True), ("11:30", True), ("12:00", False)]
)
def test_an_activity_lies_inside_a_time_in_which_the_room_is_available(clock, right):
    area = {"id": "area", "tables": 1, "available": [hours("10:00", "11:00"), hours("11:00", "12:30")]}
    found = said(four(cities=[city("madrid", area)]), put("m1", clock))
    assert (found == []) is right
    assert all(m.endswith("is not inside one of the times in which area is available") for m in found)


@pytest.mark.parametrize(
    ("clock", "right"), [("10:00", True), ("10:30", False), ("11:30", False), ("12:00", True)]
)
def test_an_activity_does_not_touch_the_times_when_the_room_is_closed(clock, right):
    area = {
        "id": "area",
        "tables": 1,
        "closed": [hours("11:00", "12:00", DATE), hours("11:00", "11:30", "2025-03-11")],
    }
    found = said(four(cities=[city("madrid", area)]), put("m1", clock))
    assert (found == []) is right
    assert all(m.endswith("overlaps 11:00-12:00, when area is closed") for m in found)


def test_features():
    equipped = city("madrid", {"id": "hall", "features": ["screen", "stage"]}, {"id": "bare"})
    needy = make(cities=[equipped], sessions=[session("s", features=["stage", "screen"])])
    assert said(needy, hold("s", "10:00")) == []
    assert said(needy, hold("s", "10:00", "bare")) == [
        "room: 's' on 10 Mar 10:00-11:00 in Madrid needs screen and stage, which bare does not have"
    ]


DELEGATIONS = [
    {"id": "big", "size": 5},  # one stand-in
    {"id": "crew", "size": 2},  # three members
    {"id": "board", "split": "members", "size": 9},  # two members
]
PEOPLE = [
    *({"id": name, "delegation": "crew"} for name in ("c1", "c2", "c3")),
    *({"id": name, "delegation": "board"} for name in ("b1", "b2")),
    {"id": "ada"},
    {"id": "bob"},
]


def seats_needed(activity, attendees=(), room="hall", table=None, tracks=()):
    """Return the fewest seats with which the checker is content."""
    for seats in range(1, 30):
        rooms = ({"id": "hall", "seats": seats}, {"id": "area", "tables": 1, "seats": seats})
        kind = "meetings" if "kind" not in activity else "sessions"
        instance = make(
            cities=[city("madrid", *rooms)],
            delegations=DELEGATIONS,
            participants=PEOPLE,
            tracks=tracks,
            **{kind: [activity]},
        )
        talks = [hold(talk["id"], "10:00") for talk in activity.get("talks", ())]
        found = said(instance, put(activity["id"], "10:00", room, table, *attendees), *talks)
        if not found:
            return seats
        (message,) = found
        assert message.startswith("room: ")
        assert message.endswith(f" seats and {room} has {seats}")
    return None


@pytest.mark.parametrize(
    ("asked", "attendees", "seats"),
    [
        ({"attendance": 12, "audience": ["all"]}, (), 12),
        ({"speakers": ["ada", "bob"]}, (), 2),
        ({"speakers": ["ada"], "parties": ["ada", "bob"]}, (), 2),
        ({"parties": ["big"]}, (), 5),
        ({"parties": ["crew"]}, (), 3),
        ({"parties": ["board"]}, ("b1",), 1),
        ({"parties": ["board"], "speakers": ["b1"]}, ("b1",), 2),  # the one sent could be another
        ({"parties": ["board"], "speakers": ["b1", "b2"]}, ("b1",), 2),  # whoever is sent, speaks
        ({"audience": ["board"]}, (), 9),
        ({"audience": ["board"], "parties": ["board"]}, ("b1",), 9),
        ({"audience": ["crew"], "speakers": ["c1"]}, (), 3),
        ({"audience": ["big", "ada"], "interest": ["bob"]}, (), 6),
        ({"audience": ["all"]}, (), 5 + 3 + 9 + 2),
        ({"talks": [{"id": "t", "duration": "30min", "speaker": "ada"}], "audience": ["ada", "bob"]}, (), 2),
    ],
)
def test_seats_of_a_session(asked, attendees, seats):
    assert seats_needed(session("s", **asked), attendees) == seats


def test_a_chair_to_be_chosen_takes_a_seat_unless_all_chairs_have_one():
    chaired = session("s", track="t", speakers=["bob"])
    assert seats_needed(chaired, ("ada",), tracks=[{"id": "t", "chairs": ["ada", "bob"]}]) == 2
    assert seats_needed(chaired, ("bob",), tracks=[{"id": "t", "chairs": ["bob"]}]) == 1


@pytest.mark.parametrize(
    ("parties", "attendees", "seats"),
    [(("ada", "bob"), (), 2), (("big", "crew"), (), 8), (("big", "board"), ("b2",), 6)],
)
def test_seats_of_a_meeting(parties, attendees, seats):
    assert seats_needed(meeting("m", *parties), attendees, "area", 1) == seats
    assert seats_needed(meeting("m", *parties, rooms=["hall"]), attendees) == seats
