"""Why something stands in no schedule: sentences that are true of the schedule as it is."""

import re

import pytest
from support.making import city, hold, hours, make, meeting, moment, put, schedule, session

from scheduler.checker import check
from scheduler.problem import discretise
from scheduler.search import SolveOptions
from scheduler.search.reasons import why_unscheduled
from scheduler.search.solve import solve

SHORT = city(opening=(hours("10:00", "11:00", "2025-03-10"),))
NARROW = city("madrid", {"id": "hall"}, {"id": "area", "tables": 1}, opening=SHORT["opening"])
BOTH = "at each of its 2 possible places and times "


def reason(instance, *placements, of="out"):
    """Return why an activity is not placed in a schedule that is right."""
    solution = schedule(*placements)
    assert check(instance, solution).valid
    return counted(why_unscheduled(discretise(instance), solution)[of])


def counted(unscheduled):
    """Return what a reason counts, without what it comes to."""
    found = re.search(r"(at each )?of its \d+ possible .*", unscheduled.reason)
    return found[0] if found else unscheduled.reason


def out(*parties, **more):
    return meeting("out", *parties, **more)


def test_only_what_is_not_placed_has_a_reason():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(
        *("a", "b"),
        participants=[{"id": "ada"}],
        sessions=[session("s", talks=[talk]), session("r", mandatory=False)],
        meetings=[meeting("m", "a", "b"), out("a", "b")],
    )
    found = why_unscheduled(
        discretise(instance), schedule(hold("s", "10:00"), hold("t", "10:00"), put("m", "10:00"))
    )
    assert list(found) == ["r", "out"]


def test_there_is_no_place_at_all():
    instance = make("a", "b", cities=[SHORT], meetings=[out("a", "b", dates=["2025-03-11"])])
    assert reason(instance) == (
        "there is no place and time at all: its windows, the rooms and everybody's availability "
        "have nothing in common"
    )


def test_a_party_is_engaged():
    instance = make(
        "a", "b", "c", cities=[SHORT], meetings=[meeting("m", "a", "c", duration="1h"), out("a", "b")]
    )
    assert reason(instance, put("m", "10:00")) == BOTH + "a is engaged"


def test_all_tables_are_taken():
    instance = make(*"abcd", cities=[NARROW], meetings=[meeting("m", "c", "d", duration="1h"), out("a", "b")])
    assert reason(instance, put("m", "10:00")) == BOTH + "all tables or the room are taken"


def test_the_room_is_taken():
    instance = make(cities=[SHORT], sessions=[session("s"), session("out", mandatory=False)])
    assert reason(instance, hold("s", "10:00")) == (
        "at each of its 1 possible places and times all tables or the room are taken"
    )


def test_its_table_is_taken():
    given = {
        "cities": [SHORT],
        "meetings": [meeting("m", "c", "d", duration="1h"), out("a", "b", pin={"table": 2})],
    }
    instance = make(*"abcd", **given)
    assert reason(instance, put("m", "10:00", table=2)) == BOTH + "its table is taken"
    said = reason(instance, put("m", "10:00", table=1))
    assert said == BOTH + "it would fit, and the schedule as a whole would be no worse"


def test_different_things_are_in_the_way():
    instance = make(
        *"abcd",
        cities=[
            city("madrid", {"id": "area", "tables": 1}, opening=(hours("10:00", "12:00", "2025-03-10"),))
        ],
        meetings=[meeting("m", "a", "c", duration="1h"), meeting("n", "c", "d"), out("a", "b")],
        objective=[{"term": "breaks"}],
    )
    said = reason(instance, put("m", "10:00"), put("n", "11:00"))
    assert said == (
        "of its 4 possible places and times, at 2 a is engaged, at 1 all tables or the room are taken, "
        "at 1 it would fit, but the schedule as a whole would be worse"
    )


# -- delegations that split ----------------------------------------------------------------------


