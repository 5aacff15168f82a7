from __future__ import annotations

import codecs
import csv
import datetime as dt
import io

import pandas as pd
import pytest
from hypothesis import given
from support.exported import instances, named_instances, relaxed, solutions
from support.hand_made import PLACEMENTS, hand_made, hand_placed, solution_of

from scheduler.domain import Instance, Solution, kind_of
from scheduler.domain.times import UTC, later
from scheduler.exports.cells import unguarded
from scheduler.exports.csv_tables import SCHEDULE, UNSCHEDULED, csv_files, schedule_table

HAND_MADE = hand_made()
Row = dict[str, str]


def read(data: bytes) -> list[Row]:
    """Return the rows of a file, which has to keep RFC 4180."""
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert all(len(row) == len(rows[0]) for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    return [dict(zip(rows[0], map(unguarded, row), strict=True)) for row in rows[1:]]


def column(data: bytes, name: str) -> list[str]:
    return [row[name] for row in read(data)]


def test_the_columns_are_these() -> None:
    files = csv_files(HAND_MADE, hand_placed(), "programme")
    heads = {name: data.decode().splitlines()[0] for name, data in files.items()}
    assert heads == {
        "schedule.csv": "activity,kind,title,city,venue,room,table,start,end,parties,attendees",
        "unscheduled.csv": "activity,title,parties,priority,reason",
    }
    assert schedule_table.__doc__
    assert len(SCHEDULE) == 11
    assert len(UNSCHEDULED) == 5


def test_every_cell_of_a_meeting() -> None:
    row = read(csv_files(HAND_MADE, hand_placed(), "programme")["schedule.csv"])[1]
    assert row == {
        "activity": "islands",
        "kind": "meeting",
        "title": "Ferries, islands",
        "city": "lisbon",
        "venue": "town-hall",
        "room": "lisbon-tables",
        "table": "2",
        "start": "2025-03-29T11:00+00:00",
        "end": "2025-03-29T11:30+00:00",
        "parties": "guangzhou;praia",
        "attendees": "delegate-1;praia",
    }


def test_talks_are_rows_of_their_own() -> None:
    rows = read(csv_files(HAND_MADE, hand_placed(), "programme")["schedule.csv"])
    talks = [(row["activity"], row["attendees"]) for row in rows if row["kind"] == "talk"]
    assert talks == [("talk-metro", "delegate-2"), ("talk-words", "moderator")]


def test_legs_are_rows_of_people_alone() -> None:
    files = csv_files(HAND_MADE, hand_placed(), "participant") | csv_files(
        HAND_MADE, hand_placed(), "delegation"
    )
    (leg,) = (row for row in read(files["delegation-tallinn.csv"]) if row["kind"] == "travel")
    assert leg == {
        "activity": "travel+tallinn+1",
        "kind": "travel",
        "title": "Plane Lisbon - Madrid",
        "city": "lisbon",
        "venue": "",
        "room": "",
        "table": "",
        "start": "2025-03-29T13:10+00:00",
        "end": "2025-03-29T15:30+01:00",
        "parties": "",
        "attendees": "delegate-3;delegate-4",
    }
    for by in ("programme", "city", "venue", "room"):
        for name, data in csv_files(HAND_MADE, hand_placed(), by).items():
            assert name == "unscheduled.csv" or "travel" not in column(data, "kind")


def test_files_are_called_after_their_views() -> None:
    assert list(csv_files(HAND_MADE, hand_placed(), "city")) == ["city-lisbon.csv", "city-madrid.csv"]
    assert "participant-delegate-1.csv" in csv_files(HAND_MADE, hand_placed(), "participant")


def test_what_has_no_place_is_listed_with_its_reason() -> None:
    assert read(csv_files(HAND_MADE, hand_placed(), "programme")["unscheduled.csv"]) == [
        {
            "activity": "visit",
            "title": "Field visit",
            "parties": "",
            "priority": "normal",
            "reason": "no room is free",
        },
        {
            "activity": "refused",
            "title": "=Refused, sadly",
            "parties": "guangzhou;tallinn",
            "priority": "low",
            "reason": 'nobody speaks both; "zh", and\nin Lisbon: 没有',
        },
    ]


def test_what_has_no_place_is_listed_though_the_solution_does_not_say_so() -> None:
    few = solution_of([p for p in PLACEMENTS if p["activity"] not in ("opening", "islands")])
    data = csv_files(HAND_MADE, few, "programme")["unscheduled.csv"]
    missing = {row["activity"]: (row["priority"], row["reason"]) for row in read(data)}
    assert missing["opening"] == ("mandatory", "")
    assert missing["islands"] == ("normal", "")


def test_an_agenda_of_nothing_has_its_head() -> None:
    data = csv_files(HAND_MADE, hand_placed(), "participant")["participant-late.csv"]
    assert data == (",".join(SCHEDULE) + "\r\n").encode()


def test_an_unknown_kind_of_view_is_refused() -> None:
    with pytest.raises(ValueError, match="none by 'town'"):
        csv_files(HAND_MADE, hand_placed(), "town")


def test_every_table_begins_with_a_mark_on_request() -> None:
    for by in ("programme", "city"):
        plain = csv_files(HAND_MADE, hand_placed(), by)
        marked = csv_files(HAND_MADE, hand_placed(), by, bom=True)
        assert marked == {name: codecs.BOM_UTF8 + data for name, data in plain.items()}


@relaxed
@given(named_instances(), solutions())
def test_pandas_reads_the_same_as_the_standard_library(instance: Instance, solution: Solution) -> None:
    for bom in (False, True):
        for data in csv_files(instance, solution, "programme", bom).values():
            table = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8-sig")
            assert table.map(unguarded).to_dict("records") == read(data.removeprefix(codecs.BOM_UTF8))


@relaxed
@given(instances() | named_instances(), solutions())
def test_a_table_reads_back_as_the_schedule(instance: Instance, solution: Solution) -> None:
    rows = read(csv_files(instance, solution, "programme")["schedule.csv"])
    starts = [(dt.datetime.fromisoformat(row["start"]).astimezone(UTC), row["activity"]) for row in rows]
    assert starts == sorted(starts)
    by_id = {row["activity"]: row for row in rows}
    assert len(by_id) == len(rows) == len(solution.placements)
    for placement in solution.placements:
        row, activity = by_id[placement.activity], instance.activity(placement.activity)
        start, end = (dt.datetime.fromisoformat(row[name]) for name in ("start", "end"))
        zone = instance.city_of(placement.room).zone
        assert start == placement.start
        assert end == later(placement.start, activity.duration)
        assert start.utcoffset() == start.astimezone(zone).utcoffset()
        assert end.utcoffset() == end.astimezone(zone).utcoffset()
        assert row["kind"] == kind_of(activity)
        assert row["title"] == activity.label
        assert row["room"] == placement.room
        assert row["venue"] == instance.venue_of(placement.room).id
        assert row["city"] == instance.city_of(placement.room).id
        assert row["table"] == ("" if placement.table is None else str(placement.table))
        assert set(placement.attendees) <= set(row["attendees"].split(";"))
    left = column(csv_files(instance, solution, "programme")["unscheduled.csv"], "activity")
    hosted = {activity.id for activity in (*instance.sessions, *instance.meetings)}
    assert set(left) == hosted - set(by_id)
