"""preferences and lateness in the model."""

import pytest
from support.fixing import costs
from support.making import DATE, city, hold, hours, make, meeting, moment, put, session

from scheduler.domain import TermName

FAR = city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon")
ROOMS = ({"id": "hall"}, {"id": "area", "tables": 2}, {"id": "corner", "tables": 1})
MORNING = [hours("10:00", "11:00"), hours("11:00", "12:30", DATE)]
TALK = {"id": "t", "duration": "30min", "speaker": "ada"}


def wishing(talk=None, **wishes):
    return make(
        *("a", "b"),
        participants=[{"id": "ada"}],
        cities=[city("madrid", *ROOMS), FAR],
        meetings=[meeting("m", "a", "b", duration="1h", **wishes)],
        sessions=[session("s", mandatory=False, talks=[TALK | talk] if talk else [])],
    )


@pytest.mark.parametrize(
    ("prefer", "placed", "missed"),
    [
        ({}, put("m", "10:00"), 0),
        ({"windows": MORNING}, put("m", "10:00"), 0),
        ({"windows": MORNING}, put("m", "11:30"), 0),
        ({"windows": MORNING}, put("m", "10:30"), 1),
        ({"windows": MORNING}, put("m", "11:00", "far", zone="Europe/Lisbon"), 0),
        ({"windows": [hours("10:00", "11:00", "2025-03-11")]}, put("m", "10:00"), 1),
        ({"cities": ["lisbon"]}, put("m", "10:00"), 1),
        ({"cities": ["lisbon", "madrid"]}, put("m", "10:00"), 0),
        ({"rooms": ["area", "far"]}, put("m", "10:00"), 0),
        ({"rooms": ["area", "far"]}, put("m", "10:00", "corner"), 1),
        ({"windows": MORNING, "cities": ["lisbon"], "rooms": ["far"]}, put("m", "15:00"), 3),
    ],
)
def test_preferences(prefer, placed, missed):
    assert costs(TermName.PREFERENCES, wishing(prefer=prefer), placed) == missed
    assert costs(TermName.PREFERENCES, wishing(prefer=prefer)) == 0


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
def test_lateness(placed, late):
    assert costs(TermName.LATENESS, wishing(due=moment("12:00")), placed) == late
    assert costs(TermName.LATENESS, wishing(due=moment("12:00"))) == 0
    assert costs(TermName.LATENESS, wishing(), placed) == 0


def test_talks_wish_too():
    placed = (hold("s", "10:00"), hold("t", "10:30"))
    wishes = {"windows": [hours("10:00", "10:30")], "rooms": ["far"], "cities": ["lisbon"]}
    assert costs(TermName.PREFERENCES, wishing({"prefer": wishes}), *placed) == 3
    assert costs(TermName.LATENESS, wishing({"due": moment("10:45")}), *placed) == 15
