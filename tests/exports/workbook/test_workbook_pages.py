"""Which rows an instance comes to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from support.any_programme import programmes

from scheduler.domain import Instance
from scheduler.exports.workbook.cells import LONGEST
from scheduler.exports.workbook.pages import Row, UncarriedError, pages_of
from scheduler.reading import instance_from, load

INSTANCES = Path(__file__).parents[3] / "instances"
EVERY_RULE = load(INSTANCES / "every-rule.yaml")

PROGRAMME: dict[str, Any] = {
    "programme": {"id": "p"},
    "cities": [
        {
            "id": "oslo",
            "time_zone": "Europe/Oslo",
            "opening": [{"date": "2025-03-10", "from": "09:00", "to": "24:00"}],
            "venues": [{"id": "v", "rooms": [{"id": "t", "tables": 2}]}, {"id": "w"}],
        }
    ],
}


def rows(instance: Instance) -> dict[str, tuple[Row, ...]]:
    return {page.sheet.name: page.rows for page in pages_of(instance)}


def programme(**parts: Any) -> Instance:
    return instance_from(PROGRAMME | parts)


def test_a_small_programme() -> None:
    assert rows(programme()) == {
        "programme": ({"id": "p"},),
        "cities": (
            {
                "id": "oslo",
                "time zone": "Europe/Oslo",
                "date": dt.date(2025, 3, 10),
                "from": dt.time(9),
                "to": "24:00",
            },
        ),
        "venues": (
            {"city": "oslo", "venue id": "v", "room id": "t", "tables": 2},
            {"city": "oslo", "venue id": "w"},
        ),
    }


def test_a_city_and_a_venue_have_a_row_for_each_opening_and_room() -> None:
    found = rows(EVERY_RULE)
    assert [row["date"] for row in found["cities"]] == [
        dt.date(2025, 5, day) for city in EVERY_RULE.cities for day in [one.date.day for one in city.opening]
    ]
    assert [row["room id"] for row in found["venues"]] == [room.id for room in EVERY_RULE.rooms]


def test_what_is_inside_of_sessions_has_sheets_of_its_own() -> None:
    found = rows(EVERY_RULE)
    assert [(row["session"], row["id"]) for row in found["talks"]] == [
        ("conference", "talk-dams"),
        ("conference", "talk-houses"),
        ("conference", "talk-halls"),
    ]
    assert found["locks"][0] == {
        "activity": "opening",
        "start": dt.datetime(2025, 5, 12, 9),
        "room": "bilbao-hall",
    }


def test_what_has_no_column_stands_in_more() -> None:
    found = rows(programme(participants=[{"id": "a", "name": " a", "load": {"in_a_row": 2}, "email": "a"}]))
    assert found["people"] == ({"id": "a", "more": '{name: " a", load: {in_a_row: 2}, email: a}'},)


def test_an_address_is_the_key_of_one_person_alone() -> None:
    found = rows(programme(participants=[{"id": i, "email": f"{i}@x.org"[1:]} for i in ("ax", "bx")]))
    assert found["people"] == ({"id": "ax", "email": "x@x.org"}, {"id": "bx", "more": '{email: "x@x.org"}'})


def test_what_a_sheet_cannot_say_stands_in_more_of_what_it_is_inside_of() -> None:
    cities = [PROGRAMME["cities"][0] | {"venues": [{"id": "v", "name": "v "}]}]
    found = rows(programme(cities=cities, priorities={" high": 2, "normal": 1}))
    assert found["cities"][0]["more"] == '{venues: [{id: v, name: "v "}]}'
    assert found["programme"][0]["more"] == '{priorities: {" high": 2, normal: 1}}'
    assert "venues" not in found
    assert "priorities" not in found


def test_nothing_at_all_is_something_where_the_default_is_more() -> None:
    assert rows(programme(priorities={}, objective=[]))["programme"] == (
        {"id": "p", "more": "{priorities: {}, objective: []}"},
    )


def test_what_no_cell_can_hold_is_an_error() -> None:
    with pytest.raises(
        UncarriedError, match=r"does not go into a cell of the sheet people, which holds 32,767"
    ):
        pages_of(programme(participants=[{"id": "a", "name": "a" * (LONGEST + 1)}]))


@settings(deadline=None, max_examples=40)
@given(programmes())
def test_rows_are_the_same_each_time_and_have_known_columns(parts: dict[str, Any]) -> None:
    pages = pages_of(instance_from(parts))
    assert pages == pages_of(instance_from(parts))
    for page in pages:
        names = {column.name for column in page.sheet.columns}
        assert all(row and set(row) <= names for row in page.rows)
