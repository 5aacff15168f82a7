"""breaks, idle_minutes, city_changes and room_changes in the model."""

import pytest
from support.fixing import costs
from support.making import DATE, city, hold, hours, make, meeting, put, session

from scheduler.domain import TermName

NEXT = "2025-03-11"
OPENING = (hours("09:00", "18:00", DATE), hours("09:00", "18:00", NEXT))
PARTIES = ("a", "b", "c", "d")


def days(*, rule=None, sessions=(), rooms=None, **more):
    """Return an instance in which only a has more than one meeting."""
    given = {"breaks": rule or {}, "cities": [city("madrid", *(rooms or ()), opening=OPENING)]} | more
    meetings = [meeting(f"m{n}", "a", "bcd"[n]) for n in range(3)]
    return make(*PARTIES, meetings=meetings, sessions=sessions, **given)


def at(*clocks, rooms=("area",) * 3):
    return [put(f"m{n}", c, room) for n, (c, room) in enumerate(zip(clocks, rooms, strict=False)) if c]


@pytest.mark.parametrize(
    ("rule", "clocks", "breaks", "idle"),
    [
        ({}, (), 0, 0),
        ({}, ("10:00",), 0, 0),
        ({}, ("10:00", "10:30", "11:00"), 0, 0),
        ({}, ("10:00", "11:00", "11:30"), 1, 30),
        ({}, ("10:00", "11:00", "12:30"), 2, 30 + 60),
        ({}, ("12:30", "10:00", "11:00"), 2, 30 + 60),
        ({"tolerance": "30min"}, ("10:00", "11:00", "12:30"), 1, 60),
        ({"tolerance": "29min"}, ("10:00", "11:00", "12:30"), 2, 90),
        ({"tolerance": "1h"}, ("10:00", "11:00", "12:30"), 0, 0),
        ({"tolerance": "8h"}, ("10:00", "11:00", "17:30"), 0, 0),
        ({"span": "programme"}, ("10:00", "11:00", "12:30"), 2, 90),
    ],
)
def test_breaks_and_idle_minutes(rule, clocks, breaks, idle):
    assert costs(TermName.BREAKS, days(rule=rule), *at(*clocks)) == breaks
    assert costs(TermName.IDLE_MINUTES, days(rule=rule), *at(*clocks)) == idle


@pytest.mark.parametrize(("span", "breaks", "idle"), [("day", 1, 30), ("programme", 2, 30 + 990)])
def test_the_night_is_a_break_of_the_programme_only(span, breaks, idle):
    instance = days(rule={"span": span})
    placed = (put("m0", "16:30"), put("m1", "09:30", date=NEXT), put("m2", "10:30", date=NEXT))
    assert costs(TermName.BREAKS, instance, *placed) == breaks
    assert costs(TermName.IDLE_MINUTES, instance, *placed) == idle


def test_listening_is_an_engagement_for_those_who_are_there():
    late = {"id": "late", "arrival": "2025-03-10T12:00+01:00"}
    sessions = [session("s", audience=["a", "late"]), session("r", speakers=["late"])]
    instance = days(sessions=sessions, participants=[late])
    # a: 10 to 11, a break, 12 to 12:30. Late: 14 to 15 alone; at ten it was not there.
    placed = (hold("s", "10:00"), hold("r", "14:00"), put("m0", "12:00"))
    assert costs(TermName.BREAKS, instance, *placed) == 1
    assert costs(TermName.BREAKS, instance, hold("s", "12:00"), hold("r", "14:00")) == 1


