"""A job in a process of its own: ``python -m`` this module, the server's process, and how far to stand back.

On its input stands the order, one line of JSON; news go to its output, a line of JSON each. The input stays
open: a further line ``stop`` asks for an end that keeps the best, and its end means that the server is
gone, whereupon the process ends, and with it all processes that it has started. That needs no signal, which
might come before anybody listens, or be delivered late while a solver is at work.

The process may be started long before there is an order: it loads what jobs need, and waits.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import IO

from scheduler.service.jobs.orders import News, NewsKind, Order

STOP = "stop"
_DEATH_SIGNAL = 1
"""``PR_SET_PDEATHSIG`` of ``prctl``."""
_FAILED = 70
_MORE_SECONDS = 120
"""Processor time beyond the limits: for reading, checking and giving reasons."""
_SACRIFICE = "500"
"""Of 1000: where memory runs out, the system ends the job rather than the server."""


def main() -> None:
    """Do what stands on the input."""
    server, niceness = map(int, sys.argv[1:])
    _end_with(server)
    _stand_back(niceness)
    output = _own_output()

    from scheduler.service.jobs.work import get_ready, work

    get_ready()
    if not (line := sys.stdin.readline()):
        return  # there was nothing to do until the server ended
    order = Order(**json.loads(line))
    stop = threading.Event()
    threading.Thread(target=_listen, args=(stop,), daemon=True).start()
    _limit(order)
    lock = threading.Lock()

    def tell(news: News) -> None:
        line = json.dumps({"kind": news.kind.value, "data": news.data})
        with lock:
            output.write(line + "\n")
            output.flush()

    try:
        work(order, tell, stop)
    except MemoryError:
        tell(News(NewsKind.ERROR, {"message": "the job needs more memory than it may have"}))
    except Exception as error:  # to begin it again would end in the same way
        traceback.print_exc()
        tell(News(NewsKind.ERROR, {"message": f"the job has failed: {type(error).__name__}: {error}"}))
    os._exit(0)  # whatever threads a solver has left need not be waited for


def _own_output() -> IO[str]:
    """Keep the output for news: whatever else is printed goes to the errors."""
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return own


def _listen(stop: threading.Event) -> None:
    for line in sys.stdin:
        if line.strip() == STOP:
            stop.set()
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(_FAILED)


def _end_with(server: int) -> None:
    """Where the system can, have this process ended at once when the server ends without a word."""
    import ctypes

    try:
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    except (AttributeError, OSError, TypeError):
        return
    if os.getppid() != server:  # it has ended before the system was asked
        os._exit(_FAILED)


def _stand_back(niceness: int) -> None:
    """Let the server go first: for the processor, and for memory when there is not enough for all.

    Linux may count niceness only among processes of one session, and each job has its own; then the session
    as a whole has to be told.
    """
    if hasattr(os, "nice"):
        os.nice(niceness)
    for name, value in (("autogroup", str(niceness)), ("oom_score_adj", _SACRIFICE)):
        with contextlib.suppress(OSError):  # it is not there, or may not be changed
            Path("/proc/self", name).write_text(value, encoding="ascii")


def _limit(order: Order) -> None:
    """Have the system hold this process to what the order allows."""
    try:
        import resource
    except ImportError:  # Windows has none of it
        return
    if order.memory:
        _set(resource.RLIMIT_DATA, order.memory)
    threads = order.request.get("workers") or os.cpu_count() or 1
    _set(resource.RLIMIT_CPU, int(order.time_limit * threads) * 2 + _MORE_SECONDS)
    _set(resource.RLIMIT_CORE, 0)


def _set(which: int, most: int) -> None:
    import resource

    hard = resource.getrlimit(which)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (least, hard))


if __name__ == "__main__":
    main()
