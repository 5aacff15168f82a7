"""How much room a text takes, and how it is made to fit.

The widths are those of a common sans serif (DejaVu Sans, the widest of those in use), rounded up: who looks
at an SVG sees it in a font of their own, and what fits here should fit there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

LEAST = 7.0
"""The smallest size of letters, in points."""
LEADING = 1.22
"""From one line to the next, as a multiple of the size."""
_NARROW = 3
"""What is narrower than so many letters holds one line."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

_WIDTHS = {
    0.29: "ijlIJ'",
    0.34: ",./:;\\| ",
    0.39: "ft()-[]",
    0.41: "r!",
    0.50: '"*_`\N{EN DASH}',
    0.54: "csz?",
    0.58: "kvxyFL",
    0.68: "ABCKRVXZ",
    0.75: "NU",
    0.79: "DGHOQ&",
    0.84: "w#+<=>^~\N{RIGHTWARDS ARROW}",
    0.87: "M",
    1.00: "mW%@\N{HORIZONTAL ELLIPSIS}",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_JOINING = ("Mn", "Me", "Cf")
_UNSEEN = ("Cc", "Cs", "Zl", "Zp", "Cn", "Co")


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    known = _WIDTH.get(letter)
    if known is not None:
        return known
    if unicodedata.category(letter) in _JOINING:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.02 if ord(letter) < 0x1F000 else 1.4
    return 0.75 if letter.isupper() and not letter.isascii() else 0.635


@lru_cache(maxsize=2**14)
def width(text: str, size: float) -> float:
    """Return about how wide a text is, in points."""
    return size * sum(_width(letter) for letter in text)


@lru_cache(maxsize=2**14)
def clean(text: str) -> str:
    """Return a text on one line, with a space for all that XML or a font cannot hold."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in _UNSEEN else c for c in text)
    return " ".join(text.split())


@lru_cache(maxsize=2**14)
def fitted(text: str, room: float, size: float) -> str:
    """Return a text that is no wider than there is room for, cut short if need be; maybe none at all."""
    if width(text, size) <= room:
        return text
    left = room - width(ELLIPSIS, size)
    kept = 0
    for letter in text:
        left -= size * _width(letter)
        if left < 0:
            break
        kept += 1
    # No half letters: what joins the next one goes with it, and a joiner never stands at the end.
    while kept and _joins(text, kept):
        kept -= 1
    start = text[:kept].rstrip()
    return start + ELLIPSIS if start else ""


def _joins(text: str, at: int) -> bool:
    return unicodedata.category(text[at]) in _JOINING or text[at - 1] == "\N{ZERO WIDTH JOINER}"


def set_in(lines: Iterable[str], short: str, room: float, most: int, size: float) -> list[str]:
    """Return at most so many lines that fit, from texts of which the first are the most important.

    Where one line must do it is the short text. Otherwise each text is broken between words as long as
    there are lines to spare, and cut short on its last.
    """
    if most <= 1 or room < _NARROW * size:
        line = fitted(short, room, size)
        return [line] if line else []
    wanted = [line for line in lines if line]
    found: list[str] = []
    for position, line in enumerate(wanted):
        kept_back = 1 if position + 1 < len(wanted) else 0
        spare = most - len(found)
        found += _broken(line, room, max(spare - kept_back, min(spare, 1)), size)
    return [line for line in found if line]


def _broken(text: str, room: float, most: int, size: float) -> Iterator[str]:
    """Yield a text on at most so many lines."""
    left = text
    for line in range(most):
        if line == most - 1 or width(left, size) <= room:
            yield fitted(left, room, size)
            return
        start, left = _first_words(left, room, size)
        yield start


def _first_words(text: str, room: float, size: float) -> tuple[str, str]:
    """Return as many words as fit, at least part of one, and the rest."""
    words = text.split(" ")
    kept = 1
    while kept < len(words) and width(" ".join(words[: kept + 1]), size) <= room:
        kept += 1
    start = " ".join(words[:kept])
    if width(start, size) > room:
        return _first_letters(text, room, size)
    return start, " ".join(words[kept:])


def _first_letters(text: str, room: float, size: float) -> tuple[str, str]:
    """Return as much of a word as fits: one too long for a line, or of a script without spaces."""
    taken, kept = 0.0, 0
    while kept < len(text) and taken + size * _width(text[kept]) <= room:
        taken += size * _width(text[kept])
        kept += 1
    while 1 < kept < len(text) and _joins(text, kept):
        kept -= 1
    kept = max(kept, 1)
    return text[:kept], text[kept:].lstrip()
