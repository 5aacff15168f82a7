from __future__ import annotations

from pathlib import Path

from scheduler.benchmarking.loading import Memory, given_out, memory_over, processor_seconds, queued
from scheduler.benchmarking.readers import Order, run
from scheduler.benchmarking.servers import Server

ROOT = Path(__file__).parents[2]


def test_a_server_is_asked_for_everything_that_is_measured(tmp_path: Path) -> None:
    instance = (ROOT / "instances" / "tiny.yaml").read_bytes()
    solution = (ROOT / "solutions" / "tiny" / "tiny.solution.yaml").read_bytes()
    with Server(tmp_path) as server:
        given = given_out(server, instance, solution)
        assert len(given.feeds) == 10  # the programme, a city, two rooms, three delegations and their people
        read = run(Order(server.url, given.feeds, readers=10, seconds=0.5))
        assert read.statuses == {"200": len(read.seconds)}
        memory = memory_over(server, given, 120, every=40)
        assert [after for after, _ in memory.samples] == [40, 80, 120]
        assert all(size > 2**20 for _, size in memory.samples)
        assert sum(memory.statuses.values()) == 120
        assert set(memory.statuses) == {"200", "404", "422"}
        jobs = queued(server, given.programme, 3, 60.0, 90.0)
        assert jobs.states == {"done": 3, "failed": 0, "cancelled": 0}
        assert (jobs.schedules, jobs.valid) == (3, 3)
        assert processor_seconds(server.process.pid) > 0


def test_the_mean_of_some_samples() -> None:
    memory = Memory([(10, 1), (20, 2), (30, 6)])
    assert memory.mean(20, 30) == 4.0
