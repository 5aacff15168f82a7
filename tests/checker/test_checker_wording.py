"""The words of violations."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from support.making import make, meeting

from scheduler.checker.wording import clock, count, hours, labels, listed, people_who
from scheduler.domain.times import UTC

NOON = dt.datetime(2025, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcde"), "a, b, c, d and e"),
        (list("abcdef"), "a, b, c, d and 2 others"),
        (list("abcdefghij"), "a, b, c, d and 6 others"),
    ],
)
def test_lists(words, phrase):
    assert listed(words) == phrase


def test_times_are_on_the_clock_that_is_asked_for():
    assert clock(NOON, ZoneInfo("Europe/Madrid")) == "21 Nov 13:00"
    assert clock(NOON, ZoneInfo("Asia/Tokyo")) == "21 Nov 21:00"
    assert hours(NOON, NOON + dt.timedelta(hours=4), ZoneInfo("Asia/Tokyo")) == "21:00-01:00 (22 Nov)"
    assert hours(NOON, NOON + dt.timedelta(hours=2), ZoneInfo("Asia/Tokyo")) == "21:00-23:00"


def test_a_delegation_stands_for_all_its_people_and_only_then():
    people = [{"id": name, "name": name.title(), "delegation": "a"} for name in ("ann", "ben")]
    instance = make(
        "b",
        delegations=[
            {"id": "a", "name": "Alba"},
            {"id": "c", "name": "Cork", "split": "members", "parallel": 2},
        ],
        participants=[*people, {"id": "eve"}],
        meetings=[meeting("m", "a", "b")],
    )
    assert labels(instance, ["ann", "eve", "ben", "b"]) == ["Alba", "eve", "b"]
    assert labels(instance, ["ben"]) == ["Ben"]
    assert labels(instance, ["c.1"]) == ["Cork (team 1)"]
    assert people_who(instance, ["ann", "ben"], "is", "are") == "Alba is"
    assert people_who(instance, ["ann", "eve"], "is", "are") == "Ann and eve are"


def test_counts():
    assert count(1, "table", "tables") == "1 table"
    assert count(0, "table", "tables") == "0 tables"
