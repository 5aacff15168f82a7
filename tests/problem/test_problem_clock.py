"""Minutes and clocks, over changes of time; stretches of time."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.making import hours

from scheduler.domain import Window
from scheduler.problem.clock import Clock, inside, overlaps

ZONES = st.sampled_from(
    [
        "Europe/Madrid",
        "Europe/Lisbon",
        "Asia/Kolkata",
        "Asia/Seoul",
        "America/New_York",
        "Australia/Lord_Howe",
        "UTC",
    ]
).map(ZoneInfo)
MADRID = ZoneInfo("Europe/Madrid")
MINUTES = st.datetimes(dt.datetime(2016, 1, 1), dt.datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=dt.UTC)
)
SPRING, AUTUMN = dt.date(2025, 3, 30), dt.date(2025, 10, 26)


@given(MINUTES, ZONES)
def test_minutes_and_instants_are_one_to_one(moment, zone):
    clock = Clock()
    minute = clock.minute(moment.astimezone(zone))
    assert minute == clock.minute(moment) == moment.timestamp() / 60
    local = clock.moment(minute, zone)
    assert local.timestamp() == moment.timestamp()
    assert local.tzinfo is zone
    assert clock.date(minute, zone) == local.date()
    assert clock.minute_of_day(minute, zone) == local.hour * 60 + local.minute


@given(MINUTES, ZONES, st.integers(-3000, 3000))
def test_minutes_pass_whatever_the_clocks_do(moment, zone, later):
    clock = Clock()
    start = clock.minute(moment)
    passed = clock.moment(start + later, zone).timestamp() - moment.timestamp()
    assert passed == 60 * later


@pytest.mark.parametrize(
    ("date", "minutes"), [(SPRING, 23 * 60), (AUTUMN, 25 * 60), (dt.date(2025, 6, 1), 1440)]
)
def test_the_day_on_which_clocks_change(date, minutes):
    begin, end = Clock().window(Window(date=date), date, MADRID)
    assert end - begin == minutes


@pytest.mark.parametrize(
    ("date", "minutes"),
    [(SPRING, 60), (AUTUMN, 180), (dt.date(2025, 6, 1), 120)],
)
def test_a_window_over_the_change(date, minutes):
    window = Window.model_validate(hours("01:30", "03:30"))
    begin, end = Clock().window(window, date, MADRID)
    assert end - begin == minutes


def test_two_minutes_of_a_clock_that_was_put_back():
    clock = Clock()
    first = clock.minute(dt.datetime(2025, 10, 26, 2, 30, tzinfo=MADRID, fold=0))
    second = clock.minute(dt.datetime(2025, 10, 26, 2, 30, tzinfo=MADRID, fold=1))
    assert second - first == 60
    assert clock.minute_of_day(first, MADRID) == clock.minute_of_day(second, MADRID) == 150
    assert clock.moment(second, MADRID).fold == 1


def test_windows_that_hold_on_a_date():
    clock, date = Clock(), dt.date(2025, 3, 10)
    written = (
        hours("09:00", "10:00"),
        hours("09:00", "10:00", "2025-03-11"),
        hours("23:00", "24:00"),
    )
    windows = [Window.model_validate(window) for window in written]
    assert clock.window(windows[1], date, MADRID) is None
    found = clock.windows(windows, date, MADRID)
    midnight = clock.minute(dt.datetime(2025, 3, 10, tzinfo=MADRID))
    assert found == [(midnight + 540, midnight + 600), (midnight + 1380, midnight + 1440)]


def test_a_span_is_two_minutes():
    begin = dt.datetime(1970, 1, 1, 1, 0, tzinfo=MADRID)
    assert Clock().span((begin, begin + dt.timedelta(hours=1))) == (0, 60)


@given(*[st.integers(0, 20)] * 2, *[st.integers(1, 9)] * 2)
def test_overlapping_and_being_inside_are_about_the_minutes_in_between(start, other, length, wide):
    mine, others = set(range(start, start + length)), set(range(other, other + wide))
    assert overlaps(start, start + length, (other, other + wide)) == bool(mine & others)
    assert inside(start, start + length, (other, other + wide)) == (mine <= others)
