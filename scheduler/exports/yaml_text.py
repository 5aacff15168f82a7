"""Plain data as YAML that any reader takes for the same data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_PLAIN = re.compile(
    r"[A-Za-z][A-Za-z0-9._-]*|[1-9][0-9]{0,15}|0|\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d(:\d\d)?|[0-9]+(h[0-9]*|min)"
)
_RESERVED = frozenset({"y", "yes", "n", "no", "on", "off", "true", "false", "null"})
"""What some YAML reader takes for something else than a text."""


def block(name: str, items: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a list, one item to a line."""
    found = [f"  - {item}" for item in items]
    if not found:
        yield f"{name}: []"
        return
    yield f"{name}:"
    yield from found


def flow(value: object) -> str:
    """Return a value in YAML's flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else scalar(str(value))


def scalar(text: str) -> str:
    """Return a text plainly where no reader can take it for anything else, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    return "\\n" if char == "\n" else f"\\U{ord(char):08x}"
