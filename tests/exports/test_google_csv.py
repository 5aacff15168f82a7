from __future__ import annotations

from hypothesis import given
from support.calendar_tables import agrees, event_of, events_in, rows_of
from support.exported import instances, named_instances, relaxed, solutions
from support.hand_made import hand_made, hand_placed

from scheduler.domain import Instance, Solution
from scheduler.exports.formats import Manner
from scheduler.exports.google_csv import COLUMNS, files
from scheduler.exports.views import By


def test_the_columns_are_those_of_google_to_the_letter() -> None:
    data = files(hand_made(), hand_placed(), Manner())["programme.google.csv"]
    assert data.startswith(
        b'"Subject","Start Date","Start Time","End Date","End Time","All Day Event","Description","Location",'
        b'"Private"\r\n'
    )


def test_every_cell_of_a_meeting() -> None:
    data = files(hand_made(), hand_placed(), Manner(By.DELEGATION))["delegation-praia.google.csv"]
    row = next(row for row in rows_of(data, COLUMNS) if "Tallinn" in row["Subject"])
    assert row == {
        "Subject": "Meeting with Tallinn",
        "Start Date": "03/30/2025",
        "Start Time": "12:00 PM",
        "End Date": "03/30/2025",
        "End Time": "12:30 PM",
        "All Day Event": "False",
        "Description": "Times are those of Madrid: Europe/Madrid, UTC+02:00.\n"
        "Parties: Tallinn; Praia, Cabo Verde\n"
        "Taking part:\n- Delegate 3 (Tallinn)\n- Delegate 4 (Tallinn)\n- Praia, Cabo Verde",
        "Location": "Tables, table 1, Conference centre, east wing, Madrid",
        "Private": "False",
    }


def test_travel_is_in_the_tables_of_people() -> None:
    data = files(hand_made(), hand_placed(), Manner(By.PARTICIPANT))["participant-delegate-3.google.csv"]
    row = next(row for row in rows_of(data, COLUMNS) if row["Subject"] == "Plane Lisbon - Madrid")
    assert (row["Start Time"], row["End Time"]) == ("01:10 PM", "02:30 PM")
    assert "Departs Lisbon 13:10, arrives Madrid 15:30 (local times)" in row["Description"]


def test_a_mark_is_there_on_request() -> None:
    (data,) = files(hand_made(), hand_placed(), Manner(bom=True)).values()
    assert data.startswith(b"\xef\xbb\xbf")


@relaxed
@given(instances() | named_instances(), solutions())
def test_a_table_reads_back_as_the_schedule(instance: Instance, solution: Solution) -> None:
    (data,) = files(instance, solution, Manner()).values()
    rows, placed = rows_of(data, COLUMNS), events_in(instance, solution)
    assert len(rows) == len(placed)
    for row, placement in zip(rows, placed, strict=True):
        assert agrees(instance, solution, placement, row, event_of(row, "%m/%d/%Y", "%I:%M %p"))
