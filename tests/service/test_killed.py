"""``kill -9`` of a server in the middle of its jobs; `benchmarks/killed.py` does it more often."""

from support.served import INSTANCES

from scheduler.benchmarking.killing import ended, fates, states
from scheduler.benchmarking.servers import Server, until

OPTIONS = ("--no-auth", "--jobs", "5", "--lease", "1")
PATIENCE = 240
"""Seconds; on a machine that is free the whole test takes fifteen."""


def test_no_job_is_lost_or_done_twice(tmp_path):
    with Server(tmp_path, options=OPTIONS) as server:
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
            assert server.is_childless_within(5)
            server.start()
        assert until(lambda: ended(states(server, programmes)) == 20, PATIENCE, 0.2)
        found = [fate for programme, of in jobs.items() for fate in fates(server, programme, of)]
        assert [fate.faults for fate in found] == [()] * 20
        assert [(fate.state, fate.schedules) for fate in found] == [("done", 1)] * 20
        assert sum(fate.begun for fate in found) > 20  # some were begun again
