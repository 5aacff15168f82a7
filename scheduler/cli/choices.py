"""Values of options: lists of words, seconds, and names that are looked up in an instance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

import click

_MOST_DIGITS = 15


def words(*known: str) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of one or more words, joined with commas, each once.

    It raises :class:`click.BadParameter` for a word that is not known, and offers the nearest.
    """

    def read(value: str) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(word.strip() for word in value.split(",")))
        for word in found:
            if word not in known:
                near = hint(word, known) or f" (there are {', '.join(known)})"
                raise click.BadParameter(f"there is no {word!r}{near}.")
        return found

    return read


def seconds(value: str) -> float:
    """Return a number of seconds above 0.

    Raises
    ------
    click.BadParameter
        If it is none.
    """
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not (math.isfinite(found) and found > 0):
        raise click.BadParameter(f"{value!r} is not a number of seconds above 0.")
    return found


def number_or_none(value: str) -> int | None:
    """Return a whole number from 0, or None for the word ``none``.

    Raises
    ------
    click.BadParameter
        If it is neither.
    """
    if value.strip().casefold() == "none":
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS):
        raise click.BadParameter(f"{value!r} is neither a whole number from 0 nor none.")
    return int(value)


def find(wanted: str, known: Mapping[str, str], option: str) -> str:
    """Return the id that somebody means by an id or by a name.

    Parameters
    ----------
    wanted : str
        What was typed.
    known : mapping of str to str
        The names of everything there is, by id.
    option : str
        The option, for the error.

    Raises
    ------
    click.BadParameter
        If nothing, or more than one thing, is called so.
    """
    if wanted in known:
        return wanted
    typed = wanted.casefold()
    called = [id_ for id_, name in known.items() if typed in (id_.casefold(), name.casefold())]
    if len(called) == 1:
        return called[0]
    if called:
        reason = f"several are called {wanted!r}: {', '.join(called)}."
    else:
        reason = f"there is no {wanted!r}{hint(wanted, [*known, *known.values()])}."
    raise click.BadParameter(reason, param_hint=f"'{option}'")


def hint(wanted: str, known: Iterable[str]) -> str:
    """Return a question for the nearest name; nothing if none is near."""
    from scheduler.domain.faults.spelling import nearest  # late: help must not wait for the domain

    found = nearest(wanted, known)
    return f" (did you mean {found!r}?)" if found else ""
