"""Durations, moments, dates, windows: how they are read, and arithmetic across changes of the clock."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from scheduler.domain import Interval, Window
from scheduler.domain.times import (
    UTC,
    Clock,
    Date,
    Duration,
    Moment,
    PositiveDuration,
    ZoneName,
    at,
    elapsed,
    format_duration,
    later,
    parse_duration,
)

MADRID = ZoneInfo("Europe/Madrid")
MINUTE = dt.timedelta(minutes=1)
SPRING = dt.date(2025, 3, 30)
"""The day on which Madrid's clocks go from 02:00 to 03:00."""


def read(kind, value, zone=None):
    return TypeAdapter(kind).validate_python(value, context={"time_zone": zone})


def refusal(kind, value, zone=None):
    with pytest.raises(ValidationError) as caught:
        read(kind, value, zone)
    return caught.value.errors()[0]["msg"].removeprefix("Value error, ")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45min", 45),
        ("45 min", 45),
        ("45m", 45),
        ("1 minute", 1),
        ("90 minutes", 90),
        ("1h30", 90),
        ("1h30min", 90),
        ("1h 30 min", 90),
        ("2h", 120),
        ("2 hours", 120),
        ("1 hour", 60),
        (" 1H05 ", 65),
        ("0min", 0),
    ],
)
def test_a_duration_is_hours_and_minutes(text, minutes):
    assert parse_duration(text) == minutes * MINUTE


@pytest.mark.parametrize("text", ["", " ", "45", "soon", "1.5h", "-5min", "1h-5", "h", "1d", "99999h"])
def test_a_duration_needs_a_unit_and_whole_numbers(text):
    with pytest.raises(ValueError, match="should be a duration such as 45min, 1h30 or 2h"):
        parse_duration(text)


@pytest.mark.parametrize("length", [dt.timedelta(seconds=90), dt.timedelta(minutes=-5)])
def test_a_timedelta_should_be_whole_minutes(length):
    assert parse_duration(dt.timedelta(minutes=5)) == 5 * MINUTE
    with pytest.raises(ValueError, match="whole minutes"):
        parse_duration(length)


@given(st.integers(0, 99_999))
def test_a_duration_is_written_as_it_is_read(minutes):
    assert parse_duration(format_duration(minutes * MINUTE)) == minutes * MINUTE


@pytest.mark.parametrize(("minutes", "text"), [(45, "45min"), (60, "1h"), (65, "1h05"), (0, "0min")])
def test_durations_are_written_shortly(minutes, text):
    assert format_duration(minutes * MINUTE) == text
    assert TypeAdapter(Duration).dump_python(minutes * MINUTE, mode="json") == text


def test_some_durations_are_longer_than_nothing():
    assert read(PositiveDuration, "1min") == MINUTE
    assert read(Duration, "0min") == dt.timedelta(0)
    assert refusal(PositiveDuration, "0min") == "should be longer than nothing"


@pytest.mark.parametrize(("text", "clock"), [("09:30", (9, 30)), ("9:30", (9, 30)), ("24:00", (0, 0))])
def test_a_clock_is_hours_and_minutes(text, clock):
    assert read(Clock, text) == dt.time(*clock)
    assert read(Clock, dt.time(*clock)) == dt.time(*clock)
    assert TypeAdapter(Clock).dump_python(dt.time(9, 5), mode="json") == "09:05"


@pytest.mark.parametrize("text", ["24:01", "25:00", "9", "09:60", "9.30", "", "noon", "09:30:15"])
def test_no_other_clock(text):
    assert refusal(Clock, text) == 'should be a time of day such as "09:30"'


def test_a_date_is_a_date():
    assert read(Date, "2017-11-20") == dt.date(2017, 11, 20)
    assert read(Date, dt.date(2017, 11, 20)) == dt.date(2017, 11, 20)


@pytest.mark.parametrize(
    "value", ["2017-11-31", "20171120", "2017-W47-1", 0, 20171120, "", dt.datetime(2017, 1, 1)]
)
def test_no_number_and_no_other_text_is_a_date(value):
    assert refusal(Date, value) == "should be a date such as 2017-11-20"


@pytest.mark.parametrize("year", ["0001", "1899", "3000", "9999"])
def test_years_in_which_arithmetic_could_overflow_are_refused(year):
    assert refusal(Date, f"{year}-12-31") == "should be in the years 1900 to 2999"
    assert refusal(Moment, f"{year}-12-31T12:00+00:00") == "should be in the years 1900 to 2999"


def test_a_moment_keeps_its_offset_and_takes_the_programmes_zone_without_one():
    assert read(Moment, "2017-11-20T09:30+09:00").utcoffset() == dt.timedelta(hours=9)
    assert read(Moment, "2017-11-20 09:30", MADRID) == dt.datetime(2017, 11, 20, 8, 30, tzinfo=UTC)
    assert read(Moment, dt.datetime(2017, 11, 20, 9, 30), MADRID).tzinfo is MADRID
    assert read(Moment, "2017-11-20T09:30Z", MADRID).utcoffset() == dt.timedelta(0)


def test_a_moment_without_any_offset_is_refused():
    assert refusal(Moment, "2017-11-20T09:30").startswith(
        "has no offset, and nothing says which time zone it is in: write one"
    )
    with pytest.raises(ValidationError, match="has no offset"):
        TypeAdapter(Moment).validate_python("2017-11-20T09:30")


