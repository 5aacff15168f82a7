"""Rule 8 in the model: a session blocks its audience, whether it attends or not."""

import pytest
from support.fixing import breaks, keeps
from support.making import city, hold, make, meeting, moment, put, session

from scheduler.domain import RuleName

ROOMS = ({"id": "hall"}, {"id": "chamber"}, {"id": "area", "tables": 3})
LATE = {"id": "late", "arrival": moment("11:00")}


def event(sessions, meetings=(), **more):
    return make(
        *("a", "b"),
        delegations=[LATE, {"id": "split", "split": "members"}],
        participants=[
            {"id": "ada"},
            {"id": "s-1", "delegation": "split"},
            {"id": "s-2", "delegation": "split"},
        ],
        tracks=[{"id": "chaired", "chairs": ["ada", "s-1"]}],
        cities=[city("madrid", *ROOMS)],
        sessions=sessions,
        meetings=meetings,
        **more,
    )


@pytest.mark.parametrize("audience", [["a"], ["all"], ["b", "a"]])
def test_nobody_of_an_audience_is_in_a_meeting(audience):
    instance = event([session("s", audience=audience)], [meeting("m", "a", "b")])
    keeps(instance, hold("s", "10:00"), put("m", "11:00"))
    breaks(RuleName.PLENARY, instance, hold("s", "10:00"), put("m", "10:30"))


def test_who_cannot_attend_is_blocked_all_the_same():
    instance = event([session("s", audience=["late"])], [meeting("m", "late", "b")])
    keeps(instance, hold("s", "10:00"), put("m", "11:00"))
    breaks(RuleName.PLENARY, instance, hold("s", "10:30"), put("m", "11:00"))


def test_those_who_take_part_by_name_are_no_audience():
    keeps(event([session("s", audience=["all"], speakers=["ada"], parties=["a"])]), hold("s", "10:00"))


def test_whoever_is_chosen_is_not_in_an_audience():
    instance = event([session("s", audience=["s-1"])], [meeting("m", "split", "b")])
    keeps(instance, hold("s", "10:00"), put("m", "10:00", "area", 1, "s-2"))
    breaks(RuleName.PLENARY, instance, hold("s", "10:00"), put("m", "10:00", "area", 1, "s-1"))


def test_somebody_chosen_for_the_session_that_they_listen_to():
    instance = event([session("s", audience=["all"], track="chaired", parties=["split"])])
    keeps(instance, hold("s", "10:00", "hall", "ada", "s-2"))
    keeps(instance, hold("s", "10:00", "hall", "s-1"))  # a chair and of the party


@pytest.mark.parametrize(
    ("first", "second", "fine"),
    [
        (["a"], ["b"], True),
        (["a"], ["a"], False),
        (["a", "b"], ["b"], False),
        (["late"], ["late"], False),  # attends the second
    ],
)
def test_two_plenaries_at_once(first, second, fine):
    instance = event([session("s", audience=first), session("r", audience=second)])
    at_once = (hold("s", "10:30"), hold("r", "11:00", "chamber"))
    keeps(instance, hold("s", "10:00"), hold("r", "11:00", "chamber"))
    if fine:
        keeps(instance, *at_once)
    else:
        breaks(RuleName.PLENARY, instance, *at_once)


def test_who_can_attend_neither_of_two_plenaries_forbids_neither():
    instance = event([session("s", audience=["late"]), session("r", audience=["late"])])
    keeps(instance, hold("s", "09:00"), hold("r", "09:30", "chamber"))


def test_a_talk_elsewhere_is_blocked_and_one_of_the_session_is_not():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = event([session("s", audience=["all"]), session("r", talks=[talk])])
    keeps(instance, hold("s", "10:00"), hold("r", "10:30", "chamber"), hold("t", "11:00", "chamber"))
    breaks(
        RuleName.PLENARY,
        instance,
        hold("s", "10:00"),
        hold("r", "10:30", "chamber"),
        hold("t", "10:30", "chamber"),
    )
    own = event([session("s", audience=["all"], talks=[talk])])
    keeps(own, hold("s", "10:00"), hold("t", "10:30"))


def test_a_speaker_is_free_when_not_speaking():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = event(
        [session("s", audience=["all"], talks=[talk])], [meeting("m", "ada", "late", cities=["madrid"])]
    )
    keeps(instance, hold("s", "10:00"), hold("t", "10:00"), put("m", "11:00"))
    # Late is of the audience, so not even while Ada is free of her talk.
    breaks(RuleName.PLENARY, instance, hold("s", "11:00"), hold("t", "11:00"), put("m", "11:30"))