def split(*meetings, sessions=(), members=2, **more):
    return make(
        *("b", "c", "d"),
        delegations=[{"id": "split", "name": "The split", "split": "members"} | more.pop("party", {})],
        participants=[
            {"id": f"s-{n}", "delegation": "split"} | more.pop(f"s{n}", {}) for n in range(1, members + 1)
        ],
        **{"cities": [SHORT], "meetings": meetings, "sessions": sessions} | more,
    )


def test_nobody_suitable_is_free():
    instance = split(
        meeting("m", "split", "c", duration="1h"), out("split", "b"), s2={"departure": moment("10:15")}
    )
    assert (
        reason(instance, put("m", "10:00", "area", 1, "s-1")) == BOTH + "nobody suitable of The split is free"
    )


def test_one_of_those_free_would_do():
    # The first who is free has had enough; the second has not.
    instance = split(
        meeting("m", "split", "c"),
        out("split", "b"),
        s1={"load": {"meetings_per_day": 1}},
        objective=[],
    )
    said = reason(instance, put("m", "10:00", "area", 1, "s-1"))
    assert said == BOTH + "it would fit, and the schedule as a whole would be no worse"


def test_all_of_those_free_have_had_enough():
    instance = split(
        meeting("m", "split", "c"), out("split", "b"), party={"load": {"meetings_per_day": 1}}, members=1
    )
    said = reason(instance, put("m", "10:00", "area", 1, "s-1"))
    assert said == (
        "of its 2 possible places and times, at 1 nobody suitable of The split is free, "
        "at 1 it would be more than a party's limits allow"
    )


def test_a_party_has_had_enough_in_all():
    instance = make(
        *("a", "b", "d"),
        delegations=[{"id": "c", "meetings": {"most": 1}}],
        **{"cities": [SHORT], "meetings": [meeting("m", "c", "b"), out("c", "a")]},
    )
    said = reason(instance, put("m", "10:00"))
    assert said == (
        "of its 2 possible places and times, at 1 c is engaged, "
        "at 1 it would be more than a party's limits allow"
    )


def test_another_member_has_held_what_the_delegation_may():
    instance = split(meeting("m", "s-2", "c"), out("split", "b"), party={"meetings": {"most": 1}})
    assert reason(instance, put("m", "10:00")) == BOTH + "it would be more than a party's limits allow"


def test_no_two_who_may_meet_are_free():
    instance = make(
        "c",
        delegations=[{"id": "split", "split": "members"}, {"id": "other", "split": "members"}],
        participants=[{"id": f"{p[0]}-{n}", "delegation": p} for p in ("split", "other") for n in (1, 2)],
        meetings=[meeting("m", "split", "c", duration="1h"), out("split", "other")],
        never=[["s-2", "o-1"], ["s-2", "o-2"]][:1],
        cities=[SHORT],
        objective=[],
    )
    assert reason(instance, put("m", "10:00", "area", 1, "s-1")) == (
        BOTH + "it would fit, and the schedule as a whole would be no worse"
    )
    nobody = instance.changed(participants=[p for p in instance.participants if p.id != "o-2"])
    assert (
        reason(nobody, put("m", "10:00", "area", 1, "s-1")) == BOTH + "nobody who may meet the others is free"
    )


def test_no_more_at_a_time():
    instance = split(meeting("m", "split", "c", duration="1h"), out("split", "b"), party={"parallel": 1})
    assert reason(instance, put("m", "10:00", "area", 1, "s-1")) == BOTH + "nobody of a delegation is free"


TWO_ROOMS = city(
    "madrid", {"id": "hall"}, {"id": "chamber"}, opening=(hours("10:00", "10:30", "2025-03-10"),)
)


def chaired(**more):
    return split(
        sessions=[
            session("s", track="t", duration="30min"),
            session("out", track="t", parties=["split"], duration="30min", mandatory=False),
        ],
        tracks=[{"id": "t", "chairs": ["s-1", "s-2"]}],
        cities=[TWO_ROOMS],
        **more,
    )


