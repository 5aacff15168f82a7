"""What a search may do, who stops it, and to whom it reports."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scheduler.domain import Placement
from scheduler.search.found import Claim
from scheduler.search.result import Progress, ProgressListener, SolveOptions

if TYPE_CHECKING:
    from scheduler.search.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Mandate:
    """What every search is given besides its problem.

    Attributes
    ----------
    options : SolveOptions
    on_progress : callable or None
        Who hears of incumbents and bounds.
    stop : threading.Event
        Ends the search soon after it is set.
    began : float
        When the solve began (:func:`time.perf_counter`): time limits count from there.
    exchange : Exchange or None
        The way to other searches of the same problem.
    """

    options: SolveOptions = field(default_factory=SolveOptions)
    on_progress: ProgressListener | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.perf_counter)
    exchange: Exchange | None = None

    def tell(self, claim: Claim, placements: Callable[[], tuple[Placement, ...]] | None = None) -> None:
        """Report what is known of a level, and how to get the incumbent."""
        if self.on_progress is not None:
            elapsed = time.perf_counter() - self.began
            self.on_progress(
                Progress(claim.level, claim.value, claim.bound, claim.status, elapsed, placements)
            )

    def from_now(self, options: SolveOptions, on_progress: ProgressListener | None = None) -> Mandate:
        """Return the mandate of a search that begins now, as a part of this one."""
        return replace(self, options=options, on_progress=on_progress, began=time.perf_counter())
