"""Kempe chains as an entrant: finds schedules, proves nothing."""

from __future__ import annotations

import threading

from scheduler.search.local.kempe import Kempe
from scheduler.search.slots.news import Board, Ending, News


class LocalEntrant:
    """A local search that goes on in a thread beside exact methods (its kernel lets them run)."""

    name = "local search"
    proves = False

    def __init__(self, kempe: Kempe, target: tuple[int, ...]) -> None:
        self._kempe = kempe
        self._target = target
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, board: Board) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._work, args=(board,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for it: the kernel is to be used again."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self, board: Board) -> None:
        def tell(*_: object) -> None:
            if (best := self._kempe.best) is not None:
                board.put(News(self.name, schedule=tuple(best)))

        self._kempe.run(None, self._target, self._stop, tell)
        board.put(News(self.name, ending=Ending.GAVE_UP))
