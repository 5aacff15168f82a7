"""Rule 11 in the model: meetings per day, engagements in a row, meals."""

import pytest
from support.fixing import breaks, keeps, model_of
from support.making import DATE, city, hold, hours, make, meeting, put, session

from scheduler.domain import RuleName

NEXT = "2025-03-11"
TWO_DAYS = (hours("09:00", "18:00", DATE), hours("09:00", "18:00", NEXT))
PARTIES = ("b", "c", "d", "e")
MEETINGS = [meeting(f"m{n}", "a", party) for n, party in enumerate(PARTIES)]


def loaded(load, sessions=(), **more):
    given = {"meetings": MEETINGS, "cities": [city(opening=TWO_DAYS)]} | more
    return make(*PARTIES, delegations=[{"id": "a", "load": load}], sessions=sessions, **given)


def at(*clocks):
    return [put(f"m{n}", clock) for n, clock in enumerate(clocks) if clock]


def test_meetings_are_counted_by_date():
    instance = loaded({"meetings_per_day": 2})
    keeps(instance, *at("10:00", "12:00"), put("m2", "10:00", date=NEXT))
    breaks(RuleName.LOAD, instance, *at("10:00", "12:00", "15:00"))
    breaks(RuleName.LOAD, loaded({"meetings_per_day": 0}), *at("10:00"))


def test_sessions_are_no_meetings():
    instance = loaded({"meetings_per_day": 1}, [session("s", parties=["a"])])
    keeps(instance, *at("10:00"), hold("s", "12:00"))


def test_only_the_meetings_that_somebody_goes_to_count():
    meetings = [meeting("m0", "split", "b"), meeting("m1", "split", "c")]
    instance = make(
        *("b", "c"),
        delegations=[{"id": "split", "split": "members", "load": {"meetings_per_day": 1}}],
        participants=[
            {"id": "s-1", "delegation": "split"},
            {"id": "s-2", "delegation": "split", "load": {"meetings_per_day": 2}},
        ],
        meetings=meetings,
    )

    def sent(first, second):
        return put("m0", "10:00", "area", 1, first), put("m1", "12:00", "area", 1, second)

    keeps(instance, *sent("s-1", "s-2"))
    keeps(instance, *sent("s-2", "s-2"))  # the own limit goes before the delegation's
    breaks(RuleName.LOAD, instance, *sent("s-1", "s-1"))


@pytest.mark.parametrize(
    ("load", "kept", "broken"),
    [
        ({"in_a_row": 2}, [("10:00", "10:30", "11:30"), ("10:00", "10:30")], [("10:00", "10:30", "11:00")]),
        ({"in_a_row": 1}, [("10:00", "11:00", "12:00")], [("10:00", "10:30"), ("09:00", "12:00", "11:30")]),
        (
            {"in_a_row": 2, "rest": "1h"},
            [("10:00", "11:00", "12:30"), ("10:00", "11:30", "12:00")],
            [("10:00", "11:00", "12:00"), ("12:00", "10:30", "11:00")],
        ),
        ({"in_a_row": 3}, [("10:00", "10:30", "11:00", "12:00")], [("10:00", "10:30", "11:00", "11:30")]),
    ],
)
def test_a_row_ends_with_a_rest(load, kept, broken):
    for clocks in kept:
        keeps(loaded(load), *at(*clocks))
    for clocks in broken:
        breaks(RuleName.LOAD, loaded(load), *at(*clocks))


def test_sessions_count_in_a_row_and_so_does_listening():
    for part in ({"parties": ["a"]}, {"audience": ["a"]}):
        instance = loaded({"in_a_row": 2}, [session("s", **part)])
        keeps(instance, hold("s", "10:00"), *at("11:00", "12:00"))
        breaks(RuleName.LOAD, instance, hold("s", "10:00"), *at("09:30", "11:00"))


def test_the_row_of_the_day_before_goes_on_only_without_a_rest():
    instance = loaded({"in_a_row": 1, "rest": "16h"})
    keeps(instance, put("m0", "16:30"), put("m1", "09:00", date=NEXT))
    breaks(RuleName.LOAD, instance, put("m0", "17:30"), put("m1", "09:00", date=NEXT))


LUNCH = {"meal": {"from": "12:00", "to": "14:00", "duration": "1h"}}


@pytest.mark.parametrize(
    ("clocks", "kept"),
    [
        (("11:30", "14:00"), True),
        (("12:00", "13:30"), True),
        (("12:30",), True),
        (("12:00", "12:30"), True),
        (("12:30", "13:30"), False),
        (("12:30", "13:00"), False),
        (("12:00", "13:00"), False),
        (("12:00", "13:00", "09:00"), False),
    ],
)
def test_a_meal_fits_between(clocks, kept):
    instance = loaded(LUNCH)
    if kept:
        keeps(instance, *at(*clocks))
    else:
        breaks(RuleName.LOAD, instance, *at(*clocks))


