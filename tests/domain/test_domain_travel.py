"""Journeys: the one that is over first, by links and timetables."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from scheduler.domain import Departure, Link, Travel
from scheduler.domain.times import UTC, elapsed, later
from scheduler.domain.travel import next_leg

ZONES = {
    "a": ZoneInfo("Europe/Madrid"),
    "b": ZoneInfo("Europe/London"),
    "c": UTC,
    "d": ZoneInfo("Asia/Kolkata"),
}


def link(start, end, duration="1h", **more):
    return Link.model_validate({"from": start, "to": end, "duration": duration, **more})


def moment(text, city="a"):
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONES[city])


def journey(*links, start="a", end="b", at="2025-03-10T10:00"):
    return Travel(links=links).journey(start, end, moment(at, start), ZONES)


def test_without_a_timetable_one_leaves_at_any_time():
    found = journey(link("a", "b", "2h30", access="20min", egress="10min", mode="coach"))
    (leg,) = found.legs
    assert (leg.start, leg.end, leg.mode) == ("a", "b", "coach")
    assert leg.depart == moment("2025-03-10T10:20")
    assert leg.arrive == moment("2025-03-10T11:50", "b")
    assert leg.arrive.tzinfo is ZONES["b"]
    assert found.ready == moment("2025-03-10T12:00", "b")


def test_no_links_no_journey():
    assert journey() is None
    assert journey(link("b", "a")) is None
    assert journey(link("a", "c")) is None


def test_a_link_may_go_both_ways():
    there = link("b", "a", "1h", both_ways=True)
    assert journey(there).ready == moment("2025-03-10T11:00")
    assert [leg.start for leg in journey(there, start="b", end="a").legs] == ["b"]
    assert {(out.start, out.end) for out in Travel(links=(there,)).leaving("a")} == {("a", "b")}


def test_where_one_is_already_there_is_nothing_to_travel():
    found = journey(link("a", "b"), end="a")
    assert found.legs == ()
    assert found.ready == moment("2025-03-10T10:00")


def test_the_first_arrival_wins_not_the_first_departure():
    slow = {"depart": "10:30", "arrive": "15:00"}
    quick = {"depart": "11:00", "arrive": "12:00"}
    found = journey(link("a", "b", departures=[slow, quick]))
    assert found.legs[0].depart == moment("2025-03-10T11:00")


def test_of_two_that_arrive_together_the_later_departure_is_taken():
    both = [{"depart": "10:30", "arrive": "12:00"}, {"depart": "11:00", "arrive": "12:00"}]
    assert journey(link("a", "b", departures=both)).legs[0].depart == moment("2025-03-10T11:00")


def test_a_departure_is_caught_to_the_minute_of_the_access():
    timetable = link("a", "b", departures=["10:30", "12:00"], access="30min")
    assert journey(timetable).legs[0].depart == moment("2025-03-10T10:30")
    assert journey(timetable, at="2025-03-10T10:01").legs[0].depart == moment("2025-03-10T12:00")


def test_a_daily_departure_that_is_missed_leaves_the_next_day():
    found = journey(link("a", "b", departures=["09:00"]))
    assert found.legs[0].depart == moment("2025-03-11T09:00")


def test_a_departure_leaves_on_its_dates_alone():
    dated = link("a", "b", departures=[{"depart": "09:00", "dates": ["2025-03-13", "2025-03-10"]}])
    assert journey(dated).legs[0].depart == moment("2025-03-13T09:00")
    assert journey(dated, at="2025-03-13T09:01") is None


def test_a_departure_is_on_the_clock_of_the_city_it_leaves_and_the_one_it_reaches():
    found = journey(link("a", "b", "1h", departures=[{"depart": "12:00", "arrive": "12:10"}]))
    assert elapsed(found.legs[0].depart, found.ready) == dt.timedelta(hours=1, minutes=10)


def test_an_arrival_earlier_on_the_clock_is_the_next_day():
    found = journey(link("a", "b", departures=[{"depart": "23:00", "arrive": "01:00"}]))
    assert found.ready == moment("2025-03-11T01:00", "b")


def test_an_arrival_not_given_is_the_duration_later():
    assert journey(link("a", "b", "2h", departures=["11:00"])).ready == moment("2025-03-10T12:00", "b")


def test_a_change_takes_both_links_access_and_egress():
    found = journey(link("a", "c", "1h", egress="15min"), link("c", "b", "1h", access="20min", egress="5min"))
    assert [leg.end for leg in found.legs] == ["c", "b"]
    assert found.legs[1].depart == later(found.legs[0].arrive, dt.timedelta(minutes=35))
    assert found.ready == later(found.legs[1].arrive, dt.timedelta(minutes=5))


def test_a_way_round_is_taken_when_it_is_quicker():
    assert len(journey(link("a", "b", "5h"), link("a", "c"), link("c", "b")).legs) == 2
    assert len(journey(link("a", "b", "2h"), link("a", "c"), link("c", "b")).legs) == 1


def test_two_links_between_the_same_cities_are_two_choices():
    found = journey(
        link("a", "b", "3h", mode="coach"), link("a", "b", "1h", departures=["10:30"], mode="train")
    )
    assert found.legs[0].mode == "train"


def test_a_bare_time_is_a_daily_departure():
    assert Departure.model_validate("09:30") == Departure(depart=dt.time(9, 30))
    assert Departure.model_validate(dt.time(9, 30)) == Departure(depart=dt.time(9, 30))
    with pytest.raises(ValidationError):
        Departure.model_validate({"arrive": "09:30"})


def test_a_link_takes_some_time():
    with pytest.raises(ValidationError, match="longer than nothing"):
        link("a", "b", "0min")


CLOCKS = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.sampled_from([0, 15, 40]))
DATES = st.lists(st.sampled_from(["2025-03-10", "2025-03-11", "2025-03-12"]), max_size=2, unique=True)
DEPARTURES = st.lists(
    st.fixed_dictionaries({"depart": CLOCKS, "dates": DATES}, optional={"arrive": CLOCKS}), max_size=3
)
MINUTES = st.sampled_from(["0min", "10min", "50min"])
LINKS = st.builds(
    lambda ends, **more: link(*ends, **more),
    st.permutations("abcd").map(lambda cities: cities[:2]),
    duration=st.sampled_from(["10min", "1h", "3h", "26h"]),
    access=MINUTES,
    egress=MINUTES,
    both_ways=st.booleans(),
    departures=DEPARTURES,
)


def rides(one, when):
    """All rides on a link that somebody could take, timetable by timetable day."""
    earliest = later(when, one.access)
    if not one.departures:
        yield earliest, later(earliest, one.duration)
    for departure in one.departures:
        days = departure.dates or [
            earliest.astimezone(ZONES[one.start]).date() + dt.timedelta(days=n) for n in range(4)
        ]
        for day in days:
            depart = dt.datetime.combine(day, departure.depart, ZONES[one.start])
            if departure.arrive is None:
                arrive = later(depart, one.duration)
            else:
                arrive = dt.datetime.combine(day, departure.arrive, ZONES[one.end])
                if arrive.timestamp() <= depart.timestamp():
                    arrive += dt.timedelta(days=1)
            if depart.timestamp() >= earliest.timestamp():
                yield depart, arrive


def every_arrival(links, city, end, when, been):
    """When somebody could be ready, by every way that goes through no city twice."""
    if city == end:
        yield when.timestamp()
        return
    ways = [one for one in links if one.start == city]
    ways += [
        one.model_copy(update={"start": one.end, "end": one.start})
        for one in links
        if one.both_ways and one.end == city
    ]
    for one in ways:
        if one.end not in been:
            for _, arrive in rides(one, when):
                yield from every_arrival(links, one.end, end, later(arrive, one.egress), {*been, one.end})


@settings(max_examples=150, deadline=None)
@given(st.lists(LINKS, max_size=4), st.integers(0, 23))
def test_no_way_is_over_sooner_than_the_journey(links, hour):
    at = dt.datetime(2025, 3, 10, hour, tzinfo=ZONES["a"])
    found = Travel(links=tuple(links)).journey("a", "b", at, ZONES)
    best = min(every_arrival(links, "a", "b", at, {"a"}), default=None)
    assert (found.ready.timestamp() if found else None) == best


@settings(max_examples=100, deadline=None)
@given(LINKS, st.integers(0, 1400), st.integers(0, 300))
def test_leaving_earlier_never_means_arriving_later(one, minute, wait):
    at = later(dt.datetime(2025, 3, 10, tzinfo=ZONES[one.start]), dt.timedelta(minutes=minute))
    now, after = next_leg(one, at, ZONES), next_leg(one, later(at, dt.timedelta(minutes=wait)), ZONES)
    assert after is None or (now is not None and now.arrive.timestamp() <= after.arrive.timestamp())
