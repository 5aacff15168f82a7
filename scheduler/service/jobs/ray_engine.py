"""Jobs on a Ray cluster: a task each, on whatever machine has room for it.

The server runs on one of the cluster's machines, and is a driver of Ray. It is with a job as with one in a
child process: its news come back until the last one, and where its process or machine dies, the runner is
told and begins it again. When the server dies, even by ``kill -9``, Ray ends its tasks.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from typing import Any
from uuid import uuid4

from scheduler.service.jobs.orders import DiedError, News, NewsKind, Order
from scheduler.service.settings import is_loopback, program_version

_USUAL_CORES = 4
"""Of a job that does not say how many it wants, where a machine has so many."""
_LOOK_SECONDS = 0.5
_REACH_SECONDS = 5.0
_LONGEST = 300
"""Characters of what is told of an error."""
_LOOPBACK = "127.0.0.1"
_ONLY_HERE = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"
"""Ray's word for being a cluster of several machines: without, 127.0.0.1 is not taken for another address."""


class RayEngine:
    """Starts a task of Ray for each job.

    Parameters
    ----------
    address : str or None
        ``host:port`` of the cluster's head. None: what ``RAY_ADDRESS`` names, else a cluster of this machine
        alone, which begins and ends with the engine.

    Raises
    ------
    ValueError
        If Ray is not installed, or no cluster can be reached there.
    """

    def __init__(self, address: str | None = None) -> None:
        refuse_unreachable(address)
        _elsewhere(lambda: self._connect(address or _named()))
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._running: set[RayRun] = set()

    def _connect(self, address: str | None) -> None:
        """Become a driver of the cluster, and start what tells tasks to end."""
        import ray
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        from scheduler.service.jobs.ray_work import Switchboard, run_job

        self._joined = not ray.is_initialized()
        if self._joined:
            _join(address)
        here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
        board = ray.remote(Switchboard).options(num_cpus=0, scheduling_strategy=here, max_restarts=-1)
        self._switchboard = board.remote()
        # A process does one job and ends: nothing of a job is left in it, and its limits end with it.
        self._task = ray.remote(max_calls=1, max_retries=0, num_returns="streaming")(run_job)

    def start(self, order: Order) -> RayRun:
        """Start a job; it begins when one of the machines has room for it.

        Raises
        ------
        OSError
            If the cluster is gone.
        """
        if self._closed.is_set():
            raise OSError("the cluster takes no jobs: the engine is closed")
        try:
            run = self._submitted(order)
        except _failures() as error:
            raise OSError(f"the cluster takes no jobs: {_first_line(error)}") from None
        with self._lock:
            self._running = {other for other in self._running if other.is_alive} | {run}
        return run

    def _submitted(self, order: Order) -> RayRun:
        most = _most_cores()
        cores = max(1, min(order.request.get("workers") or _USUAL_CORES, most))
        given = replace(order, request={**order.request, "workers": cores})
        run = f"{order.job}-{uuid4().hex}"
        task = self._task.options(num_cpus=cores, name=f"scheduler-{order.kind}-{order.job}")
        return RayRun(task.remote(given, run, program_version(), self._switchboard), run, self._switchboard)

    def close(self) -> None:
        """End everything that runs, and leave the cluster."""
        self._closed.set()
        with self._lock:
            running, self._running = self._running, set()
        for run in running:
            run.kill()
        if self._joined:
            _elsewhere(_leave)


