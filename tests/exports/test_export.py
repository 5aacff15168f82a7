from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from support.hand_made import GOLDEN, hand_made, hand_placed

from scheduler.domain import Solution
from scheduler.exports import FORMATS, By, export


def test_calendars_of_a_kind_are_written_and_named(tmp_path: Path) -> None:
    written = export(hand_made(), hand_placed(), "ical", "city", tmp_path / "out")
    assert written == [tmp_path / "out" / "city-lisbon.ics", tmp_path / "out" / "city-madrid.ics"]
    assert all(path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n") for path in written)


def test_tables_of_the_programme_are_the_schedule_and_what_is_not_in_it(tmp_path: Path) -> None:
    written = export(hand_made(), hand_placed(), "csv", directory=tmp_path)
    assert [path.name for path in written] == ["schedule.csv", "unscheduled.csv"]
    assert all(path.read_bytes() == (GOLDEN / path.name).read_bytes() for path in written)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("by", list(By))
def test_every_format_is_written_by_everything_and_twice_alike(tmp_path: Path, format_: str, by: str) -> None:
    first = export(hand_made(), hand_placed(), format_, by, tmp_path / "a")
    second = export(hand_made(), hand_placed(), format_, by, str(tmp_path / "b"))
    assert first
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_stamp_and_sequence_reach_the_calendar(tmp_path: Path) -> None:
    stamp = dt.datetime(2025, 1, 2, 3, 4, tzinfo=dt.UTC)
    (path,) = export(hand_made(), hand_placed(), "ical", directory=tmp_path, stamp=stamp, sequence=7)
    assert b"\r\nDTSTAMP:20250102T030400Z\r\n" in path.read_bytes()
    assert b"\r\nSEQUENCE:7\r\n" in path.read_bytes()


@pytest.mark.parametrize(
    ("format_", "by", "message"),
    [
        ("pdf", "programme", "the formats are ical, .*; there is none called 'pdf'"),
        ("ical", "town", "programme, city, venue, room, delegation, participant; there is none by 'town'"),
        ("csv", "town", "there is none by 'town'"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(
    tmp_path: Path, format_: str, by: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        export(hand_made(), hand_placed(), format_, by, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_schedule_of_another_programme_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="of programme 'other'"):
        export(hand_made(), Solution(programme="other"), "ical", directory=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_heavy_libraries_wait_until_they_are_used() -> None:
    code = (
        "import sys, scheduler.exports; print(sorted({'pandas', 'icalendar', 'ortools'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
