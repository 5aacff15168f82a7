from __future__ import annotations

import csv
import io
import json

from support.hand_made import PLACEMENTS, hand_made, hand_placed, solution_of

from scheduler.exports.changes import Changes, Edition, changes_between
from scheduler.exports.changes_files import (
    COLUMNS,
    changes_csv,
    changes_data,
    changes_json,
    changes_markdown,
    counted,
    named,
    was_and_is,
)

_CHANGED = {"opening": {"start": "2025-03-29T09:30+00:00"}, "islands": {"attendees": ["delegate-2"]}}
_NEW = [
    *(p | _CHANGED.get(p["activity"], {}) for p in PLACEMENTS if p["activity"] != "untitled"),
    {"activity": "refused", "start": "2025-03-29T12:00+00:00", "room": "lisbon-tables", "table": 1},
]


def changes() -> Changes:
    instance = hand_made()
    return changes_between(Edition(instance, hand_placed()), Edition(instance, solution_of(_NEW)))


def none() -> Changes:
    return changes_between(Edition(hand_made(), hand_placed()), Edition(hand_made(), hand_placed()))


def test_the_data_has_counts_and_groups() -> None:
    data = changes_data(changes())
    assert data["counts"] == {"moved": 1, "added": 1, "cancelled": 1, "people": 1, "unchanged": 3}
    assert [change["activity"] for change in data["changes"]] == ["opening", "islands", "refused", "untitled"]
    assert data["changes"][0]["before"]["start"] == "2025-03-29T10:00+00:00"
    assert data["parties"][0] == {"id": "all", "name": "everybody", "activities": ["opening"]}
    assert {city["id"] for city in data["cities"]} == {"lisbon", "madrid"}
    assert json.loads(changes_json(changes())) == data


def test_the_table_has_a_row_for_each_change() -> None:
    rows = list(csv.DictReader(io.StringIO(changes_csv(changes()), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["kind"], row["activity"]) for row in rows] == [
        ("moved", "opening"),
        ("people", "islands"),
        ("added", "refused"),
        ("cancelled", "untitled"),
    ]
    assert (rows[0]["old_start"], rows[0]["new_start"]) == (
        "2025-03-29T10:00+00:00",
        "2025-03-29T09:30+00:00",
    )
    assert rows[2]["old_room"] == rows[3]["new_room"] == ""
    assert rows[2]["title"] == "'=Refused, sadly"  # which no spreadsheet takes for a formula


def test_what_differs_is_told_in_words() -> None:
    told = {change.activity: was_and_is(change) for change in changes().changes}
    assert told["opening"] == (
        "Sat 29 Mar 10:00-10:30, Noble hall, Lisbon",
        "Sat 29 Mar 09:30-10:00, Noble hall, Lisbon",
    )
    assert told["islands"] == ("with 代表一", 'with Delegate 2, "Mobility"')
    assert told["refused"][0] == ""
    assert told["untitled"] == ("Sun 30 Mar 12:00-12:30, Tables, table 1, Madrid", "")


def test_a_meeting_is_named_with_its_parties() -> None:
    names = {change.activity: named(change) for change in changes().changes}
    assert names["untitled"] == "Tallinn - Praia, Cabo Verde (untitled)"
    assert names["islands"] == "Ferries, islands: Guangzhou - Praia, Cabo Verde (islands)"
    assert names["opening"] == "Opening (opening)"


def test_counts_are_told_in_words() -> None:
    assert counted(changes()) == "1 moved, 1 added, 1 cancelled, 1 with other people; 3 as before"
    assert counted(none()) == "nothing changed; 6 as before"


def test_markdown_shows_texts_as_they_are() -> None:
    page = changes_markdown(changes())
    assert "### Moved" in page
    assert "- Opening (opening): Sat 29 Mar 10:00-10:30, Noble hall, Lisbon → Sat 29 Mar 09:30-10:00" in page
    assert "- everybody (all): Opening (opening) moved" in page
    assert "###" not in changes_markdown(none())
