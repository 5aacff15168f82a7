from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from support.exported import instances, named_instances, relaxed, solutions
from support.hand_made import facts, hand_made, hand_placed, solution_of
from support.workbooks import Block, ReadSheet, instant, read

from scheduler.domain import (
    EVERYBODY,
    HostedActivity,
    Instance,
    Placement,
    Session,
    Solution,
    Talk,
    is_mandatory,
    kind_of,
)
from scheduler.domain.times import later
from scheduler.exports import Agendas, By
from scheduler.exports import schedule_workbook as package
from scheduler.exports.formats import Manner
from scheduler.exports.plain import fit
from scheduler.exports.schedule_workbook import files
from scheduler.exports.wording import location, summary

few = settings(relaxed, max_examples=20)


def sheets(instance: Instance, solution: Solution) -> dict[str, ReadSheet]:
    (data,) = files(instance, solution, Manner()).values()
    return read(data)


def text(value: Any) -> str:
    return "" if value is None else str(value)


def names_of(instance: Instance, parties: Any) -> str:
    return "; ".join("everybody" if p == EVERYBODY else instance.party_label(p) for p in parties)


def expected_row(instance: Instance, placement: Placement) -> dict[str, str]:
    """Return what a placement's row says, from the instance and the placement alone."""
    activity = instance.activity(placement.activity)
    title = activity.label
    if not activity.title and isinstance(activity, HostedActivity) and not isinstance(activity, Session):
        title = " - ".join(map(instance.party_label, activity.parties))
    seat = placement.interpreter
    return {
        "City": fit(instance.city_of(placement.room).label),
        "Kind": kind_of(activity).replace("_", " "),
        "What": fit(title),
        "Venue": fit(instance.venue_of(placement.room).label),
        "Room": fit(instance.room(placement.room).label),
        "Table": text(placement.table),
        "Parties": fit(names_of(instance, getattr(activity, "parties", ()))),
        "Audience": fit(names_of(instance, getattr(activity, "audience", ()))),
        "Interpreter": f"pt/zh ({seat.pool}, no. {seat.unit})" if seat else "",
        "Id": activity.id,
    }


@few
@given(instances() | named_instances(), solutions())
def test_the_programme_reads_back_as_the_schedule(instance: Instance, solution: Solution) -> None:
    rows = sheets(instance, solution)["Programme"].rows
    by_id = {row["Id"]: row for row in rows}
    assert len(rows) == len(by_id) == len(solution.placements)
    for placement in solution.placements:
        row, expected = by_id[placement.activity], expected_row(instance, placement)
        assert {head: text(row[head]) for head in expected} == expected
        length = instance.activity(placement.activity).duration
        assert instant(row["Start"], row["Clock"]) == placement.start
        assert instant(row["End"], row["Clock"], end=True) == later(placement.start, length)
        local = placement.start.astimezone(instance.city_of(placement.room).zone)
        assert row["Date"] == dt.datetime.combine(local.date(), dt.time(0))
        for person in placement.attendees:
            assert fit(instance.person(person).name) in text(row["Taking part"])
    order = [city.label for city in instance.cities]
    assert [order.index(_city(instance, row)) for row in rows] == sorted(
        order.index(_city(instance, row)) for row in rows
    )


def _city(instance: Instance, row: dict[str, Any]) -> str:
    return next(city.label for city in instance.cities if fit(city.label) == text(row["City"]))


@few
@given(named_instances(), solutions())
def test_what_has_no_place_reads_back_with_its_reason(instance: Instance, solution: Solution) -> None:
    placed = {placement.activity for placement in solution.placements}
    reasons = {item.activity: item.reason for item in solution.unscheduled}
    left = [a for a in (*instance.sessions, *instance.meetings) if a.id not in placed]
    rows = sheets(instance, solution)["Without a place"].rows
    assert [
        (r["Id"], text(r["Priority"]), text(r["Why it has no place"]), text(r["Parties"])) for r in rows
    ] == [
        (
            a.id,
            "mandatory" if is_mandatory(a) else a.priority,
            reasons.get(a.id, ""),
            fit(names_of(instance, a.parties)),
        )
        for a in left
    ]


def blocks_of(found: dict[str, ReadSheet], what: str) -> list[tuple[str, Block]]:
    return [
        (sheet.cells[2, 1], block)
        for name, sheet in found.items()
        if name.startswith(f"{what} 2025-")
        for block in sheet.blocks()
    ]


@few
@given(named_instances(), solutions())
def test_the_grids_of_rooms_read_back_as_the_schedule(instance: Instance, solution: Solution) -> None:
    placed = {p.activity: p for p in solution.placements}
    expected: Counter[Any] = Counter()
    for placement in solution.placements:
        activity = instance.activity(placement.activity)
        zone = instance.city_of(placement.room).zone
        start = placement.start.astimezone(zone)
        if isinstance(activity, Talk):
            session = placed.get(instance.session_of(activity.id).id)
            same_grid = session and (
                instance.city_of(session.room).id == instance.city_of(placement.room).id
                and session.start.astimezone(zone).date() == start.date()
            )
            if same_grid:
                continue
        labels = (
            fit(instance.venue_of(placement.room).label),
            fit(instance.room(placement.room).label),
            text(placement.table),
        )
        end = later(placement.start, activity.duration).astimezone(zone)
        expected[labels, start.replace(tzinfo=None, fold=0), end.replace(tzinfo=None, fold=0)] += 1
    found = blocks_of(sheets(instance, solution), "Rooms")
    assert Counter((block.labels, block.start, block.end) for _, block in found) == expected


