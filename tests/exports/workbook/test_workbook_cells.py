"""What cells say, and what they leave to `more`."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from scheduler.exports.workbook.cells import LONGEST, Cell, cell_of, is_short
from scheduler.sheets import Column, Kind

MADRID = ZoneInfo("Europe/Madrid")


def said(kind: Kind, value: object, zone: ZoneInfo | None = MADRID, **how: object) -> Cell | None:
    return cell_of(Column("it", kind, ("to",), "", **how), value, zone)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (Kind.TEXT, "Anna", "Anna"),
        (Kind.TEXT, "=1+1", "=1+1"),
        (Kind.TEXT, "two\nlines", "two\nlines"),
        (Kind.TEXT, " spaced", None),
        (Kind.TEXT, "\x07", None),
        (Kind.EMAIL, "anna@example.org", "anna@example.org"),
        (Kind.EMAIL, "anna", None),
        (Kind.NUMBER, 7, 7),
        (Kind.NUMBER, 10**15, None),
        (Kind.YES_NO, True, "yes"),
        (Kind.YES_NO, False, "no"),
        (Kind.DATE, "2017-11-20", dt.date(2017, 11, 20)),
        (Kind.DATE, "1900-01-31", "1900-01-31"),
        (Kind.TIME, "09:30", dt.time(9, 30)),
        (Kind.TIME, "00:00", "24:00"),
        (Kind.MOMENT, "2017-11-20T09:30+01:00", dt.datetime(2017, 11, 20, 9, 30)),
        (Kind.MOMENT, "2017-11-20T09:30+00:00", dt.datetime(2017, 11, 20, 10, 30)),
        (Kind.MOMENT, "2017-10-29T02:30+01:00", "2017-10-29T02:30+01:00"),
        (Kind.MOMENT, "1900-11-20T09:30+00:00", "1900-11-20T09:30+00:00"),
    ],
)
def test_one_value(kind: Kind, value: object, cell: Cell | None) -> None:
    assert said(kind, value) == cell


def test_a_moment_keeps_its_offset_where_no_clock_is_known() -> None:
    assert said(Kind.MOMENT, "2017-11-20T09:30+01:00", None) == "2017-11-20T09:30+01:00"


def test_a_word_is_written_as_the_sheet_lists_it() -> None:
    assert said(Kind.CHOICE, "field_visit", words=("field visit", "workshop")) == "field visit"
    assert said(Kind.CHOICE, "concert", words=("field visit", "workshop")) is None


@pytest.mark.parametrize(
    ("kind", "values", "cell"),
    [
        (Kind.TEXT, ["es", "en"], "es; en"),
        (Kind.TEXT, ["a;b", 'say "a"'], '"a;b"; "say ""a"""'),
        (Kind.TEXT, ["es", " "], None),
        (Kind.TEXT, [], None),
        (Kind.DATE, ["2017-11-20"], dt.date(2017, 11, 20)),
        (Kind.DATE, ["2017-11-20", "2017-11-21"], "2017-11-20; 2017-11-21"),
        (Kind.WINDOW, [{"from": "09:00"}, {"date": "2017-11-20"}], "09:00-24:00; 2017-11-20"),
        (Kind.WINDOW, [{"to": "09:00", "date": "2017-11-20"}], "2017-11-20 00:00-09:00"),
        (
            Kind.INTERVAL,
            [{"from": "2017-11-20T09:00+01:00", "to": "2017-11-20T11:00+01:00"}],
            "2017-11-20 09:00-11:00",
        ),
        (
            Kind.INTERVAL,
            [{"from": "2017-11-20T09:00+01:00", "to": "2017-11-21T11:00+01:00"}],
            "2017-11-20T09:00+01:00/2017-11-21T11:00+01:00",
        ),
        (Kind.SPEAKER, [{"participant": "a", "role": "chair"}, {"participant": "b"}], "a (chair); b"),
        (
            Kind.DEPARTURE,
            [{"depart": "08:10"}, {"depart": "18:10", "arrive": "20:05", "dates": ["2017-11-20"]}],
            "08:10; 18:10-20:05 [2017-11-20]",
        ),
        (Kind.ROLES, {"a": "x=y", "b": "z"}, "a=x=y; b=z"),
        (Kind.ROLES, {"a": " x"}, None),
    ],
)
def test_several_values(kind: Kind, values: object, cell: Cell | None) -> None:
    assert said(kind, values, many=True) == cell


def test_a_cell_has_an_end() -> None:
    assert said(Kind.TEXT, "a" * LONGEST) == "a" * LONGEST
    assert said(Kind.TEXT, "a" * (LONGEST + 1)) is None
    assert said(Kind.TEXT, ["a" * LONGEST, "b"], many=True) is None
    assert is_short("\U0001f68c" * (LONGEST // 2))
    assert not is_short("\U0001f68c" * (LONGEST // 2 + 1))
