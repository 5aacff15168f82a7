"""The least time from one engagement to the next, against finding it in other ways."""

import datetime as dt
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.making import city, make

from scheduler.domain import City, Departure, Link, Travel
from scheduler.problem.clock import Clock
from scheduler.problem.places import Geography

ZONES = ("Europe/Madrid", "Europe/Lisbon", "Asia/Kolkata", "America/New_York")
DATES = ("2025-03-29", "2025-03-30", "2025-10-26")
WAITS = st.sampled_from((0, 5, 20, 45)).map(lambda minutes: dt.timedelta(minutes=minutes))
CLOCKS = st.sampled_from(("00:00", "01:30", "02:30", "03:00", "09:00", "14:15", "22:50", "23:59"))


def named(count):
    return [f"c{n}" for n in range(count)]


DEPARTURES = st.fixed_dictionaries(
    {"depart": CLOCKS},
    optional={
        "arrive": CLOCKS,
        "dates": st.lists(st.sampled_from(DATES), min_size=1, max_size=2, unique=True),
    },
).map(Departure.model_validate)


@st.composite
def links(draw, cities):
    start, end = draw(st.permutations(cities))[:2]
    return Link(
        start=start,
        end=end,
        duration=dt.timedelta(minutes=draw(st.sampled_from((10, 50, 60, 135, 600)))),
        access=draw(WAITS),
        egress=draw(WAITS),
        both_ways=draw(st.booleans()),
        departures=tuple(draw(st.lists(DEPARTURES, max_size=4))),
    )


@st.composite
def networks(draw):
    """Return cities in some zones and links between them."""
    cities = named(draw(st.integers(2, 4)))
    found = draw(st.lists(links(cities), max_size=6))
    return [(name, draw(st.sampled_from(ZONES))) for name in cities], found


def instance_of(cities, found):
    placed = [city(name, {"id": f"{name}-room"}, zone=zone) for name, zone in cities]
    return make(cities=placed, travel=Travel(links=tuple(found)))


MOMENTS = st.builds(
    lambda date, minute: dt.datetime.fromisoformat(f"{date}T00:00+00:00") + dt.timedelta(minutes=minute),
    st.sampled_from(DATES),
    st.integers(-120, 1560),
)


@settings(max_examples=300, deadline=None)
@given(networks(), MOMENTS)
def test_one_arrives_when_the_journey_says(network, moment):
    cities, found = network
    instance, clock = instance_of(cities, found), Clock()
    geography = Geography(instance, clock)
    for (here, _), (there, _) in permutations(cities, 2):
        journey = instance.travel.journey(here, there, moment, instance.zones)
        expected = None if journey is None else clock.minute(journey.ready)
        assert geography.arrival(here, clock.minute(moment), there) == expected


@settings(max_examples=60, deadline=None)
@given(networks(), MOMENTS, st.integers(1, 900))
def test_who_leaves_earlier_never_arrives_later_and_no_way_over_a_third_city_is_quicker(
    network, moment, later
):
    cities, found = network
    geography = Geography(instance_of(cities, found), Clock())
    names, end = [name for name, _ in cities], Clock().minute(moment)
    far = 10**12
    for here, there in permutations(names, 2):
        ready = geography.arrival(here, end, there) or far
        assert ready <= (geography.arrival(here, end + later, there) or far)
        for via in names:
            over = geography.arrival(here, end, via) if via != here else end
            if over is not None and via != there:
                assert ready <= (geography.arrival(via, over, there) or far)


# -- within a city -------------------------------------------------------------------------------


@st.composite
def towns(draw):
    """Return a city whose venues have two rooms each, and stated transfers between some of them."""
    venues = named(draw(st.integers(1, 4)))
    minutes = st.integers(0, 60).map(lambda n: f"{n}min")
    pairs = [pair for pair in product(venues, venues) if pair[0] < pair[1]]
    stated = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return City.model_validate(
        {
            "id": "town",
            "time_zone": "UTC",
            "opening": [{"date": "2025-03-10", "from": "09:00", "to": "18:00"}],
            "transfer": draw(minutes),
            "transfers": [{"from": a, "to": b, "duration": draw(minutes)} for a, b in stated],
            "venues": [
                {
                    "id": name,
                    "room_change": draw(minutes),
                    "rooms": [{"id": f"{name}-x"}, {"id": f"{name}-y"}],
                }
                for name in venues
            ],
        }
    )


def shortest(town, here, there):
    """Return the shortest way from a room to another, trying all ways over venues, in minutes."""
    if here.room is there.room:
        return dt.timedelta(0)
    stated = {frozenset((t.start, t.end)): t.duration for t in town.transfers}

    def length(way):
        return sum((stated.get(frozenset(pair), town.transfer) for pair in pairwise(way)), dt.timedelta(0))

    others = [v.id for v in town.venues if v.id not in (here.venue.id, there.venue.id)]
    between = [way for n in range(len(others) + 1) for way in permutations(others, n)]
    ways = [(here.venue.id, *way, there.venue.id) for way in between]
    found = [length(way) for way in ways if len(way) > 2 or here.venue is not there.venue]
    return min([*found, *([here.venue.room_change] if here.venue is there.venue else [])])


@settings(max_examples=80, deadline=None)
@given(towns())
def test_within_a_city_one_takes_the_shortest_way(town):
    geography = Geography(make(cities=[town]), Clock())
    for here, there in product(geography.places, repeat=2):
        expected = shortest(town, here, there) / dt.timedelta(minutes=1)
        assert geography.walk(here, there) == expected
        assert geography.ready(here, 100, there) == 100 + expected


# -- by hand -------------------------------------------------------------------------------------


def test_places_are_the_rooms_of_all_cities():
    geography = Geography(make(cities=[city(), city("lisbon", {"id": "far"}, zone="Europe/Lisbon")]), Clock())
    assert [(p.room.id, p.venue.id, p.city.id, p.zone.key) for p in geography.places] == [
        ("hall", "house", "madrid", "Europe/Madrid"),
        ("area", "house", "madrid", "Europe/Madrid"),
        ("far", "lisbon-house", "lisbon", "Europe/Lisbon"),
    ]
    assert geography.place("far") is geography.places[2]


@pytest.mark.parametrize(("minutes", "ready"), [(0, 60), (30, 90)])
def test_between_cities_one_takes_the_links(minutes, ready):
    instance = instance_of(
        [("c0", "UTC"), ("c1", "UTC"), ("c2", "UTC")],
        [Link(start="c0", end="c1", duration=dt.timedelta(hours=1))],
    )
    geography = Geography(instance, Clock())
    here, there, nowhere = geography.places
    assert geography.ready(here, minutes, there) == ready
    assert geography.ready(there, minutes, here) is None
    assert geography.ready(here, minutes, nowhere) is None
    assert geography.ready(here, minutes, here) == minutes
    assert geography.walk(here, here) == 0
