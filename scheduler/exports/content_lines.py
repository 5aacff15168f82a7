"""Content lines of iCalendar: what stands in one, how it is escaped and folded (RFC 5545, 3.1 to 3.3).

The icalendar library is thorough and slow; the calendars of a large programme are a hundred thousand events
of which most properties are plain texts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from scheduler.domain.times import UTC

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAK = re.compile(r"\r\n?")
_TO_QUOTE = re.compile("[,;: '\u2019]")
"""Some clients want more in quotes than RFC 5545 does."""
_WIDTH = 75
"""Octets of a line, without its end."""


def line(name: str, value: str, params: Mapping[str, str] | None = None) -> str:
    """Return a property as a folded line, without its end; parameters in order of the alphabet.

    The value has to be in the form of its type: see :func:`text` and :func:`in_utc`.
    """
    told = "".join(f";{key}={_parameter(params[key])}" for key in sorted(params)) if params else ""
    return fold(f"{name}{told}:{value}")


def text(value: str) -> str:
    r"""Return a text escaped as RFC 5545 (3.3.11) says.

    The icalendar library's own turns a backslash before a capital N into a line break (``C:\New``).
    """
    plain = _CONTROL.sub("", _BREAK.sub("\n", value))
    for char, escaped in (("\\", "\\\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
        plain = plain.replace(char, escaped)
    return plain


def in_utc(moment: dt.datetime) -> str:
    """Return an instant as a date and time in UTC."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def one_line(value: str) -> str:
    """Return a text as a parameter can hold it: on one line and without double quotes.

    Few clients know the escape that RFC 6868 has for these.
    """
    return " ".join(_CONTROL.sub("", value).replace('"', "'").split())


def fold(content: str) -> str:
    """Return a line broken after at most 75 octets, never within a character or an escape."""
    if len(content) < _WIDTH and content.isascii():
        return content
    folded: list[str] = []
    here, size = 0, 0
    for at, char in enumerate(content):
        octets = len(char.encode())
        if size + octets >= _WIDTH:
            end = at - 1 if content[at - 1] in "\\^" and at - 1 > here else at
            folded.append(content[here:end])
            size = at - end  # an escape is one octet
            here = end
        size += octets
    folded.append(content[here:])
    return "\r\n ".join(folded)


def written(lines: Iterable[str]) -> str:
    """Return lines as they stand in a file."""
    return "".join(f"{each}\r\n" for each in lines)


def _parameter(value: str) -> str:
    escaped = value.replace("^", "^^")  # RFC 6868
    return f'"{escaped}"' if _TO_QUOTE.search(escaped) else escaped
