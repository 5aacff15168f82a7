"""Ids for what people name: well formed, distinct, the same each time, and such that they can be said."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")

_LONGEST = 60
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "\u0131": "i"}
_SPOKEN = re.compile(r"(?:HANGUL SYLLABLE|(?:HIRAGANA|KATAKANA) LETTER(?: SMALL)?) ([A-Z]+)")
"""Letters whose names in Unicode are how they sound."""


class Wanted(NamedTuple):
    """Something that needs an id.

    Attributes
    ----------
    given : str
        The id that it has already; empty if it has none.
    labels : tuple of str
        What it is called: the first that has letters to make an id of is taken.
    apart : str
        What tells it apart from others that are called the same.
    noun : str
        What it is, for an id that no label gives.
    """

    given: str
    labels: tuple[str, ...]
    apart: str
    noun: str


def minted(wanted: Sequence[Wanted], taken: frozenset[str] = frozenset()) -> list[str]:
    """Return an id for each of some things.

    Those that are called alike get an id each that also says what tells them apart, whatever their order.

    Parameters
    ----------
    wanted : sequence of Wanted
    taken : frozenset of str
        Ids that none may have.
    """
    stems = [each.given or _stem(each) for each in wanted]
    used = Counter(stem.casefold() for stem in stems)
    known = {*taken, *(each.given for each in wanted)}
    found: list[str] = []
    for each, stem in zip(wanted, stems, strict=True):
        if not each.given and (used[stem.casefold()] > 1 or stem in known):
            stem = next(longer for longer in _longer(stem, each) if longer not in known)
        known.add(stem)
        found.append(stem)
    return found


def _stem(each: Wanted) -> str:
    stem = next((found for label in each.labels if (found := slug(label))), "")
    if stem:
        return stem
    written = next((label for label in each.labels if label), "")
    return f"{each.noun}-{sounds(written)}" if written else each.noun


def _longer(stem: str, each: Wanted) -> Iterator[str]:
    """Yield longer and longer ids for something whose own name is not enough."""
    if apart := slug(each.apart):
        yield f"{stem}-{apart}"[:_LONGEST].rstrip("-")
    if each.apart:
        yield f"{stem}-{sounds(each.apart)}"
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def slug(text: str) -> str:
    """Return the letters and digits of a text, small, with hyphens between words; empty if it has none.

    Korean letters and Japanese kana become how they sound; other scripts are left out.

    >>> slug("Anna García-Łuczak"), slug("김민준"), slug("王伟")
    ('anna-garcia-luczak', 'gimminjun', '')
    """
    spoken = "".join(map(_latin, unicodedata.normalize("NFC", text)))
    return re.sub(r"[^a-z0-9]+", "-", spoken).strip("-")[:_LONGEST].rstrip("-")


def _latin(char: str) -> str:
    if char.isascii():
        return char.casefold()
    small = char.casefold()
    if small in _LETTERS:
        return _LETTERS[small]
    if match := _SPOKEN.fullmatch(unicodedata.name(char, "")):
        return match[1].casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", small) if c.isascii() and c.isalnum())
    return plain if plain or unicodedata.category(char).startswith("M") else "-"


def sounds(text: str) -> str:
    """Return four syllables for a text, always the same ones.

    >>> sounds("王伟") == sounds("王伟"), len(sounds("王伟"))
    (True, 8)
    """
    number = int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])
    syllables = ""
    for _ in range(4):
        number, consonant = divmod(number, len(_CONSONANTS))
        number, vowel = divmod(number, len(_VOWELS))
        syllables += _CONSONANTS[consonant] + _VOWELS[vowel]
    return syllables
