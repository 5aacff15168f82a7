"""Which problems are meetings, people and slots and nothing else; and that such a one says everything."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.any_programme import programmes
from support.making import DATE, away, city, hours, make, meeting, moment, put, session
from support.slots import faults_of, value_of
from support.tiny import tiny_instances

from scheduler.checker import check
from scheduler.domain import Instance, Placement, Solution
from scheduler.problem import discretise
from scheduler.problem.slotted import SlotLevel, SlotOrder, slotted

NEXT = "2025-03-11"
AREA = {"id": "area", "tables": 2}
OPEN = (hours("09:00", "12:00", DATE),)
BOTH = (*OPEN, hours("09:00", "10:00", NEXT))
PEOPLE = ("a", "b", "c")
MEETINGS = (meeting("m1", "a", "b"), meeting("m2", "b", "c"))


def slots(*rooms, opening=OPEN, parties=PEOPLE, **more):
    cities = more.pop("cities", [city("madrid", *(rooms or (AREA,)), opening=opening)])
    given = {"meetings": MEETINGS, "cities": cities}
    return slotted(discretise(make(*parties, **(given | more))))


def with_one(**more):
    """The meetings, with something said of the first."""
    return (MEETINGS[0] | more, MEETINGS[1])


def test_a_plain_forum_is_slots():
    found = slots()
    assert [task.activity.id for task in found.tasks] == ["m1", "m2"]
    assert found.place.room.id == "area"
    assert [start - found.starts[0] for start in found.starts] == [0, 30, 60, 90, 120, 150]
    assert found.spans == (range(6),)
    assert found.capacity == (2,) * 6
    assert found.allowed == (0b111111, 0b111111)
    assert found.people == PEOPLE
    assert found.takers == ((0, 1), (1, 2))
    assert found.mandatory == (False, False)
    assert found.worth == (3, 3)
    assert (found.orders, found.fairness, found.bystanders) == ((), None, False)
    assert found.levels == (SlotLevel(1, 1, 0), SlotLevel(2, 0, 1))


def test_windows_pins_and_absences_are_in_the_slots_allowed():
    found = slots(
        parties=("b",),
        delegations=[{"id": "a", "absences": [away("09:00", "10:10")]}, {"id": "c"}],
        meetings=[
            meeting("m1", "a", "b"),
            meeting("m2", "b", "c", pin={"start": moment("09:30")}),
            meeting("m3", "b", "c", windows=[hours("09:00", "10:00")], mandatory=True),
        ],
    )
    assert found.allowed == (0b111000, 0b000010, 0b000011)
    assert found.mandatory == (False, True, True)
    assert found.worth == (3, 0, 0)


def test_who_travels_together_comes_together_and_who_meets_nobody_stands_by():
    found = slots(
        parties=("b", "c", "d"),
        delegations=[{"id": "a"}],
        participants=[{"id": "a1", "delegation": "a"}, {"id": "a2", "delegation": "a"}],
    )
    assert found.people == ("a1", "a2", "b", "c")
    assert found.takers == ((0, 1, 2), (2, 3))
    assert found.bystanders


def test_a_day_is_a_span():
    assert slots(opening=BOTH).spans == (range(6), range(6, 8))
    days = slots(opening=BOTH, breaks={"span": "programme"})
    assert days.spans == (range(9),)
    assert days.capacity == (2,) * 6 + (0,) + (2,) * 2  # the night between is a break
    assert days.allowed[0] == 0b110111111


def test_lunch_is_a_break_unless_it_is_tolerated():
    opening = (hours("09:00", "10:00", DATE), hours("11:00", "12:00", DATE))
    split = slots(opening=opening)
    assert split.capacity == (2, 2, 0, 2, 2)
    assert len(split.starts) == len(set(split.starts)) == 5
    assert slots(opening=opening, breaks={"tolerance": "1h"}).capacity == (2,) * 4
    longer = (hours("09:00", "10:30", DATE), hours("11:30", "12:00", DATE))
    assert slots(opening=longer, breaks={"tolerance": "1h"}) is None  # so is a slot that is left out
    requests = [{"term": "requests"}]
    assert slots(opening=longer, breaks={"tolerance": "1h"}, objective=requests).capacity == (2,) * 4


def test_gaps_between_slots_count_as_the_rule_says():
    opening = tuple(hours(f"{h:02d}:00", f"{h:02d}:30", DATE) for h in (9, 10, 11))
    assert slots(opening=opening).capacity == (2, 0, 2, 0, 2)
    assert slots(opening=opening, breaks={"tolerance": "30min"}).capacity == (2, 2, 2)


@pytest.mark.parametrize(
    ("gaps", "steps"),
    [
        ({}, (1, None)),
        ({"min_gap": "30min"}, (2, None)),
        ({"max_gap": "1h"}, (1, 3)),
        ({"min_gap": "10min", "max_gap": "30min"}, (2, 2)),
        ({"min_gap": "3h"}, (6, None)),
    ],
)
def test_precedences_are_steps(gaps, steps):
    found = slots(precedences=[{"before": "m2", "after": "m1"} | gaps])
    assert found.orders == (SlotOrder(1, 0, *steps),)


def test_a_precedence_that_is_no_number_of_slots_is_refused():
    opening = (hours("09:00", "10:00", DATE), hours("11:00", "12:00", DATE))
    rule = [{"before": "m1", "after": "m2", "max_gap": "30min"}]
    apart = slots(opening=opening, precedences=rule, breaks={"tolerance": "0min"})
    assert apart.orders == (SlotOrder(0, 1, 1, 1),)  # over lunch it is two steps, for its slot
    uneven = (hours("09:00", "10:00", DATE), hours("10:10", "11:10", DATE))
    given = {
        "grid": "10min",
        "meetings": [
            m
            | {
                "windows": [
                    hours("09:00", "09:30"),
                    hours("09:30", "10:00"),
                    hours("10:10", "10:40"),
                    hours("10:40", "11:10"),
                ]
            }
            for m in MEETINGS
        ],
    }
    more = {"opening": uneven, "breaks": {"tolerance": "10min"}}
    assert slots(**given, **more) is not None
    assert slots(**given, **more, precedences=[{"before": "m1", "after": "m2", "min_gap": "5min"}]) is None


@pytest.mark.parametrize(
    "more",
    [
        {"meetings": with_one(duration="1h")},
        {"meetings": with_one(pin={"table": 2})},
        {"grid": "15min"},
        {"sessions": [session("s", mandatory=False)], "rooms": True},
        {"day_relations": [{"activities": ["m1", "m2"], "day": "same"}]},
        {"fairness": {"granted_percent": 50}},
        {"objective": [{"term": "idle_minutes"}]},
        {"objective": [{"term": "fairness_spread"}]},
        {"load": {"meetings_per_day": 1}},
        {"parties": ("a", "c"), "delegations": [{"id": "b", "meetings": {"most": 1}}]},
        {
            "parties": ("b", "c"),
            "delegations": [{"id": "a", "meetings": {"least": 1}}],
            "objective": [{"term": "too_few_meetings"}],
        },
        {"load": {"in_a_row": 1}},
        {"load": {"meal": {"from": "10:00", "to": "11:00", "duration": "30min"}}},
        {"parties": ("b", "c"), "delegations": [{"id": "a", "split": "members", "parallel": 2}]},
        {
            "parties": ("c",),
            "delegations": [{"id": "a", "languages": ["fr"]}, {"id": "b", "languages": ["en"]}],
        },
        {"meetings": with_one(forbidden=[hours("00:00", "24:00")])[:1]},
    ],
)
def test_what_says_more_than_slots(more):
    rooms = ({"id": "hall"}, AREA) if more.pop("rooms", False) else ()
    assert slots(*rooms, **more) is None


@pytest.mark.parametrize(
    "more",
    [
        {"meetings": [m | {"mandatory": True} for m in MEETINGS], "fairness": {"granted_percent": 50}},
        {"objective": [{"term": "requests"}, {"term": "room_changes"}, {"term": "city_changes", "level": 2}]},
        {"load": {"meetings_per_day": 2, "in_a_row": 2}},
        {"parties": ("a", "c"), "delegations": [{"id": "b", "meetings": {"least": 1, "most": 2}}]},
        {"objective": [{"term": "requests"}, {"term": "too_few_meetings"}]},
        {"load": {"meal": {"from": "10:00", "to": "13:00", "duration": "30min"}}},
        {"load": {"meal": {"from": "13:00", "to": "14:00", "duration": "1h"}}},
        {"parties": ("c",), "delegations": [{"id": "a", "languages": ["fr"]}, {"id": "b"}]},
        {
            "parties": ("c",),
            "delegations": [{"id": "a", "languages": ["fr", "en"]}, {"id": "b", "languages": ["en"]}],
            "interpreters": [{"id": "pool", "languages": ["en", "fr"]}],
        },
        {"meetings": with_one(forbidden=[hours("00:00", "24:00")])},
    ],
)
def test_what_says_no_more(more):
    assert slots(**more) is not None


def test_two_areas_are_more_than_slots():
    assert slots(AREA, {"id": "other", "tables": 1}) is None
    elsewhere = with_one(rooms=["area"])
    assert slots(AREA, {"id": "other", "tables": 1}, meetings=elsewhere) is None
    assert slots({"id": "hall"}, AREA, meetings=with_one(rooms=["hall"])) is None
    both = [m | {"rooms": ["area"]} for m in MEETINGS]
    assert slots(AREA, {"id": "other", "tables": 1}, meetings=both) is not None


def test_what_was_placed_before_now_is_more_than_slots():
    past = [put("m1", "09:00")]
    assert slots(now=moment("09:30"), baseline=past) is None
    assert slots(now=moment("09:30")).allowed == (0b11111, 0b11111)


def test_levels_add_weights():
    terms = [
        {"term": "breaks", "weight": 2, "level": 4},
        {"term": "requests", "weight": 5, "level": 4},
        {"term": "room_changes", "level": 2},
    ]
    assert slots(objective=terms).levels == (SlotLevel(2, 0, 0), SlotLevel(4, 5, 2))


# -- a schedule says the same in slots as through the checker --------------------------------------


def any_forum(chance):
    """A forum whose slots, days, gaps, people and rules chance decides."""
    pauses = chance.random() < 0.5
    opening = [hours("09:00", "10:30" if pauses else "11:00", DATE)]
    opening += [hours("11:30" if chance.random() < 0.5 else "11:00", "12:00", DATE)] if pauses else []
    opening += [hours("09:00", "10:00", NEXT)] if chance.random() < 0.4 else []
    people = [f"p{n}" for n in range(chance.randint(2, 4))]
    delegations = [
        {"id": name} | ({"absences": [away("09:30", "10:00")]} if chance.random() < 0.2 else {})
        for name in people
    ]
    participants = [{"id": f"x{n}", "delegation": "p0"} for n in range(chance.choice((0, 2)))]
    meetings = [
        meeting(f"m{n}", *chance.sample(people, 2), mandatory=chance.random() < 0.5)
        | ({"windows": [hours("09:30", "11:30")]} if chance.random() < 0.2 else {})
        for n in range(chance.randint(2, 5))
    ]
    rule = {"before": "m0", "after": "m1"}
    rule |= {"min_gap": "30min"} if chance.random() < 0.4 else {}
    rule |= {"max_gap": "1h30"} if chance.random() < 0.4 else {}
    return make(
        cities=[city("madrid", AREA, opening=tuple(opening))],
        delegations=delegations,
        participants=participants,
        meetings=meetings,
        precedences=[rule] if chance.random() < 0.4 else [],
        fairness={"breaks": chance.randint(0, 1)} if chance.random() < 0.3 else {},
        breaks={
            "span": chance.choice(("day", "programme")),
            "tolerance": chance.choice(("0min", "0min", "30min", "1h")),
        },
        objective=[
            {"term": "requests", "level": 2},
            {"term": "breaks", "weight": 2, "level": chance.choice((1, 2, 3))},
        ],
    )


def compare(instance, found, schedule):
    zone, clock = found.place.zone, discretise(instance).clock
    tables = dict.fromkeys(schedule, 0)
    placements = []
    for task, slot in zip(found.tasks, schedule, strict=True):
        if slot >= 0:
            tables[slot] += 1
            placements.append(
                Placement(
                    activity=task.activity.id,
                    start=clock.moment(found.starts[slot], zone),
                    room=found.place.room.id,
                    table=tables[slot],
                )
            )
    verdict = check(instance, Solution(programme=instance.programme.id, placements=tuple(placements)))
    faults = faults_of(found, schedule)
    assert verdict.valid == (not faults), (verdict.violations, faults, schedule)
    assert tuple(level.value for level in verdict.levels) == value_of(found, schedule)


def some_schedule(chance, found):
    """A random schedule, mostly in slots that are allowed."""
    real = [slot for slot, tables in enumerate(found.capacity) if tables]
    return [
        -1
        if chance.random() < 0.25
        else chance.choice([k for k in real if mask >> k & 1 or chance.random() < 0.1] or [-1])
        for mask in found.allowed
    ]


@pytest.mark.parametrize("batch", range(10))
def test_the_checker_agrees(batch):
    chance = random.Random(batch)
    known = 0
    for _ in range(40):
        instance = any_forum(chance)
        found = slotted(discretise(instance))
        if found is not None:
            known += 1
            for _ in range(12):
                compare(instance, found, some_schedule(chance, found))
    assert known >= 10


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(tiny_instances() | programmes().map(Instance.model_validate), st.randoms(use_true_random=False))
def test_the_checker_agrees_on_whatever_is_taken_for_slots(instance, chance):
    found = slotted(discretise(instance))
    if found is not None:
        for _ in range(10):
            compare(instance, found, some_schedule(chance, found))
