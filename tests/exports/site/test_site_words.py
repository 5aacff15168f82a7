from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from support.hand_made import hand_made, hand_placed, solution_of

from scheduler.exports import PROGRAMME, agenda_of
from scheduler.exports.site import words


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2017-11-20", "2017-11-20", "20 November 2017"),
        ("2017-11-20", "2017-11-23", "20\u201323 November 2017"),
        ("2017-11-30", "2017-12-02", "30 November \u2013 2 December 2017"),
        ("2017-12-31", "2018-01-01", "31 December 2017 \u2013 1 January 2018"),
    ],
)
def test_dates(first: str, last: str, said: str) -> None:
    assert words.dates(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == said


def test_days() -> None:
    assert words.long_date(dt.date(2017, 11, 20)) == "Monday 20 November 2017"
    assert words.short_date(dt.date(2024, 2, 29)) == "Thu 29 Feb"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "UTC"),
        ("Europe/Madrid", "UTC+1"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC\u22123:30"),
        ("America/New_York", "UTC\u22125"),
    ],
)
def test_offsets(zone: str, said: str) -> None:
    assert words.offset(dt.datetime(2017, 11, 20, 12, tzinfo=ZoneInfo(zone))) == said


def test_clocks_of_a_night_in_which_they_change() -> None:
    moved = solution_of([{"activity": "islands", "start": "2025-03-30T00:45+00:00", "room": "hall"}])
    (entry,) = agenda_of(hand_made(), moved, PROGRAMME).entries
    assert words.clock(entry.place.city, [entry]) == "Europe/Madrid, UTC+1 then UTC+2"
    assert words.clocks([entry]) == "Madrid (UTC+1)"
    assert words.after(entry) == "UTC+2"


def test_an_end_on_another_day_is_said() -> None:
    late = solution_of([{"activity": "visit", "start": "2025-03-29T23:30+00:00", "room": "noble-hall"}])
    (entry,) = agenda_of(hand_made(), late, PROGRAMME).entries
    assert words.after(entry) == "Sun 30 Mar"
    entries = agenda_of(hand_made(), hand_placed(), PROGRAMME).entries
    assert [words.after(entry) for entry in entries] == [""] * len(entries)


def test_what_html_does_not_allow_is_marked() -> None:
    assert (
        words.clean("a\x00b\x07c\x85d\uffff\U0001fffee\t\n中😀")
        == "a\ufffdb\ufffdc\ufffdd\ufffd\ufffde\t\n中😀"
    )


def test_counts() -> None:
    assert [words.counted(n, "meeting") for n in (0, 1, 2)] == ["0 meetings", "1 meeting", "2 meetings"]
