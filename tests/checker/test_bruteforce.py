"""The search by trying everything, against trying everything without leaving anything out."""

import datetime as dt
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from support import bruteforce
from support.bruteforce import best, schedules
from support.making import city, hours, make, meeting, moment, put, session
from support.tiny import tiny_instance, tiny_instances

from scheduler.checker import check
from scheduler.domain import InterpreterSeat, Placement, Solution

SHORT = city(
    "madrid", {"id": "hall"}, {"id": "area", "tables": 2}, opening=(hours("10:00", "11:30", "2025-03-10"),)
)


def everything(instance):
    """Yield every solution whose starts are on whole half hours of the day's opening."""
    choices = []
    for activity in instance.activities:
        options = [None]
        for room, n in product(instance.rooms, range(4)):
            start = moment("10:00") + n * dt.timedelta(minutes=30)
            tables = [None, *range(1, (room.tables or 0) + 1)]
            people = [person.id for person in instance.people if person.id.startswith("x")]
            chosen = chain.from_iterable(combinations(people, size) for size in range(3))
            seats = [
                None,
                *(InterpreterSeat(pool=p.id, unit=u) for p in instance.interpreters for u in (1, 2)),
            ]
            for table, attendees, seat in product(tables, chosen, seats):
                options.append(
                    Placement(
                        activity=activity.id,
                        start=start,
                        room=room.id,
                        table=table,
                        attendees=attendees,
                        interpreter=seat,
                    )
                )
        choices.append(options)
    for placed in product(*choices):
        yield Solution(programme="small", placements=tuple(p for p in placed if p is not None))


def naive(instance):
    verdicts = (check(instance, solution) for solution in everything(instance))
    return min((tuple(level.value for level in v.levels) for v in verdicts if v.valid), default=None)


TERMS = [
    {"term": "requests", "level": 1},
    {"term": "breaks", "level": 2},
    {"term": "room_changes", "level": 2},
]
TALK = {"id": "t", "duration": "30min", "speaker": "x1"}
SMALL = {
    "two meetings": make(
        "a",
        "b",
        "c",
        cities=[SHORT],
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")],
        objective=TERMS,
    ),
    "pinned tables": make(
        *("a", "b", "c", "d"),
        cities=[SHORT],
        meetings=[
            meeting("m1", "a", "b", pin={"start": moment("10:30"), "table": 2}),
            meeting("m2", "c", "d", windows=[hours("10:30", "11:00")]),
        ],
        objective=TERMS,
    ),
    "a session with a talk": make(
        "a",
        cities=[SHORT],
        participants=[{"id": "x1", "departure": moment("11:00")}],
        sessions=[
            session("s", talks=[TALK], audience=["all"], prefer={"windows": [hours("10:30", "11:30")]})
        ],
        objective=[{"term": "preferences"}],
    ),
    "a member and a chair": make(
        "b",
        cities=[SHORT],
        delegations=[{"id": "a", "split": "members", "parallel": 1}],
        participants=[{"id": "x1", "delegation": "a", "roles": ["mayor"]}, {"id": "x2", "delegation": "a"}],
        tracks=[{"id": "t", "chairs": ["x1"]}],
        sessions=[session("s", track="t", rooms=["hall"])],
        meetings=[
            meeting("m", "a", "b", rooms=["area"], windows=[hours("10:00", "11:00")], roles={"a": "mayor"})
        ],
        objective=TERMS,
    ),
    "an interpreter": make(
        delegations=[
            {"id": "a", "languages": ["ko"]},
            {"id": "b", "languages": ["en"]},
            {"id": "c", "languages": ["ko"]},
        ],
        cities=[SHORT],
        interpreters=[
            {
                "id": "pool",
                "languages": ["ko", "en"],
                "available": [{"from": moment("10:30"), "to": moment("11:00")}],
            }
        ],
        meetings=[meeting("m1", "a", "b", rooms=["area"]), meeting("m2", "b", "c", rooms=["area"])],
        objective=TERMS,
    ),
    "frozen": make(
        *("a", "b", "c"),
        cities=[SHORT],
        now=moment("10:30"),
        baseline=[put("m1", "10:00", table=2)],
        meetings=[meeting("m1", "a", "b"), meeting("m2", "a", "c")],
        objective=[{"term": "moved_start", "level": 1}, {"term": "requests", "level": 2}],
    ),
    "infeasible": make(
        "a", "b", cities=[SHORT], meetings=[meeting("m", "a", "b", mandatory=True, dates=["2025-03-11"])]
    ),
}


@pytest.mark.parametrize("name", SMALL)
def test_nothing_better_is_left_out(name):
    found = best(SMALL[name])
    assert (found.levels if found else None) == naive(SMALL[name])


@pytest.mark.parametrize("seed", range(30))
def test_looking_at_pairs_first_loses_nothing(seed, monkeypatch):
    instance = tiny_instance(seed)
    found = best(instance)
    monkeypatch.setattr(bruteforce, "FOREVER", frozenset())
    again = best(instance)
    assert (found and found.levels) == (again and again.levels)


def test_what_the_small_ones_come_to():
    found = {name: best(instance) for name, instance in SMALL.items()}
    assert {name: optimum and optimum.levels for name, optimum in found.items()} == {
        "two meetings": (0, 0),
        "pinned tables": (0, 0),
        "a session with a talk": (0,),
        "a member and a chair": (0, 1),
        "an interpreter": (3, 0),
        "frozen": (0, 0),
        "infeasible": None,
    }


def test_tables_are_handed_out_first_come_first_served():
    crowd = make(
        *("a", "b", "c", "d", "e", "f"),
        cities=[
            city("madrid", {"id": "area", "tables": 2}, opening=(hours("10:00", "11:00", "2025-03-10"),))
        ],
        meetings=[meeting("m1", "a", "b", duration="1h"), meeting("m2", "c", "d"), meeting("m3", "e", "f")],
    )
    found = best(crowd)
    assert found is not None
    assert found.levels == (0, 0)
    tables = {placement.activity: placement.table for placement in found.solution.placements}
    assert tables["m2"] == tables["m3"] != tables["m1"]


def test_schedules_are_counted_before_they_are_tried():
    assert schedules(make("a", "b", cities=[SHORT], meetings=[meeting("m", "a", "b")])) == 1 + 3


@settings(max_examples=40, deadline=None)
@given(tiny_instances())
def test_the_best_schedule_is_valid_and_worth_what_it_says(instance):
    found = best(instance)
    if found is not None:
        verdict = check(instance, found.solution)
        assert verdict.violations == ()
        assert tuple(level.value for level in verdict.levels) == found.levels