@pytest.mark.parametrize("value", ["2017-11-20", "soon", "", 5, "2017-11-20T25:00", "09:30"])
def test_no_other_moment(value):
    assert refusal(Moment, value, MADRID) == "should be a date and time such as 2017-11-20T09:30"


@pytest.mark.parametrize("value", ["2017-11-20T09:30:15", "2017-11-20T09:30:00.5"])
def test_a_moment_is_a_whole_minute(value):
    assert refusal(Moment, value, MADRID) == "should be a whole minute"


def test_a_moment_is_written_with_its_offset():
    moment = read(Moment, "2017-11-20T09:30", MADRID)
    assert TypeAdapter(Moment).dump_python(moment, mode="json") == "2017-11-20T09:30+01:00"


def test_a_zone_is_one_of_the_iana():
    assert read(ZoneName, "Asia/Kolkata") == "Asia/Kolkata"
    assert refusal(ZoneName, "localtime").startswith("should be an IANA time zone")
    assert refusal(ZoneName, "Mars/Olympus") == "should be an IANA time zone such as Europe/Madrid"


def test_midnight_closes_the_day_as_an_end_and_opens_it_as_a_start():
    day = dt.date(2017, 11, 20)
    assert at(day, dt.time(0), UTC) == dt.datetime(2017, 11, 20, tzinfo=UTC)
    assert at(day, dt.time(0), UTC, end=True) == dt.datetime(2017, 11, 21, tzinfo=UTC)
    assert at(day, dt.time(9), UTC, end=True) == dt.datetime(2017, 11, 20, 9, tzinfo=UTC)


def test_an_hour_is_missing_when_summer_time_begins():
    start, end = at(SPRING, dt.time(1), MADRID), at(SPRING, dt.time(4), MADRID)
    assert elapsed(start, end) == dt.timedelta(hours=2)
    assert later(start, dt.timedelta(hours=2)) == end
    assert later(start, dt.timedelta(hours=2)).hour == 4


@given(
    st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)),
    st.integers(-100_000, 100_000),
    st.sampled_from(["Europe/Madrid", "Asia/Kolkata", "America/New_York", "UTC"]),
)
def test_what_is_later_has_elapsed(naive, minutes, zone):
    start = naive.replace(tzinfo=ZoneInfo(zone))
    assert elapsed(start, later(start, minutes * MINUTE)) == minutes * MINUTE
    assert later(start, minutes * MINUTE).tzinfo is start.tzinfo


def test_an_interval_runs_forward():
    interval = read(Interval, {"from": "2017-11-20T09:30", "to": "2017-11-20T10:00"}, MADRID)
    assert elapsed(interval.start, interval.end) == 30 * MINUTE
    for end in ("2017-11-20T09:30", "2017-11-20T09:00"):
        message = refusal(Interval, {"from": "2017-11-20T09:30", "to": end}, MADRID)
        assert message == "`to` should be later than `from`"


def test_an_interval_is_measured_in_instants_not_by_the_clock():
    written = {"from": "2017-11-20T09:30+09:00", "to": "2017-11-20T09:00+01:00"}
    assert elapsed(read(Interval, written).start, read(Interval, written).end) == dt.timedelta(
        hours=7, minutes=30
    )


def test_a_window_without_a_date_holds_on_every_date():
    window = read(Window, {"from": "09:00", "to": "13:30"})
    assert window.on(dt.date(2017, 11, 20), MADRID) == (
        dt.datetime(2017, 11, 20, 9, tzinfo=MADRID),
        dt.datetime(2017, 11, 20, 13, 30, tzinfo=MADRID),
    )


def test_a_window_with_a_date_holds_on_that_date_alone():
    window = read(Window, {"date": "2017-11-20"})
    assert window.on(dt.date(2017, 11, 21), UTC) is None
    assert window.on(dt.date(2017, 11, 20), UTC) == (
        dt.datetime(2017, 11, 20, tzinfo=UTC),
        dt.datetime(2017, 11, 21, tzinfo=UTC),
    )


@pytest.mark.parametrize("midnight", ["00:00", "24:00"])
def test_a_window_may_end_at_midnight(midnight):
    window = read(Window, {"from": "22:00", "to": midnight})
    start, end = window.on(SPRING, UTC)
    assert elapsed(start, end) == dt.timedelta(hours=2)


def test_a_window_says_something_and_runs_forward():
    assert refusal(Window, {}) == "should have a date, a `from` or a `to`"
    assert refusal(Window, {"from": "10:00", "to": "10:00"}) == "`to` should be later than `from`"
    assert read(Window, Window(start=dt.time(9))) == Window(start=dt.time(9))


@pytest.mark.parametrize("said", [{"from": "00:00"}, {"to": "24:00"}])
@pytest.mark.parametrize("mode", ["json", "python"])
@pytest.mark.parametrize("by_alias", [True, False])
def test_a_window_of_the_whole_day_is_written_so_that_it_can_be_read(said, mode, by_alias):
    window = read(Window, said)
    short = window.model_dump(mode=mode, by_alias=by_alias, exclude_defaults=True)
    assert len(short) == 1
    assert read(Window, short) == window


@given(
    st.builds(
        Window,
        date=st.dates(dt.date(1900, 1, 1), dt.date(2999, 12, 31)),
        end=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    )
)
def test_a_window_is_written_as_it_is_read(window):
    assert read(Window, window.model_dump(mode="json", by_alias=True)) == window
