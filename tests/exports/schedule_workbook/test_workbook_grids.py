from __future__ import annotations

import datetime as dt

import pytest
from support.hand_made import PLACEMENTS, facts, hand_made, hand_placed, solution_of

from scheduler.domain import Instance, Solution
from scheduler.exports import Agendas, By, View
from scheduler.exports.schedule_workbook.grids import Day, days, people_grid, rooms_grid
from scheduler.exports.schedule_workbook.layout import Grid

HAND_MADE = hand_made()
_OPENING, _ISLANDS = PLACEMENTS[0], PLACEMENTS[1]


def rooms(solution: Solution, instance: Instance = HAND_MADE, day: int = 0) -> Grid:
    entries = Agendas(instance, solution).entries
    found = days(instance, entries, ())[day]
    here = [e for e in entries if (e.place.city.id, e.start.date()) == (found.city.id, found.date)]
    return rooms_grid(instance, found, here, "Rooms")


def clocks(day: Day) -> list[str]:
    return [f"{edge.astimezone(day.city.zone):%H:%M}" for edge in day.edges]


def test_a_day_is_cut_into_half_hours_while_it_is_open() -> None:
    (lisbon, madrid) = days(HAND_MADE, Agendas(HAND_MADE, hand_placed()).entries, ())
    assert clocks(lisbon)[:3] == ["09:00", "09:30", "10:00"]
    assert clocks(lisbon)[-1] == "20:00"
    assert len(madrid.edges) == 19
    assert (lisbon.name, lisbon.clock) == (
        "Lisbon, Saturday 29 March 2025",
        "Times are those of Lisbon: Europe/Lisbon, UTC+00:00.",
    )


@pytest.mark.parametrize(
    ("start", "step", "count"),
    [("10:15", 15, 45), ("10:10", 10, 67), ("10:05", 5, 133), ("10:07", 30, 25)],
)
def test_a_day_is_cut_as_finely_as_its_starts_ask(start: str, step: int, count: int) -> None:
    solution = solution_of([_OPENING | {"start": f"2025-03-29T{start}+00:00"}])
    day = days(HAND_MADE, Agendas(HAND_MADE, solution).entries, ())[0]
    assert (day.step, len(day.edges)) == (step, count)
    assert start in clocks(day)


def test_what_begins_when_the_city_is_closed_has_slots_too() -> None:
    solution = solution_of([_OPENING | {"start": "2025-03-28T21:00+00:00"}])
    night, lisbon, _ = days(HAND_MADE, Agendas(HAND_MADE, solution).entries, ())
    assert clocks(night) == ["21:00", "21:30"]
    assert clocks(lisbon)[0] == "09:00"


def test_every_table_has_a_line_and_a_hall_one() -> None:
    grid = rooms(hand_placed())
    assert [line.labels for line in grid.lines] == [
        ("Paços do Concelho", "Noble hall", ""),
        ("Paços do Concelho", "Meeting area", "1"),
        ("Paços do Concelho", "Meeting area", "2"),
    ]
    (block,) = grid.lines[2].blocks
    assert (grid.edges[block.first], grid.edges[block.end]) == (
        dt.datetime(2025, 3, 29, 11),
        dt.datetime(2025, 3, 29, 11, 30),
    )
    assert block.text == "Ferries, islands\nGuangzhou - Praia, Cabo Verde"


def test_a_very_large_area_has_lines_up_to_the_last_table_in_use() -> None:
    given = facts()
    given["cities"][0]["venues"][0]["rooms"][1]["tables"] = 5000
    instance = Instance.model_validate(given)
    grid = rooms(solution_of([_ISLANDS | {"table": 7}]), instance)
    assert [line.labels[2] for line in grid.lines] == ["", *map(str, range(1, 8))]


@pytest.mark.parametrize("table", [None, 9])
def test_a_table_that_there_is_not_has_a_line(table: int | None) -> None:
    grid = rooms(solution_of([_ISLANDS | {"table": table}]))
    assert ("Paços do Concelho", "Meeting area", str(table or "")) in [line.labels for line in grid.lines]


def test_what_overlaps_has_lines_of_its_own() -> None:
    later = {"activity": "visit", "start": "2025-03-29T10:15+00:00", "room": "noble-hall"}
    last = {"activity": "refused", "start": "2025-03-29T10:30+00:00", "room": "noble-hall"}
    grid = rooms(solution_of([_OPENING, later, last]))
    assert [[block.text for block in line.blocks] for line in grid.lines[:2]] == [
        ["Opening\n(inaugural)", "=Refused, sadly\nGuangzhou - Tallinn"],
        ["Field visit\n(field visit)"],
    ]


def test_talks_are_within_their_session_or_alone() -> None:
    (line, *_) = rooms(hand_placed(), day=1).lines
    assert len(line.blocks) == 1
    (alone, *_) = rooms(solution_of([PLACEMENTS[5]]), day=1).lines
    assert [block.text for block in alone.blocks] == ["Metro, 地铁\n(talk)"]


def people(person: str, day: int) -> list[str]:
    agendas = Agendas(HAND_MADE, hand_placed())
    agenda = agendas.of(View(By.PARTICIPANT, person))
    found = days(HAND_MADE, agendas.entries, [e for e in agenda.entries if e.kind == "travel"])[day]
    here = [e for e in agenda.events if (e.place.city.id, e.start.date()) == (found.city.id, found.date)]
    grid = people_grid(HAND_MADE, found, [(_person(person), agenda, here)], "People")
    return [block.text for line in grid.lines for block in line.blocks]


def _person(id_: str):  # type: ignore[no-untyped-def]
    return next(person for person in HAND_MADE.people if person.id == id_)


def test_people_see_what_they_do_where_and_their_journeys() -> None:
    assert people("delegate-3", 0) == [
        "Opening\nNoble hall\n(audience)",
        "Plane Lisbon - Madrid\n13:10, arrives 15:30 (UTC+01:00)",
    ]
    assert people("praia", 0)[-1] == "Plane Lisbon - Madrid\n13:10, arrives 15:30 (UTC+01:00)"
    assert people("praia", 1) == [
        'Smart cities 🏙️, "the ecosystem"\nand its talks; C:\\New\nhall\n(participant)',
        "Meeting with Tallinn\nTables, table 1",
    ]


def test_a_journey_after_closing_makes_the_day_longer() -> None:
    opening = _OPENING | {"start": "2025-03-29T19:00+00:00"}
    solution = solution_of([opening, *PLACEMENTS[2:3]])
    agendas = Agendas(HAND_MADE, solution)
    legs = [e for e in agendas.of(View(By.PARTICIPANT, "praia")).entries if e.kind == "travel"]
    lisbon = days(HAND_MADE, agendas.entries, legs)[0]
    (leg,) = legs
    assert f"{leg.start:%H:%M}" == "21:30"
    assert clocks(lisbon)[-2:] == ["21:30", "22:00"]
    assert lisbon.slots(leg) == (25, 26)
