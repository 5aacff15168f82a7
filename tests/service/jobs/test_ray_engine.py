"""Jobs on a real cluster of two machines, one of which dies."""

import os
import signal
from contextlib import closing
from dataclasses import replace

import pytest
from support.served import API, INSTANCES, asked, ended, serving, settings_in, uploaded

from scheduler.benchmarking.killing import ended as count_ended
from scheduler.benchmarking.killing import fates, states
from scheduler.benchmarking.servers import Server, until
from scheduler.generating import GenerateSpec, generate
from scheduler.reading import load
from scheduler.service.jobs.engines import refuse_missing
from scheduler.service.jobs.orders import DiedError, NewsKind, Order
from scheduler.service.jobs.ray_engine import RayEngine
from scheduler.service.jobs.ray_work import run_job
from scheduler.service.settings import EngineName

EVERY_RULE = (INSTANCES / "every-rule.yaml").read_bytes()
ASIA = (INSTANCES / "asia-innova-2017.yaml").read_bytes()
LONG = {"time_limit": 60, "workers": 1}
"""Of a programme that is not proven within it."""
PROVEN = {**LONG, "deterministic": True}
"""Of the others: proven, however busy this machine is."""
PATIENCE = 240
"""Seconds; on a machine that is free the whole takes thirty."""


def order(name, **request):
    instance = load(INSTANCES / f"{name}.yaml").model_dump(mode="json", by_alias=True)
    return Order("job", "solve", {"workers": 1, **request}, instance)


@pytest.fixture(scope="module")
def engine(cluster):
    with closing(RayEngine(cluster.address)) as engine:
        yield engine


def states_of(client, job):
    """Return the states that the events of a job tell of."""
    told = client.get(f"{API}/jobs/{job}/events").text.splitlines()
    return [line.split('"state": "')[1].split('"')[0] for line in told if '"state"' in line]


def test_an_engine_that_is_closed_leaves_nothing_running(cluster, tmp_path):
    engine = RayEngine(cluster.address)
    run = engine.start(order("asia-innova-2017"))
    news = run.news()
    assert [next(news).kind for _ in range(2)] == [NewsKind.WAITING, NewsKind.BEGUN]
    engine.close()
    with pytest.raises(DiedError):
        list(news)
    run.stop()
    run.kill()
    assert until(lambda: not cluster.workers(), PATIENCE)
    with pytest.raises(OSError, match="the cluster takes no jobs"):
        engine.start(order("tiny"))


def test_a_job_on_the_cluster_comes_to_what_it_comes_to_here(engine):
    news = list(engine.start(order("tiny")).news())
    assert [each.kind for each in news][-1] is NewsKind.RESULT
    assert news[-1].data["result"]["status"] == "optimal"
    assert news[-1].data["solution"]["programme"] == "tiny"


def test_a_large_programme_is_spread_over_the_cluster(engine):
    programme = generate(GenerateSpec(meetings=60, days=2)).model_dump(mode="json", by_alias=True)
    request = {"workers": 1, "spread": 2}
    news = list(engine.start(Order("job", "solve", request, programme, time_limit=5.0)).news())
    assert news[-1].kind is NewsKind.RESULT, news[-1].data
    assert any("of 2 searches side by side" in note for note in news[-1].data["result"]["notes"])


def test_what_cannot_be_done_is_said(engine):
    *_, news = engine.start(Order("job", "solve", {}, {"cities": 1})).news()
    assert news.kind is NewsKind.ERROR
    assert "the job has failed" in news.data["message"]


def test_a_job_that_is_killed_is_told_to_have_died(engine, cluster):
    run = engine.start(order("asia-innova-2017"))
    assert until(cluster.workers, PATIENCE)
    run.kill()
    with pytest.raises(DiedError, match="its task"):
        list(run.news())
    assert until(lambda: not cluster.workers(), PATIENCE)


