"""Agendas as jCal (RFC 7265): iCalendar as JSON, made of the very lines that the calendars have."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from scheduler.domain import Instance, Solution
from scheduler.exports.formats import Manner
from scheduler.exports.ical import files as calendars

Property = list[Any]
"""Name, parameters, type, value (3.4)."""
Component = list[Any]
"""Name, properties, components (3.3)."""

_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)')
_ESCAPED = re.compile(r"\\(.)")
_CARET = re.compile(r"\^(.)")
_CARETS = {"^": "^", "n": "\n", "'": '"'}
"""RFC 6868, 3.1."""


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return one calendar for each view of a kind, with the properties of its iCalendar file one by one."""
    found = calendars(instance, solution, manner)
    return {f"{name.removesuffix('.ics')}.jcal": jcal_bytes(data) for name, data in found.items()}


def jcal_bytes(calendar: bytes) -> bytes:
    """Return one of our iCalendar files as jCal."""
    lines = iter(calendar.decode().replace("\r\n ", "").split("\r\n"))
    _, name = next(lines).split(":")
    return (json.dumps(_component(name, lines), ensure_ascii=False) + "\n").encode()


def _component(name: str, lines: Iterator[str]) -> Component:
    properties: list[Property] = []
    components: list[Component] = []
    for line in lines:
        if line.startswith("BEGIN:"):
            components.append(_component(line[6:], lines))
        elif line.startswith("END:"):
            break
        else:
            properties.append(_property(line))
    return [name.lower(), properties, components]


def _property(line: str) -> Property:
    end = re.match("[A-Za-z0-9-]+", line)
    assert end is not None
    name, at = end[0].lower(), end.end()
    params: dict[str, str] = {}
    while found := _PARAMETER.match(line, at):
        params[found[1].lower()] = _CARET.sub(_uncaret, found[2].strip('"'))
        at = found.end()
    kind, value = _TYPES.get(name, _UNKNOWN)
    return [name, params, kind, value(line[at + 1 :])]


def _uncaret(found: re.Match[str]) -> str:
    return _CARETS.get(found[1], found[0])


def _text(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _moment(value: str) -> str:
    """Return ``20250329T110000Z`` with hyphens and colons (3.6.5)."""
    date, time = value[:8], value[9:]
    return f"{date[:4]}-{date[4:6]}-{date[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}"


def _offset(value: str) -> str:
    """Return ``+0100`` with colons (3.6.13)."""
    return ":".join(filter(None, (value[:3], value[3:5], value[5:])))


_TEXT: tuple[str, Callable[[str], Any]] = ("text", _text)
_MOMENT: tuple[str, Callable[[str], Any]] = ("date-time", _moment)
_OFFSET: tuple[str, Callable[[str], Any]] = ("utc-offset", _offset)
_ADDRESS: tuple[str, Callable[[str], Any]] = ("cal-address", str)
_INTEGER: tuple[str, Callable[[str], Any]] = ("integer", int)
_UNKNOWN: tuple[str, Callable[[str], Any]] = ("unknown", str)
"""What no standard has a type for keeps its value as it stands (5.1)."""

_TYPES = {
    **dict.fromkeys(("version", "prodid", "calscale", "method", "name", "tzid", "tzname"), _TEXT),
    **dict.fromkeys(("uid", "summary", "description", "location", "categories", "status", "transp"), _TEXT),
    **dict.fromkeys(("dtstart", "dtend", "dtstamp", "last-modified"), _MOMENT),
    **dict.fromkeys(("tzoffsetfrom", "tzoffsetto"), _OFFSET),
    **dict.fromkeys(("organizer", "attendee"), _ADDRESS),
    "sequence": _INTEGER,
}
