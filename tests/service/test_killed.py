"""``kill -9`` of a server in the middle of its jobs; `benchmarks/killed.py` does it more often."""

import signal
import sys

import pytest
from support.served import INSTANCES

from scheduler.benchmarking.killing import ended, fates, states
from scheduler.benchmarking.servers import API, Server, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")

USUAL = ("--no-auth", "--niceness", "0")
PATIENCE = 240
"""Seconds; on a machine that is free the whole test takes fifteen."""
LONG = {"time_limit": 600, "workers": 1}


def test_no_job_is_lost_or_done_twice(tmp_path):
    with Server(tmp_path, options=(*USUAL, "--jobs", "5", "--lease", "1")) as server:
        programmes = [
            server.upload((INSTANCES / f"{name}.yaml").read_bytes()) for name in ("tiny", "every-rule")
        ]
        asked = {"time_limit": 60, "workers": 1, "deterministic": True}
        jobs = {
            programme: [server.post(f"/programmes/{programme}/solves", asked)["id"] for _ in range(count)]
            for programme, count in zip(programmes, (17, 3), strict=True)
        }

        def is_at_it(least):
            found = states(server, programmes)
            return found["running"] >= 3 and ended(found) >= least

        for least in (2, 8):
            assert until(lambda least=least: is_at_it(least), PATIENCE, 0.1)
            before = server.family()
            server.kill()
            assert len(before) > 1  # there were children
            assert server.is_childless_within(30)
            server.start()
        assert until(lambda: ended(states(server, programmes)) == 20, PATIENCE, 0.2)
        found = [fate for programme, of in jobs.items() for fate in fates(server, programme, of)]
        assert [fate.faults for fate in found] == [()] * 20
        assert [(fate.state, fate.schedules) for fate in found] == [("done", 1)] * 20
        assert sum(fate.begun for fate in found) > 20  # some were begun again


def with_a_long_job(server):
    """Begin a solve that takes long; return it once it has found a schedule."""
    programme = server.upload((INSTANCES / "asia-innova-2017.yaml").read_bytes())
    job = server.post(f"/programmes/{programme}/solves", LONG)["id"]
    best = f"{API}/jobs/{job}/schedule"
    assert until(lambda: server.ask("GET", best).status == 200, PATIENCE)
    return job


def test_the_best_so_far_survives_and_is_kept_when_the_job_is_cancelled(tmp_path):
    with Server(tmp_path, options=(*USUAL, "--jobs", "1", "--lease", "1")) as server:
        job = with_a_long_job(server)
        server.kill()
        server.start()
        assert server.get(f"/jobs/{job}/schedule")["placements"]
        assert server.ask("DELETE", f"{API}/jobs/{job}").json()["cancel_asked"]
        assert until(lambda: server.get(f"/jobs/{job}")["state"] == "cancelled", PATIENCE)
        schedule = server.get(f"/jobs/{job}")["schedule"]
        assert server.get(f"/schedules/{schedule}/check")["valid"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_end_gives_its_jobs_back(tmp_path, how):
    with Server(tmp_path, options=(*USUAL, "--jobs", "1", "--lease", "600")) as server:
        job = with_a_long_job(server)
        server.end(how, PATIENCE)
        assert server.is_childless_within(30)
        server.options = (*USUAL, "--jobs", "0")
        server.start()
        found = server.get(f"/jobs/{job}")
        assert (found["state"], found["attempts"]) == ("queued", 0)
        assert "Traceback" not in server.log.read_text(encoding="utf-8")
