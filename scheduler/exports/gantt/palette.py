"""Colours: light ones under black letters, told apart by those who see few colours, and in print.

They are the scheme "light" of Paul Tol, "Colour schemes", SRON/EPS/TN/09-002 (2021), which is made for cells
with black text; each kind also has a dark stripe of its own, which a grey print keeps apart from the cell.
"""

from __future__ import annotations

from typing import NamedTuple

from scheduler.domain import ActivityKind
from scheduler.exports.entries import TRAVEL

INK = "#1a1a1a"
SOFT_INK = "#555555"
GRID = "#c9c9c9"
FINE_GRID = "#e6e6e6"
SHUT = "#dcdcdc"
PAPER = "#ffffff"
HEADING = "#e2e8f0"


class Colours(NamedTuple):
    """The colours of a kind."""

    fill: str
    stripe: str


KINDS: dict[str, Colours] = {
    ActivityKind.INAUGURAL: Colours("#ee8866", "#8a3310"),
    ActivityKind.CONFERENCE: Colours("#77aadd", "#1d4f80"),
    ActivityKind.WORKSHOP: Colours("#44bb99", "#0e5a45"),
    ActivityKind.ROUNDTABLE: Colours("#ffaabb", "#a02040"),
    ActivityKind.ROADSHOW: Colours("#bbcc33", "#5a6410"),
    ActivityKind.FIELD_VISIT: Colours("#c6c632", "#4a4a00"),
    ActivityKind.TALK: Colours("#cceeff", "#2a7fa8"),
    ActivityKind.MEETING: Colours("#eedd88", "#8a6d00"),
    TRAVEL: Colours("#eeeeee", "#444444"),
}
"""In the order of the legend."""
