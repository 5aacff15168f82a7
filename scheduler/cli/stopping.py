"""Ctrl-C: the first asks the search to end, the second ends everything."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable(announce: Callable[[], None]) -> Iterator[threading.Event]:
    """Give an event that is set by the first Ctrl-C (or SIGTERM) inside the context.

    Parameters
    ----------
    announce : callable
        Called by the first signal, from within its handler: it must not print through a stream that
        the interrupted code may be writing to.

    Raises
    ------
    KeyboardInterrupt
        In the main thread, on a second signal.
    """
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        announce()

    before = {number: signal.signal(number, on_signal) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