@few
@given(named_instances(), solutions())
def test_the_grids_of_people_read_back_as_their_agendas(instance: Instance, solution: Solution) -> None:
    expected: Counter[Any] = Counter()
    legs, agendas = 0, Agendas(instance, solution)
    for agenda in agendas.by(By.PARTICIPANT):
        for entry in agenda.events:
            legs += entry.kind == "travel"
            if entry.kind != "travel":
                start, end = (moment.replace(tzinfo=None, fold=0) for moment in (entry.start, entry.end))
                name = fit(next(p.name for p in instance.people if p.id == agenda.view.id))
                expected[name, start, end, fit(summary(instance, agenda, entry))] += 1
    found: Counter[Any] = Counter()
    blocks = [block for _, block in blocks_of(sheets(instance, solution), "People")]
    assert len(blocks) == sum(expected.values()) + legs
    for block in blocks:
        for said in [e for e in expected if e[:3] == (block.labels[0], block.start, block.end)]:
            if block.text.startswith(said[3] + "\n"):
                found[said] += 1
                break
    assert found.keys() == expected.keys()


@few
@given(named_instances(), solutions())
def test_the_sheet_of_a_delegation_reads_back_as_its_agenda(instance: Instance, solution: Solution) -> None:
    found = list(sheets(instance, solution).values())[-len(instance.delegations) :]
    for sheet, agenda in zip(found, Agendas(instance, solution).by(By.DELEGATION), strict=True):
        assert sheet.cells[1, 1] == fit(agenda.title)
        rows = sheet.rows
        assert [row["Id"] for row in rows] == [entry.id for entry in agenda.entries]
        for row, entry in zip(rows, agenda.entries, strict=True):
            assert instant(row["Start"], row["Clock"]) == entry.start
            assert instant(row["End"], row["Clock"], end=True) == entry.end
            assert row["What"] == fit(summary(instance, agenda, entry))
            assert text(row["Where"]) == ("" if entry.kind == "travel" else fit(location(entry)))
            people = f"{text(row['Our people'])}; {text(row['Others there'])}"
            assert all(fit(attendee.person.name) in people for attendee in entry.attendees)
            assert text(row["In the audience"]) == fit("; ".join(p.name for p in entry.listeners))


def test_the_sheets_are_these() -> None:
    assert list(sheets(hand_made(), hand_placed())) == [
        "Contents",
        "Programme",
        "Without a place",
        "Rooms 2025-03-29 Lisbon",
        "Rooms 2025-03-30 Madrid",
        "People 2025-03-29 Lisbon",
        "People 2025-03-30 Madrid",
        "Guangzhou",
        "Praia, Cabo Verde",
        "Tallinn",
    ]


def test_the_first_sheet_says_what_the_schedule_is_worth() -> None:
    contents = sheets(hand_made(), hand_placed())["Contents"]
    last = max(row for row, _ in contents.cells)
    rows = [contents.row(number) for number in range(1, last + 1)]
    assert rows[0] == ['Open cities, "by hand"']
    assert ["Schedule", "Proven optimal: no better schedule exists."] in rows
    assert ["Sessions and meetings with a place", 4] in rows
    assert ["Without a place", 2] in rows
    assert ["Level 1", "proven twice", 1, 1] in rows
    assert ["Level 2", "proven", 5, 5] in rows
    assert ["Level 1", "requests not granted, by priority", 1, 1] in rows
    assert ["Lisbon", "Europe/Lisbon", dt.datetime(2025, 3, 29), dt.datetime(2025, 3, 29)] in rows
    assert ["travel"] in rows


def test_a_schedule_of_which_nothing_is_known_says_nothing() -> None:
    given = facts()
    del given["programme"]["organizer"]
    bare = Solution(programme="hand-made")
    contents = sheets(Instance.model_validate(given), bare)["Contents"]
    texts = {value for value in contents.cells.values() if isinstance(value, str)}
    assert "A valid schedule, not proven to be the best." in texts
    assert not texts & {"Organiser", "What the levels are made of"}


def test_a_reason_names_what_has_the_place() -> None:
    solution = hand_placed()
    said = {
        "activity": "refused",
        "reason": "no",
        "kind": "lost_to",
        "lost_to": ["islands", "untitled", "talk-metro"],
    }
    solution = Solution.model_validate({**solution.model_dump(), "unscheduled": [said]})
    row = sheets(hand_made(), solution)["Without a place"].rows[1]
    assert row["In the way"] == "requests of higher priority have its places"
    assert row["Loses its place to"] == "Ferries, islands; Tallinn - Praia, Cabo Verde; Metro, 地铁"


def test_very_many_delegations_have_files_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_DELEGATIONS", 2)
    found = files(hand_made(), hand_placed(), Manner())
    assert list(found) == ["programme.xlsx", "programme-delegations-1.xlsx", "programme-delegations-2.xlsx"]
    assert list(read(found["programme-delegations-1.xlsx"])) == ["Contents", "Guangzhou", "Praia, Cabo Verde"]
    main = read(found["programme.xlsx"])
    assert "Guangzhou" not in main
    assert "programme-delegations-2.xlsx" in main["Contents"].cells.values()


def test_a_large_schedule_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = sheets(hand_made(), hand_placed())
    monkeypatch.setattr(package, "_MANY", 1)
    large = sheets(hand_made(), hand_placed())
    assert {name: sheet.cells for name, sheet in large.items()} == {
        name: sheet.cells for name, sheet in usual.items()
    }


def test_the_same_schedule_gives_the_same_bytes_whatever_its_order() -> None:
    shuffled = list(hand_placed().placements)
    random.Random(1).shuffle(shuffled)
    assert files(hand_made(), solution_of(shuffled), Manner()) == files(hand_made(), hand_placed(), Manner())