def test_a_session_may_not_take_all_the_meal():
    instance = loaded(LUNCH, [session("s", audience=["a"], duration="1h30")])
    keeps(instance, hold("s", "11:30"))
    breaks(RuleName.LOAD, instance, hold("s", "12:00"))
    breaks(RuleName.LOAD, instance, hold("s", "12:30"))


def test_each_date_has_its_meal():
    instance = loaded(LUNCH)
    first = [put("m0", "12:00"), put("m1", "13:30", date=NEXT)]
    keeps(instance, *first)
    breaks(RuleName.LOAD, instance, *first, put("m2", "12:30", date=NEXT))


def test_a_meal_is_taken_in_a_city_where_one_is_then():
    lisbon = city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon")
    links = {"links": [{"from": "madrid", "to": "lisbon", "duration": "5min"}]}
    instance = loaded(LUNCH, cities=[city(opening=TWO_DAYS), lisbon], travel=links)

    def far(name, clock):
        return put(name, clock, "far", zone="Europe/Lisbon")

    # Lunch is from 12 to 14 in Madrid and from 13 to 15 of its time in Lisbon.
    keeps(instance, put("m0", "12:30"), far("m1", "13:30"))  # 13 to 14 and 13:30 to 14:30
    keeps(instance, put("m0", "11:00"), far("m1", "11:30"), far("m2", "12:30"))  # 12:30 is 13:30
    breaks(RuleName.LOAD, instance, put("m0", "12:30"), far("m1", "12:30"))  # which is 13:30 in Madrid


def test_a_meal_over_midnight_that_is_the_end_of_the_day():
    late = {"meal": {"from": "23:00", "to": "24:00", "duration": "30min"}}
    opening = (hours("22:00", "24:00", DATE), hours("00:00", "02:00", NEXT))
    instance = loaded(late, cities=[city(opening=opening)])
    keeps(instance, *at("22:30", "23:00"))
    breaks(RuleName.LOAD, instance, *at("23:00", "23:30"))
    keeps(instance, *at("23:00"), put("m1", "00:00", date=NEXT))


def test_people_without_a_limit_are_left_alone():
    context = model_of(loaded({"in_a_row": 4, "meetings_per_day": 4}))
    with_limit = len(context.logic.cp.proto.constraints)
    assert with_limit == len(model_of(loaded({})).logic.cp.proto.constraints)  # limits nobody can reach


@pytest.mark.parametrize(
    ("load", "clocks"),
    [
        ({"meetings_per_day": 1}, ("10:00", "12:00")),
        ({"in_a_row": 1}, ("10:00", "10:30")),
        (LUNCH, ("12:30", "13:30")),
    ],
)
def test_limits_for_everybody(load, clocks):
    instance = make(*PARTIES, "a", meetings=MEETINGS, load=load)
    keeps(instance, *at("10:00"))
    breaks(RuleName.LOAD, instance, *at(*clocks))


# -- meetings in the whole programme -----------------------------------------------------------------------


def numbered(party, most, split="together"):
    members = [{"id": f"a-{n}", "delegation": "a"} for n in (1, 2)]
    own = {"meetings": {"most": most}}
    return make(
        *PARTIES,
        delegations=[{"id": "a", "split": split} | (own if party == "a" else {})],
        participants=[m | (own if m["id"] == party else {}) for m in members],
        meetings=[meeting("m0", "a", "b"), meeting("m1", "a", "c"), meeting("m2", "a-1", "d")],
    )


def test_a_delegation_holds_what_one_of_its_people_takes_part_in():
    keeps(numbered("a", 2), *at("10:00", "11:00"))
    keeps(numbered("a", 3), *at("10:00", "11:00", "12:00"))
    breaks(RuleName.LOAD, numbered("a", 2), *at("10:00", "11:00", "12:00"))
    sent = [put(f"m{n}", f"1{n}:00", "area", 1, f"a-{n + 1}") for n in (0, 1)]
    breaks(RuleName.LOAD, numbered("a", 2, "members"), *sent, put("m2", "12:00"))
    breaks(RuleName.LOAD, numbered("a", 0), *at("10:00"))


def test_a_member_holds_what_they_take_part_in():
    sent = [put(f"m{n}", f"1{n}:00", "area", 1, f"a-{n + 1}") for n in (0, 1)]
    keeps(numbered("a-1", 2, "members"), *sent, put("m2", "12:00"))
    breaks(RuleName.LOAD, numbered("a-1", 1, "members"), *sent, put("m2", "12:00"))
    keeps(numbered("a-2", 1, "members"), *sent, put("m2", "12:00"))
    breaks(RuleName.LOAD, numbered("a-2", 1), *at("10:00", "11:00", "12:00"))


def test_what_must_take_place_counts():
    meetings = [m | {"mandatory": True} for m in MEETINGS[:2]]
    instance = make(*PARTIES, delegations=[{"id": "a", "meetings": {"most": 1}}], meetings=meetings)
    breaks(RuleName.LOAD, instance, *at("10:00", "11:00"))
