"""The instances that come with the project hold what their heads promise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scheduler.domain import Instance, Status, TermName
from scheduler.reading import load
from scheduler.search.solve import solve

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "instances").glob("*.yaml"))
NAMES = [file.stem for file in FILES]


def read(name: str) -> Instance:
    return load(ROOT / "instances" / f"{name}.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_every_instance_loads_and_is_named_after_its_file(name: str) -> None:
    assert read(name).programme.id == name


@pytest.mark.parametrize("name", NAMES)
def test_every_instance_says_in_its_head_what_it_is_for(name: str) -> None:
    text = (ROOT / "instances" / f"{name}.yaml").read_text(encoding="utf-8")
    head = text.split("\n\n", 1)[0].splitlines()
    assert all(line.startswith("#") for line in head)
    assert any(line.startswith("# Purpose: ") for line in head)


def test_there_are_the_kinds_of_instance_that_a_reader_looks_for() -> None:
    assert {
        "asia-innova-2017",
        "tiny",
        "every-rule",
        "infeasible",
        "over-full",
        "two-time-zones",
        "split-delegation",
        "tables",
        "replanned",
    } <= set(NAMES)


def test_over_full_asks_for_more_than_its_tables_hold() -> None:
    instance = read("over-full")
    [area] = [room for room in instance.rooms if room.is_area]
    [window] = area.available
    day = dt.date(2025, 9, 18)
    length = dt.datetime.combine(day, window.end) - dt.datetime.combine(day, window.start)
    assert len(instance.meetings) * dt.timedelta(minutes=30) > (area.tables or 0) * length
    assert TermName.FAIRNESS_SPREAD in {entry.term for entry in instance.objective}
    assert instance.fairness.granted_percent


def test_two_time_zones_has_a_timetable_over_the_border() -> None:
    instance = read("two-time-zones")
    assert {city.time_zone for city in instance.cities} == {"Europe/Lisbon", "Europe/Madrid"}
    ride = instance.travel.journey(
        *(city.id for city in instance.cities),
        dt.datetime.fromisoformat("2025-03-29T19:00+00:00"),
        instance.zones,
    )
    assert ride is not None
    [leg] = ride.legs
    assert leg.mode == "train"
    assert leg.arrive.astimezone(dt.UTC) - leg.depart.astimezone(dt.UTC) == dt.timedelta(hours=9, minutes=10)
    assert [t.isoformat()[-6:] for t in (leg.depart, leg.arrive)] == ["+00:00", "+02:00"]


def test_the_split_delegation_has_roles_and_fewer_interpreters_than_members_who_need_one() -> None:
    instance = read("split-delegation")
    busan = instance.delegation(instance.delegations[0].id)
    assert busan is not None
    assert instance.splits(busan.id)
    members = instance.people_of(busan.id)
    assert all(member.roles for member in members)
    alone = [member for member in members if member.languages == {"ko"}]
    between = [pool for pool in instance.interpreters if pool.languages == {"ko", "en"}]
    assert sum(pool.count for pool in between) < len(alone)


def test_the_replanned_one_has_a_past_and_something_that_cannot_stay() -> None:
    instance = read("replanned")
    now = instance.programme.now
    assert now is not None
    assert any(placement.start < now for placement in instance.baseline)
    closed = {room.id for room in instance.rooms if room.closed}
    assert any(placement.room in closed and placement.start > now for placement in instance.baseline)


def test_the_infeasible_one_is_proven_infeasible() -> None:
    assert solve(read("infeasible")).status is Status.INFEASIBLE


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("11:30, 12:30, 13:30", "11:30, 12:45, 13:30"),
        ("to: 2025-06-03T11:00", "to: 2025-06-03T10:45"),
        ("departure: 2025-06-03T17:00", "departure: 2025-06-03T17:45"),
        ("parties: [oslo, madrid-council], duration: 1h, mandatory: true", "parties: [oslo, madrid-council]"),
        (
            "parties: [oslo, barcelona-council], duration: 1h, mandatory: true",
            "parties: [oslo, barcelona-council]",
        ),
    ],
    ids=[
        "a train at 12:45",
        "the mayor is free earlier",
        "Oslo leaves later",
        "Madrid may go",
        "Barcelona may go",
    ],
)
def test_any_change_that_its_head_names_makes_it_feasible(said: str, instead: str, tmp_path: Path) -> None:
    text = (ROOT / "instances" / "infeasible.yaml").read_text(encoding="utf-8")
    assert text.count(said) == 1
    changed = tmp_path / "changed.yaml"
    changed.write_text(text.replace(said, instead), encoding="utf-8")
    assert solve(load(changed)).status is Status.OPTIMAL
