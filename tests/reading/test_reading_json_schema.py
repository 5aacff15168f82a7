"""The JSON Schema: what is read fits it, and what does not fit it is not read."""

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from support.any_programme import programmes
from support.spoiling import GOOD

from scheduler.domain import Instance
from scheduler.reading import schema
from scheduler.reading.yaml_data import parse

SCHEMA = schema()
INSTANCES = Path(__file__).parents[2] / "instances"


def complaints(value, shape, path="$"):
    """Yield what a value breaks of a schema: the few keywords that ours uses, and no others."""
    unknown = set(shape) - set(CHECKS) - NOTES
    assert not unknown, unknown
    for keyword, said in shape.items():
        if keyword in CHECKS:
            yield from CHECKS[keyword](value, said, path, shape)


NOTES = {"title", "description", "default", "examples", "format", "uniqueItems", "$schema", "$defs"}
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def _type(value, said, path, shape):
    if not isinstance(value, TYPES[said]) or (said == "integer" and isinstance(value, bool)):
        yield f"{path}: no {said}"


def _reference(value, said, path, shape):
    return complaints(value, SCHEMA["$defs"][said.removeprefix("#/$defs/")], path)


def _any(value, said, path, shape):
    if all(list(complaints(value, each, path)) for each in said):
        yield f"{path}: none of the forms"


def _properties(value, said, path, shape):
    for key, each in said.items():
        if isinstance(value, dict) and key in value:
            yield from complaints(value[key], each, f"{path}.{key}")


def _others(value, said, path, shape):
    for key in set(value if isinstance(value, dict) else ()) - set(shape.get("properties", ())):
        if said is False:
            yield f"{path}.{key}: not allowed"
        else:
            yield from complaints(value[key], said, f"{path}.{key}")


def _items(value, said, path, shape):
    for i, each in enumerate(value if isinstance(value, list) else ()):
        yield from complaints(each, said, f"{path}.{i}")


def _when(test, word):
    def check(value, said, path, shape):
        if not test(value, said):
            yield f"{path}: {word} {said}"

    return check


CHECKS = {
    "type": _type,
    "$ref": _reference,
    "anyOf": _any,
    "properties": _properties,
    "additionalProperties": _others,
    "items": _items,
    "required": _when(lambda v, said: not isinstance(v, dict) or set(said) <= set(v), "lacks one of"),
    "enum": _when(lambda v, said: v in said, "none of"),
    "pattern": _when(lambda v, said: not isinstance(v, str) or re.search(said, v), "unlike"),
    "minLength": _when(lambda v, said: not isinstance(v, str) or len(v) >= said, "shorter than"),
    "maxLength": _when(lambda v, said: not isinstance(v, str) or len(v) <= said, "longer than"),
    "minItems": _when(lambda v, said: not isinstance(v, list) or len(v) >= said, "fewer than"),
    "maxItems": _when(lambda v, said: not isinstance(v, list) or len(v) <= said, "more than"),
    "minProperties": _when(lambda v, said: not isinstance(v, dict) or len(v) >= said, "fewer than"),
    "minimum": _when(lambda v, said: not isinstance(v, int) or v >= said, "less than"),
    "maximum": _when(lambda v, said: not isinstance(v, int) or v <= said, "more than"),
}


def of(text):
    return sorted(complaints(parse(text, "").data, SCHEMA))


def test_it_is_json_and_names_its_dialect():
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("file", sorted(INSTANCES.rglob("*.yaml")), ids=lambda file: file.stem)
def test_the_instances_of_the_project_fit(file):
    assert of(file.read_text(encoding="utf-8")) == []


@settings(max_examples=20, deadline=None)
@given(programmes())
def test_whatever_instance_is_written_fits(data):
    instance = Instance.model_validate(data)
    for short in (True, False):
        written = instance.model_dump(mode="json", by_alias=True, exclude_defaults=short)
        assert list(complaints(written, SCHEMA)) == []
        assert of(yaml.safe_dump(written, allow_unicode=True)) == []


SHORT_FORMS = [
    ("speakers: [guest, {participant: host, role: chair}]", "speakers: [guest]"),
    ("duration: 14h}", "duration: 14h, departures: ['09:30', {depart: '09:30', dates: [2025-03-10]}]}"),
    (GOOD[GOOD.index("participants:") : GOOD.index("tracks:")], "participants: {table: people.csv}\n"),
    (GOOD[GOOD.index("meetings:") : GOOD.index("precedences:")], "meetings: {table: meetings.csv}\n"),
    ("load:\n", "availability: {table: a.csv}\nload:\n"),
    ("load:\n", "baseline: {solution: ../a.yaml}\nload:\n"),
    ("load:\n", "baseline: [{activity: a, room: b, start: 2025-03-10T09:00Z}]\nload:\n"),
]


