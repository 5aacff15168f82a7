"""Who races is heard, contradictions come out, and nobody is waited for in vain."""

import pickle
import threading
import time

import pytest
from support.slots import any_slots, best_value, value_of
from support.slotted_programmes import any_forum

from scheduler.domain import Status
from scheduler.model.clauses import spares
from scheduler.model.clauses.job import Job
from scheduler.model.clauses.timetable import Tables
from scheduler.problem import discretise
from scheduler.problem.slotted import slotted
from scheduler.search.mandate import Mandate
from scheduler.search.result import SolveOptions
from scheduler.search.slots import line_up, sat_entrant
from scheduler.search.slots import search as slots_search
from scheduler.search.slots.news import Ending, News
from scheduler.search.slots.race import Later, Race, Standing


class Says:
    """An entrant that says what it was told to say."""

    proves = True

    def __init__(self, name, *news):
        self.name, self.news, self.stopped = name, news, False

    def start(self, board):
        for one in self.news:
            board.put(News(self.name, **one))

    def stop(self):
        self.stopped = True


def raced(*entrants, later=(), standing=None, deadline=None, stop=None):
    standing = standing or Standing()
    race = Race(standing, lambda s: s[0], lambda: None, stop or threading.Event(), deadline)
    race.run(entrants, later)
    return standing


def test_a_bound_and_a_schedule_of_two_entrants_meet():
    idle = Says("c")
    found = raced(Says("a", {"bound": 3}), Says("b", {"schedule": (4,)}, {"schedule": (3,)}), idle)
    assert (found.value, found.bound, found.schedule, found.provers) == (3, 3, (3,), ["a"])
    assert found.proven
    assert idle.stopped


def test_infeasible():
    found = raced(Says("a", {"ending": Ending.INFEASIBLE}))
    assert (found.infeasible, found.provers) == (True, ["a"])


def test_who_is_at_work_may_prove_as_well_that_there_is_no_schedule():
    slow = Says("b")
    start = slow.start

    def later_on(board):
        threading.Timer(0.2, start, [board]).start()

    slow.start, slow.news = later_on, ({"ending": Ending.INFEASIBLE},)
    found = raced(Says("a", {"ending": Ending.INFEASIBLE}), slow)
    assert (found.infeasible, found.provers) == (True, ["a", "b"])


def test_all_give_up():
    found = raced(Says("a", {"ending": Ending.GAVE_UP}), Says("b", {"bound": 1, "ending": Ending.GAVE_UP}))
    assert (found.proven, found.bound, found.value) == (False, 1, None)


def test_who_comes_later_takes_a_place():
    first = Says("a", {"bound": 2})
    found = raced(first, later=[Later(0.01, lambda: Says("b", {"schedule": (2,)}), (first,))])
    assert found.proven
    assert first.stopped


def test_who_is_to_come_later_may_not_be_needed():
    first = Says("a", {"bound": 2})
    unneeded = Later(0.0, lambda: Says("b", {"schedule": (2,)}), (first,), lambda: True)
    found = raced(first, later=[unneeded], deadline=time.perf_counter() + 0.1)
    assert (found.proven, found.bound) == (False, 2)


def asked(*entrants, second, **how):
    standing = Standing(**how)
    race = Race(standing, lambda s: s[0], lambda: None, threading.Event(), None, lambda: second)
    race.run(entrants)
    return standing


def test_a_second_one_proves_what_one_has_proven():
    local = Says("local")
    local.proves = False
    found = asked(Says("a", {"bound": 3}, {"schedule": (3,)}), local, second=Says("b", {"bound": 3}))
    assert (found.agreed, found.rests_on_one) == (["a", "b"], False)
    assert local.stopped


def test_a_second_one_that_finds_something_better_is_heard():
    second = Says("b", {"schedule": (2,), "ending": Ending.OPTIMAL})
    found = asked(Says("a", {"bound": 3}, {"schedule": (3,), "ending": Ending.OPTIMAL}), second=second)
    assert (found.value, found.bound) == (2, 3)


def test_nothing_below_zero_needs_no_second_one():
    found = asked(Says("a", {"bound": 0}, {"schedule": (0,)}), second=None)
    assert found.proven
    assert not found.rests_on_one


@pytest.mark.skipif(not spares.available(), reason="needs the extra: pip install 'scheduler[sat]'")
@pytest.mark.parametrize("seed", range(0, 40, 8))
def test_processes_answer_one_question_after_the_other(seed):
    slots = any_slots(seed)
    best = best_value(slots)
    numbers, ready = pickle.dumps(slots.numbers()), spares.Spares(1)
    for most in (0, 99):
        standing = Standing()
        job = Job("cadical195", numbers, Tables.HOSTS, most=most)
        race = Race(standing, lambda s: value_of(slots, s)[0], lambda: None, threading.Event(), None)
        race.run([sat_entrant.SatEntrant(job, ready)])
        possible = best is not None and best[0] <= most
        assert (standing.schedule is not None, standing.bound) == (possible, 0 if possible else most + 1)
    ready.close()


