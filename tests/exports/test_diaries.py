from __future__ import annotations

import pytest
from hypothesis import given
from support.exported import relaxed, solutions
from support.hand_made import PLACEMENTS, hand_made, hand_placed, solution_of
from support.making import away, hold, make, meeting, put, schedule, session

from scheduler.checker.facts import Facts
from scheduler.checker.schedule import Schedule
from scheduler.domain import Instance, Solution
from scheduler.exports.diaries import Diaries

HAND_MADE = hand_made()


def engaged(instance: Instance, solution: Solution, person: str) -> list[str]:
    return [placed.activity.id for placed in Diaries(instance, solution).engagements(person)]


@relaxed
@given(solutions())
def test_engagements_are_those_of_the_checker(solution: Solution) -> None:
    ours = Diaries(HAND_MADE, solution)
    theirs = Schedule(Facts(HAND_MADE), solution.placements).engagements
    for person in HAND_MADE.people:
        expected = {placed.id for placed in theirs.get(person.id, ())}
        assert {placed.activity.id for placed in ours.engagements(person.id)} == expected


def test_a_talk_inside_ones_own_session_is_not_doubled() -> None:
    assert engaged(HAND_MADE, hand_placed(), "moderator") == ["opening", "ecosystem-session"]


def test_who_comes_for_a_talk_alone_is_not_in_its_session() -> None:
    assert engaged(HAND_MADE, hand_placed(), "delegate-2") == ["opening", "talk-metro"]


def test_a_talk_whose_session_is_not_placed_engages_its_speaker() -> None:
    alone = solution_of([p for p in PLACEMENTS if p["activity"] != "ecosystem-session"])
    assert engaged(HAND_MADE, alone, "moderator") == ["opening", "talk-words"]


def test_the_audience_attends() -> None:
    assert engaged(HAND_MADE, hand_placed(), "delegate-1") == ["opening", "islands", "ecosystem-session"]


@pytest.mark.parametrize(
    ("presence", "there"),
    [
        ({}, True),
        ({"arrival": away("10:00", "11:00")["from"]}, True),
        ({"arrival": away("10:30", "11:00")["from"]}, False),
        ({"departure": away("10:00", "11:00")["to"]}, True),
        ({"departure": away("10:00", "10:30")["to"]}, False),
        ({"absences": [away("09:00", "10:00"), away("11:00", "12:00")]}, True),
        ({"absences": [away("10:30", "10:45")]}, False),
        ({"cities": ["lima"]}, False),
        ({"cities": ["madrid"]}, True),
    ],
)
def test_the_audience_is_there_when_it_is_available_for_all_of_it(
    presence: dict[str, object], there: bool
) -> None:
    from support.making import city

    instance = make(
        cities=[city(), city("lima", {"id": "lima-hall"})],
        participants=[{"id": "guest"} | presence],
        sessions=[session("welcome", audience=["guest"])],
    )
    solution = schedule(hold("welcome", "10:00"))
    assert engaged(instance, solution, "guest") == (["welcome"] if there else [])


def test_who_is_sent_stands_in_the_place_of_the_party() -> None:
    instance = make(
        "b",
        delegations=[{"id": "a", "split": "members", "parallel": 2}],
        meetings=[meeting("m", "a", "b")],
    )
    (placed,) = Diaries(instance, schedule(put("m", "10:00", "area", 1, "a.2"))).placed
    assert list(placed.takers) == ["a.2", "b"]


def test_who_is_sent_does_not_attend_as_well() -> None:
    instance = make(
        delegations=[{"id": "a", "split": "members", "parallel": 2}],
        sessions=[session("s", parties=["a"], audience=["a"])],
    )
    solution = schedule(hold("s", "10:00", "hall", "a.2"))
    (placed,) = Diaries(instance, solution).placed
    assert list(placed.takers) == ["a.2"]
    assert list(placed.attending) == ["a.1"]
    assert engaged(instance, solution, "a.2") == ["s"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"activity": "gala"}, "'gala' names what the instance does not have: activity 'gala'"),
        ({"room": "attic"}, "the placement of 'opening' names .*: room 'attic'"),
        ({"attendees": ["nobody"], "room": "attic"}, "room 'attic', person 'nobody'"),
        ({"interpreter": {"pool": "latin", "unit": 1}}, "interpreter pool 'latin'"),
        ({"activity": "islands"}, "places 'islands' twice"),
    ],
)
def test_a_schedule_of_something_else_is_refused(change: dict[str, object], message: str) -> None:
    placements = [PLACEMENTS[0] | change, *PLACEMENTS[1:]]
    with pytest.raises(ValueError, match=message):
        Diaries(HAND_MADE, solution_of(placements))


def test_a_schedule_of_another_programme_is_refused() -> None:
    with pytest.raises(ValueError, match="of programme 'other', not of 'hand-made'"):
        Diaries(HAND_MADE, Solution(programme="other"))
