import os
import sys
import threading
from pathlib import Path

import pytest
from support.scripted import eventually
from support.served import INSTANCES

from scheduler.benchmarking.servers import marked, until
from scheduler.exports.instance_file import data_of
from scheduler.reading import load
from scheduler.service.jobs import local
from scheduler.service.jobs.local import LocalEngine
from scheduler.service.jobs.orders import DiedError, NewsKind, Order

RESULT = b'{"kind": "result", "data": {"result": {}, "solution": null}}\n'
MARK = "SCHEDULER_TEST_OF_CHILDREN"


@pytest.fixture
def mark(tmp_path, monkeypatch):
    """What stands in the environment of all children, so that they can be found."""
    monkeypatch.setenv(MARK, str(tmp_path))
    return f"{MARK}={tmp_path}"


@pytest.fixture
def engine():
    engine = LocalEngine()
    yield engine
    engine.close()


def order(name="tiny", kind="solve", **request):
    return Order("job", kind, {"workers": 1, **request}, data_of(load(INSTANCES / f"{name}.yaml")))


def doing(monkeypatch, program):
    """Have children do this instead of jobs."""
    monkeypatch.setattr(local, "_PROGRAM", [sys.executable, "-c", program])


def test_a_job_is_done_and_the_next_one_by_a_process_that_is_ready(engine):
    assert [news.kind for news in engine.start(order()).news()][-1] is NewsKind.RESULT
    eventually(lambda: engine._spare is not None)
    ready = engine._spare
    run = engine.start(order())
    assert run._child is ready
    *_, last = run.news()
    assert last.kind is NewsKind.RESULT
    assert last.data["result"]["status"] == "optimal"
    assert last.data["solution"]["placements"]


def test_a_process_that_is_ready_and_dies_is_replaced(engine):
    list(engine.start(order()).news())
    eventually(lambda: engine._spare is not None)
    engine._spare.kill()
    eventually(lambda: not engine._spare.is_alive)
    assert [news.kind for news in engine.start(order()).news()][-1] is NewsKind.RESULT


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
def test_nothing_is_left_after_the_end(mark):
    engine = LocalEngine(3)
    engine.start(order("asia-innova-2017"))
    eventually(lambda: len(marked(mark)) == 2)
    before = os.getpriority(os.PRIO_PROCESS, 0)
    eventually(
        lambda: {os.getpriority(os.PRIO_PROCESS, child) for child in marked(mark)} == {min(before + 3, 19)}
    )
    engine.close()
    assert until(lambda: not marked(mark), 10)


def test_what_is_killed_says_so(engine):
    run = engine.start(order("asia-innova-2017"))
    run.kill()
    with pytest.raises(DiedError, match="its process was ended by SIGKILL"):
        list(run.news())
    run.kill()
    run.stop()


def test_what_the_work_stumbles_over_is_told_and_not_begun_again(engine):
    *_, last = engine.start(order(kind="nobody-knows")).news()
    assert last.kind is NewsKind.ERROR
    assert last.data["message"] == "the job has failed: KeyError: 'nobody-knows'"


def test_nobody_waits_for_a_child_that_does_not_read(engine, monkeypatch):
    doing(monkeypatch, "import time; time.sleep(60)")
    run = engine.start(order(long="x" * 1_000_000))
    run.stop()
    run.kill()
    with pytest.raises(DiedError, match="SIGKILL"):
        list(run.news())


@pytest.mark.skipif(sys.platform != "linux", reason="what is open is looked for in /proc")
def test_nothing_is_left_open_by_jobs_that_have_ended(engine, monkeypatch):
    doing(monkeypatch, f"import os; os.write(1, {RESULT!r})")

    def held():
        return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))

    def run_some(count):
        for _ in range(count):
            assert [news.kind for news in engine.start(order()).news()] == [NewsKind.RESULT]

    run_some(2)
    before = held()
    run_some(20)
    # One process may be ready, or just be made.
    eventually(lambda: all(now <= then + 5 for now, then in zip(held(), before, strict=True)))


@pytest.mark.parametrize(
    ("program", "why"),
    [
        (
            "import sys; sys.stderr.write('x' * 10**7 + '\\nthe end'); sys.exit(3)",
            "ended with code 3: the end",
        ),
        ('import os; os.write(1, b\'{"kind": "level", "da\')', "ended with code 0"),
        ("import os; os.write(1, b'x' * 10**7)", "SIGKILL|ended with code"),
        ("import os, time; os.write(1, b'[]\\n'); time.sleep(60)", "SIGKILL"),
        ("import os; os.write(1, b'\\xff\\xfe\\n')", "ended with code|SIGKILL"),
    ],
    ids=["errors without an end", "half a line", "no line at all", "no news", "no text"],
)
def test_what_a_child_says_besides_news_does_no_harm(engine, monkeypatch, program, why):
    doing(monkeypatch, program)
    with pytest.raises(DiedError, match=why):
        list(engine.start(order()).news())
