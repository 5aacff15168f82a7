from __future__ import annotations

import json

import pytest
from hypothesis import given
from support.exported import relaxed
from support.hand_made import hand_made, hand_placed
from support.measured import Case, cases

from scheduler.domain import Solution
from scheduler.reporting.indicators import share
from scheduler.reporting.measure import indicators


@relaxed
@given(cases())
def test_the_json_form_holds_everything_and_nothing_but_plain_values(found: Case) -> None:
    measured = indicators(*found)
    again = json.loads(json.dumps(measured.as_json(), allow_nan=False))
    assert again["people"][0]["id"] == measured.people[0].id
    assert [room["id"] for room in again["rooms"]] == [room.id for room in measured.rooms]
    for room in measured.rooms:
        assert len(room.days) == len(next(r for r in again["rooms"] if r["id"] == room.id)["days"])


def test_the_json_form_in_part() -> None:
    plain = indicators(hand_made(), hand_placed()).as_json()
    assert plain["status"] == "optimal"
    assert plain["levels"][0]["status"] == "optimal"
    assert plain["rooms"][0]["days"][0]["date"] == "2025-03-29"
    assert plain["rooms"][0]["days"][0]["slices"][0]["start"] == "2025-03-29T09:00+00:00"


def test_nothing_has_no_share() -> None:
    assert share(0, 0) is None
    assert share(1, 4) == 0.25


def test_a_schedule_of_another_programme_is_not_measured() -> None:
    with pytest.raises(ValueError, match="of programme 'other'"):
        indicators(hand_made(), Solution(programme="other"))
