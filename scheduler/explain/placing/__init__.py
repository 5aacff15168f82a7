"""Where one session or meeting of a schedule could be, everything else as it is: what dragging asks.

``places`` says what the answer is, ``seating`` hands out tables again, ``ways`` finds a way to be at a place,
``placer`` looks at all of them, ``pinning`` writes into the programme what was decided.
"""

from __future__ import annotations

from scheduler.explain.placing.pinning import pinned, unpinned
from scheduler.explain.placing.placer import Placer, legal_places, moved
from scheduler.explain.placing.places import Place, Places, PlacingError

__all__ = ["Place", "Placer", "Places", "PlacingError", "legal_places", "moved", "pinned", "unpinned"]
