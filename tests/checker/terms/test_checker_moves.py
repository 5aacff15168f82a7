"""moved, moved_start, moved_room, moved_city and people_affected."""

import pytest
from support.judging import value
from support.making import city, hold, make, meeting, moment, put, session

ROOMS = ({"id": "hall"}, {"id": "area", "tables": 2}, {"id": "corner", "tables": 2})
FAR = city("lisbon", {"id": "far", "tables": 2}, zone="Europe/Lisbon")


def replanned(term, *baseline, **more):
    given = {
        "cities": [city("madrid", *ROOMS), FAR],
        "meetings": [meeting("m1", "a", "b"), meeting("m2", "a", "c")],
        "baseline": list(baseline),
        "objective": [{"term": term}],
    }
    return make("a", "b", "c", **(given | more))


OLD = put("m1", "10:00")


@pytest.mark.parametrize(
    ("new", "start", "room", "city_", "people"),
    [
        ((OLD,), 0, 0, 0, 0),
        ((put("m1", "10:00", table=2),), 0, 0, 0, 0),
        ((put("m1", "09:00", zone="Europe/Lisbon"),), 0, 0, 0, 0),
        ((put("m1", "11:00"),), 1, 0, 0, 2),
        ((put("m1", "10:00", "corner"),), 0, 1, 0, 2),
        ((put("m1", "09:00", "far", zone="Europe/Lisbon"),), 0, 1, 1, 2),
        ((put("m1", "10:00", "far", zone="Europe/Lisbon"),), 1, 1, 1, 2),
        ((), 1, 1, 1, 2),
        ((put("m1", "10:00", "attic"),), 1, 1, 1, 2),
        ((OLD, put("m2", "11:00")), 0, 0, 0, 0),  # what is new moves nothing
    ],
)
def test_moves_of_one_meeting(new, start, room, city_, people):
    assert value(replanned("moved", OLD), *new) == max(start, room)
    assert value(replanned("moved_start", OLD), *new) == start
    assert value(replanned("moved_room", OLD), *new) == room
    assert value(replanned("moved_city", OLD), *new) == city_
    assert value(replanned("people_affected", OLD), *new) == people


@pytest.mark.parametrize("term", ["moved", "moved_start", "moved_room", "moved_city", "people_affected"])
def test_without_a_baseline_nothing_moves(term):
    assert value(replanned(term), OLD) == 0


@pytest.mark.parametrize("term", ["moved", "moved_start", "moved_room", "moved_city", "people_affected"])
def test_what_the_instance_no_longer_has_is_left_out_of_account(term):
    assert value(replanned(term, put("gone", "10:00"))) == 0


def test_a_room_that_is_gone_was_in_no_city_and_engaged_nobody():
    was = put("m1", "10:00", "attic")
    assert value(replanned("moved_start", was), OLD) == 0
    assert value(replanned("moved_room", was), OLD) == 1
    assert value(replanned("moved", was), OLD) == 1
    assert value(replanned("moved_city", was), OLD) == 1
    assert value(replanned("people_affected", was)) == 0


def test_somebody_affected_twice_is_one():
    both = replanned("people_affected", OLD, put("m2", "11:00"))
    assert value(both) == 3
    assert value(both, OLD) == 2  # a has one of its two still, and is affected all the same
    assert value(both, OLD, put("m2", "11:00")) == 0


def test_moves_of_talks_count_for_people_only():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    old = (hold("s", "10:00"), hold("t", "10:00"))

    def instance(term, **more):
        return replanned(
            term, *old, sessions=[session("s", talks=[talk], **more)], participants=[{"id": "ada"}]
        )

    later = (hold("s", "10:00"), hold("t", "10:30"))
    assert value(instance("moved_start"), *later) == 0
    assert value(instance("moved"), *later) == 0
    assert value(instance("people_affected"), *later) == 1
    assert value(instance("people_affected", speakers=["ada"]), *later) == 0  # engaged in the session
    assert value(instance("people_affected"), *old) == 0


def test_one_who_is_no_longer_chosen_is_affected_and_one_who_is_newly_chosen_not():
    people = [{"id": "d1", "delegation": "d"}, {"id": "d2", "delegation": "d"}]
    more = {
        "delegations": [{"id": "d", "split": "members"}],
        "participants": people,
        "meetings": [meeting("m1", "a", "d")],
    }
    was = put("m1", "10:00", "area", 1, "d1")
    assert value(replanned("people_affected", was, **more), put("m1", "10:00", "area", 1, "d2")) == 1
    assert value(replanned("people_affected", was, **more), was) == 0


def test_a_chair_who_becomes_a_speaker_only_is_affected():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    more = {
        "participants": [{"id": "ada"}, {"id": "bob"}],
        "tracks": [{"id": "x", "chairs": ["ada", "bob"]}],
        "sessions": [session("s", track="x", talks=[talk])],
    }
    talked = hold("t", "10:00")
    instance = replanned("people_affected", hold("s", "10:00", "hall", "ada"), talked, **more)
    assert value(instance, hold("s", "10:00", "hall", "ada"), talked) == 0
    assert value(instance, hold("s", "10:00", "hall", "bob"), talked) == 1


def test_the_audience_is_affected_when_it_could_attend():
    def instance(**presence):
        return replanned(
            "people_affected",
            hold("s", "10:00"),
            delegations=[{"id": "d"} | presence],
            sessions=[session("s", audience=["d"])],
        )

    assert value(instance(), hold("s", "11:00")) == 1
    assert value(instance(), hold("s", "10:00")) == 0
    assert value(instance(arrival=moment("11:00")), hold("s", "11:00")) == 0  # was not there before
