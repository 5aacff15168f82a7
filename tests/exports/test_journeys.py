from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from support.exported import relaxed, solutions
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of

from scheduler.domain import Instance, Solution
from scheduler.domain.times import UTC
from scheduler.exports.diaries import Diaries
from scheduler.exports.journeys import Rides

HAND_MADE = hand_made()


def test_the_journey_that_is_over_first_is_taken_on_the_clocks_of_its_cities() -> None:
    diary = Diaries(HAND_MADE, hand_placed()).engagements("praia")
    (leg,) = Rides(HAND_MADE).of(diary)
    assert (leg.mode, leg.start, leg.end) == ("plane", "lisbon", "madrid")
    assert leg.depart.isoformat() == "2025-03-29T13:10:00+00:00"
    assert leg.arrive.isoformat() == "2025-03-29T15:30:00+01:00"


def test_who_misses_the_plane_takes_the_night_train_through_the_night_of_summer_time() -> None:
    late = [p | {"start": "2025-03-29T12:00+00:00"} if p["activity"] == "islands" else p for p in PLACEMENTS]
    diary = Diaries(HAND_MADE, solution_of(late)).engagements("praia")
    (leg,) = Rides(HAND_MADE).of(diary)
    assert leg.mode == "night train"
    assert leg.arrive.isoformat() == "2025-03-30T08:40:00+02:00"
    assert leg.arrive.astimezone(UTC) - leg.depart.astimezone(UTC) == dt.timedelta(hours=9, minutes=10)


def test_a_journey_over_several_links_has_several_legs() -> None:
    given_ = facts()
    given_["cities"].append(
        {
            "id": "porto",
            "time_zone": "Europe/Lisbon",
            "opening": [{"date": "2025-03-29", "from": "09:00", "to": "10:00"}],
            "venues": [{"id": "v", "rooms": [{"id": "r"}]}],
        }
    )
    given_["travel"] = {
        "links": [
            {"from": "lisbon", "to": "porto", "mode": "AVE", "duration": "3h", "both_ways": True},
            {"from": "porto", "to": "madrid", "mode": "coach", "duration": "6h", "access": "15min"},
        ]
    }
    instance = Instance.model_validate(given_)
    legs = Rides(instance).of(Diaries(instance, hand_placed()).engagements("praia"))
    assert [(leg.mode, leg.start, leg.end) for leg in legs] == [
        ("AVE", "lisbon", "porto"),
        ("coach", "porto", "madrid"),
    ]
    assert legs[0].depart.isoformat() == "2025-03-29T11:30:00+00:00"
    assert legs[1].depart.isoformat() == "2025-03-29T14:45:00+00:00"


def test_where_no_links_lead_there_are_no_legs() -> None:
    instance = Instance.model_validate(facts() | {"travel": {"links": []}})
    assert Rides(instance).of(Diaries(instance, hand_placed()).engagements("praia")) == []


@relaxed
@given(solutions())
def test_there_are_legs_exactly_where_the_city_changes(solution: Solution) -> None:
    diaries = Diaries(HAND_MADE, solution)
    rides = Rides(HAND_MADE)
    for person in HAND_MADE.people:
        diary = sorted(
            diaries.engagements(person.id),
            key=lambda p: (p.start.astimezone(UTC), p.end.astimezone(UTC), p.activity.id),
        )
        changes = [
            (a.city.id, b.city.id)
            for a, b in pairwise(diary)
            if (a.city.id, b.city.id) == ("lisbon", "madrid")  # nothing leads back
        ]
        assert [(leg.start, leg.end) for leg in rides.of(diary)] == changes
