from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from support.any_programme import programmes
from support.exported import relaxed
from support.forums import FORUM
from support.published import published

from scheduler import domain
from scheduler.domain import Value
from scheduler.exports import instance_text, write_instance
from scheduler.exports.instance_file import SETS
from scheduler.reading import instance_from, load, load_b2b

INSTANCES = sorted((Path(__file__).parents[2] / "instances").glob("*.yaml"))


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.stem)
def test_an_instance_written_and_read_back_is_the_same(path: Path, tmp_path: Path) -> None:
    instance = load(path)
    written = write_instance(instance, tmp_path / "new" / "written.yaml")
    assert load(written) == instance
    assert written.read_text(encoding="utf-8") == instance_text(load(written))


@relaxed
@given(programmes())
def test_any_instance_reads_back_whether_scalars_are_resolved_or_not(data: dict[str, object]) -> None:
    instance = instance_from(data)
    text = instance_text(instance)
    assert instance_from(yaml.load(text, Loader=yaml.BaseLoader)) == instance
    assert instance_from(yaml.safe_load(text)) == instance


def test_what_is_written_is_what_differs_from_the_defaults_a_part_to_a_line(tmp_path: Path) -> None:
    path = tmp_path / "forum.dzn"
    path.write_text(FORUM)
    assert instance_text(load_b2b(path), "Of a forum.\n\x07 Again.").splitlines() == [
        "# Of a forum.",
        "# ? Again.",
        "programme: {id: forum, grid: 30min}",
        "cities:",
        "  - id: city",
        "    time_zone: UTC",
        '    opening: [{date: "2022-05-02", from: "08:00", to: "11:00"}]',
        '    venues: [{id: venue, rooms: [{id: area, name: "Meeting area", tables: 2}]}]',
        'day_parts: {morning: {from: "08:00", to: "10:00"}, afternoon: {from: "10:00", to: "11:00"}}',
        "participants:",
        "  - {id: p1}",
        "  - id: p2",
        "    absences:",
        "      - {from: 2022-05-02T08:30+00:00, to: 2022-05-02T09:30+00:00}",
        "      - {from: 2022-05-02T10:00+00:00, to: 2022-05-02T10:30+00:00}",
        "  - {id: p3}",
        "  - {id: p4, absences: [{from: 2022-05-02T10:30+00:00, to: 2022-05-02T11:00+00:00}]}",
        "  - {id: p5}",
        "meetings:",
        "  - {id: m1, day_part: morning, parties: [p1, p2], mandatory: true}",
        "  - {id: m2, day_part: afternoon, parties: [p2, p3], mandatory: true}",
        "  - {id: m3, pin: {start: 2022-05-02T10:30+00:00}, parties: [p1, p4], mandatory: true}",
        "  - {id: m4, parties: [p3, p4], mandatory: true}",
        "precedences:",
        "  - {before: m1, after: m2}",
        "  - {before: m1, after: m3}",
        "  - {before: m2, after: m3}",
        "fairness: {breaks: 2}",
        "breaks: {span: programme}",
        "objective: [{term: breaks}]",
    ]


def test_all_sets_are_known_so_that_they_are_written_in_one_order() -> None:
    parts = [part for part in vars(domain).values() if isinstance(part, type) and issubclass(part, Value)]
    found = {
        name
        for part in parts
        for name, field in part.model_fields.items()
        if "frozenset" in str(field.annotation)
    }
    assert found == SETS


@pytest.mark.parametrize("path", published("b2bsop*/*.dzn"))
def test_published_forums_read_back(path: Path, tmp_path: Path) -> None:
    instance = load_b2b(path)
    assert load(write_instance(instance, tmp_path / "forum.yaml")) == instance
