"""What pydantic says of misshapen data, in an organiser's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scheduler.domain import Departure, Interval, Opening, Speaker, Value, Window
from scheduler.domain.faults.spelling import hint, nearest
from scheduler.domain.times import known_zones
from scheduler.reading.errors import Path
from scheduler.reading.shape import bare, existing, keys_of, model_at, required_keys, type_at, value_at

_FEW = 8
"""So many keys are listed to somebody who looks for the right one."""


class Finding(NamedTuple):
    """Something wrong with data, not yet with its place in a file.

    Attributes
    ----------
    path : Path
        Keys and positions from the top of the data.
    value : object
        What stands there (of an unknown key: the key).
    message : str
        What is wrong, to be read after the value.
    of_key : bool
        Whether the key is wrong rather than its value.
    """

    path: Path
    value: object
    message: str
    of_key: bool = False


def details_of(error: ValidationError) -> list[ErrorDetails]:
    """Return what a validation has found, without what only follows from it.

    A list whose entries are wrong is said to be too short as well, for want of right ones.
    """
    details = error.errors(include_url=False, include_input=False)
    around = {detail["loc"][:i] for detail in details for i in range(len(detail["loc"]))}
    return [detail for detail in details if not (detail["type"] == "too_short" and detail["loc"] in around)]


def finding(detail: ErrorDetails, data: object, model: type[Value]) -> Finding:
    """Return one of pydantic's errors in plain words."""
    path = _written(detail["loc"], data)
    kind = detail["type"]
    if kind == "extra_forbidden":
        return Finding(path, path[-1], f"is no key here{_nearest_key(model, path)}", of_key=True)
    if kind == "missing":
        return Finding((*existing(data, path), detail["loc"][-1]), None, "is missing")
    value = value_at(data, path)
    if value is None:
        return Finding(path, None, "has no value: give it one, or leave the key out")
    return Finding(path, value, _message(detail, type_at(model, path), value))


def _written(loc: tuple[int | str, ...], data: object) -> Path:
    """Return where an error is in the data as it is written.

    A bare name stands for a speaker, a bare time for a departure: what they are short for is nowhere.
    """
    path = tuple(step for step in loc if step != "[key]")
    found = existing(data, path)
    return found if isinstance(value_at(data, found), str) else path


def _nearest_key(model: type[Value], path: Path) -> str:
    part = model_at(model, path[:-1])
    assert part is not None, "only parts refuse keys"
    unknown = str(path[-1])
    field = part.model_fields.get(unknown)
    if field is not None and field.alias:  # the name that the key has in Python
        return f'; did you mean "{field.alias}"?'
    few = f"; there are {_listed(keys_of(part), 'and')}" if len(keys_of(part)) <= _FEW else ""
    return hint(unknown, keys_of(part)) or few


def _message(detail: ErrorDetails, kind: Any, value: object) -> str:
    context: Mapping[str, Any] = detail.get("ctx", {})
    say = _SAYINGS.get(detail["type"])
    if say is None:
        return detail["msg"].replace("Input should", "should", 1)
    return say(context, bare(kind), value)


def _own_words(context: Mapping[str, Any], _kind: Any, value: object) -> str:
    message = str(context["error"])
    zone = nearest(value, known_zones()) if "IANA" in message and isinstance(value, str) else None
    return f'{message}; did you mean "{zone}"?' if zone else message


def _one_of(_context: Mapping[str, Any], kind: Any, value: object) -> str:
    words = [str(word.value) for word in kind] if issubclass(kind, Enum) else []
    return f"should be {_listed(words, 'or')}{hint(str(value), words)}"


def _a_part(_context: Mapping[str, Any], kind: Any, _value: object) -> str:
    if kind in _EXAMPLES:
        return f"should be {_EXAMPLES[kind]}"
    keys = keys_of(kind) if len(keys_of(kind)) <= _FEW else required_keys(kind)
    return f"should be a mapping with the {'key' if len(keys) == 1 else 'keys'} {_listed(keys, 'and')}"


def _a_list(_context: Mapping[str, Any], _kind: Any, value: object) -> str:
    example = f"[{value}]" if isinstance(value, str) and value.isprintable() and len(value) < 40 else "[a, b]"
    return f"should be a list, such as {example}"


def _enough(context: Mapping[str, Any], _kind: Any, value: object) -> str:
    least = context["min_length"]
    if isinstance(value, list) and len(value) >= least:
        return f"should have at least {least} different entries"
    return f"should have at least {least} {'entry' if least == 1 else 'entries'}"


def _fixed(message: str) -> Callable[[Mapping[str, Any], Any, object], str]:
    return lambda context, _kind, _value: message.format_map(context)


def _listed(words: Iterable[str], last: str) -> str:
    *most, final = words
    return f"{', '.join(most)} {last} {final}" if most else final


_EXAMPLES: dict[Any, str] = {
    Window: (
        "a window such as {date: 2017-11-21, from: 09:00, to: 12:00} (in a table: 2017-11-21 09:00-12:00)"
    ),
    Opening: "a window such as {date: 2017-11-21, from: 09:00, to: 18:00}",
    Interval: (
        "a stretch such as {from: 2017-11-21T09:00, to: 2017-11-21T12:00} "
        "(in a table: 2017-11-21 09:00-12:00 or 2017-11-21T09:00/2017-11-22T12:00)"
    ),
    Departure: 'a time of day such as "09:30", or {depart: 09:30, arrive: 11:15}',
    Speaker: "a participant, or {participant: name, role: moderator}",
}
_SAYINGS: dict[str, Callable[[Mapping[str, Any], Any, object], str]] = {
    "value_error": _own_words,
    "enum": _one_of,
    "model_type": _a_part,
    "dict_type": _fixed("should be a mapping of names to values (in a table: name=value;name=value)"),
    **dict.fromkeys(("tuple_type", "frozen_set_type"), _a_list),
    "string_type": _fixed("should be text"),
    **dict.fromkeys(
        ("int_type", "int_parsing", "int_parsing_size", "int_from_float"), _fixed("should be a whole number")
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), _fixed("should be true or false")),
    "greater_than_equal": _fixed("should be at least {ge}"),
    "less_than_equal": _fixed("should be at most {le}"),
    "too_short": _enough,
    "too_long": _fixed("should have at most {max_length} entries"),
    "string_pattern_mismatch": _fixed(
        "should consist of letters, digits, `.`, `_` and `-`, and begin with a letter or a digit"
    ),
    "string_too_long": _fixed("should have at most {max_length} characters"),
}
