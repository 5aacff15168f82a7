"""Rule 1 in the model: placed once, on the grid, inside an opening; talks inside their session."""

import pytest
from support.fixing import breaks, feasible, keeps, model_of, unplaceable
from support.making import DATE, city, hold, hours, make, meeting, moment, put, session

from scheduler.domain import RuleName
from scheduler.problem import discretise

TALKS = [
    {"id": "t1", "duration": "30min", "speaker": "ada"},
    {"id": "t2", "duration": "30min", "speaker": "bob"},
]
PEOPLE = [{"id": "ada"}, {"id": "bob"}]


def test_what_is_mandatory_is_placed_and_what_is_not_may_be():
    instance = make(
        *("a", "b"),
        meetings=[
            meeting("must", "a", "b", mandatory=True),
            meeting("pinned", "a", "b", pin={"start": moment("15:00")}),
            meeting("may", "a", "b"),
        ],
    )
    pinned = put("pinned", "15:00")
    keeps(instance, put("must", "10:00"), pinned)
    keeps(instance, put("must", "10:00"), put("may", "11:00"), pinned)
    breaks(RuleName.PLACEMENT, instance, put("may", "11:00"), pinned)
    breaks(RuleName.PLACEMENT, instance, put("must", "10:00"))


def test_nothing_is_placed_twice():
    instance = make("a", "b", meetings=[meeting("m", "a", "b")])
    unplaceable(RuleName.PLACEMENT, instance, put("m", "10:00"), put("m", "11:00"))
    for mandatory in (True, False):
        context = model_of(make("a", "b", meetings=[meeting("m", "a", "b", mandatory=mandatory)]))
        for option in context.problem.tasks[0].options[:2]:
            context.logic.require(context.variables.at(option))
        assert not feasible(context)


@pytest.mark.parametrize("clock", ["10:15", "08:30", "17:45", "18:00", "12:30", "13:30"])
def test_a_start_is_on_the_grid_and_inside_one_opening(clock):
    opening = (hours("09:00", "13:00", DATE), hours("14:00", "18:00", DATE))
    instance = make(
        "a", "b", cities=[city(opening=opening)], meetings=[meeting("m", "a", "b", duration="1h")]
    )
    unplaceable(RuleName.PLACEMENT, instance, put("m", clock))
    for good in ("09:00", "12:00", "14:00", "17:00"):
        keeps(instance, put("m", good))


def test_two_openings_that_touch_are_two_and_two_that_overlap_are_each_one():
    touching = (hours("09:00", "11:00", DATE), hours("11:00", "12:00", DATE))
    overlapping = (hours("09:00", "11:00", DATE), hours("10:00", "12:00", DATE))
    for opening, good in ((touching, False), (overlapping, True)):
        cities = [city(opening=opening)]
        instance = make("a", "b", cities=cities, meetings=[meeting("m", "a", "b", duration="1h")])
        if good:
            keeps(instance, put("m", "10:30"))
        else:
            unplaceable(RuleName.PLACEMENT, instance, put("m", "10:30"))
        starts = [option.start for option in discretise(instance).tasks[0].options]
        assert len(starts) == len(set(starts))


def told(**more):
    return make(participants=PEOPLE, sessions=[session("s", duration="1h30", talks=TALKS, **more)])


def test_talks_are_placed_with_their_session():
    instance = told(mandatory=False)
    whole = (hold("s", "10:00"), hold("t1", "10:00"), hold("t2", "11:00"))
    keeps(instance, *whole)
    keeps(instance)
    breaks(RuleName.PLACEMENT, instance, *whole[:2])
    breaks(RuleName.PLACEMENT, instance, *whole[1:])
    breaks(RuleName.PLACEMENT, instance, whole[0])


def test_talks_are_inside_their_session_in_its_room_and_apart():
    rooms = ({"id": "hall"}, {"id": "chamber"})
    instance = make(
        participants=PEOPLE,
        cities=[city("madrid", *rooms)],
        sessions=[session("s", duration="1h30", talks=TALKS)],
    )
    start, first = hold("s", "10:00"), hold("t1", "10:30")
    keeps(instance, start, first, hold("t2", "11:00"))
    for second in (
        hold("t2", "11:30"),
        hold("t2", "09:30"),
        hold("t2", "10:00", "chamber"),
        hold("t2", "10:30"),
    ):
        breaks(RuleName.PLACEMENT, instance, start, first, second)
    unplaceable(RuleName.PLACEMENT, instance, start, first, hold("t2", "10:45"))


def test_what_is_mandatory_and_has_no_place_makes_the_model_infeasible():
    instance = make("a", "b", meetings=[meeting("m", "a", "b", mandatory=True, dates=["2025-03-11"])])
    breaks(RuleName.PLACEMENT, instance)
