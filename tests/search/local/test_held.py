"""What stands: sessions and talks as a schedule has them, and nothing else."""

import pytest
from support.making import hold, make, meeting, put, session

from scheduler.problem import discretise
from scheduler.search.local.held import held_sessions, placements_of

TALK = {"id": "t", "duration": "30min", "speaker": "ada"}
PARTS = {
    "delegations": [{"id": "team", "split": "members", "parallel": 2}],
    "participants": [{"id": "ada"}],
    "sessions": [session("s", talks=[TALK], parties=["team"]), session("left-out")],
    "meetings": [meeting("m", "team", "ada")],
}


@pytest.fixture
def problem():
    return discretise(make(**PARTS))


def test_sessions_and_talks_stand_and_meetings_do_not(problem):
    placed = [
        put("m", "14:00", "area", 1, "team.1"),
        hold("t", "10:30"),
        hold("s", "10:00", "hall", "team.2"),
    ]
    held = held_sessions(problem, placed)
    assert [each.id for each in held] == ["s", "t"]
    assert [each.chosen for each in held] == [{"team.2"}, set()]
    assert [each.option.task.activity.id for each in held] == ["s", "t"]
    assert [problem.clock.moment(h.option.start, h.option.place.zone) for h in held] == [
        placed[2].start,
        placed[1].start,
    ]
    assert [each.option.place.room.id for each in held] == ["hall", "hall"]


def test_it_is_placed_again_as_it_was(problem):
    placed = [hold("t", "10:30"), hold("s", "10:00", "hall", "team.2")]
    again = placements_of(problem, reversed(held_sessions(problem, placed)))
    assert [p.activity for p in again] == ["s", "t"]
    assert {p.activity: p for p in again} == {p.activity: p for p in placed}


def test_nothing_stands_where_nothing_is_placed(problem):
    assert held_sessions(problem, []) == []
    assert placements_of(problem, []) == []


def test_a_session_that_stands_where_it_may_not_is_an_error(problem):
    with pytest.raises(StopIteration):
        held_sessions(problem, [hold("s", "20:00")])
