"""Rule 3 in the model: kinds of room, seats, closing times; tables as a number and tables that are pinned."""

import pytest
from support.fixing import breaks, feasible, keeps, model_of, unplaceable
from support.making import city, hold, hours, make, meeting, moment, put, session

from scheduler.domain import RuleName


def area(tables, *meetings, **more):
    parties = [party for m in meetings for party in m["parties"]]
    return make(
        *parties, cities=[city("madrid", {"id": "area", "tables": tables})], meetings=meetings, **more
    )


def test_a_room_holds_one_activity_at_a_time():
    instance = make(
        *("a", "b"),
        sessions=[session("s1"), session("s2")],
        meetings=[meeting("m", "a", "b", rooms=["hall"])],
    )
    keeps(instance, hold("s1", "10:00"), hold("s2", "11:00"), hold("m", "12:00"))
    breaks(RuleName.ROOM, instance, hold("s1", "10:00"), hold("s2", "10:30"))
    breaks(RuleName.ROOM, instance, hold("s1", "10:00"), hold("s2", "12:00"), hold("m", "10:30"))


def test_an_area_holds_as_many_meetings_as_it_has_tables():
    long = [meeting(f"m{n}", f"a{n}", f"b{n}", duration="1h") for n in range(3)]
    instance = area(2, *long)
    keeps(instance, put("m0", "10:00"), put("m1", "10:30", table=2), put("m2", "11:00"))
    breaks(RuleName.ROOM, instance, put("m0", "10:00"), put("m1", "10:30", table=2), put("m2", "10:30"))


def test_sessions_are_not_in_areas_and_meetings_outside_only_where_they_say():
    instance = make(
        *("a", "b"),
        sessions=[session("s", mandatory=False)],
        meetings=[meeting("m", "a", "b"), meeting("n", "a", "b", rooms=["hall"])],
    )
    keeps(instance, hold("n", "10:00"), put("m", "11:00"))
    breaks(RuleName.ROOM, instance, hold("m", "10:00"))
    breaks(RuleName.ROOM, instance, hold("s", "10:00", "area"))


@pytest.mark.parametrize(
    ("room", "kept", "broken"),
    [
        ({"closed": [hours("12:00", "13:00")]}, "11:00", "11:30"),
        ({"available": [hours("10:00", "11:30"), hours("11:30", "13:00")]}, "10:30", "11:00"),
    ],
)
def test_a_room_is_open(room, kept, broken):
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(
        participants=[{"id": "ada"}],
        cities=[city("madrid", {"id": "hall"} | room)],
        sessions=[session("s", talks=[talk])],
    )
    keeps(instance, hold("s", kept), hold("t", kept))
    breaks(RuleName.ROOM, instance, hold("s", broken), hold("t", broken))


def test_a_room_has_what_is_needed():
    rooms = ({"id": "hall", "features": ["stage", "booth"]}, {"id": "chamber", "features": ["stage"]})
    instance = make(cities=[city("madrid", *rooms)], sessions=[session("s", features=["booth"])])
    keeps(instance, hold("s", "10:00"))
    breaks(RuleName.ROOM, instance, hold("s", "10:00", "chamber"))


@pytest.mark.parametrize(
    ("wanted", "seats"),
    [
        ({"attendance": 7, "parties": ["crew"]}, 7),
        ({}, 0),
        ({"parties": ["crew"]}, 2),
        ({"parties": ["crew", "ada"], "speakers": ["ada"]}, 3),
        ({"parties": ["big"]}, 5),
        ({"audience": ["big", "crew"]}, 5 + 2),
        ({"audience": ["late"]}, 1),  # whether or not they can attend
        ({"audience": ["all"]}, 1 + 2 + 5 + 4 + 1),
        ({"parties": ["split"]}, 1),
        ({"parties": ["split"], "audience": ["split"]}, 4),  # whoever is chosen is counted already
        ({"parties": ["split"], "speakers": ["s-1"]}, 2),
        ({"audience": ["split"]}, 4),
        ({"track": "chaired"}, 1),
        ({"track": "chaired", "speakers": ["ada"]}, 2),
        ({"track": "chaired", "speakers": ["ada", "c-1"]}, 2),
        ({"talks": [{"id": "t", "duration": "30min", "speaker": "ada"}]}, 1),
        ({"talks": [{"id": "t", "duration": "30min", "speaker": "ada"}], "audience": ["ada", "crew"]}, 3),
    ],
)
def test_there_is_a_seat_for_everybody(wanted, seats):
    def instance(number):
        return make(
            delegations=[
                {"id": "crew"},
                {"id": "big", "size": 5},
                {"id": "split", "split": "members", "size": 4},
                {"id": "late", "arrival": "2025-03-11T09:00+01:00"},
            ],
            participants=[
                {"id": "ada"},
                {"id": "c-1", "delegation": "crew"},
                {"id": "c-2", "delegation": "crew"},
                {"id": "s-1", "delegation": "split"},
                {"id": "s-2", "delegation": "split"},
            ],
            tracks=[{"id": "chaired", "chairs": ["ada", "c-1"]}],
            cities=[city("madrid", {"id": "hall", "seats": max(1, number)})],
            sessions=[session("s", **wanted)],
        )

    who = [f"{party[0]}-2" for party in wanted.get("parties", ()) if party == "split"]
    who += ["ada"] if "track" in wanted else []
    placed = [hold("s", "10:00", "hall", *who), *(hold(t["id"], "10:00") for t in wanted.get("talks", ()))]
    keeps(instance(seats), *placed)
    if seats > 1:
        breaks(RuleName.ROOM, instance(seats - 1), *placed)


