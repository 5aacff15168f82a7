"""A picture as shapes in points, from which each kind of file is written."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.exports.gantt.chart import Bar


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = ""
    dashed: bool = False

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    thickness: float = 0.5
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A text on one line; ``y`` is where its letters stand."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "#000000"
    bold: bool = False
    anchor: str = "start"
    """Where ``x`` is: ``start``, ``middle`` or ``end`` of it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar as it is drawn: its box, a stripe in the strong colour of its kind, and what it says."""

    bar: Bar
    row: str
    """The id of its row."""
    box: Box
    stripe: Box | None
    labels: tuple[Label, ...]


Shape = Box | Line | Label | Mark


@dataclass(frozen=True, slots=True)
class Picture:
    """All shapes, those below first."""

    width: float
    height: float
    title: str
    told: str
    """What the picture shows, in a sentence."""
    shapes: tuple[Shape, ...]
