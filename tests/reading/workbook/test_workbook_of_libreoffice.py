"""A workbook made by hand in LibreOffice (``data/make_port_cities.py`` says how), imported and solved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.command_line import run
from support.spoiled_workbooks import DATA

from scheduler.checker import check
from scheduler.reading import load, load_solution, load_workbook
from scheduler.reading.workbook import ImportedWorkbook

NOTES = (
    'Venues: column H "Contact" is not read',
    'People: column K "Hotel" is not read',
    'People: column L "Badge" is not read',
    'Wishes: column D "Remarks" is not read',
    'Locks: column E "Remarks" is not read',
    "Notes: is not read: no sheet of that name is known",
)


@pytest.fixture(scope="module")
def imported() -> ImportedWorkbook:
    return load_workbook(DATA / "port-cities.xlsx")


def test_every_row_is_used_and_what_is_not_read_is_named(imported: ImportedWorkbook) -> None:
    assert imported.faults == imported.report.refused == ()
    assert imported.report.read == imported.report.used == 54
    assert set(NOTES) < set(imported.report.notes)


def test_the_other_kind_of_file_says_the_same(imported: ImportedWorkbook) -> None:
    again = load_workbook(DATA / "port-cities.ods")
    assert again.instance == imported.instance
    assert again.report == imported.report


def test_merged_cells_blank_rows_and_titles(imported: ImportedWorkbook) -> None:
    valencia, bilbao = imported.instance.cities
    assert [(venue.name, len(venue.rooms)) for venue in valencia.venues] == [
        ("Edificio del Reloj", 2),
        ("Veles e Vents", 1),
    ]
    assert [(o.date.day, f"{o.start:%H:%M}", f"{o.end:%H:%M}") for o in valencia.opening] == [
        (18, "09:00", "13:30"),
        (18, "15:00", "18:30"),
        (19, "09:00", "13:30"),
    ]
    assert bilbao.venues[0].rooms[0].tables == 2
    assert len(imported.instance.participants) == 12


def test_names_addresses_and_what_formulas_came_to(imported: ImportedWorkbook) -> None:
    people = {person.email: person for person in imported.instance.participants}
    assert people["seoyeon@busan.example"].name == "김서연"
    assert people["laila@alexandria.example"].organisation == "ميناء الإسكندرية"
    assert imported.instance.room("salon").seats == 120
    assert people["amparo.ferrer@valencia.example"].meetings.least == 1


def test_times_are_on_the_clock_of_the_city(imported: ImportedWorkbook) -> None:
    summer = dt.timezone(dt.timedelta(hours=2))
    people = {person.email: person for person in imported.instance.participants}
    assert people["z.nowak@gdansk.example"].arrival == dt.datetime(2026, 5, 18, 11, tzinfo=summer)
    (away,) = people["j.zabala@bilbao.example"].absences
    assert (away.start, away.end) == (
        dt.datetime(2026, 5, 18, 9, tzinfo=summer),
        dt.datetime(2026, 5, 18, 11, tzinfo=summer),
    )
    opening = imported.instance.sessions[0]
    assert opening.pin.start == dt.datetime(2026, 5, 18, 9, tzinfo=summer)


def test_wishes_are_requests(imported: ImportedWorkbook) -> None:
    asked = {meeting.parties: meeting.priority for meeting in imported.instance.meetings}
    assert asked["amparo-ferrer", "gimseoyeon"] == "mutual_must"
    assert asked["nerea-uriarte", "teresa-dominguez"] == "mutual_like"
    assert imported.instance.never == (("gdansk", "alexandria"),)
    assert len(asked) == 8


def test_it_is_imported_and_solved_from_the_command_line(tmp_path: Path) -> None:
    instance = tmp_path / "port-cities.yaml"
    done = run("import", "spreadsheet", DATA / "port-cities.xlsx", "-o", instance)
    assert done.exit_code == 0
    solved = run("solve", instance, "-o", tmp_path, "--deterministic", "--time-limit", 10, "--quiet")
    assert solved.exit_code == 0
    solution = load_solution(tmp_path / "port-cities.solution.yaml")
    assert check(load(instance), solution).valid
