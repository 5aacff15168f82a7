"""Rule 2: cities, venues, rooms, dates, windows, parts of the day, forbidden times."""

import pytest
from support.judging import said
from support.making import DATE, city, hold, hours, make, meeting, put, session

NEXT = "2025-03-11"


def instance(day_parts=None, **asked):
    far = city("porto-city", {"id": "far-area", "tables": 1}, opening=(hours("09:00", "18:00", DATE),))
    both_days = (hours("09:00", "18:00", DATE), hours("09:00", "18:00", NEXT))
    annex = {"id": "annex", "rooms": [{"id": "annex-area", "tables": 1}]}
    house = {"id": "house", "name": "The house", "rooms": [{"id": "area", "tables": 2}]}
    return make(
        *("porto", "turin"),
        cities=[city(opening=both_days, venues=[house, annex]), far],
        day_parts=day_parts or {},
        meetings=[meeting("m", "porto", "turin", duration="1h", **asked)],
    )


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"cities": ["madrid"]}, "may only be in Madrid"),
        ({"venues": ["house"]}, "is in porto-city-house and may only be in The house"),
        ({"rooms": ["area", "annex-area"]}, "is in far-area and may only be in area and annex-area"),
    ],
)
def test_an_activity_is_where_it_is_allowed(asked, wrong):
    assert said(instance(**asked), put("m", "10:00")) == []
    (message,) = said(instance(**asked), put("m", "10:00", "far-area"))
    assert message == f"windows: 'm' on 10 Mar 10:00-11:00 in Porto-City {wrong}"


def test_dates():
    on_monday = instance(dates=[DATE])
    assert said(on_monday, put("m", "10:00")) == []
    assert said(on_monday, put("m", "10:00", date=NEXT)) == [
        "windows: 'm' on 11 Mar 10:00-11:00 in Madrid may only be on 10 Mar"
    ]


@pytest.mark.parametrize(
    ("clock", "date", "right"),
    [
        ("09:00", DATE, True),
        ("10:00", DATE, True),
        ("10:30", DATE, False),  # one window is not continued by the next
        ("11:00", DATE, True),
        ("16:00", DATE, False),
        ("16:00", NEXT, True),
        ("17:00", NEXT, False),
    ],
)
def test_an_activity_lies_wholly_inside_one_of_its_windows(clock, date, right):
    three = [hours("09:00", "11:00"), hours("11:00", "12:00"), hours("16:00", "17:30", NEXT)]
    found = said(instance(windows=three), put("m", clock, date=date))
    assert (found == []) is right
    assert all(message.endswith("is not inside one of its windows") for message in found)


def test_a_part_of_the_day():
    morning = instance({"morning": hours("09:00", "13:30")}, day_part="morning")
    assert said(morning, put("m", "12:30")) == []
    assert said(morning, put("m", "13:00")) == [
        "windows: 'm' on 10 Mar 13:00-14:00 in Madrid is not in the morning"
    ]


def test_a_part_of_the_day_with_a_date_holds_on_that_date_alone():
    first_day = instance({"first": {"date": DATE}}, day_part="first")
    assert said(first_day, put("m", "17:00")) == []
    assert len(said(first_day, put("m", "17:00", date=NEXT))) == 1


@pytest.mark.parametrize(
    ("clock", "right"), [("12:00", True), ("12:30", False), ("13:30", False), ("14:00", True)]
)
def test_an_activity_overlaps_no_forbidden_window(clock, right):
    found = said(instance(forbidden=[hours("13:00", "14:00")]), put("m", clock))
    assert (found == []) is right
    assert all(message.endswith("overlaps its forbidden time 13:00-14:00") for message in found)


def test_a_forbidden_window_counts_on_every_date_that_the_activity_reaches_into():
    night = session("s", duration="2h", forbidden=[hours("00:00", "01:00", NEXT)])
    open_late = (hours("22:00", "24:00", DATE), hours("00:00", "02:00", NEXT))
    over_midnight = make(cities=[city(opening=open_late)], sessions=[night])
    found = said(over_midnight, hold("s", "23:00"))
    assert [message.partition(":")[0] for message in found] == ["placement", "windows"]
    assert said(over_midnight, hold("s", "22:00")) == []


def test_a_window_is_read_on_the_clock_of_the_city_where_the_activity_is():
    lisbon = city("lisbon", {"id": "lisbon-area", "tables": 1}, zone="Europe/Lisbon")
    either = make(
        *("porto", "turin"),
        cities=[city(), lisbon],
        meetings=[meeting("m", "porto", "turin", windows=[hours("09:00", "09:30")])],
    )
    assert said(either, put("m", "09:00")) == []
    assert said(either, put("m", "09:00", "lisbon-area", zone="Europe/Lisbon")) == []
    assert len(said(either, put("m", "10:00", "lisbon-area", zone="Europe/Lisbon"))) == 1


def test_talks_have_windows_too():
    talk = {"id": "t", "duration": "30min", "speaker": "ada", "windows": [hours("10:30", "11:00")]}
    talked = make(participants=[{"id": "ada"}], sessions=[session("s", talks=[talk], cities=["madrid"])])
    assert said(talked, hold("s", "10:00"), hold("t", "10:30")) == []
    (message,) = said(talked, hold("s", "10:00"), hold("t", "10:00"))
    assert message.startswith("windows: 't' ")
