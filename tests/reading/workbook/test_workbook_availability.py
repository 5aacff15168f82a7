"""The sheet of availability: grids in several layouts, and rows."""
# ruff: noqa: E501 - messages stand here whole

import datetime as dt

import pytest
from support.sheets_made import book, moment, small

from scheduler.exports.instance_file import data_of
from scheduler.reading import WorkbookError, load_workbook

NINE, HALF, TEN = (moment(f"2025-05-12T{clock}") for clock in ("09:00", "09:30", "10:00"))


def people(rows, *, merged=(), sheets=None, **changes):
    pages = small(availability=rows, **changes)
    found = load_workbook(book(pages, merged={"availability": list(merged)}), name="p.xlsx")
    return {person["id"]: person for person in data_of(found.instance)["participants"]}


def faults(rows):
    with pytest.raises(WorkbookError) as caught:
        load_workbook(book(small(availability=rows)), name="p.xlsx")
    return [str(fault) for fault in caught.value.faults]


def away(person):
    return [(each["from"][5:16], each["to"][5:16]) for each in person.get("absences", ())]


def test_marks_say_when_somebody_can_come_and_all_other_slots_are_none():
    found = people(
        [
            ["person", NINE, HALF, TEN],
            ["anna@valencia.example", "x", None, None],
            ["Ben Li", 1, True, "✓"],
            ["王伟", None, None, None],
            ["김민준", "yes", "no", "sí"],
        ]
    )
    assert away(found["anna-garcia"]) == [("05-12T09:30", "05-12T10:30")]  # two slots that touch
    assert away(found["ben-li"]) == away(found["wang"]) == []
    assert away(found["gimminjun"]) == [("05-12T09:30", "05-12T10:00")]


def test_whoever_marks_only_when_they_cannot_come_can_at_all_other_times():
    found = people([["person", NINE, HALF, TEN], ["Anna García", None, "no", None], ["Ben Li", 0, None, "-"]])
    assert away(found["anna-garcia"]) == [("05-12T09:30", "05-12T10:00")]
    assert away(found["ben-li"]) == [("05-12T09:00", "05-12T09:30"), ("05-12T10:00", "05-12T10:30")]


@pytest.mark.parametrize(
    ("head", "merged"),
    [
        ([["person", NINE, HALF, moment("2025-05-13T09:00")]], ()),
        ([["person", "12/05/2025 9h".replace("12/05", "12.05"), "2025-05-12 09:30", "13/05/2025 09:00"]], ()),
        ([[None, dt.date(2025, 5, 12), None, dt.date(2025, 5, 13)], ["Person", dt.time(9), dt.time(9, 30), "9:00"]], ()),
        ([[None, "2025-05-12", None, "2025-05-13"], ["person", "9:00", "9:30", "9:00"]], ("B1:C1",)),
        ([["person", "2025-05-12", None, "2025-05-13"], [None, "9:00", "9:30", "9:00"]], ("A1:A2", "B1:C1")),
        ([["Who can come?"], [], ["person", "2025-05-12 9:00-9:30", "2025-05-12 9:30-10:00", "2025-05-13 9:00-9:30"]], ()),
    ],
)  # fmt: skip
def test_heads_of_a_grid_in_several_layouts(head, merged):
    found = people([*head, ["Anna García", "x", "no", "no"]], merged=merged)
    assert away(found["anna-garcia"]) == [("05-12T09:30", "05-12T10:00"), ("05-13T09:00", "05-13T09:30")]


def test_whole_days_as_a_grid():
    found = people([["person", dt.date(2025, 5, 12), "2025-05-13"], ["Anna García", "x", None]])
    assert away(found["anna-garcia"]) == [("05-13T00:00", "05-14T00:00")]


def test_slots_end_where_the_next_one_begins_and_a_pause_is_in_none():
    head = ["person", *(moment(f"2025-05-12T{clock}") for clock in ("09:00", "10:00", "11:00", "13:00"))]
    found = people([head, ["Anna García", "x", None, None, None]])
    assert away(found["anna-garcia"]) == [("05-12T10:00", "05-12T12:00"), ("05-12T13:00", "05-12T14:00")]


def test_a_single_slot_lasts_as_long_as_the_grid():
    pages = small(availability=[["person", NINE], ["Anna García", "no"]])
    pages["programme"].append(["grid", "15"])
    found = load_workbook(book(pages)).instance
    (absence,) = found.participants[0].absences
    assert absence.end - absence.start == dt.timedelta(minutes=15)


