"""Dates, times and lengths in the spellings that people and spreadsheets have for them."""

import datetime as dt

import pytest

from scheduler.reading.workbook.times import (
    UnfitError,
    read_clock,
    read_date,
    read_interval,
    read_length,
    read_moment,
    read_window,
)


@pytest.mark.parametrize(
    "written",
    [
        "2017-11-20", "20/11/2017", "20.11.2017", "11/20/2017", "20-11-2017", "2017/11/20", 43059.0,
        "20171120", 20171120.0, "20 Nov 2017", "Nov 20, 2017", "Monday, 20 November 2017",
        "20 de noviembre de 2017", "2017年11月20日", dt.datetime(2017, 11, 20), dt.date(2017, 11, 20),
        "2017-11-20 00:00:00",
        "\uff12\uff10\uff11\uff17-11-20",
    ],
)  # fmt: skip
def test_a_date_in_any_spelling(written):
    assert read_date(written) == dt.date(2017, 11, 20)


def test_a_date_that_means_two_is_refused_unless_the_order_is_said():
    with pytest.raises(UnfitError, match="could be 2017-04-03 or 2017-03-04"):
        read_date("03/04/2017")
    assert read_date("03/04/2017", "day first") == dt.date(2017, 4, 3)
    assert read_date("03/04/2017", "month first") == dt.date(2017, 3, 4)
    assert read_date("03.04.2017") == dt.date(2017, 4, 3)  # with dots the day is first everywhere
    assert read_date("04/04/2017") == dt.date(2017, 4, 4)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("31/02/2017", "does not exist"),
        ("20/11/17", "four digits for the year"),
        ("soon", "should be a date such as"),
        (True, "should be a date such as"),
        (12.0, "should be a date such as"),
        (43059.5, "should be a date such as"),
        ("20 Foo 2017", "should be a date such as"),
        (dt.datetime(2017, 11, 20, 9), "has a time of day"),
        (dt.time(9), "should be a date such as"),
    ],
)
def test_what_is_no_date(written, message):
    with pytest.raises(UnfitError, match=message):
        read_date(written)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("9:00", "09:00"), ("9h30", "09:30"), ("9h", "09:00"), ("9.30", "09:30"), ("0.375", "09:00"),
        ("0,375", "09:00"), (0.375, "09:00"), ("9 am", "09:00"), ("12:30 pm", "12:30"), ("12 am", "00:00"),
        ("24:00", "24:00"), ("09:00:00", "09:00"), (dt.time(9, 30), "09:30"), (dt.timedelta(days=1), "24:00"),
        ("PT24H00M00S", "24:00"), ("\uff19\uff1a\uff13\uff10", "09:30"), (0.0, "00:00"),
        (dt.datetime(1899, 12, 31, 9), "09:00"),
    ],
)  # fmt: skip
def test_a_time_of_day_in_any_spelling(written, clock):
    assert read_clock(written) == clock


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("9", "time of day such as"),
        (9.0, "time of day such as"),
        ("0.25", "time of day such as"),
        ("25:00", "time of day such as"),
        ("24:30", "time of day such as"),
        ("13 pm", "time of day such as"),
        (dt.time(9, 30, 20), "whole minute"),
        (dt.timedelta(days=2), "time of day such as"),
        (dt.datetime(2017, 11, 20, 9), "has a date"),
        (True, "time of day such as"),
    ],
)
def test_what_is_no_time_of_day(written, message):
    with pytest.raises(UnfitError, match=message):
        read_clock(written)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2017-11-20T09:30+01:00", "2017-11-20T09:30+01:00"),
        ("2017-11-20T09:30:00Z", "2017-11-20T09:30+00:00"),
        ("2017-11-20 9:30", "2017-11-20T09:30"),
        ("20/11/2017 9h30", "2017-11-20T09:30"),
        ("20.11.2017, 14:00", "2017-11-20T14:00"),
        ("20/11/2017 2 pm", "2017-11-20T14:00"),
        ("20 Nov 2017 24:00", "2017-11-21T00:00"),
        (43059.375, "2017-11-20T09:00"),
        (dt.datetime(2017, 11, 20, 9, 29, 59, 999_000), "2017-11-20T09:30"),
    ],
)
def test_a_moment_in_any_spelling(written, moment):
    assert read_moment(written) == moment


