"""A job on a Ray cluster: what runs on its machines.

A task is a generator: what it yields is news, which Ray takes to the server. The other way there is one actor
for each server, the switchboard, on the server's machine: it tells a task that it is to end. Ray ends the
tasks of a server that is gone, and the actor as well.
"""

from __future__ import annotations

import asyncio
import os
import threading
import traceback
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import Any

from scheduler.service.jobs.orders import News, NewsKind, Order
from scheduler.service.jobs.work import work
from scheduler.service.settings import program_version

_LOOK_SECONDS = 0.1
"""Between two looks whether the job is to end."""
_MORE_SECONDS = 120
"""Processor time beyond the limits: for reading, checking and giving reasons."""


class Switchboard:
    """Tells tasks that they are to end; an actor of Ray, whose calls wait side by side."""

    def __init__(self) -> None:
        self._stops: dict[str, asyncio.Event] = {}

    async def stop(self, run: str) -> None:
        """Have a run of a job end."""
        self._stop(run).set()

    async def stopped(self, run: str) -> None:
        """Return when a run is to end, which may be never."""
        await self._stop(run).wait()

    async def forget(self, run: str) -> None:
        """Forget a run that has ended; whoever still waits waits no longer."""
        if (event := self._stops.pop(run, None)) is not None:
            event.set()

    def _stop(self, run: str) -> asyncio.Event:
        return self._stops.setdefault(run, asyncio.Event())


def run_job(order: Order, run: str, version: str, switchboard: Any) -> Iterator[News | None]:
    """Do what an order says, on whatever machine this is.

    Parameters
    ----------
    order : Order
    run : str
        Which attempt at the job this is, for the switchboard.
    version : str
        Of the program on the server.
    switchboard : ray.actor.ActorHandle

    Yields
    ------
    News or None
        None at first: it has begun.
    """
    yield None
    if version != program_version():
        told = (
            f"the server has version {version} of the program, a machine of the cluster {program_version()}"
        )
        yield News(NewsKind.ERROR, {"message": told})
        return
    _limit(order)
    told_so_far: SimpleQueue[News] = SimpleQueue()
    stop = threading.Event()
    worker = threading.Thread(target=_work, args=(order, told_so_far, stop), daemon=True)
    worker.start()
    ended = switchboard.stopped.remote(run)
    while True:
        try:
            news = told_so_far.get(timeout=_LOOK_SECONDS)
        except Empty:
            if not stop.is_set() and _is_ready(ended):
                stop.set()
            continue
        yield news
        if news.kind in (NewsKind.RESULT, NewsKind.ERROR):
            return


def _work(order: Order, told: SimpleQueue[News], stop: threading.Event) -> None:
    """Do the work; whatever happens, there is a last word."""
    from scheduler.search.cluster import solve_spread

    try:
        work(order, told.put, stop, solve_spread)
    except MemoryError:
        told.put(_failed("the job needs more memory than it may have"))
    except Exception as error:  # to begin it again would end in the same way
        traceback.print_exc()
        told.put(_failed(f"the job has failed: {type(error).__name__}: {error}"))


def _failed(message: str) -> News:
    return News(NewsKind.ERROR, {"message": message})


def _is_ready(reference: Any) -> bool:
    import ray

    ready, _ = ray.wait([reference], timeout=0)
    return bool(ready)


def _limit(order: Order) -> None:
    """Have the system hold this process, which ends after the job, to what the order allows."""
    try:
        import resource
    except ImportError:  # Windows has none of it
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    threads = order.request.get("workers") or os.cpu_count() or 1
    seconds = int(used.ru_utime + used.ru_stime + order.time_limit * threads * 2) + _MORE_SECONDS
    _set(resource.RLIMIT_CPU, seconds)
    _set(resource.RLIMIT_CORE, 0)
    if order.memory:
        _set(resource.RLIMIT_DATA, order.memory + _data_bytes())


def _set(which: int, most: int) -> None:
    import resource

    hard = resource.getrlimit(which)[1]
    resource.setrlimit(which, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _data_bytes() -> int:
    """Return what this process holds already, most of it of Ray; 0 where the system does not say."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
            lines = dict(line.split(":", 1) for line in status)
        return int(lines["VmData"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return 0