def test_an_end_is_kept():
    assert raced(Says("a"), deadline=time.perf_counter() + 0.05).value is None
    stop = threading.Event()
    stop.set()
    assert raced(Says("a", {"schedule": (1,)}), stop=stop).value is None


# -- what a search makes of claims that are not so -------------------------------------------------


def searching(monkeypatch, instance, entrants, opinions=()):
    monkeypatch.setattr(line_up.LineUp, "entrants", lambda *_: (list(entrants), []))
    monkeypatch.setattr(line_up.LineUp, "second_opinions", lambda *_: (list(opinions), []))
    monkeypatch.setattr(line_up.LineUp, "refutes", False)
    monkeypatch.setattr(slots_search.Kempe, "fits", lambda *_: False)
    problem = discretise(instance)
    mandate = Mandate(SolveOptions(time_limit=5))
    return slots_search.SlottedSearch(problem, slotted(problem), mandate).run()


SEED = next(s for s in range(50) if len(any_forum(s).meetings) == 3 and len(any_forum(s).objective) == 2)


def test_a_schedule_where_there_should_be_none(monkeypatch):
    slots = slotted(discretise(any_forum(SEED)))
    empty = tuple(next(k for k in range(99) if mask >> k & 1) for mask in slots.allowed)
    says = [Says("a", {"ending": Ending.INFEASIBLE})]
    found = searching(monkeypatch, any_forum(SEED), says, [Says("b", {"schedule": empty})])
    assert found.status is Status.CONTRADICTION
    assert found.notes == ["a proves that there is no schedule, and another finds one"]


@pytest.mark.parametrize(
    ("opinion", "note"), [(Ending.INFEASIBLE, "again by b"), (Ending.GAVE_UP, "not confirmed")]
)
def test_infeasibility_is_said_with_who_has_proven_it(monkeypatch, opinion, note):
    says = [Says("a", {"ending": Ending.INFEASIBLE})]
    found = searching(monkeypatch, any_forum(SEED), says, [Says("b", {"ending": opinion})])
    assert found.status is Status.INFEASIBLE
    assert found.notes[0].startswith("infeasible, proven by a; ")
    assert note in found.notes[0]


def test_a_bound_above_a_schedule(monkeypatch):
    slots = slotted(discretise(any_forum(SEED)))
    some = tuple(next(k for k in range(99) if mask >> k & 1) for mask in slots.allowed)
    found = searching(monkeypatch, any_forum(SEED), [Says("a", {"bound": 99}, {"schedule": some})])
    assert found.status is Status.CONTRADICTION
    assert "below the bound 99" in found.notes[0]


def test_nothing_found(monkeypatch):
    found = searching(monkeypatch, any_forum(SEED), [Says("a", {"ending": Ending.GAVE_UP})])
    assert (found.status, found.placements) == (Status.UNKNOWN, None)


@pytest.mark.skipif(not spares.available(), reason="needs the extra: pip install 'scheduler[sat]'")
@pytest.mark.parametrize(("solver", "least"), [("cadical153", None), ("glucose4", None), ("cadical195", 0)])
@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_sat_solvers_find_the_least_cost(solver, least, seed):
    slots = any_slots(seed)
    best = best_value(slots)
    standing = Standing()
    race = Race(
        standing, lambda s: value_of(slots, s)[0], lambda: None, threading.Event(), time.perf_counter() + 30
    )
    race.run([sat_entrant.SatEntrant(Job(solver, pickle.dumps(slots.numbers()), Tables.PAIRS, least=least))])
    assert standing.proven
    assert (None if standing.infeasible else standing.value) == (None if best is None else best[0])


def test_two_who_have_proven_the_same_need_no_third(monkeypatch):
    instance = any_forum(SEED)
    slots = slotted(discretise(instance))
    some = tuple(next(k for k in range(99) if mask >> k & 1) for mask in slots.allowed)
    monkeypatch.setattr(slots_search, "costs", lambda *_: (4,) * len(slots.levels))
    both = [Says("a", {"bound": 4}), Says("b", {"bound": 4}), Says("c", {"bound": 3}, {"schedule": some})]
    found = searching(monkeypatch, instance, both)
    assert found.claims[0].confirmed
    assert found.notes[0] == f"level {slots.levels[0].level}: 4 proven optimal by a and by b"
