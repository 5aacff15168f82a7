"""preferences and lateness."""

import pytest
from support.judging import value
from support.making import DATE, city, hold, hours, make, meeting, moment, put, session


def wishing(term, talks=(), **wishes):
    far = city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon")
    rooms = ({"id": "hall"}, {"id": "area", "tables": 2}, {"id": "corner", "tables": 1})
    return make(
        *("a", "b"),
        participants=[{"id": "ada"}],
        cities=[city("madrid", *rooms), far],
        meetings=[meeting("m", "a", "b", duration="1h", **wishes)],
        sessions=[session("s", mandatory=False, talks=talks)],
        objective=[{"term": term}],
    )


IN_THE_MORNING = [hours("10:00", "11:00"), hours("11:00", "12:30", DATE)]


@pytest.mark.parametrize(
    ("prefer", "placed", "missed"),
    [
        ({}, put("m", "10:00"), 0),
        ({"windows": IN_THE_MORNING}, put("m", "10:00"), 0),
        ({"windows": IN_THE_MORNING}, put("m", "11:30"), 0),
        ({"windows": IN_THE_MORNING}, put("m", "10:30"), 1),
        ({"windows": IN_THE_MORNING}, put("m", "11:00", "far", zone="Europe/Lisbon"), 0),
        ({"cities": ["lisbon"]}, put("m", "10:00"), 1),
        ({"cities": ["lisbon", "madrid"]}, put("m", "10:00"), 0),
        ({"rooms": ["area", "far"]}, put("m", "10:00"), 0),
        ({"rooms": ["area", "far"]}, put("m", "10:00", "corner"), 1),
        ({"windows": IN_THE_MORNING, "cities": ["lisbon"], "rooms": ["far"]}, put("m", "15:00"), 3),
    ],
)
def test_each_kind_of_preference_that_is_missed_counts_once(prefer, placed, missed):
    instance = wishing("preferences", prefer=prefer)
    assert value(instance, placed) == missed
    assert value(instance) == 0


@pytest.mark.parametrize(
    ("placed", "late"),
    [
        (put("m", "10:00"), 0),
        (put("m", "11:00"), 0),
        (put("m", "11:30"), 30),
        (put("m", "15:00"), 240),
        (put("m", "11:00", "far", zone="Europe/Lisbon"), 60),
    ],
)
def test_lateness_is_the_minutes_after_it_was_due(placed, late):
    instance = wishing("lateness", due=moment("12:00"))
    assert value(instance, placed) == late
    assert value(instance) == 0
    assert value(wishing("lateness"), placed) == 0


def test_talks_wish_too():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    placed = (hold("s", "10:00"), hold("t", "10:30"))
    wishes = {"prefer": {"windows": [hours("10:00", "10:30")], "rooms": ["far"], "cities": ["lisbon"]}}
    assert value(wishing("preferences", talks=[talk | wishes]), *placed) == 3
    assert value(wishing("lateness", talks=[talk | {"due": moment("10:45")}]), *placed) == 15