def test_a_job_that_is_stopped_keeps_the_best(cluster, engine, tmp_path):
    settings = settings_in(tmp_path, engine=EngineName.RAY, ray_address=cluster.address, grace=30.0)
    with serving(settings) as client:
        job = asked(client, uploaded(client, ASIA)["id"], "solves", **LONG)["id"]
        assert until(lambda: client.get(f"{API}/jobs/{job}/schedule").status_code == 200, PATIENCE)
        client.delete(f"{API}/jobs/{job}")
        found = ended(client, job, PATIENCE)
    assert found["state"] == "cancelled"
    assert found["result"]["status"] == "interrupted"
    assert found["schedule"] is not None


def test_ten_jobs_end_once_each_though_a_process_and_a_machine_die(cluster, engine, tmp_path):
    cluster.add_other()
    settings = settings_in(
        tmp_path,
        engine=EngineName.RAY,
        ray_address=cluster.address,
        jobs=10,
        attempts=9,
        lease=20.0,
        grace=60.0,
    )
    with serving(settings) as client:
        programme = uploaded(client, EVERY_RULE)["id"]
        jobs = [asked(client, programme, "solves", seed=n, **PROVEN)["id"] for n in range(10)]
        assert until(cluster.workers_of_other, PATIENCE)
        os.kill(cluster.workers_of_other()[0], signal.SIGKILL)
        assert until(cluster.workers_of_other, PATIENCE)
        cluster.kill_other()
        found = [ended(client, job, PATIENCE) for job in jobs]
        told = [states_of(client, job) for job in jobs]
        schedules = client.get(f"{API}/programmes/{programme}/schedules").json()
    assert [job["state"] for job in found] == ["done"] * 10
    assert [states.count("done") for states in told] == [1] * 10
    assert sum(states.count("running") for states in told) > 10  # some were begun again
    assert sorted(each["job"] for each in schedules) == sorted(jobs)


def test_the_jobs_of_a_server_that_is_killed_end_and_are_begun_again(cluster, tmp_path):
    options = ("--no-auth", "--jobs", "2", "--lease", "1", "--engine", "ray", "--ray-address")
    with Server(tmp_path, options=(*options, cluster.address)) as server:
        programme = server.upload(EVERY_RULE)
        jobs = [server.post(f"/programmes/{programme}/solves", PROVEN)["id"] for _ in range(2)]
        assert until(lambda: len(cluster.workers()) == 2, PATIENCE)
        before = cluster.workers()
        server.kill()
        assert until(lambda: not set(before) & set(cluster.workers()), PATIENCE)
        server.start()
        assert until(lambda: count_ended(states(server, [programme])) == 2, PATIENCE)
        found = list(fates(server, programme, jobs))
        assert [(fate.state, fate.schedules, fate.faults) for fate in found] == [("done", 1, ())] * 2
        assert all(fate.begun > 1 for fate in found)
        server.end()
        assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:1", "no Ray cluster answers at 127.0.0.1:1"),
        ("ray://127.0.0.1:10001", "is no address of a Ray cluster"),
        ("nowhere", "is no address of a Ray cluster"),
    ],
)
def test_an_address_without_a_cluster_is_refused_at_once(address, said):
    with pytest.raises(ValueError, match=said):
        RayEngine(address)


def test_a_server_that_runs_no_jobs_needs_no_cluster(tmp_path):
    settings = settings_in(tmp_path, engine=EngineName.RAY, ray_address="127.0.0.1:1")
    with pytest.raises(ValueError, match="no Ray cluster answers"):
        refuse_missing(settings)
    refuse_missing(replace(settings, jobs=0))


def test_a_machine_with_another_version_of_the_program_refuses(tmp_path):
    begun, news = run_job(order("tiny"), "run", "0.0", None)
    assert begun is None
    assert (news.kind, news.data["message"][:28]) == (NewsKind.ERROR, "the server has version 0.0 o")
