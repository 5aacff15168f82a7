import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import chain, repeat
from time import sleep

import pytest
from sqlalchemy.exc import OperationalError
from support.scripted import FOUND, ScriptedEngine, eventually
from support.served import settings_in
from support.stores import job_in, programme_in, states

from scheduler.service.jobs import runner as runner_module
from scheduler.service.jobs.runner import Runner
from scheduler.service.settings import Limits
from scheduler.service.store import open_store

AWAY = OperationalError("UPDATE", {}, Exception("database is locked"))


@pytest.fixture(autouse=True)
def _quickly_again(monkeypatch):
    monkeypatch.setattr(runner_module, "_AGAIN_SECONDS", 0.01)


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path, poll=0.01, heartbeat=0.05, grace=0.3, lease=20.0, attempts=3)


@pytest.fixture
def store(settings):
    opened = open_store(settings.database, lease=settings.lease, attempts=settings.attempts)
    yield opened
    opened.close()


@pytest.fixture
def engine():
    return ScriptedEngine()


@contextmanager
def running(store, engine, settings):
    runner = Runner(store, engine, settings)
    runner.start()
    try:
        yield runner
    finally:
        runner.close()


@pytest.fixture
def runner(store, engine, settings):
    with running(store, engine, settings) as runner:
        yield runner


@pytest.fixture
def programme(store):
    return programme_in(store)


def ended(store, job):
    """Return a job once it has ended."""
    eventually(lambda: store.jobs.get(job.id).ended)
    return store.jobs.get(job.id)


def endings(store, job):
    return [state for state in states(store, job) if state not in ("queued", "running")]


def once_more(patched, name, failures, monkeypatch):
    """Have a method fail so many times before it works."""
    works = getattr(patched, name)
    outcomes = chain(failures, repeat(None))

    def call(*args, **more):
        failure = next(outcomes)
        if failure is not None:
            raise failure
        return works(*args, **more)

    monkeypatch.setattr(patched, name, call)


def failing(error):
    """Return what always fails."""

    def call(*args, **more):
        raise error

    return call


# -- a job and its end -------------------------------------------------------------------------------


def test_news_and_the_result_are_entered(store, engine, runner, programme):
    job = job_in(store, programme, seed=3)
    run = engine.run()
    assert (run.order.job, run.order.request) == (job.id, {"seed": 3})
    run.tell(7)
    run.find()
    eventually(lambda: store.jobs.best(job.id) == FOUND)
    run.finish(status="optimal")
    done = ended(store, job)
    assert (done.state, done.attempts, store.jobs.result(job.id)) == ("done", 1, {"status": "optimal"})
    assert [event.kind for event in store.jobs.events(job.id)] == ["state", "state", "level", "best", "state"]
    assert [schedule.id for schedule in store.schedules.of(programme)] == [done.schedule]


def test_what_comes_after_the_result_is_left_out(store, engine, runner, programme):
    job = job_in(store, programme)
    run = engine.run()
    run.finish(status="optimal")
    run.fail("it was not meant so")
    assert ended(store, job).state == "done"
    assert endings(store, job) == ["done"]


def test_why_it_cannot_be_done_is_entered(store, engine, runner, programme):
    job = job_in(store, programme)
    engine.run().fail("nobody knows a meeting 'x'")
    told = ended(store, job)
    assert (told.state, told.message) == ("failed", "nobody knows a meeting 'x'")


def test_so_many_run_at_a_time(store, engine, settings, programme):
    jobs = [job_in(store, programme) for _ in range(4)]
    with running(store, engine, replace(settings, jobs=2)):
        engine.run(1)
        assert [store.jobs.get(job.id).state for job in jobs] == ["running", "running", "queued", "queued"]
        for number in range(4):
            engine.run(number).finish()
        assert {ended(store, job).state for job in jobs} == {"done"}


# -- death -------------------------------------------------------------------------------------------


