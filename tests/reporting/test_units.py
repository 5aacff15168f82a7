from __future__ import annotations

import pytest

from scheduler.reporting.units import decimal, hours, of


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (60, "1 h"),
        (90.4, "1 h 30 min"),
        (99 * 60 + 59, "99 h 59 min"),
        (6000, "100 h"),
        (123_456, "2\N{NARROW NO-BREAK SPACE}058 h"),
    ],
)
def test_minutes_are_said_in_hours(minutes: float, said: str) -> None:
    assert hours(minutes) == said


def test_numbers_have_a_decimal_where_it_says_something() -> None:
    assert (decimal(2.0), decimal(2.04), decimal(2.36)) == ("2", "2", "2.4")


def test_a_part_of_nothing_is_nothing() -> None:
    assert of(0, 0) == "none"
    assert of(125, 134) == "125 of 134 (93%)"
    assert of(999, 1000) == "999 of 1000 (99%)"