# -- pinned tables -------------------------------------------------------------------------------


def pinned(table):
    return {"pin": {"table": table}}


def test_a_pinned_table_is_taken_while_it_is():
    instance = area(2, meeting("m", "a", "b", duration="1h", **pinned(2)), meeting("n", "c", "d"))
    keeps(instance, put("m", "10:00", table=2), put("n", "10:30", table=1))
    keeps(instance, put("m", "10:00", table=2), put("n", "11:00", table=2))
    breaks(RuleName.ROOM, instance, put("m", "10:00", table=2), put("n", "10:30", table=2))


def test_two_meetings_pinned_to_one_table_follow_each_other():
    instance = area(
        3, meeting("m", "a", "b", duration="1h", **pinned(2)), meeting("n", "c", "d", **pinned(2))
    )
    keeps(instance, put("m", "10:00", table=2), put("n", "11:00", table=2))
    breaks(RuleName.ROOM, instance, put("m", "10:00", table=2), put("n", "10:30", table=2))


def test_who_sits_anywhere_may_find_no_table_for_the_whole_meeting():
    # Never more than two at a time, and yet no table is free from 10:30 to 11:30.
    instance = area(
        2,
        meeting("m", "a", "b", duration="1h", **pinned(1)),
        meeting("n", "c", "d", duration="1h", **pinned(2)),
        meeting("o", "e", "f", duration="1h"),
    )
    first, second = put("m", "10:00", table=1), put("n", "11:00", table=2)
    keeps(instance, first, second, put("o", "11:00", table=1))
    keeps(instance, first, second, put("o", "10:00", table=2))
    for table in (1, 2):
        breaks(RuleName.ROOM, instance, first, second, put("o", "10:30", table=table))


def test_tables_that_nobody_has_pinned_stay_a_number():
    instance = area(
        3, meeting("m", "a", "b", **pinned(2)), *(meeting(f"n{n}", f"c{n}", f"d{n}") for n in range(3))
    )
    first = put("m", "10:00", table=2)
    keeps(instance, first, put("n0", "10:00", table=1), put("n1", "10:00", table=3))
    keeps(instance, put("n0", "10:00", table=1), put("n1", "10:00", table=2), put("n2", "10:00", table=3))
    context = model_of(instance)
    for task in context.problem.tasks:  # all four at once
        context.logic.require(context.variables.at(task.options[0]))
    assert not feasible(context)


def test_after_the_last_that_has_a_pinned_table_tables_are_a_number_again():
    others = [meeting(f"n{n}", f"c{n}", f"d{n}", duration="1h") for n in range(3)]
    fixed = {"table": 2, "start": moment("10:00")}
    instance = area(2, meeting("m", "a", "b", duration="1h", pin=fixed), *others)
    context = model_of(instance)
    assert max(seated.option.start for seated in context.variables.seated) == context.problem.clock.minute(
        moment("10:30")
    )
    first, beside = put("m", "10:00", table=2), put("n0", "10:30", table=1)
    keeps(instance, first, beside, put("n1", "11:00", table=2), put("n2", "11:30", table=1))
    for late in ([put("n1", "11:00", table=2), put("n2", "11:00", table=1)], [put("n1", "10:30", table=2)]):
        breaks(RuleName.ROOM, instance, first, beside, *late)


def test_a_pinned_table_is_in_a_room_that_has_it():
    rooms = ({"id": "area", "tables": 1}, {"id": "wide", "tables": 2}, {"id": "hall"})
    instance = make(
        *("a", "b"),
        cities=[city("madrid", *rooms)],
        meetings=[meeting("m", "a", "b", rooms=["area", "wide", "hall"], **pinned(2))],
    )
    keeps(instance, put("m", "10:00", "wide", 2))
    unplaceable(RuleName.PINS, instance, put("m", "10:00", "area", 1))
    unplaceable(RuleName.PINS, instance, hold("m", "10:00"))