class RayRun:
    """A job on the cluster."""

    def __init__(self, generator: Any, run: str, switchboard: Any) -> None:
        self._generator = generator
        self._run = run
        self._switchboard = switchboard
        self._begun = threading.Event()
        self._ended = threading.Event()

    @property
    def is_alive(self) -> bool:
        """Whether it has not come to its end."""
        return not self._ended.is_set()

    def news(self) -> Iterator[News]:
        """Yield what the task tells.

        Raises
        ------
        DiedError
            If it ends without a result.
        """
        try:
            yield News(NewsKind.WAITING, {})
            self._next()
            self._begun.set()
            yield News(NewsKind.BEGUN, {})
            while True:
                news = self._next()
                if news is not None:
                    if news.kind in (NewsKind.RESULT, NewsKind.ERROR):
                        self._ended.set()
                        yield news
                        return
                    yield news
        finally:
            self.kill()
            self._say("forget")

    def _next(self) -> News | None:
        import ray

        try:
            told: News | None = ray.get(next(self._generator))
        except StopIteration:
            self._ended.set()
            raise DiedError("its task ended without a word") from None
        except _failures() as error:
            self._ended.set()
            raise DiedError(f"its task ended: {_first_line(error)}") from None
        return told

    def stop(self) -> None:
        """Ask it to end and to keep the best; one that has not begun has nothing to keep."""
        if not self._begun.is_set():
            self.kill()
        self._say("stop")

    def _say(self, what: str) -> None:
        """Say something of this run to the switchboard, unless the cluster is gone."""
        with suppress(*_failures()):
            getattr(self._switchboard, what).remote(self._run)

    def kill(self) -> None:
        """End it, and whatever it has started, now."""
        if self._ended.is_set():
            return
        import ray

        with suppress(*_failures()):  # it is over already
            ray.cancel(self._generator, force=True)


def _join(address: str | None) -> None:
    """Become a driver of a cluster, or of one that is started on this machine for it."""
    import ray

    where = {"address": address} if address else {"address": "local", "include_dashboard": False}
    if address is None or is_loopback(_host(address)):
        where["_node_ip_address"] = _LOOPBACK
    logging.getLogger("ray").setLevel(logging.ERROR)
    try:
        ray.init(**where, log_to_driver=False, configure_logging=False)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ValueError(f"no Ray cluster can be joined at {address}: {_first_line(error)}") from None


def _leave() -> None:
    import ray

    ray.shutdown()


def refuse_unreachable(address: str | None) -> None:
    """Refuse what would only fail after minutes, and settle what Ray reads when it is loaded.

    Parameters
    ----------
    address : str or None
        As :class:`RayEngine` takes it.

    Raises
    ------
    ValueError
    """
    if find_spec("ray") is None:
        raise ValueError("the engine needs ray: pip install 'scheduler[service,ray]' brings it")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ENABLE_AUTO_CONNECT", "0")  # else it starts a cluster whenever it has none
    address = address or _named()
    host = _host(address) if address else _LOOPBACK
    if is_loopback(host):
        os.environ.setdefault(_ONLY_HERE, "0")
    if address is None:
        return
    port = address.rpartition(":")[2]
    if "://" in address or not host or not port.isdigit():
        raise ValueError(f"{address} is no address of a Ray cluster, HOST:PORT as `ray start` tells it")
    try:
        socket.create_connection((host, int(port)), _REACH_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise ValueError(f"no Ray cluster answers at {address}: {error}") from None


def _named() -> str | None:
    return os.environ.get("RAY_ADDRESS") or None


def _host(address: str) -> str:
    return address.rpartition(":")[0].strip("[]")


def _most_cores() -> int:
    """Return how many cores the largest machine of the cluster has."""
    import ray

    found = [node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"]]
    return int(max(found, default=1))


def _elsewhere(do: Callable[[], None]) -> None:
    """Do something in a thread: in the main one Ray takes the signals that are the server's."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            do()
        except BaseException as error:  # it is raised where somebody can take it
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def _failures() -> tuple[type[Exception], ...]:
    """Return what calls of Ray raise when something has failed; ``AttributeError`` when it is shut down."""
    from ray.exceptions import RayError

    return RayError, RuntimeError, AttributeError


def _first_line(error: BaseException) -> str:
    """Return what Ray says of an error, without the advice that follows."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].split(". ")[0][:_LONGEST] if lines else type(error).__name__