def test_a_grid_says_when_cities_are_open_if_nothing_else_does():
    pages = small(
        availability=[["person", NINE, HALF, TEN, moment("2025-05-13T11:00")], ["Anna García", "x"]]
    )
    pages["programme"] = [["time zone", "Europe/Madrid"]]
    assert data_of(load_workbook(book(pages)).instance)["cities"][0]["opening"] == [
        {"date": "2025-05-12", "from": "09:00", "to": "10:30"},
        {"date": "2025-05-13", "from": "11:00", "to": "11:30"},
    ]


def test_grids_that_are_wrong_and_columns_that_are_no_slots():
    rows = [
        ["person", NINE, HALF, "remarks"],
        ["Anna Garzía", "x", None, None],
        ["Ben Li", "perhaps", None, None],
        ["王伟", "x", None, "late"],
        ["王伟", "x", None, None],
        [None, "x", None, None],
    ]
    assert faults(rows) == [
        'p.xlsx:availability:2:A: "Anna Garzía" is neither a person nor a delegation of this programme; did you mean "Anna García"? (column "person")',
        'p.xlsx:availability:3:B: "perhaps" should be yes or no (or x, 1, 0, or empty) (column "2025-05-12 09:00")',
        'p.xlsx:availability:5:A: "王伟" has a row already (availability:4) (column "person")',
        'p.xlsx:availability:6:A: is empty: every row needs it (column "person")',
    ]
    found = load_workbook(book(small(availability=[rows[0], rows[3]])))
    assert found.report.notes == ('availability: column D "remarks" is not read',)


def test_rows_say_when_somebody_is_there_or_away():
    found = people(
        [
            ["person", "from", "to", "available"],
            ["Anna García", "2025-05-12 10:00", "2025-05-12 12:00", None],
            ["Anna García", "2025-05-12 11:00", "2025-05-12 13:00", "yes"],
            ["Anna García", "2025-05-13", "2025-05-13", "yes"],
            ["Ben Li", "2025-05-12 10:00", "2025-05-12 12:00", "no"],
        ]
    )
    anna = found["anna-garcia"]
    assert (anna["arrival"][5:16], anna["departure"][5:16]) == ("05-12T10:00", "05-14T00:00")
    assert away(anna) == [("05-12T13:00", "05-13T00:00")]
    assert away(found["ben-li"]) == [("05-12T10:00", "05-12T12:00")]


def test_of_two_arrivals_the_later_one_holds():
    rows = [["person", "from", "to"], ["Anna García", "2025-05-12 10:00", "2025-05-12 13:00"]]
    pages = small(availability=rows)
    pages["people"][0] += ["arrival", "departure"]
    pages["people"][1] += ["2025-05-12 11:00", "2025-05-12 18:00"]
    anna = load_workbook(book(pages)).instance.participants[0]
    assert (anna.arrival.hour, anna.departure.hour) == (11, 13)


def test_rows_that_are_wrong():
    rows = [
        ["person", "from", "to", "available"],
        ["Anna García", "2025-05-12 12:00", "2025-05-12 10:00", None],
        ["Anna García", None, "2025-05-12 10:00", None],
        ["Anna García", "2025-05-12 10:00", "soon", "maybe"],
    ]
    assert faults(rows) == [
        'p.xlsx:availability:2:C: "2025-05-12 10:00" should be later than `from` (column "to")',
        'p.xlsx:availability:3:B: is empty: every row needs it (column "from")',
        'p.xlsx:availability:4:C: "soon" should be a date and time such as 2017-11-20 09:30 (column "to")',
        'p.xlsx:availability:4:D: "maybe" should be yes or no (column "available")',
    ]


def test_times_of_somebody_in_one_city_alone_are_on_its_clock():
    pages = small(cities=[["city", "time zone"], ["Bilbao", "Europe/Madrid"], ["Donostia", "Europe/Lisbon"]])
    pages["people"][0] += ["cities", "arrival", "departure", "absences"]
    pages["people"][1] += ["Donostia", "2025-05-12 10:00", "2025-05-13 10:00", "2025-05-12 11:00-12:00"]
    pages["people"][2] += [None, "2025-05-12 10:00", None, None]
    anna, ben, *_ = load_workbook(book(pages)).instance.participants
    assert anna.arrival.isoformat() == "2025-05-12T10:00:00+01:00"
    assert anna.absences[0].start.isoformat() == "2025-05-12T11:00:00+01:00"
    assert ben.arrival.isoformat() == "2025-05-12T10:00:00+02:00"
