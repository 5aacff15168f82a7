"""A schedule against time."""

import pytest
from support.making import DATE, away, city, hold, hours, make, meeting, put, schedule, session

from scheduler.domain import PartyId, Unscheduled
from scheduler.service.pages.board import Boards

HOUSE = city("madrid", {"id": "hall"}, {"id": "area", "tables": 5}, opening=(hours("10:00", "12:00", DATE),))


def programme(**more):
    return make(
        *"abc",
        cities=[HOUSE],
        meetings=[meeting("one", "a", "b"), meeting("two", "b", "c", title="Rails"), meeting("no", "a", "c")],
        sessions=[session("day", mandatory=False)],
        **more,
    )


SOLUTION = schedule(hold("day", "10:00"), put("one", "11:00", "area", 2), put("two", "11:30", "area", 1))


def cards(board):
    return {
        card.activity: (cell.column.key, row.start.strftime("%H:%M"), card.rows)
        for row in board.rows
        for cell in row.cells
        for card in cell.cards
    }


def test_each_card_begins_in_its_row_and_column():
    boards = Boards(programme(), SOLUTION)
    board = boards.rooms(boards.days[0])
    assert cards(board) == {
        "day": ("hall-0", "10:00", 2),
        "one": ("area-2", "11:00", 1),
        "two": ("area-1", "11:30", 1),
    }
    assert [row.start.strftime("%H:%M") for row in board.rows] == ["10:00", "10:30", "11:00", "11:30"]
    assert all(row.open for row in board.rows)


def test_of_many_tables_those_in_use_and_two_more_are_shown():
    boards = Boards(programme(), SOLUTION)
    (hall, area) = boards.rooms(boards.days[0]).heads
    assert [column.label for column in area.columns] == ["Table 1", "Table 2", "Table 3", "Table 4"]
    assert "5 tables" in area.more
    assert [column.key for column in hall.columns] == ["hall-0"]


def test_what_has_no_place_is_in_the_tray_with_the_reason():
    told = SOLUTION.model_copy(update={"unscheduled": (Unscheduled(activity="no", reason="a is engaged"),)})
    (card,) = Boards(programme(), told).tray()
    assert (card.activity, card.title, card.reason) == ("no", "a \u2013 c", "a is engaged")


def test_what_is_pinned_says_so():
    instance = programme()
    boards = Boards(instance, SOLUTION, ["one"])
    found = {
        c.activity: c.pinned for row in boards.rooms(boards.days[0]).rows for x in row.cells for c in x.cards
    }
    assert found == {"day": False, "one": True, "two": False}


def test_the_day_that_is_asked_for_or_the_first_with_anything_on_it():
    opening = (hours("10:00", "12:00", "2025-03-09"), hours("10:00", "12:00", DATE))
    instance = make(*"ab", cities=[city(opening=opening)], meetings=[meeting("one", "a", "b")])
    boards = Boards(instance, schedule(put("one", "10:00")))
    assert [day.key for day in boards.days] == ["2025-03-09-madrid", "2025-03-10-madrid"]
    assert boards.day("").key == "2025-03-10-madrid"
    assert boards.day("2025-03-09-madrid").label == "Sun 9 Mar, Madrid"
    assert boards.day("nonsense").key == "2025-03-10-madrid"


def test_a_schedule_that_breaks_rules_is_shown_all_the_same():
    odd = schedule(put("one", "08:10", "area", 2), put("two", "08:10", "area", 2), put("ghost", "10:00"))
    boards = Boards(programme(), odd)
    board = boards.rooms(boards.days[0])
    assert cards(board) == {"one": ("area-2", "08:00", 1), "two": ("area-2", "08:00", 1)}
    assert not board.rows[0].open


def test_the_people_of_a_party_against_time():
    instance = make(
        "c",
        cities=[HOUSE],
        delegations=[{"id": "team", "split": "members"}],
        participants=[
            {"id": "t-1", "delegation": "team"},
            {"id": "t-2", "delegation": "team", "absences": [away("10:00", "10:30")]},
        ],
        meetings=[meeting("m", "team", "c")],
    )
    boards = Boards(instance, schedule(put("m", "10:30", "area", 1, "t-2")))
    ((day, board),) = boards.people(PartyId("team"))
    assert day.key == "2025-03-10-madrid"
    assert [column.key for column in board.columns] == ["t-1", "t-2"]
    assert cards(board) == {"m": ("t-2", "10:30", 1)}
    assert boards.people(PartyId("t-1")) == ()
    with pytest.raises((ValueError, KeyError)):
        boards.people(PartyId("nobody"))


def test_midnight_and_clocks_that_change():
    night = city(
        "madrid", opening=(hours("22:00", "24:00", "2025-03-29"), hours("00:00", "04:00", "2025-03-30"))
    )
    instance = make(*"ab", cities=[night], meetings=[meeting("m", "a", "b", duration="1h")])
    boards = Boards(instance, schedule(put("m", "23:00", date="2025-03-29")))
    first, second = boards.days
    assert cards(boards.rooms(first)) == {"m": ("area-1", "23:00", 2)}
    rows = [row.start.strftime("%H:%M") for row in boards.rooms(second).rows]
    assert rows == ["00:00", "00:30", "01:00", "01:30", "03:00", "03:30"]
