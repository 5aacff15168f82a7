"""Solutions from files, and instances from dicts."""

import datetime as dt

import pytest
import yaml
from support.spoiling import GOOD

from scheduler.domain import Placement, Solution, Window
from scheduler.reading import (
    InputError,
    InputFault,
    instance_from,
    load_solution,
)
from scheduler.reading.yaml_data import parse


def said(call, *args, **more):
    with pytest.raises(InputError) as caught:
        call(*args, **more)
    return str(caught.value).splitlines()


# -- solutions ------------------------------------------------------------------------------------

PLACED = """\
programme: forum
status: optimal
levels:
  - {level: 1, value: 3, bound: 3, status: optimal}
placements:
  - activity: first
    start: 2025-03-10T09:00+01:00
    room: tables
    table: 1
    attendees: [lyon.1]
    interpreter: {pool: french, unit: 1}
unscheduled:
  - {activity: second, reason: no table was free}
"""


def test_a_solution_is_read_from_its_file(tmp_path):
    file = tmp_path / "forum.solution.yaml"
    file.write_text(PLACED, encoding="utf-8")
    solution = load_solution(file)
    assert solution == Solution.model_validate(yaml.load(PLACED, yaml.BaseLoader))
    written = yaml.safe_dump(solution.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    file.write_text(written, encoding="utf-8")
    assert load_solution(file) == solution


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("table: 1", "table: 0", ['9:12: placements.0.table: "0" should be at least 1']),
        ("+01:00", "", ['7:12: placements.0.start: "2025-03-10T09:00" has no offset']),
        ("unit: 1", "units: 1", [
            "11:18: placements.0.interpreter.unit: is missing",
            '11:33: placements.0.interpreter.units: "units" is no key here; did you mean "unit"?',
        ]),
        ("programme: forum\n", "", ["1:1: programme: is missing"]),
        ("reason: no", "reason: &a no", ['13:32: unscheduled.0.reason: "&a" is an anchor']),
        ("reason: no table was free", "reason: *a", ['13:32: unscheduled.0.reason: "*a" is an alias']),
        ("status: optimal\nlevels", "status: fine\nlevels", ['2:9: status: "fine" should be optimal,']),
    ],
)  # fmt: skip
def test_a_bad_solution_is_told_at_its_place(tmp_path, old, new, expected):
    file = tmp_path / "forum.solution.yaml"
    file.write_text(PLACED.replace(old, new), encoding="utf-8")
    lines = said(load_solution, file)
    assert len(lines) == len(expected)
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(f"{file}:{start}")


def test_no_mapping_is_no_solution(tmp_path):
    file = tmp_path / "forum.solution.yaml"
    file.write_text("- a", encoding="utf-8")
    (line,) = said(load_solution, file)
    assert line.startswith(f"{file}:1:1: should be a mapping with the key")


# -- dicts ----------------------------------------------------------------------------------------


def test_a_dict_is_an_instance_with_whatever_values_a_developer_has():
    data = yaml.load(GOOD, yaml.BaseLoader)
    plain = instance_from(data)
    data["programme"]["grid"] = dt.timedelta(minutes=15)
    data["day_parts"] = {"morning": Window(start=dt.time(9), end=dt.time(11))}
    data["interpreters"][0]["languages"] = {"fr", "en"}
    data["meetings"] = tuple(data["meetings"])
    data["cities"][0]["opening"][0]["date"] = dt.date(2025, 3, 10)
    assert instance_from(data) == plain


def test_a_dict_is_told_its_paths():
    data = yaml.load(GOOD, yaml.BaseLoader)
    data["meetings"][0] |= {"parties": ["porto", "nobody"], "start": 5}
    with pytest.raises(InputError) as caught:
        instance_from(data)
    assert caught.value.faults == [
        InputFault("", 0, 0, ("meetings", 0, "start"), "start", "is no key here"),
        InputFault("", 0, 0, ("meetings", 0, "parties", 1), "nobody", "is no party of this programme"),
    ]
    assert said(instance_from, {"meetings": {"table": "meetings.csv"}})[-1].startswith(
        "meetings: should be a list"
    )
    assert said(instance_from, {})[0] == "programme: is missing"
    assert said(instance_from, [])[0].startswith("should be a mapping with the keys programme and cities")


def test_a_value_that_no_file_can_hold_is_told_in_pydantics_words():
    data = yaml.load(GOOD, yaml.BaseLoader)
    data["programme"]["title"] = b"\xff"
    (line,) = said(instance_from, data)
    assert line.startswith("programme.title: should be a valid string")


def test_a_dict_that_holds_itself_is_refused():
    data: dict[str, object] = {}
    data["programme"] = [data]
    assert "is nested too deeply" in said(instance_from, data)[0]


def test_a_placement_is_a_value_like_any_other():
    data = parse(GOOD, "").data
    placement = Placement(
        activity="first", start=dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC), room="tables", table=1
    )
    assert instance_from(data | {"baseline": [placement]}).baseline == (placement,)
    (line,) = said(instance_from, data | {"baseline": [placement, placement]})
    assert line == 'baseline.1.activity: "first" has a place in the baseline already'
