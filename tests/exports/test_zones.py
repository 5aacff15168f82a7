from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.exported import relaxed
from support.hand_made import facts, hand_made, hand_placed, solution_of
from support.rfc5545 import UTC, Zone, read

from scheduler.domain import Instance
from scheduler.exports.zones import timezone, years_of

# With and without summer time, either half of the world, offsets of half hours and of quarters, rules
# that changed in the years tried, winter time as the exception (Dublin), a pause of Ramadan (Casablanca).
NAMES = [
    "Europe/Madrid",
    "Europe/Lisbon",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Asia/Seoul",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "America/New_York",
    "Africa/Casablanca",
    "Africa/Abidjan",
    "Pacific/Chatham",
    "Etc/GMT-2",
    "UTC",
]
YEARS = (2016, 2019)
FIRST = dt.datetime(2016, 1, 2, tzinfo=UTC)
MINUTES = 4 * 365 * 24 * 60 - 3 * 24 * 60


def defined(name: str, years: tuple[int, int] = YEARS) -> Zone:
    data = b"BEGIN:VCALENDAR\r\n" + timezone(name, years).to_ical() + b"END:VCALENDAR\r\n"
    (component,) = read(data).components
    return Zone(component)


@pytest.mark.parametrize("name", NAMES)
def test_a_zone_has_the_offset_of_the_database_at_every_hour(name: str) -> None:
    zone, real = defined(name), ZoneInfo(name)
    for hour in range(MINUTES // 60):
        instant = FIRST + dt.timedelta(hours=hour)
        local = instant.astimezone(real)
        assert zone.at(instant).after == local.utcoffset(), instant


@relaxed
@given(st.sampled_from(NAMES), st.integers(0, MINUTES))
def test_a_local_time_means_the_same_instant_as_in_the_database(name: str, minute: int) -> None:
    local = (FIRST + dt.timedelta(minutes=minute)).replace(tzinfo=None)
    expected = local.replace(tzinfo=ZoneInfo(name)).astimezone(UTC)
    assert defined(name).instant(local) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_onset_is_at_the_minute_of_the_database(name: str) -> None:
    zone, real = defined(name), ZoneInfo(name)
    for onset in zone.onsets[1:]:
        assert (onset.instant - dt.timedelta(minutes=1)).astimezone(real).utcoffset() == onset.before
        assert onset.instant.astimezone(real).utcoffset() == onset.after
        assert onset.instant.astimezone(real).tzname() == onset.name
    assert zone.onsets[0].before == zone.onsets[0].after


def test_summer_time_begins_on_the_clock_of_winter_time() -> None:
    text = timezone("Europe/Madrid", (2025, 2025)).to_ical().decode().replace("\r\n", " ")
    assert "BEGIN:DAYLIGHT DTSTART:20250330T020000 TZNAME:CEST TZOFFSETFROM:+0100 TZOFFSETTO:+0200" in text
    assert "BEGIN:STANDARD DTSTART:20251026T030000 TZNAME:CET TZOFFSETFROM:+0200 TZOFFSETTO:+0100" in text


def test_a_zone_without_summer_time_has_one_observance() -> None:
    (onset,) = defined("Asia/Seoul").onsets
    assert (onset.after, onset.name, onset.is_daylight) == (dt.timedelta(hours=9), "KST", False)


def test_a_zone_may_change_at_the_very_end_of_its_years() -> None:
    onsets = defined("Pacific/Apia", (2011, 2011)).onsets  # crossed the date line on 29 December 2011
    assert onsets[-1].instant == dt.datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert onsets[-1].after - onsets[-1].before == dt.timedelta(days=1)


def test_summer_time_is_told_from_winter_time() -> None:
    sydney = {onset.name: onset.is_daylight for onset in defined("Australia/Sydney").onsets}
    assert sydney == {"AEDT": True, "AEST": False}


def test_years_hold_opening_dates_and_placements() -> None:
    assert years_of(hand_made(), hand_placed()) == (2025, 2025)
    elsewhere = solution_of([{"activity": "opening", "start": "2031-06-01T10:00+00:00", "room": "hall"}])
    assert years_of(hand_made(), elsewhere) == (2025, 2031)


@pytest.mark.parametrize(
    ("date", "years"),
    [
        ("2025-01-01", (2024, 2025)),
        ("2025-01-03", (2025, 2025)),
        ("2024-12-30", (2024, 2025)),
        ("2024-12-29", (2024, 2024)),
    ],
)
def test_years_leave_room_for_a_journey_in_the_night_of_the_year(date: str, years: tuple[int, int]) -> None:
    given_ = facts()
    given_["cities"][1]["opening"] = given_["cities"][0]["opening"] = [
        {"date": date, "from": "09:00", "to": "18:00"}
    ]
    assert years_of(Instance.model_validate(given_), solution_of([])) == years
