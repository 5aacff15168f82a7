"""Rule 5 in the model: everybody who takes part is there and free, and those chosen are too."""

import pytest
from support.fixing import breaks, keeps, unplaceable
from support.making import away, city, hold, make, meeting, moment, put, session

from scheduler.domain import RuleName

LISBON = city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon")


@pytest.mark.parametrize(
    ("presence", "kept", "broken"),
    [
        ({"arrival": moment("10:30")}, put("m", "10:30"), put("m", "10:00")),
        ({"departure": moment("11:00")}, put("m", "10:30"), put("m", "11:00")),
        ({"absences": [away("10:00", "11:00")]}, put("m", "11:00"), put("m", "10:30")),
        ({"absences": [away("10:00", "11:00")]}, put("m", "09:30"), put("m", "10:00")),
        ({"cities": ["lisbon"]}, put("m", "10:00", "far", zone="Europe/Lisbon"), put("m", "10:00")),
    ],
)
def test_presence(presence, kept, broken):
    for whose in ("delegations", "participants"):
        instance = make(
            "b",
            cities=[city(), LISBON],
            **{whose: [{"id": "a"} | presence]},
            meetings=[meeting("m", "a", "b")],
        )
        keeps(instance, kept)
        breaks(RuleName.AVAILABILITY, instance, broken)


def split(meetings=(), sessions=()):
    return make(
        "b",
        delegations=[{"id": "split", "split": "members"}],
        participants=[
            {"id": "s-1", "delegation": "split", "departure": moment("12:00")},
            {"id": "s-2", "delegation": "split", "arrival": moment("11:00")},
        ],
        tracks=[{"id": "chaired", "chairs": ["s-1", "s-2"]}],
        meetings=meetings,
        sessions=sessions,
    )


def test_whoever_is_chosen_is_available():
    instance = split([meeting("m", "split", "b")])
    keeps(instance, put("m", "10:00", "area", 1, "s-1"))
    keeps(instance, put("m", "11:00", "area", 1, "s-2"))
    breaks(RuleName.AVAILABILITY, instance, put("m", "10:00", "area", 1, "s-2"))
    breaks(RuleName.AVAILABILITY, instance, put("m", "12:00", "area", 1, "s-1"))


def test_when_nobody_can_be_chosen_there_is_no_placement():
    instance = split([meeting("m", "split", "b", duration="2h30")])
    for one in ("s-1", "s-2"):
        unplaceable(RuleName.AVAILABILITY, instance, put("m", "10:00", "area", 1, one))


def test_a_chair_is_available():
    instance = split(sessions=[session("s", track="chaired")])
    keeps(instance, hold("s", "10:00", "hall", "s-1"))
    breaks(RuleName.AVAILABILITY, instance, hold("s", "10:00", "hall", "s-2"))


def test_a_speaker_of_a_talk_is_there_for_the_talk():
    talk = {"id": "t", "duration": "30min", "speaker": "s-2"}
    instance = split(sessions=[session("s", speakers=["s-1"], talks=[talk])])
    keeps(instance, hold("s", "10:30"), hold("t", "11:00"))
    breaks(RuleName.AVAILABILITY, instance, hold("s", "10:30"), hold("t", "10:30"))
