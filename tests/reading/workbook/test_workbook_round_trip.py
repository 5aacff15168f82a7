"""A programme written as a workbook, or as CSV files, is read as the same programme."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.any_programme import programmes
from support.exported import instances, named_instances
from support.names import names
from support.tiny import tiny_instance
from support.tools import tool

from scheduler.domain import Instance, ObjectiveTerm, Quota
from scheduler.domain.objective import DEFAULT_OBJECTIVE, OBJECTIVE_WITH_LEAST
from scheduler.exports.workbook import workbook_bytes, write_workbook
from scheduler.reading import instance_from, load, load_workbook

INSTANCES = Path(__file__).parents[3] / "instances"
FILES = sorted([*INSTANCES.glob("*.yaml"), *(INSTANCES / "scenarios").glob("*.yaml")])

relaxed = settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read_back(source: Path | bytes) -> Instance:
    """Return what is read, of which nothing may be refused."""
    found = load_workbook(source)
    assert found.faults == found.report.refused == ()
    assert found.report.read == found.report.used
    return found.instance


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_here(path: Path, tmp_path: Path) -> None:
    instance = load(path)
    assert read_back(workbook_bytes(instance)) == instance
    write_workbook(tmp_path, instance)
    assert read_back(tmp_path) == instance


@relaxed
@given(programmes())
def test_any_programme(tmp_path_factory: pytest.TempPathFactory, parts: dict[str, Any]) -> None:
    instance = instance_from(parts)
    assert read_back(workbook_bytes(instance)) == instance
    folder = tmp_path_factory.mktemp("tables")
    write_workbook(folder, instance)
    assert read_back(folder) == instance


@pytest.mark.parametrize("seed", range(30))
def test_tiny_programmes(seed: int) -> None:
    instance = tiny_instance(seed)
    assert read_back(workbook_bytes(instance)) == instance


@pytest.mark.parametrize("objective", [DEFAULT_OBJECTIVE, OBJECTIVE_WITH_LEAST, ()])
@pytest.mark.parametrize("seed", range(10))
def test_tiny_programmes_in_which_a_least_is_asked_for(
    seed: int, objective: tuple[ObjectiveTerm, ...]
) -> None:
    instance = tiny_instance(seed)
    asking = [party.model_copy(update={"meetings": Quota(least=seed % 3)}) for party in instance.delegations]
    changed = instance.changed(delegations=asking, objective=objective)
    assert read_back(workbook_bytes(changed)) == changed


@relaxed
@given(instances() | named_instances())
def test_whatever_things_are_called(instance: Instance) -> None:
    assert read_back(workbook_bytes(instance)) == instance


def named(name: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy of programmes in which everything has a name."""

    @st.composite
    def programme(draw: st.DrawFn) -> dict[str, Any]:
        people = [
            {
                "id": f"p{i}",
                "name": draw(name),
                "organisation": draw(name),
                "email": draw(st.just("") | st.just("same@example.org") | name),
                "roles": draw(st.lists(name, max_size=2, unique=True)),
                "delegation": "d",
            }
            for i in range(3)
        ]
        room = {"id": "r", "name": draw(name), "features": draw(st.lists(name, max_size=3, unique=True))}
        venue = {
            "id": "v",
            "name": draw(name),
            "address": draw(name),
            "rooms": [room, {"id": "t", "tables": 2}],
        }
        opening = [{"date": "2025-03-10", "from": "09:00", "to": "12:00"}]
        city = {
            "id": "c",
            "name": draw(name),
            "time_zone": "Asia/Seoul",
            "opening": opening,
            "venues": [venue],
        }
        priority = draw(name)
        return {
            "programme": {
                "id": "x",
                "title": draw(name),
                "organizer": {"name": draw(name), "email": draw(name)},
            },
            "cities": [city],
            "delegations": [
                {"id": "d", "name": draw(name), "split": "members"},
                {"id": "e", "name": draw(name)},
            ],
            "participants": people,
            "priorities": {priority: 2, "normal": 1},
            "day_parts": {draw(name): {"from": "09:00"}},
            "tracks": [{"id": "w", "name": draw(name)}],
            "sessions": [
                {"id": "s", "title": draw(name), "kind": "workshop", "duration": "1h", "track": "w"}
            ],
            "meetings": [
                {"id": "m", "title": draw(name), "parties": ["d", "e"], "priority": priority},
                {
                    "id": "n",
                    "parties": ["d", "e"],
                    "roles": {"d": people[0]["roles"][0]} if people[0]["roles"] else {},
                },
            ],
            "never": [["p0", "e"]],
        }

    return programme()


@relaxed
@given(
    named(names() | st.sampled_from([" ends ", "'=1", "'text", "#REF!", "x\u200b", "\ufeffa", "a\tb", "yes"]))
)
def test_names_of_every_script(tmp_path_factory: pytest.TempPathFactory, parts: dict[str, Any]) -> None:
    instance = instance_from(parts)
    assert read_back(workbook_bytes(instance)) == instance
    folder = tmp_path_factory.mktemp("tables")
    write_workbook(folder, instance)
    assert read_back(folder) == instance


GUARDED = ["=1+1", "+34 600", "-1", "@home", "'=1", "''=1", "'-", "'quoted'", "'", "''"]


def test_names_that_begin_like_formulas_or_with_what_guards_them(tmp_path: Path) -> None:
    city = {
        "id": "c",
        "time_zone": "Asia/Seoul",
        "opening": [{"date": "2025-03-10", "from": "09:00", "to": "12:00"}],
        "venues": [{"id": "v", "rooms": [{"id": "r"}]}],
    }
    talk = {"id": "t", "speaker": "p0", "duration": "30min", "order": -1}
    instance = instance_from(
        {
            "programme": {"id": "x", "title": "=A1"},
            "cities": [city],
            "participants": [{"id": f"p{i}", "name": name} for i, name in enumerate(GUARDED)],
            "sessions": [{"id": "s", "kind": "workshop", "duration": "1h", "talks": [talk]}],
        }
    )
    assert read_back(workbook_bytes(instance)) == instance
    write_workbook(tmp_path, instance)
    cells = [
        cell
        for path in tmp_path.glob("*.csv")
        for record in csv.reader(path.read_text("utf-8-sig").splitlines())
        for cell in record
    ]
    assert {"'=1+1", "''=1", "'quoted'", "'-1", "'=A1"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@"))]
    assert read_back(tmp_path) == instance


def through_office(office: str, path: Path, ending: str) -> Path:
    """Open a file in LibreOffice, and save it as another kind."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    folder = path.parent / "again"
    command = [office, "--headless", "--norestore", profile, "--convert-to", ending, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{ending}"


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_libreoffice_in_between(tmp_path: Path, ending: str) -> None:
    office = tool(
        "soffice", "SCHEDULER_OFFICE", "office program ", "LibreOffice: install it, or name soffice"
    )
    instance = load(INSTANCES / "every-rule.yaml")
    path = tmp_path / "programme.xlsx"
    write_workbook(path, instance)
    assert read_back(through_office(office, path, ending)) == instance
