from __future__ import annotations

from hypothesis import given
from support.calendar_tables import agrees, event_of, events_in, rows_of
from support.exported import instances, named_instances, relaxed, solutions
from support.hand_made import hand_made, hand_placed

from scheduler.domain import Instance, Solution
from scheduler.exports.formats import Manner
from scheduler.exports.outlook_csv import COLUMNS, files
from scheduler.exports.views import By


def test_the_columns_are_those_of_outlook_to_the_letter() -> None:
    data = files(hand_made(), hand_placed(), Manner())["programme.outlook.csv"]
    assert data.startswith(
        b'"Subject","Start Date","Start Time","End Date","End Time","All day event","Reminder on/off",'
        b'"Reminder Date","Reminder Time","Meeting Organizer","Required Attendees","Optional Attendees",'
        b'"Meeting Resources","Billing Information","Categories","Description","Location","Mileage",'
        b'"Priority","Private","Sensitivity","Show time as"\r\n'
    )


def test_every_cell_of_a_meeting() -> None:
    data = files(hand_made(), hand_placed(), Manner(By.DELEGATION))["delegation-praia.outlook.csv"]
    row = next(row for row in rows_of(data, COLUMNS) if "Tallinn" in row["Subject"])
    assert {name: cell for name, cell in row.items() if cell} == {
        "Subject": "Meeting with Tallinn",
        "Start Date": "3/30/2025",
        "Start Time": "12:00:00 PM",
        "End Date": "3/30/2025",
        "End Time": "12:30:00 PM",
        "All day event": "False",
        "Reminder on/off": "False",
        "Meeting Organizer": 'Office "Open Cities": desk 1',
        "Required Attendees": "Delegate 3;Delegate 4;Praia, Cabo Verde",
        "Categories": "meeting",
        "Description": "Times are those of Madrid: Europe/Madrid, UTC+02:00.\r\n"
        "Parties: Tallinn; Praia, Cabo Verde\r\n"
        "Taking part:\r\n- Delegate 3 (Tallinn)\r\n- Delegate 4 (Tallinn)\r\n- Praia, Cabo Verde",
        "Location": "Tables, table 1, Conference centre, east wing, Madrid",
        "Priority": "Normal",
        "Private": "False",
        "Sensitivity": "Normal",
        "Show time as": "2",
    }


def test_the_calendar_of_a_city_leaves_people_free() -> None:
    tables = files(hand_made(), hand_placed(), Manner(By.CITY))
    assert {row["Show time as"] for data in tables.values() for row in rows_of(data, COLUMNS)} == {"3"}


def test_a_name_with_a_semicolon_is_one_name() -> None:
    tables = files(hand_made(), hand_placed(), Manner())
    rows = rows_of(tables["programme.outlook.csv"], COLUMNS)
    row = next(row for row in rows if row["Subject"].startswith("Smart"))
    assert row["Required Attendees"].split(";")[0] == "Moderator, of talks"


def test_the_audience_of_a_delegation_may_come() -> None:
    tables = files(hand_made(), hand_placed(), Manner(By.DELEGATION))
    row = rows_of(tables["delegation-tallinn.outlook.csv"], COLUMNS)[0]
    assert (row["Subject"], row["Optional Attendees"]) == ("Opening", "Delegate 3;Delegate 4")


def test_travel_has_no_organiser() -> None:
    tables = files(hand_made(), hand_placed(), Manner(By.PARTICIPANT))
    rows = rows_of(tables["participant-delegate-3.outlook.csv"], COLUMNS)
    assert [row["Meeting Organizer"] for row in rows if row["Categories"] == "travel"] == [""]


@relaxed
@given(instances() | named_instances(), solutions())
def test_a_table_reads_back_as_the_schedule(instance: Instance, solution: Solution) -> None:
    (data,) = files(instance, solution, Manner(bom=True)).values()
    rows, placed = rows_of(data, COLUMNS), events_in(instance, solution)
    assert len(rows) == len(placed)
    for row, placement in zip(rows, placed, strict=True):
        assert agrees(instance, solution, placement, row, event_of(row, "%m/%d/%Y", "%I:%M:%S %p"))