def test_a_talk_engages_only_those_whom_its_session_does_not():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    people = [{"id": "ada"}, {"id": "bob"}]
    tracks = [{"id": "chaired", "chairs": ["ada", "bob"]}]
    instance = make(
        participants=people,
        tracks=tracks,
        sessions=[session("s", track="chaired", talks=[talk]), session("r", speakers=["ada"])],
    )
    before, told = hold("r", "09:00"), hold("t", "10:30")
    # Ada speaks at half past ten. Chairing from ten, she has no break after nine to ten; else she has.
    assert costs(TermName.BREAKS, instance, before, hold("s", "10:00", "hall", "ada"), told) == 0
    assert costs(TermName.IDLE_MINUTES, instance, before, hold("s", "10:00", "hall", "bob"), told) == 30


def test_people_who_are_always_together_count_each():
    instance = make(
        "b",
        delegations=[{"id": "crew"}],
        participants=[{"id": f"c-{n}", "delegation": "crew"} for n in range(3)],
        meetings=[meeting("m", "crew", "b"), meeting("n", "crew", "b")],
    )
    assert costs(TermName.BREAKS, instance, put("m", "10:00"), put("n", "11:00")) == 3 + 1
    assert costs(TermName.IDLE_MINUTES, instance, put("m", "10:00"), put("n", "11:00")) == 4 * 30


def test_the_one_who_is_chosen_has_the_break():
    instance = make(
        *("b", "c"),
        delegations=[{"id": "split", "split": "members"}],
        participants=[{"id": "s-1", "delegation": "split"}, {"id": "s-2", "delegation": "split"}],
        meetings=[meeting("m", "split", "b"), meeting("n", "split", "c")],
    )

    def sent(first, second):
        return put("m", "10:00", "area", 1, first), put("n", "11:00", "area", 1, second)

    assert costs(TermName.BREAKS, instance, *sent("s-1", "s-1")) == 1
    assert costs(TermName.BREAKS, instance, *sent("s-1", "s-2")) == 0


# -- changes -------------------------------------------------------------------------------------

ROOMS = ({"id": "x", "tables": 1}, {"id": "y", "tables": 1}, {"id": "hall"})


@pytest.mark.parametrize(
    ("clocks", "rooms", "changes"),
    [
        (("10:00", "11:00", "12:00"), "xxx", 0),
        (("10:00", "11:00", "12:00"), "xyx", 2),
        (("12:00", "10:00", "11:00"), "xyy", 1),
        (("10:00", None, "12:00"), "xyx", 0),
        (("10:00", "11:00", None), "xyx", 1),
        ((), "", 0),
    ],
)
def test_changes_of_room(clocks, rooms, changes):
    assert costs(TermName.ROOM_CHANGES, days(rooms=ROOMS), *at(*clocks, rooms=rooms)) == changes
    assert costs(TermName.CITY_CHANGES, days(rooms=ROOMS), *at(*clocks, rooms=rooms)) == 0


def test_a_new_day_may_begin_in_another_room():
    placed = (put("m0", "16:00", "x"), put("m1", "10:00", "y", date=NEXT), put("m2", "11:00", "x", date=NEXT))
    assert costs(TermName.ROOM_CHANGES, days(rooms=ROOMS), *placed) == 1


def test_changes_of_city_count_over_the_night():
    lisbon = city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon", opening=OPENING)
    links = {"links": [{"from": "madrid", "to": "lisbon", "duration": "30min", "both_ways": True}]}
    instance = days(cities=[city("madrid", *ROOMS, opening=OPENING), lisbon], travel=links)

    def far(name, clock, date=DATE):
        return put(name, clock, "far", date=date, zone="Europe/Lisbon")

    assert costs(TermName.CITY_CHANGES, instance, put("m0", "10:00", "x"), far("m1", "11:00")) == 1
    assert costs(TermName.ROOM_CHANGES, instance, put("m0", "10:00", "x"), far("m1", "11:00")) == 1
    night = (put("m0", "16:00", "x"), far("m1", "10:00", NEXT), put("m2", "15:00", "x", date=NEXT))
    assert costs(TermName.CITY_CHANGES, instance, *night) == 2
    assert costs(TermName.ROOM_CHANGES, instance, *night) == 1
