"""What a search tells, at the pace at which somebody can take it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from scheduler.service.jobs.orders import Data, News, NewsKind

if TYPE_CHECKING:
    from types import TracebackType

    from scheduler.domain import Placement
    from scheduler.search import Progress

Tell = Callable[[News], None]
_PACE = 0.2
"""Seconds between two looks for something new."""
_REST = 10
"""After a schedule was written down, no other one is for so many times as long as that took."""


class Teller:
    """Tells of a search: of each level the newest value and bound, and the best schedule so far.

    Searches tell of hundreds of moments a second, and a large schedule takes long to write down. So moments
    are kept, the newest of each level, and told every fifth of a second by a thread, as long as the context
    lasts.

    Parameters
    ----------
    programme : str
        Whose schedule it is.
    tell : callable
        Takes news; called from one thread at a time.
    """

    def __init__(self, programme: str, tell: Tell) -> None:
        self._programme = programme
        self._tell = tell
        self._lock = threading.Lock()
        self._levels: dict[int, Data] = {}
        self._told: dict[int, Data] = {}
        self._best: Callable[[], tuple[Placement, ...]] | None = None
        self._rests_until = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Teller:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self._tell_levels()

    def take(self, progress: Progress) -> None:
        """Take a moment of the search; called from its threads."""
        with self._lock:
            self._levels[progress.level] = _facts(progress)
            if progress.placements is not None:
                self._best = progress.placements

    def _run(self) -> None:
        while not self._over.wait(_PACE):
            self._tell_levels()
            if time.monotonic() >= self._rests_until:
                self._tell_best()

    def _tell_levels(self) -> None:
        with self._lock:
            new, self._levels = self._levels, {}
        for level, facts in new.items():
            known = {key: value for key, value in facts.items() if key != "seconds"}
            if self._told.get(level) != known:
                self._told[level] = known
                self._tell(News(NewsKind.LEVEL, facts))

    def _tell_best(self) -> None:
        with self._lock:
            best, self._best = self._best, None
        if best is None:
            return
        began = time.monotonic()
        placements = [p.model_dump(mode="json", exclude_none=True) for p in best()]
        solution = {"programme": self._programme, "status": "feasible", "placements": placements}
        self._tell(News(NewsKind.BEST, {"solution": solution}))
        now = time.monotonic()
        self._rests_until = now + _REST * (now - began)


def _facts(progress: Progress) -> Data:
    return {
        "level": progress.level,
        "value": progress.value,
        "bound": progress.bound,
        "gap": None if progress.gap is None else round(progress.gap, 6),
        "status": progress.status.value,
        "seconds": round(progress.elapsed, 3),
    }
