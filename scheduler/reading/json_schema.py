"""The JSON Schema of instance files, so that editors complete and check them."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter

from scheduler.domain import Instance, Value
from scheduler.domain.times import format_duration
from scheduler.reading.changes_schema import with_changes

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ISO_DURATION = re.compile(r"P(?=.)(\d+D)?(T(\d+[HMS])+)?")
_ISO_TIME = re.compile(r"\d\d:\d\d:00")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an instance as it is written in YAML.

    Returns
    -------
    dict
        With the keys as they are written (``from``, ``to``), durations and times as text, and the short
        forms: tables, the file of a baseline, a bare name as a speaker, a bare time as a departure. A file
        that changes another one has ``base`` and ``changes`` instead.
    """
    found = Instance.model_json_schema(by_alias=True, mode="validation")
    parts = found["$defs"]
    for model in _models(Value):
        if (part := found if model is Instance else parts.get(model.__name__)) and "properties" in part:
            _describe(part, model)
    for part in ("Speaker", "Departure"):
        _or_text(parts, part)
    parts["Window"]["minProperties"] = 1
    parts["Table"] = _file(
        "table",
        "A CSV file (UTF-8) in the folder of this file or below: one row for each entry.",
        "meetings.csv",
    )
    parts["SolutionFile"] = _file(
        "solution", "A solution whose placements are the baseline.", "../solutions/forum.solution.yaml"
    )
    properties = found["properties"]
    for key, form in (("participants", "Table"), ("meetings", "Table"), ("baseline", "SolutionFile")):
        _or_file(properties, key, form)
    properties["availability"] = {
        "$ref": "#/$defs/Table",
        "title": "Availability",
        "description": (
            "Arrivals, departures and absences: the columns are party, kind (arrival, departure or absence), "
            "from and to."
        ),
    }
    return {"$schema": _DIALECT, **with_changes(_with_plain_defaults(found))}


def _models(base: type[Value]) -> Iterator[type[Value]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


def _describe(part: dict[str, Any], model: type[Value]) -> None:
    """Enter what the source says of a part's fields.

    (pydantic would do so by itself, but whenever the model is imported, and take half of that time for it.)
    """
    properties, described = part["properties"], _descriptions(model)
    for name, field in model.model_fields.items():
        if name in described:
            key = field.alias or name
            properties[key] = dict(sorted((properties[key] | {"description": described[name]}).items()))


def _descriptions(model: type[Value]) -> dict[str, str]:
    """Return the texts that stand below a model's fields; a field that is given anew is described anew."""
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if not (issubclass(owner, Value) and owner is not Value):
            continue
        (written,) = ast.parse(inspect.getsource(owner)).body
        assert isinstance(written, ast.ClassDef)
        for statement, below in pairwise([*written.body, ast.Pass()]):
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                found.pop(statement.target.id, None)
                if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                    found[statement.target.id] = inspect.cleandoc(str(below.value.value))
    return found


def _file(key: str, description: str, example: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": {key: {"type": "string", "minLength": 1, "examples": [example]}},
        "required": [key],
        "additionalProperties": False,
    }


def _or_text(parts: dict[str, Any], part: str) -> None:
    """Let a part be written as its one necessary value."""
    whole = parts[part]
    only = whole["properties"][whole["required"][0]]
    short = {key: value for key, value in only.items() if key != "title"}
    described = {"title": whole.pop("title"), "description": whole.pop("description")}
    parts[part] = {**described, "anyOf": [short, whole]}


def _or_file(properties: dict[str, Any], key: str, form: str) -> None:
    """Let a list be named instead of written out."""
    whole = properties[key]
    outside = {word: whole.pop(word) for word in ("title", "description", "default") if word in whole}
    properties[key] = {**outside, "anyOf": [whole, {"$ref": f"#/$defs/{form}"}]}


def _with_plain_defaults(node: Any) -> Any:
    """Return a schema whose defaults are as an organiser would write them; those that say nothing go."""
    if isinstance(node, list):
        return [_with_plain_defaults(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _with_plain_defaults(value) for key, value in node.items() if key != "default"}
    default = node.get("default")
    if isinstance(default, str) and _ISO_DURATION.fullmatch(default):
        found["default"] = format_duration(TypeAdapter(dt.timedelta).validate_python(default))
    elif isinstance(default, str) and _ISO_TIME.fullmatch(default):
        found["default"] = default[:5]
    elif default not in (None, "", [], {}) and not (isinstance(default, dict) and _says_nothing(default)):
        found["default"] = default
    return found


def _says_nothing(default: dict[str, Any]) -> bool:
    return all(value in (None, [], {}) for value in default.values())