def test_one_person_may_be_the_chair_and_the_member():
    said = reason(chaired(objective=[]), hold("s", "10:00", "hall", "s-1"))
    assert said == (
        "of its 2 possible places and times, at 1 all tables or the room are taken, "
        "at 1 it would fit, and the schedule as a whole would be no worse"
    )


def test_no_chair_is_free():
    instance = chaired(s2={"departure": moment("10:15")})
    said = reason(instance, hold("s", "10:00", "hall", "s-1"))
    assert said == BOTH + "nobody suitable of The split is free"
    alone = make(
        participants=[{"id": "ada"}],
        tracks=[{"id": "t", "chairs": ["ada"]}],
        cities=[city("madrid", {"id": "hall"}, {"id": "chamber"}, opening=SHORT["opening"])],
        sessions=[session("s", track="t"), session("out", track="t", mandatory=False)],
    )
    assert (
        reason(alone, hold("s", "10:00", "hall", "ada"))
        == BOTH + "nobody suitable of the track's chairs is free"
    )


# -- the other rules -----------------------------------------------------------------------------


def test_a_plenary_blocks():
    instance = make(
        *("a", "b"),
        delegations=[{"id": "late", "arrival": moment("10:30")}],
        cities=[SHORT],
        sessions=[session("s", audience=["late"])],
        meetings=[out("late", "b")],
    )
    # Late cannot attend, and is blocked all the same.
    assert reason(instance, hold("s", "10:00")) == (
        "at each of its 1 possible places and times a plenary blocks a party"
    )


def test_the_way_is_too_long():
    far = city(
        "lisbon",
        {"id": "far", "tables": 1},
        zone="Europe/Lisbon",
        opening=(hours("10:00", "11:00", "2025-03-10"),),
    )
    instance = make(
        *("a", "b", "c"),
        cities=[SHORT, far],
        travel={"links": [{"from": "madrid", "to": "lisbon", "duration": "2h"}]},
        meetings=[meeting("m", "a", "c", cities=["madrid"]), out("a", "b", cities=["lisbon"])],
    )
    assert reason(instance, put("m", "10:30")) == BOTH + "a party could not get there or away in time"


def test_the_order_would_be_wrong():
    instance = make(
        *("a", "b", "c", "d"),
        cities=[SHORT],
        meetings=[meeting("m", "c", "d"), out("a", "b")],
        precedences=[{"before": "m", "after": "out", "min_gap": "1h"}],
    )
    assert (
        reason(instance, put("m", "10:00")) == BOTH + "it would stand in the wrong order or on the wrong date"
    )


def test_breaks_would_be_too_unequal():
    long = city(opening=(hours("10:00", "12:00", "2025-03-10"),))
    instance = make(
        *("a", "b", "c"),
        cities=[long],
        fairness={"breaks": 0},
        meetings=[meeting("m", "a", "c"), out("a", "b", windows=[hours("11:00", "12:00")])],
    )
    assert reason(instance, put("m", "10:00")) == BOTH + "it would make breaks too unequal"


# -- interpreters --------------------------------------------------------------------------------

KOREAN = {"id": "korean", "languages": ["ko", "es"], "city": "madrid"}
SPOKEN = [{"id": name, "languages": [name[:2]]} for name in ("ko-1", "ko-2", "es-1", "es-2", "ja-1")]


def talking(*meetings, pools=(KOREAN,), **more):
    given = {"delegations": SPOKEN, "cities": [SHORT], "interpreters": pools, "meetings": meetings}
    return make(**given | more)


