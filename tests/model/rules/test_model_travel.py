"""Rule 7 in the model: time for the way, within a venue, within a city, between cities."""

import pytest
from support.fixing import breaks, keeps
from support.making import DATE, city, hold, hours, make, meeting, moment, put, session

from scheduler.domain import RuleName

PARTIES = ("a", "b", "c")
MEETINGS = [meeting("m", "a", "b"), meeting("n", "a", "c")]


def house(*venues, **more):
    """Return an instance of one city with some venues, each of one area of its name."""
    cities = [city() | {"venues": [_venue(*v) for v in venues]} | more]
    return make(*PARTIES, grid="5min", cities=cities, meetings=MEETINGS)


def _venue(name, rooms=1, change="0min"):
    areas = [{"id": f"{name}{n or ''}", "tables": 1} for n in range(rooms)]
    return {"id": f"venue-{name}", "room_change": change, "rooms": areas}


def to(start, end, minutes):
    return {"from": f"venue-{start}", "to": f"venue-{end}", "duration": f"{minutes}min"}


@pytest.mark.parametrize(
    ("there", "takes"),
    [
        (house(("x",), ("y",)), 0),
        (house(("x",), ("y",), transfer="20min"), 20),
        (house(("x",), ("y",), transfer="20min", transfers=[to("y", "x", 35)]), 35),
        (house(("x",), ("y",), ("z",), transfer="40min", transfers=[to("x", "z", 10), to("z", "y", 15)]), 25),
        (house(("x",), ("y",), ("z",), transfer="10min", transfers=[to("x", "y", 50)]), 20),
    ],
)
def test_between_two_venues_the_shortest_way(there, takes):
    first = put("m", "10:00", "x")
    clock = f"10:{30 + takes:02d}" if takes < 30 else f"11:{takes - 30:02d}"
    keeps(there, first, put("n", clock, "y"))
    keeps(there, put("n", "10:00", "x"), put("m", clock, "y"))
    if takes:
        early = moment(clock).timestamp() - 300
        earlier = moment("00:00").fromtimestamp(early, moment("00:00").tzinfo).strftime("%H:%M")
        breaks(RuleName.TRAVEL, there, first, put("n", earlier, "y"))


@pytest.mark.parametrize(
    ("venues", "more", "late", "early"),
    [
        ([("x", 2, "15min")], {}, "10:45", "10:40"),
        ([("x", 2, "15min"), ("y",)], {"transfer": "5min"}, "10:40", "10:35"),  # out and in again is quicker
    ],
)
def test_between_two_rooms_of_a_venue(venues, more, late, early):
    instance = house(*venues, **more)
    keeps(instance, put("m", "10:00", "x"), put("n", late, "x1"))
    keeps(instance, put("m", "10:00", "x"), put("n", "10:30", "x"))  # in one room it takes no time
    breaks(RuleName.TRAVEL, instance, put("m", "10:00", "x"), put("n", early, "x1"))


# -- between cities ------------------------------------------------------------------------------

LISBON = city("lisbon", {"id": "lisbon-area", "tables": 1}, zone="Europe/Lisbon")
PARIS = city("paris", {"id": "paris-area", "tables": 1}, zone="Europe/Paris")


def cities(*links):
    return make(*PARTIES, cities=[city(), LISBON, PARIS], travel={"links": links}, meetings=MEETINGS)


def lisbon(name, clock):
    return put(name, clock, "lisbon-area", zone="Europe/Lisbon")


def paris(name, clock):
    return put(name, clock, "paris-area", zone="Europe/Paris")


def link(start, end, duration="1h", **more):
    return {"from": start, "to": end, "duration": duration} | more


def test_a_link_one_may_take_at_any_time():
    instance = cities(link("madrid", "lisbon", access="15min", egress="15min"))
    first = put("m", "10:00")  # free at 10:30, ready at 12:00, which is 11:00 in Lisbon
    keeps(instance, first, lisbon("n", "11:00"))
    breaks(RuleName.TRAVEL, instance, first, lisbon("n", "10:30"))


