"""Two servers over one PostgreSQL: jobs are run by one of them only, and one of them may be killed.

`benchmarks/killed_of_two.py` does it more often.
"""

import time
from contextlib import ExitStack, contextmanager

import pytest
from support.served import INSTANCES, TINY

from scheduler.benchmarking.killing import ended, events_of, fates, states
from scheduler.benchmarking.servers import API, Server, until

ASKED = {"time_limit": 60, "workers": 1, "deterministic": True}
PATIENCE = 240
"""Seconds; on a machine that is free none of these tests takes fifteen."""


@pytest.fixture
def database(postgres):
    with postgres.database() as url:
        yield url


@contextmanager
def two_servers(folder, database, *jobs, lease=1):
    """Give two servers over a database, each of which runs so many jobs at a time."""
    with ExitStack() as running:
        servers = []
        for name, count in zip("ab", jobs, strict=True):
            (folder / name).mkdir()
            options = ("--no-auth", "--jobs", str(count), "--lease", str(lease))
            servers.append(running.enter_context(Server(folder / name, database, options)))
        yield servers


def asked(servers, programme, count):
    """Ask for solves, of each server in turn; return the jobs."""
    return [
        servers[n % len(servers)].post(f"/programmes/{programme}/solves", ASKED)["id"] for n in range(count)
    ]


def test_one_of_two_is_killed_in_the_midst_and_no_job_is_lost_or_done_twice(tmp_path, database):
    with two_servers(tmp_path, database, 3, 3) as (killed, other):
        counts = {
            killed.upload((INSTANCES / f"{name}.yaml").read_bytes()): count
            for name, count in (("tiny", 8), ("every-rule", 1))
        }
        both = (killed, other)
        jobs = {programme: asked(both, programme, count) for programme, count in counts.items()}

        def both_are_at_it():
            found = states(other, counts)
            return found["running"] >= 4 and ended(found) >= 2  # one alone runs three

        assert until(both_are_at_it, PATIENCE)
        killed.kill()
        assert until(lambda: ended(states(other, counts)) == 9, PATIENCE, 0.2)
        found = [fate for programme, some in jobs.items() for fate in fates(other, programme, some)]
        assert [fate.faults for fate in found] == [()] * 9
        assert sum(fate.begun for fate in found) > 9  # some were begun again
        killed.start()
        for some in jobs.values():
            for job in some:
                for path in (f"/jobs/{job}", f"/jobs/{job}/schedule"):
                    assert killed.get(path) == other.get(path)


def test_a_job_is_followed_and_cancelled_where_it_does_not_run(tmp_path, database):
    with two_servers(tmp_path, database, 1, 0) as (_, other):
        (job,) = asked((other,), other.upload(TINY), 1)
        told = events_of(other, job)  # the stream ends with the job
        assert [data["state"] for kind, data in told if kind == "state"] == ["queued", "running", "done"]
        assert "level" in {kind for kind, _ in told}

        long = other.upload((INSTANCES / "asia-innova-2017.yaml").read_bytes())
        (job,) = asked((other,), long, 1)
        assert until(lambda: other.ask("GET", f"{API}/jobs/{job}/schedule").status == 200, PATIENCE)
        assert other.ask("DELETE", f"{API}/jobs/{job}").status == 200
        assert until(lambda: ended(states(other, [long])) == 1, PATIENCE)
        found = other.get(f"/jobs/{job}")
        assert found["state"] in ("cancelled", "done")  # it may have been done just then
        assert found["schedule"] is not None


def test_jobs_outlast_an_absence_of_the_database(tmp_path, database, postgres):
    with two_servers(tmp_path, database, 2, 2, lease=60) as servers:
        programme = servers[0].upload(TINY)
        jobs = asked(servers, programme, 6)
        name = database.rpartition("/")[2]
        assert until(lambda: states(servers[0], [programme])["running"], PATIENCE)
        postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgres.cut(database)
        answer = servers[0].ask("GET", f"{API}/jobs/{jobs[0]}")
        assert (answer.status, answer.headers["content-type"]) == (503, "application/problem+json")
        assert servers[1].ask("GET", f"{API}/health").status == 503
        time.sleep(1.0)
        postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        assert until(lambda: ended(states(servers[1], [programme])) == 6, PATIENCE)
        found = list(fates(servers[1], programme, jobs))
        assert [fate.faults for fate in found] == [()] * 6
        assert [fate.begun for fate in found] == [1] * 6  # what ran has gone on