def test_a_date_without_a_time_is_its_beginning_or_its_end_where_that_makes_sense():
    assert read_moment("2017-11-20", bare="start") == "2017-11-20T00:00"
    assert read_moment(dt.date(2017, 11, 20), bare="end") == "2017-11-21T00:00"
    with pytest.raises(UnfitError, match="has no time of day"):
        read_moment("2017-11-20")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("03/04/2017 10:00", "could be"),
        ("03/04/2017", "could be"),
        ("2017-13-20T09:30", "does not exist"),
        ("31/02/2017", "does not exist"),
        ("soon", "should be a date and time"),
        (dt.datetime(2017, 11, 20, 9, 30, 20), "whole minute"),
        (7.5, "should be a date and time"),
    ],
)
def test_what_is_no_moment(written, message):
    with pytest.raises(UnfitError, match=message):
        read_moment(written)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("45min", "45min"), ("45", "45min"), (45.0, "45min"), ("1h30", "1h30"), ("1:30", "1h30"),
        (0.0625, "1h30"),
        ("1.5 h", "1h30"), ("1,5h", "1h30"), ("90'", "1h30"), ("2 hours", "2h"), ("90 minutos", "1h30"),
        (dt.time(0, 45), "45min"), (dt.timedelta(hours=26), "26h"), ("PT01H30M00S", "1h30"), (0, "0min"),
    ],
)  # fmt: skip
def test_a_length_of_time_in_any_spelling(written, length):
    assert read_length(written) == length


@pytest.mark.parametrize("written", ["soon", 1.5, -5.0, True, dt.datetime(2017, 11, 20), "1e9"])
def test_what_is_no_length_of_time(written):
    with pytest.raises(UnfitError, match="should be a length of time such as"):
        read_length(written)


def test_a_length_is_in_whole_minutes():
    with pytest.raises(UnfitError, match="whole minutes"):
        read_length(dt.time(0, 45, 20))


@pytest.mark.parametrize(
    ("written", "window"),
    [
        ("2017-11-21 09:00-12:00", {"date": "2017-11-21", "from": "09:00", "to": "12:00"}),
        ("20/11/2017 9h \u2013 12h30", {"date": "2017-11-20", "from": "09:00", "to": "12:30"}),
        ("09:00-24:00", {"from": "09:00", "to": "24:00"}),
        ("2017-11-21", {"date": "2017-11-21"}),
        ("20.11.2017", {"date": "2017-11-20"}),
        ("-12:00", {"to": "12:00"}),
        ("09:00-", {"from": "09:00"}),
        ("9 am - 1 pm", {"from": "09:00", "to": "13:00"}),
        ("09:00 to 12:00", {"from": "09:00", "to": "12:00"}),
    ],
)
def test_a_part_of_a_day(written, window):
    assert read_window(written) == window


@pytest.mark.parametrize(
    ("written", "message"), [("morning", "part of a day"), ("03/04/2017", "could be"), ("9", "part of a day")]
)
def test_what_is_no_part_of_a_day(written, message):
    with pytest.raises(UnfitError, match=message):
        read_window(written)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2017-11-21 09:00-12:00", "2017-11-21T09:00", "2017-11-21T12:00"),
        ("2017-11-21T09:00+01:00/2017-11-22T12:00+01:00", "2017-11-21T09:00+01:00", "2017-11-22T12:00+01:00"),
        ("20/11/2017 09:00 - 21/11/2017 12:00", "2017-11-20T09:00", "2017-11-21T12:00"),
        ("2017-11-21", "2017-11-21T00:00", "2017-11-22T00:00"),
        ("2017-11-21 18:00-24:00", "2017-11-21T18:00", "2017-11-22T00:00"),
    ],
)
def test_a_stretch_of_time(written, start, end):
    assert read_interval(written) == {"from": start, "to": end}


@pytest.mark.parametrize(
    ("written", "message"),
    [("09:00-12:00", "a stretch of time"), ("x", "a stretch"), ("03/04/2017", "could be")],
)
def test_what_is_no_stretch_of_time(written, message):
    with pytest.raises(UnfitError, match=message):
        read_interval(written)