@pytest.mark.parametrize(("old", "new"), SHORT_FORMS)
def test_short_forms_fit(old, new):
    assert old in GOOD
    assert of(GOOD.replace(old, new)) == []


MISFITS = [
    ("grid: 15min", "gird: 15min", ["$.programme.gird: not allowed"]),
    ("grid: 15min", "grid: 15", ["$.programme.grid: no string"]),
    (
        "{from: madrid, to",
        "{start: madrid, to",
        ["$.travel.links.0.start: not allowed", "$.travel.links.0: lacks"],
    ),
    ("kind: conference", "kind: party", ["$.sessions.0.kind: none of"]),
    ("parties: [porto, guest]", "parties: [porto]", ["$.meetings: none of the forms"]),
    ("speakers: [guest,", "speakers: [{role: chair},", ["$.sessions.0.speakers.0: none of the forms"]),
    (
        "participants:\n",
        "participants: {tabel: a.csv}\nx:\n",
        ["$.participants: none of", "$.x: not allowed"],
    ),
    ("load:\n", "availability: []\nload:\n", ["$.availability: no object"]),
    ("morning: {from: 09:00, to: 11:00}", "morning: {}", ["$.day_parts.morning: fewer than 1"]),
    ("id: forum", "id: a b", ["$.programme.id: unlike"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), MISFITS)
def test_what_is_not_read_does_not_fit(old, new, expected):
    found = of(GOOD.replace(old, new))
    assert len(found) >= len(expected)
    assert all(any(line.startswith(start) for line in found) for start in expected)


def parts():
    """All mappings of the schema, the keys of properties left out."""
    open_parts = [SCHEMA]
    while open_parts:
        part = open_parts.pop()
        yield part
        for key, value in part.items():
            inner = (
                value.values()
                if key in ("properties", "$defs")
                else value
                if isinstance(value, list)
                else [value]
            )
            open_parts += [
                each for each in inner if isinstance(each, dict) and key not in ("default", "examples")
            ]


def test_it_speaks_of_keys_as_they_are_written():
    link = SCHEMA["$defs"]["Link"]
    assert {"from", "to"} <= set(link["properties"])
    assert not {"start", "end"} & set(link["properties"])
    assert link["description"].startswith("A way from one city to another")
    assert "both lists" not in json.dumps(SCHEMA)
    assert SCHEMA["$defs"]["Room"]["properties"]["seats"]["description"].startswith("How many people fit")


def test_defaults_are_as_an_organiser_would_write_them():
    defaults = {str(part["default"]) for part in parts() if "default" in part}
    assert {"15min", "30min", "0min", "00:00", "normal"} <= defaults
    assert not any(text in defaults for text in ("", "None", "[]", "{}"))
    assert not any(re.match(r"PT|P\d", text) for text in defaults)


CHANGING = [
    "programme: {title: Later, now: null}",
    "meetings: [{id: m1, pin: null, +parties: [x]}]",
    "meetings: {table: more.csv}",
    "+meetings: [{id: m9, parties: [a, b]}]",
    "cities: [{id: c, venues: [{id: v, rooms: [{id: r, tables: 2, +closed: [{from: 10:00}]}]}]}]",
    "sessions: [{id: s, speakers: [a], talks: [{id: t, order: 1}]}]",
    "load: {meal: {to: 15:00}}\n  priorities: {high: 10}\n  day_parts: {morning: {to: 12:00}}",
    "travel: {links: [{id: rail, departures: [09:00]}]}",
    "remove: {meetings: [m1], links: [rail]}",
]


@pytest.mark.parametrize("changes", CHANGING)
def test_files_that_change_others_fit(changes):
    assert of(f"base: forum.yaml\nchanges:\n  {changes}\n") == []


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("base: forum.yaml\n", "$: none of the forms"),
        ("changes: {}\n", "$: none of the forms"),
        ("base: [a]\nchanges: {}\n", "$.base: no string"),
        ("base: a\nchanges: {gird: 1}\n", "$.changes.gird: not allowed"),
        ("base: a\nchanges: {meetings: [{duration: 1h}]}\n", "$.changes.meetings: none of the forms"),
        ("base: a\nchanges: {+load: [1]}\n", "$.changes.+load: not allowed"),
        ("base: a\nchanges: {+tracks: [{name: a}]}\n", "$.changes.+tracks.0: lacks one of"),
        ("base: a\nchanges: {remove: {meeting: [a]}}\n", "$.changes.remove.meeting: not allowed"),
        ("base: a\nchanges: {availability: {table: a.csv}}\n", "$.changes.availability: not allowed"),
    ],
)
def test_what_changes_nothing_rightly_does_not_fit(text, start):
    assert any(line.startswith(start) for line in of(text)), of(text)