def test_a_link_goes_one_way_unless_it_says_both():
    back = (lisbon("m", "09:00"), put("n", "12:00"))  # 9:30 there is 10:30 here, and an hour of way
    breaks(RuleName.TRAVEL, cities(link("madrid", "lisbon")), *back)
    keeps(cities(link("madrid", "lisbon", both_ways=True)), *back)
    breaks(RuleName.TRAVEL, cities(), *back)


def test_a_timetable_and_the_last_departure():
    rail = link(
        "madrid", "lisbon", access="10min", departures=["10:30", {"depart": "11:00", "arrive": "12:30"}]
    )
    instance = cities(rail)
    keeps(instance, put("m", "10:00"), lisbon("n", "12:30"))  # the train of 11:00
    breaks(RuleName.TRAVEL, instance, put("m", "10:00"), lisbon("n", "12:00"))
    keeps(
        instance, put("m", "09:30"), lisbon("n", "10:30")
    )  # the train of 10:30 is there at 11:30, 10:30 there
    breaks(RuleName.TRAVEL, instance, put("m", "10:30"), lisbon("n", "17:00"))  # none any more


def test_a_departure_of_one_date():
    only = {"depart": "12:00", "dates": ["2025-03-11"]}
    instance = cities(link("madrid", "lisbon", departures=[only]))
    breaks(RuleName.TRAVEL, instance, put("m", "10:00"), lisbon("n", "15:00"))


def test_a_change_on_the_way():
    first = link("madrid", "paris", "30min", access="10min", egress="20min")
    second = link("paris", "lisbon", "30min", access="10min", egress="20min")
    instance = cities(first, second)
    # Free at 9:30; in Paris at 10:10, ready at 10:30; in Lisbon at 11:10, ready at 11:30: 10:30 there.
    keeps(instance, put("m", "09:00"), lisbon("n", "10:30"))
    breaks(RuleName.TRAVEL, instance, put("m", "09:00"), lisbon("n", "10:00"))
    keeps(cities(first, second, link("madrid", "lisbon", "30min")), put("m", "09:00"), lisbon("n", "09:00"))


def test_the_way_over_an_engagement_between():
    links = [link("madrid", "paris", both_ways=True), link("paris", "lisbon", both_ways=True)]
    meetings = [*MEETINGS, meeting("o", "a", "b")]
    instance = make(*PARTIES, cities=[city(), LISBON, PARIS], travel={"links": links}, meetings=meetings)
    over = (put("m", "09:00"), paris("o", "10:30"))
    keeps(instance, *over, lisbon("n", "11:00"))
    breaks(RuleName.TRAVEL, instance, *over, lisbon("n", "10:30"))


def test_an_audience_travels_and_whoever_is_not_chosen_does_not():
    instance = make(
        *("b",),
        cities=[city(), LISBON],
        delegations=[{"id": "split", "split": "members"}],
        participants=[{"id": "s-1", "delegation": "split"}, {"id": "s-2", "delegation": "split"}],
        travel={"links": [link("madrid", "lisbon")]},
        sessions=[session("s", audience=["s-1"], cities=["madrid"])],
        meetings=[meeting("m", "split", "b", cities=["lisbon"])],
    )

    def sent(who):
        return put("m", "10:00", "lisbon-area", 1, who, zone="Europe/Lisbon")

    plenary = hold("s", "09:30")  # over at 10:30, half past nine there
    keeps(instance, plenary, sent("s-2"))
    breaks(RuleName.TRAVEL, instance, plenary, sent("s-1"))


def test_overnight():
    two_days = (hours("09:00", "18:00", DATE), hours("09:00", "18:00", "2025-03-11"))
    night = link("madrid", "lisbon", departures=[{"depart": "22:00", "arrive": "08:00"}])
    far = LISBON | {"opening": two_days}
    instance = make(*PARTIES, cities=[city(), far], travel={"links": [night]}, meetings=MEETINGS)
    keeps(
        instance, put("m", "17:30"), put("n", "09:00", "lisbon-area", date="2025-03-11", zone="Europe/Lisbon")
    )
    breaks(RuleName.TRAVEL, instance, put("m", "10:00"), lisbon("n", "17:30"))
