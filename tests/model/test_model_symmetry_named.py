"""A team that a session names is not like the others: no order is put upon its delegation's."""

import pytest
from support.bruteforce import best
from support.making import city, hours, make, meeting, session

from scheduler.domain import Status
from scheduler.search import SolveOptions
from scheduler.search.solve import solve

HOUR = city(
    "madrid", {"id": "hall"}, {"id": "area", "tables": 2}, opening=(hours("10:00", "11:00", "2025-03-10"),)
)
BUSY = {
    "speaker": {"sessions": [session("s", speakers=["team.1"])]},
    "speaker of a talk": {
        "sessions": [session("s", talks=[{"id": "t", "duration": "1h", "speaker": "team.1"}])],
    },
    "chair": {"sessions": [session("s", track="t")], "tracks": [{"id": "t", "chairs": ["team.1"]}]},
}


@pytest.mark.parametrize("how", BUSY)
def test_the_second_team_goes_when_the_first_is_busy_by_name(how):
    instance = make(
        "b",
        cities=[HOUR],
        delegations=[{"id": "team", "split": "members", "parallel": 2}],
        meetings=[meeting("m", "team", "b", mandatory=True)],
        **BUSY[how],
    )
    result = solve(instance, SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    assert tuple(level.value for level in result.levels) == best(instance).levels
    attendees = {placement.activity: placement.attendees for placement in result.solution.placements}
    assert attendees["m"] == ("team.2",)
