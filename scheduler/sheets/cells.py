"""How a cell says several things, and what a cell cannot say: agreed on by who reads and who writes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SEPARATOR = ";"
_LOST = frozenset({"Cc", "Cn", "Cs"})
"""Control characters, what is no character, and halves of one."""
_NEEDS_QUOTES = re.compile(r'^$|^\s|\s$|[;"\n\r]')
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\.[^\s@<>()\[\],;:\"]+")
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:;|$)')


def folded(name: str) -> str:
    """Return a name without what people write in different ways: capitals, accents, spaces, punctuation.

    >>> folded("Correo_Electrónico *")
    'correoelectronico'
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in decomposed if char.isalnum())


def joined(items: Iterable[str]) -> str:
    """Return one cell that says several texts, which :func:`split` gives back.

    >>> joined(["es", "en"])
    'es; en'
    >>> joined(["a;b", "c"])
    '"a;b"; c'
    """
    return f"{SEPARATOR} ".join(map(_quoted, items))


def split(text: str) -> list[str]:
    """Return the several texts of a cell: between semicolons, without the spaces around them.

    A text in double quotes may hold semicolons, spaces at its ends, or nothing; a double quote inside it
    is doubled.

    >>> split('es;en ; "a;b" ;')
    ['es', 'en', 'a;b']
    """
    found: list[str] = []
    while text:
        match = _QUOTED.match(text)
        if match:
            found.append(match[1].replace('""', '"'))
            text = text[match.end() :]
            continue
        part, _, text = text.partition(SEPARATOR)
        if part.strip():
            found.append(part.strip())
    return found


def is_carried(text: str) -> bool:
    """Return whether a cell that holds a text as it is says just this text when it is read.

    Nothing is read from an empty cell, and spaces around a text are left out; other control characters than
    line feeds do not survive in all kinds of files. What is not carried belongs into ``more``.
    """
    if not text or text != text.strip():
        return False
    return text.isprintable() or all(char == "\n" or unicodedata.category(char) not in _LOST for char in text)


def is_email(text: str) -> bool:
    """Return whether a text looks like an email address; a column of addresses takes nothing else."""
    return bool(_EMAIL.fullmatch(text)) and is_carried(text)


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"' if _NEEDS_QUOTES.search(item) else item
