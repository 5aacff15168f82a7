from __future__ import annotations

import datetime as dt

import pytest
from support.hand_made import facts, hand_made, hand_placed, solution_of

from scheduler.domain import Instance
from scheduler.exports import By, Entry, View, agenda_of
from scheduler.exports.calendar_rows import american_date, american_time, clock, subject, times


def entry_of(id_: str, by: By = By.PROGRAMME, of: str = "") -> Entry:
    agenda = agenda_of(hand_made(), hand_placed(), View(by, of))
    return next(entry for entry in agenda.entries if entry.id == id_)


@pytest.mark.parametrize(
    ("hour", "padded", "seconds", "written"),
    [
        (0, True, False, "12:05 AM"),
        (9, True, False, "09:05 AM"),
        (9, False, True, "9:05:00 AM"),
        (12, False, True, "12:05:00 PM"),
        (23, True, False, "11:05 PM"),
    ],
)
def test_times_of_twelve_hours(hour: int, padded: bool, seconds: bool, written: str) -> None:
    assert american_time(dt.datetime(2025, 3, 9, hour, 5), padded=padded, seconds=seconds) == written


def test_american_dates() -> None:
    day = dt.datetime(2025, 3, 9)
    assert american_date(day, padded=True) == "03/09/2025"
    assert american_date(day, padded=False) == "3/9/2025"


def test_an_entry_says_whose_clock_it_is_on() -> None:
    entry = entry_of("untitled")
    assert clock(entry) == "Times are those of Madrid: Europe/Madrid, UTC+02:00."
    assert times(entry) == (dt.datetime(2025, 3, 30, 12), dt.datetime(2025, 3, 30, 12, 30))


def test_a_leg_is_on_the_clock_of_the_city_it_leaves_from_start_to_end() -> None:
    leg = entry_of("travel+tallinn+1", By.DELEGATION, "tallinn")
    assert clock(leg) == "Times are those of Lisbon (the city it leaves): Europe/Lisbon, UTC+00:00."
    assert times(leg) == (dt.datetime(2025, 3, 29, 13, 10), dt.datetime(2025, 3, 29, 14, 30))


def opening_at(start: str) -> Entry:
    """Return half an hour's opening in a city whose clock is put back on a night in autumn."""
    given = facts()
    given["cities"][0]["opening"].append({"date": "2025-10-26", "from": "00:00", "to": "20:00"})
    instance = Instance.model_validate(given)
    placed = solution_of([{"activity": "opening", "start": start, "room": "noble-hall"}])
    return agenda_of(instance, placed, View(By.PROGRAMME)).entries[0]


def test_a_clock_that_is_put_back_leaves_the_end_after_the_start() -> None:
    entry = opening_at("2025-10-26T00:45+00:00")
    assert clock(entry) == "Times are those of Lisbon: Europe/Lisbon, UTC+01:00, at the end UTC+00:00."
    assert times(entry) == (dt.datetime(2025, 10, 26, 1, 45), dt.datetime(2025, 10, 26, 2, 15))


def test_a_subject_is_one_line() -> None:
    agenda = agenda_of(hand_made(), hand_placed(), View(By.PROGRAMME))
    entry = next(entry for entry in agenda.entries if entry.id == "ecosystem-session")
    assert subject(hand_made(), agenda, entry) == ('Smart cities 🏙️, "the ecosystem" and its talks; C:\\New')
