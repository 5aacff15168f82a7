"""Rule 4 in the model: nobody is in two activities at once, whatever their roles."""

import pytest
from support.fixing import breaks, keeps
from support.making import city, hold, make, meeting, put, session

from scheduler.domain import RuleName

ROOMS = ({"id": "hall"}, {"id": "chamber"}, {"id": "area", "tables": 3})
PEOPLE = [
    {"id": "ada"},
    {"id": "c-1", "delegation": "crew"},
    {"id": "c-2", "delegation": "crew"},
    {"id": "s-1", "delegation": "split"},
    {"id": "s-2", "delegation": "split"},
]


def busy(**parts):
    return make(
        *("b",),
        delegations=[{"id": "crew"}, {"id": "split", "split": "members"}],
        participants=PEOPLE,
        cities=[city("madrid", *ROOMS)],
        tracks=[{"id": "chaired", "chairs": ["ada", "s-1"]}],
        **parts,
    )


@pytest.mark.parametrize(
    "role",
    [
        {"speakers": ["ada"]},
        {"parties": ["ada"]},
        {"talks": [{"id": "t", "duration": "1h", "speaker": "ada"}]},
    ],
)
def test_whatever_they_do_there(role):
    instance = busy(sessions=[session("s", **role)], meetings=[meeting("m", "ada", "b")])
    there = [hold("s", "10:00"), *(hold("t", "10:00") for _ in role.get("talks", ()))]
    keeps(instance, *there, put("m", "11:00"))
    breaks(RuleName.PERSON, instance, *there, put("m", "10:30"))


def test_a_member_of_a_delegation_that_comes_whole():
    instance = busy(sessions=[session("s", speakers=["c-2"])], meetings=[meeting("m", "crew", "b")])
    keeps(instance, hold("s", "10:00"), put("m", "09:30"))
    breaks(RuleName.PERSON, instance, hold("s", "10:00"), put("m", "10:30"))


def test_the_one_who_is_chosen_is_not_elsewhere():
    instance = busy(
        sessions=[session("s", speakers=["s-1"])],
        meetings=[meeting("m", "split", "b"), meeting("n", "split", "ada")],
    )
    speech = hold("s", "10:00")
    keeps(instance, speech, put("m", "10:30", "area", 1, "s-2"))
    breaks(RuleName.PERSON, instance, speech, put("m", "10:30", "area", 1, "s-1"))
    first = put("m", "12:00", "area", 1, "s-1")
    keeps(instance, speech, first, put("n", "12:00", "area", 2, "s-2"))
    breaks(RuleName.PERSON, instance, speech, first, put("n", "12:00", "area", 2, "s-1"))


def test_a_chair_sits_in_one_session():
    instance = busy(sessions=[session("s", track="chaired"), session("r", track="chaired")])
    keeps(instance, hold("s", "10:00", "hall", "ada"), hold("r", "10:30", "chamber", "s-1"))
    breaks(RuleName.PERSON, instance, hold("s", "10:00", "hall", "ada"), hold("r", "10:30", "chamber", "ada"))


def test_somebody_may_speak_in_their_own_session():
    talks = [
        {"id": "t", "duration": "30min", "speaker": "ada"},
        {"id": "u", "duration": "30min", "speaker": "s-1"},
    ]
    instance = busy(sessions=[session("s", track="chaired", speakers=["ada"], talks=talks)])
    for chair in ("ada", "s-1"):
        keeps(instance, hold("s", "10:00", "hall", chair), hold("t", "10:00"), hold("u", "10:30"))


def test_a_chair_is_there_for_the_whole_session_and_a_speaker_for_the_talk():
    talk = {"id": "u", "duration": "30min", "speaker": "s-1"}
    instance = busy(
        sessions=[session("s", track="chaired", talks=[talk])], meetings=[meeting("m", "s-1", "b")]
    )
    told = hold("u", "10:30")
    keeps(instance, hold("s", "10:00", "hall", "ada"), told, put("m", "10:00"))
    breaks(RuleName.PERSON, instance, hold("s", "10:00", "hall", "s-1"), told, put("m", "10:00"))