def test_a_job_whose_process_dies_is_begun_again_and_given_up_in_the_end(store, engine, runner, programme):
    job = job_in(store, programme)
    for number in range(3):
        engine.run(number).die("its process was ended by SIGSEGV")
    given_up = ended(store, job)
    assert (given_up.state, given_up.attempts) == ("failed", 3)
    assert given_up.message == "its process was ended by SIGSEGV"
    assert states(store, job) == ["queued", "running"] * 3 + ["failed"]


def test_a_job_that_has_lost_its_server_ends_where_it_is_claimed_next(store, engine, runner, programme):
    job = job_in(store, programme)
    run = engine.run()
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE jobs SET token = token + 1, claimed_by = 'another'")
    assert run.killed.wait(10)
    run.finish()
    eventually(lambda: not runner._held)
    assert store.jobs.get(job.id).state == "running"
    assert store.schedules.of(programme) == []


def test_a_job_whose_programme_is_deleted_is_killed(store, engine, runner, programme):
    job_in(store, programme)
    run = engine.run()
    store.programmes.delete(programme)
    assert run.killed.wait(10)


def test_where_no_process_can_be_started_jobs_wait_and_that_is_not_counted(store, engine, runner, programme):
    engine.refused = [OSError("too many processes")] * 4
    job = job_in(store, programme)
    engine.run().finish()
    assert (ended(store, job).state, ended(store, job).attempts) == ("done", 1)


def test_a_failure_of_the_service_ends_the_job_and_nothing_else(store, engine, runner, programme):
    engine.refused = [KeyError("what nobody has thought of")]
    first, second = job_in(store, programme), job_in(store, programme)
    assert "its log" in ended(store, first).message
    engine.run().finish()
    assert ended(store, second).state == "done"


# -- cancelling and time -----------------------------------------------------------------------------


def test_a_job_that_is_cancelled_is_asked_to_end_and_keeps_what_it_has(store, engine, runner, programme):
    job = job_in(store, programme)
    run = engine.run()
    store.jobs.cancel(job.id)
    assert run.stopped.wait(10)
    run.finish(status="feasible")
    told = ended(store, job)
    assert (told.state, told.schedule is not None) == ("cancelled", True)


def test_a_job_that_does_not_listen_is_killed_and_keeps_its_best(store, engine, runner, programme):
    job = job_in(store, programme)
    run = engine.run()
    run.find()
    eventually(lambda: store.jobs.best(job.id))
    store.jobs.cancel(job.id)
    assert run.killed.wait(10)
    told = ended(store, job)
    assert (told.state, told.schedule is not None) == ("cancelled", True)


def test_a_job_over_its_time_is_asked_to_end_first(store, engine, runner, programme):
    job = job_in(store, programme, time_limit=0.1)
    run = engine.run()
    assert run.stopped.wait(10)
    run.finish(status="feasible")
    assert ended(store, job).state == "done"


def test_a_job_over_its_time_that_does_not_listen_is_killed(store, engine, runner, programme):
    job = job_in(store, programme, time_limit=0.1)
    run = engine.run()
    assert run.killed.wait(10)
    assert run.stopped.is_set()
    told = ended(store, job)
    assert (told.state, told.message) == ("failed", "it did not end when its time was over")


def test_a_job_that_names_no_limit_has_the_usual_one(store, engine, settings, programme):
    limited = replace(settings, limits=Limits(usual_seconds=0.1, seconds=1.0))
    with running(store, engine, limited):
        job_in(store, programme)
        assert engine.run().order.time_limit == 0.1
        assert engine.run().stopped.wait(10)
        engine.run().finish()


# -- a store that is away ----------------------------------------------------------------------------


def test_a_result_waits_for_a_store_that_is_away(store, engine, runner, programme, monkeypatch):
    job = job_in(store, programme)
    run = engine.run()
    once_more(store.queue, "end", [AWAY] * 5, monkeypatch)
    run.finish(status="optimal")
    assert ended(store, job).state == "done"
    assert endings(store, job) == ["done"]


