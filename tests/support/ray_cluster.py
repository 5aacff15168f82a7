"""A Ray cluster of two machines for tests, both of them this one: everything listens on 127.0.0.1 alone.

Tests take the fixture ``cluster``, which ``tests/conftest.py`` makes known. The cluster ends with the
tests: Ray has a process that sees to that even when they are killed. Where the environment variable
``SCHEDULER_RAY`` is set, Ray has to be there; without it, tests that need it are skipped where it is not.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

# Ray reads these when it is loaded.
os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"
os.environ["RAY_AUTH_MODE"] = "disabled"  # else it depends on what is in the home folder

VARIABLE = "SCHEDULER_RAY"
CORES = 2
"""Of each machine, as Ray counts them."""
QUICK = {
    "worker_niceness": 0,
    "health_check_period_ms": 500,
    "health_check_timeout_ms": 2000,
    "health_check_failure_threshold": 4,
}
MACHINE = {
    "node_ip_address": "127.0.0.1",
    "num_cpus": CORES,
    "object_store_memory": 80 * 2**20,
    "include_dashboard": False,
    "include_log_monitor": False,
    "no_monitor": True,
}


@dataclass
class TwoMachines:
    """A cluster that runs: the head, to which servers connect, and another machine, which may die."""

    ray: Any
    other: Any = field(default=None)

    @property
    def address(self) -> str:
        """Where its head listens."""
        return str(self.ray.address)

    def add_other(self) -> None:
        """Start the other machine, unless it is there."""
        if self.other is None:
            self.other = self.ray.add_node(**MACHINE)

    def kill_other(self) -> None:
        """Have the other machine die, with all that runs on it."""
        self.ray.remove_node(self.other, allow_graceful=False)
        self.other = None

    def workers(self, task: str = "scheduler-") -> list[int]:
        """Return the ids of the processes that are at a task whose name begins so."""
        return [pid for pid in pids() if f"ray::{task}" in command_of(pid) and self._owns(pid)]

    def workers_of_other(self, task: str = "scheduler-") -> list[int]:
        """Return those on the other machine."""
        (raylet,) = (started.process.pid for started in self.other.all_processes["raylet"])
        return [pid for pid in self.workers(task) if parent_of(pid) == raylet]

    def _owns(self, pid: int) -> bool:
        machines = [self.ray.head_node, *([self.other] if self.other else [])]
        raylets = {one.process.pid for machine in machines for one in machine.all_processes["raylet"]}
        return parent_of(pid) in raylets


@pytest.fixture(scope="session")
def cluster() -> Iterator[TwoMachines]:
    """Return a cluster for all tests of this process."""
    if find_spec("ray") is None:
        if os.environ.get(VARIABLE):
            pytest.fail(f"Ray is not installed, and {VARIABLE} asks for it")
        pytest.skip("needs Ray: pip install ray")
    with running() as found:
        yield found


@contextmanager
def running() -> Iterator[TwoMachines]:
    """Give a cluster that runs inside the context."""
    import ray
    from ray.cluster_utils import Cluster

    folder = tempfile.mkdtemp(prefix="ray-")  # sockets need a short path
    made = Cluster(
        initialize_head=True, head_node_args={**MACHINE, "temp_dir": folder, "_system_config": QUICK}
    )
    found = TwoMachines(made)
    try:
        found.add_other()
        yield found
    finally:
        ray.shutdown()
        made.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


def pids() -> list[int]:
    """Return the ids of all processes."""
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def command_of(pid: int) -> str:
    """Return how a process calls itself; nothing if it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace").replace("\0", " ")
    except OSError:
        return ""


def parent_of(pid: int) -> int:
    """Return who has started a process; 0 if it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("PPid:"))
