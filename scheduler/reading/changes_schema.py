"""The JSON Schema of what stands below ``changes`` in a file that changes another one."""

from __future__ import annotations

from typing import Any

from scheduler.reading.merging import ADDS
from scheduler.reading.overlays import MOST_LAYERS
from scheduler.reading.removing import LISTS
from scheduler.reading.traces import NOUNS

_CHANGES = "Changes"
"""Ends the names of parts of which only what differs is written."""
_REFERENCE = "#/$defs/"


def with_changes(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of instances with that of files that change others.

    Parameters
    ----------
    schema : dict
        Of instances: ``properties``, ``required`` and ``$defs``. It is not changed.

    Returns
    -------
    dict
        Of files that have either what an instance needs, or ``base`` and ``changes``.
    """
    parts = {name: part for name, part in schema["$defs"].items() if "properties" in part}
    changed = {f"{name}{_CHANGES}": _part(part, parts) for name, part in parts.items()}
    changed[f"Programme{_CHANGES}"].pop("required")  # there is but one: its id calls none of several
    whole = {key: value for key, value in schema["properties"].items() if key != "availability"}
    top = _part({"properties": whole}, parts)
    top["properties"]["remove"] = _remove()
    top["title"] = _CHANGES
    top["description"] = (
        "What differs from the base: mappings are merged key by key, lists of things with ids by their ids. "
        "A key with a plus adds to a list; a key without a value takes away what the base says."
    )
    base = {
        "type": "string",
        "minLength": 1,
        "title": "Base",
        "description": f"The file that this one changes; it may change another, up to {MOST_LAYERS} deep.",
        "examples": ["../asia-innova-2017.yaml"],
    }
    either = [{"required": schema["required"]}, {"required": ["base", "changes"]}]
    rest = {key: value for key, value in schema.items() if key != "required"}
    return {
        **rest,
        "properties": {**schema["properties"], "base": base, "changes": {"$ref": f"{_REFERENCE}{_CHANGES}"}},
        "anyOf": either,
        "$defs": _used({**schema["$defs"], **changed, _CHANGES: top}, rest["properties"]),
    }


def _part(part: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a part of which only what differs is written: all keys optional but its id."""
    properties: dict[str, Any] = {}
    for key, value in part["properties"].items():
        least = key == "id"
        properties[key] = value if least else _or_nothing(_changed(value, parts))
        if not least and (lists := _lists(value)):
            properties[f"{ADDS}{key}"] = lists | {"description": f"Added to `{key}` of the base."}
    found = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | ({"required": ["id"]} if "id" in part.get("required", ()) else {})


def _changed(value: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a value: of a part, or of parts with ids, only what differs."""
    if "anyOf" in value:
        return value | {"anyOf": [_changed(each, parts) for each in value["anyOf"]]}
    if "$ref" in value:
        return value | {"$ref": _of(value["$ref"], parts)}
    found = {key: each for key, each in value.items() if key not in ("minItems", "default")}
    for key in ("items", "additionalProperties"):
        inner = found.get(key)
        if isinstance(inner, dict) and "$ref" in inner and (key != "items" or _has_id(inner["$ref"], parts)):
            found[key] = {"$ref": _of(inner["$ref"], parts)}
    return found


def _of(reference: str, parts: dict[str, Any]) -> str:
    name = reference.removeprefix(_REFERENCE)
    plain = name not in parts or name in ("Table", "SolutionFile")
    return reference if plain else f"{reference}{_CHANGES}"


def _has_id(reference: str, parts: dict[str, Any]) -> bool:
    return "id" in parts.get(reference.removeprefix(_REFERENCE), {}).get("properties", {})


def _lists(value: dict[str, Any]) -> dict[str, Any] | None:
    """Return the schema of a list that a value may be, of any length; None if it is none."""
    for each in value.get("anyOf", [value]):
        if each.get("type") == "array":
            return {"type": "array", "items": each["items"]}
    return None


def _or_nothing(value: dict[str, Any]) -> dict[str, Any]:
    if {"type": "null"} in value.get("anyOf", ()):
        return value
    said: dict[str, Any] = {key: value[key] for key in ("title", "description") if key in value}
    rest = {key: each for key, each in value.items() if key not in said}
    return {**said, "anyOf": [rest, {"type": "null"}]}


def _remove() -> dict[str, Any]:
    lists = {
        part: {
            "type": "array",
            "items": {"type": "string"},
            "description": f"Ids: each {NOUNS[part]} that falls away.",
        }
        for part in LISTS
    }
    return {
        "type": "object",
        "title": "Remove",
        "description": "What falls away, by list and id, with what is said of it alone.",
        "properties": lists,
        "additionalProperties": False,
    }


def _used(parts: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    """Return the parts that properties or changes lead to."""
    used: set[str] = set()
    left: list[Any] = [properties, parts[_CHANGES]]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix(_REFERENCE)
            if name in parts and name not in used:
                used.add(name)
                left.append(parts[name])
            left += node.values()
        elif isinstance(node, list):
            left += node
    return {name: part for name, part in parts.items() if name in used or name == _CHANGES}