def test_a_result_waits_for_a_database_that_is_locked(store, engine, runner, settings, programme):
    job = job_in(store, programme)
    run = engine.run()
    with closing(sqlite3.connect(settings.database.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        run.finish(status="optimal")
        sleep(0.5)
        assert store.jobs.get(job.id).state == "running"
        other.rollback()
    assert ended(store, job).state == "done"
    assert endings(store, job) == ["done"]


def test_a_death_waits_for_a_store_that_is_away(store, engine, runner, programme, monkeypatch):
    job = job_in(store, programme)
    once_more(store.queue, "give_back", [AWAY] * 5, monkeypatch)
    engine.run(0).die()
    engine.run(1).finish()
    assert (ended(store, job).state, ended(store, job).attempts) == ("done", 2)


def test_the_best_schedule_outlives_a_store_that_is_away(store, engine, runner, programme, monkeypatch):
    job = job_in(store, programme)
    run = engine.run()
    once_more(store.queue, "tell", [AWAY], monkeypatch)
    run.find()
    store.jobs.cancel(job.id)
    assert run.killed.wait(10)
    assert ended(store, job).schedule is not None


def test_a_best_schedule_that_could_not_be_entered_is_with_the_next_news(
    store, engine, runner, programme, monkeypatch
):
    job = job_in(store, programme)
    run = engine.run()
    once_more(store.queue, "tell", [AWAY], monkeypatch)
    run.find()
    run.tell(3)
    eventually(lambda: store.jobs.best(job.id) == FOUND)
    run.finish()


def test_jobs_are_taken_again_after_the_store_was_away(store, engine, runner, programme, monkeypatch):
    once_more(store.queue, "claim", [AWAY, RuntimeError("whatever")] * 2, monkeypatch)
    job = job_in(store, programme)
    engine.run().finish()
    assert ended(store, job).state == "done"


def test_signs_of_life_are_given_again_after_the_store_was_away(
    store, engine, runner, programme, monkeypatch
):
    job = job_in(store, programme)
    run = engine.run()
    once_more(store.queue, "still_held", [AWAY, RuntimeError("whatever")] * 2, monkeypatch)
    lease = store.jobs.get(job.id).lease_until
    eventually(lambda: store.jobs.get(job.id).lease_until > lease)
    run.finish()


def test_a_server_that_cannot_give_signs_of_life_takes_no_jobs(
    store, engine, settings, programme, monkeypatch
):
    works = store.queue.still_held
    with running(store, engine, replace(settings, jobs=3, lease=0.2)):
        job_in(store, programme)
        engine.run()
        monkeypatch.setattr(store.queue, "still_held", failing(AWAY))
        sleep(0.3)
        second = job_in(store, programme)
        sleep(0.3)
        assert store.jobs.get(second.id).state == "queued"
        monkeypatch.setattr(store.queue, "still_held", works)
        engine.run(1).finish()
        engine.run(0).finish()
        assert ended(store, second).state == "done"


# -- the end of the server ---------------------------------------------------------------------------


def test_jobs_of_a_server_that_ends_wait_at_once_for_another(store, engine, settings, programme):
    jobs = [job_in(store, programme) for _ in range(3)]
    with running(store, engine, replace(settings, jobs=2)):
        engine.run(1)
    assert engine.closed
    assert all(run.killed.is_set() for run in engine.runs)
    waiting = [store.jobs.get(job.id) for job in jobs]
    assert [(job.state, job.attempts, job.lease_until) for job in waiting] == [("queued", 0, None)] * 3
    other = ScriptedEngine()
    with running(store, other, settings):
        for number in range(3):
            other.run(number).finish()
        assert {ended(store, job).state for job in jobs} == {"done"}


def test_a_job_that_is_claimed_while_the_server_ends_is_given_back(store, engine, settings, programme):
    job = job_in(store, programme)
    runner = Runner(store, engine, settings)
    runner._closing.set()
    assert not runner._take_one()
    assert (store.jobs.get(job.id).state, store.jobs.get(job.id).attempts) == ("queued", 0)
    assert engine.runs == []


def test_a_result_that_is_told_while_the_server_ends_is_entered(store, engine, settings, programme):
    job = job_in(store, programme)
    with running(store, engine, settings):
        engine.run().finish(status="optimal")
    assert store.jobs.get(job.id).state == "done"
