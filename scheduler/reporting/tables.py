"""What a page of a report is made of: sections of tables, in which every bar stands beside its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Better(Enum):
    """Which way a number is better."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a number is away from the first schedule's."""

    text: str
    verdict: str
    """``better``, ``worse`` or ``other``."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    bar: float | None = None
    """How long its bar is, from 0 to 1; None: it has none."""
    difference: Difference | None = None
    number: bool = True
    """Whether it stands to the right."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table."""

    label: str
    cells: tuple[Cell, ...]
    note: str = ""
    """What stands small below the label."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column holds what a row is about."""

    caption: str
    head: tuple[str, ...]
    """Of all columns, the first one's too."""
    lines: tuple[Line, ...]
    rest: tuple[Line, ...] = ()
    """Further rows, which are folded away."""
    empty: str = ""
    """What to say instead of a table without rows."""


@dataclass(frozen=True, slots=True)
class Heat:
    """A half hour of a strip."""

    text: str
    level: int
    """How dark: from 0, nothing, to 5, all used; -1 is closed, 6 is beyond what there is."""
    told: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A room on one day."""

    room: str
    schedule: str
    """Whose strip it is, where there are several schedules."""
    cells: tuple[Heat, ...]
    share: str


@dataclass(frozen=True, slots=True)
class HeatDay:
    """The rooms of a city on one day, half hour by half hour."""

    caption: str
    hours: tuple[str, ...]
    """Of the columns."""
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page."""

    id: str
    title: str
    defined: tuple[str, ...]
    """What is counted, a sentence or two each."""
    tables: tuple[Table, ...] = ()
    heat: tuple[HeatDay, ...] = ()
    said: tuple[str, ...] = ()
    """What stands above the tables."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure at the top of the page, of each schedule."""

    title: str
    unit: str
    cells: tuple[Cell, ...]


def compared(
    values: Sequence[float | None],
    texts: Sequence[str],
    better: Better = Better.NEITHER,
    *,
    full: float | None = None,
    points: str = "",
) -> tuple[Cell, ...]:
    """Return a number of each schedule as cells, those after the first with what they differ in.

    Parameters
    ----------
    values : sequence of float or None
        One for each schedule; None is nothing to compare.
    texts : sequence of str
        The same in words.
    better : Better
        Which way is better.
    full : float, optional
        What a whole bar is; not given: there are no bars.
    points : str
        The unit of differences; ``%`` for shares, whose differences are in points of a hundred.
    """
    first = values[0]
    return tuple(
        Cell(
            text,
            None if full is None else min(1.0, (value or 0.0) / full) if full else 0.0,
            None if number == 0 else _difference(first, value, better, points),
        )
        for number, (value, text) in enumerate(zip(values, texts, strict=True))
    )


def _difference(first: float | None, value: float | None, better: Better, points: str) -> Difference | None:
    if first is None or value is None:
        return None
    apart = value - first
    factor = 100 if points == "%" else 1
    shown = round(factor * apart, 1)
    if not shown:
        return None
    unit = " points" if points == "%" else f" {points}" if points else ""
    verdict = "other"
    if better is not Better.NEITHER:
        verdict = "better" if (apart > 0) is (better is Better.MORE) else "worse"
    sign = "+" if shown > 0 else "\N{MINUS SIGN}"
    return Difference(f"{sign}{abs(shown):g}{unit}", verdict)