def test_no_interpreter_is_free():
    instance = talking(meeting("m", "ko-1", "es-1", duration="1h"), out("ko-2", "es-2"))
    busy = put("m", "10:00", interpreter=("korean", 1))
    assert reason(instance, busy) == BOTH + "no suitable interpreter is free"
    assert reason(talking(out("ja-1", "es-1"))) == BOTH + "no suitable interpreter is free"
    elsewhere = {"cities": [SHORT, city("lisbon", {"id": "far"}, zone="Europe/Lisbon")]}
    abroad = talking(out("ko-1", "es-1"), pools=[KOREAN | {"city": "lisbon"}], **elsewhere)
    assert reason(abroad) == BOTH + "no suitable interpreter is free"


def test_an_interpreter_is_free_and_something_else_is_in_the_way():
    instance = talking(
        meeting("m", "ko-1", "es-1"),
        out("ko-1", "es-2"),
        pools=[KOREAN | {"count": 2}],
        load={"meetings_per_day": 1},
    )
    assert reason(instance, put("m", "10:00", interpreter=("korean", 1))) == (
        "of its 2 possible places and times, at 1 ko-1 is engaged, "
        "at 1 it would be more than a party's limits allow"
    )


def test_the_second_interpreter_is_free():
    instance = talking(
        meeting("m", "ko-1", "es-1", duration="1h"),
        out("ko-2", "es-2"),
        pools=[KOREAN | {"count": 2}],
        objective=[],
    )
    said = reason(instance, put("m", "10:00", interpreter=("korean", 1)))
    assert said == BOTH + "it would fit, and the schedule as a whole would be no worse"


# -- sessions with talks -------------------------------------------------------------------------


def told(*speakers, meetings=(), **more):
    talks = [{"id": f"t{n}", "duration": "30min", "speaker": who} for n, who in enumerate(speakers)]
    return make(
        "b",
        participants=[{"id": "ada"}, {"id": "bob"}],
        cities=[SHORT],
        sessions=[session("out", talks=talks, mandatory=False)],
        meetings=meetings,
        **more,
    )


ONCE = "at each of its 1 possible places and times "


def test_a_session_is_held_with_its_talks():
    free = told("ada", "bob", objective=[])
    assert reason(free) == ONCE + "it would fit, and the schedule as a whole would be no worse"
    early = told("ada", "bob", meetings=[meeting("m", "ada", "b")], objective=[])
    assert (
        reason(early, put("m", "10:00"))
        == ONCE + "it would fit, and the schedule as a whole would be no worse"
    )


def test_there_is_no_time_for_the_talks():
    instance = told("ada", "bob", meetings=[meeting("n", "bob", "ada")])
    # Both are engaged at ten, and their talks cannot be at once.
    assert (
        reason(instance, put("n", "10:00"))
        == ONCE + "there is no time for its talks, or a speaker is engaged"
    )


# -- the objective -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("objective", "said"),
    [
        ([], "it would fit, and the schedule as a whole would be no worse"),
        ([{"term": "requests"}], "it would fit, and the schedule as a whole would be no worse"),
        ([{"term": "lateness"}], "it would fit, but the schedule as a whole would be worse"),
        (
            [{"term": "lateness", "level": 2}, {"term": "requests", "level": 1}],
            "it would fit, and the schedule as a whole would be no worse",
        ),
        (
            [{"term": "lateness", "level": 1}, {"term": "requests", "level": 2}],
            "it would fit, but the schedule as a whole would be worse",
        ),
    ],
)
def test_what_would_fit_is_compared_level_by_level(objective, said):
    late = out("a", "b", due=moment("10:00"))
    instance = make("a", "b", cities=[SHORT], meetings=[late], objective=objective)
    assert reason(instance) == BOTH + said


def test_an_objective_that_does_not_charge_requests_leaves_them_out():
    late = out("a", "b", due=moment("10:00"))
    instance = make("a", "b", cities=[SHORT], meetings=[late], objective=[{"term": "lateness"}])
    (unscheduled,) = solve(instance, SolveOptions(workers=1)).solution.unscheduled
    assert counted(unscheduled) == BOTH + "it would fit, but the schedule as a whole would be worse"
