"""News of several threads, runs that are given up, and years before 1970."""

import threading
import time

import pytest
from support.making import city, hours, make, meeting

from scheduler.domain import Status
from scheduler.model import engine
from scheduler.search import SolveOptions
from scheduler.search.solve import solve


def test_news_that_comes_late_takes_nothing_back():
    told = []
    listener = engine._Listener(lambda incumbent: told.append((incumbent.value, incumbent.bound)))
    for value, bound in ((9, 0), (7, 2), (8, 1), (None, 1), (None, 3), (7, 3), (6, 3)):
        listener.note(value, bound)
    assert told == [(9, 0), (7, 2), (7, 3), (6, 3)]


def test_a_run_that_is_given_up_leaves_no_search_behind(monkeypatch):
    class Endless:
        def __init__(self):
            self.stopped = threading.Event()

        def solve(self, model, listener):
            self.stopped.wait(60)
            return 0

        def stop_search(self):
            self.stopped.set()

    class Interrupted(threading.Thread):
        joined = 0

        def join(self, timeout=None):
            Interrupted.joined += 1
            if Interrupted.joined == 1:
                raise KeyboardInterrupt
            super().join(timeout)

    monkeypatch.setattr(engine.threading, "Thread", Interrupted)
    solver = Endless()
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        engine._solve_in_thread(solver, None, None, None)
    assert solver.stopped.is_set()
    time.sleep(0)
    assert threading.active_count() == before


def test_a_programme_of_long_ago():
    old = city("madrid", {"id": "area", "tables": 2}, opening=(hours("10:00", "10:30", "1969-03-10"),))
    instance = make(*"abcd", cities=[old], meetings=[meeting("m", "a", "b"), meeting("n", "c", "d")])
    result = solve(instance, SolveOptions(workers=1))
    assert result.status is Status.OPTIMAL
    assert {placement.table for placement in result.solution.placements} == {1, 2}
