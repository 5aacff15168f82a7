"""Ways within a city that lead through another one: allowed for what they are, the quicker."""

import pytest
from support.bruteforce import best
from support.making import city, hours, make, meeting, put, schedule

from scheduler.checker import check
from scheduler.domain import RuleName, Status
from scheduler.search import SolveOptions
from scheduler.search.solve import solve

LINK = {"from": "madrid", "to": "lisbon", "duration": "30min", "both_ways": True}


def programme(third_at, *, visit=True, links=(LINK,)):
    """Return meetings of ``a`` in two venues of Madrid three hours apart, one in another city between."""
    venues = [{"id": f"venue-{r}", "rooms": [{"id": r, "tables": 1}]} for r in ("x", "y")]
    opening = (hours("09:00", "14:00", "2025-03-10"),)
    meetings = [
        meeting("m1", "a", "b", mandatory=True, rooms=["x"], windows=[hours("09:00", "09:30")]),
        meeting("m2", "a", "c", mandatory=visit, rooms=["z"], windows=[hours("10:00", "10:30")]),
        meeting("m3", "a", "d", mandatory=True, rooms=["y"], windows=[hours(third_at, "14:00")]),
    ]
    return make(
        *("a", "b", "c", "d"),
        cities=[
            city(opening=opening) | {"venues": venues, "transfer": "3h"},
            city("lisbon", {"id": "z", "tables": 1}, opening=opening),
        ],
        travel={"links": links},
        meetings=meetings,
        objective=[{"term": "idle_minutes"}],
    )


@pytest.mark.parametrize(("visit", "links"), [(True, [LINK]), (False, [LINK]), (False, [])])
def test_the_search_agrees_with_trying_everything(visit, links):
    instance = programme("10:00", visit=visit, links=links)
    result = solve(instance, SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    assert tuple(level.value for level in result.levels) == best(instance).levels


def test_out_and_back_may_be_quicker_than_across():
    instance = programme("09:00", visit=False)
    there, early, late = put("m1", "09:00", "x"), put("m3", "10:00", "y"), put("m3", "10:30", "y")
    assert check(instance, schedule(there, late)).valid
    assert [v.rule for v in check(instance, schedule(there, early)).violations] == [RuleName.TRAVEL]
    on_foot = programme("09:00", visit=False, links=())
    assert [v.rule for v in check(on_foot, schedule(there, late)).violations] == [RuleName.TRAVEL]
    assert check(on_foot, schedule(there, put("m3", "12:30", "y"))).valid
