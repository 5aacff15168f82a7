"""Searches side by side: what each has made of its part is put together, and nothing is lost or doubled."""

import threading
from collections import Counter

import pytest

from scheduler.checker import Checker
from scheduler.domain import Instance, Solution
from scheduler.generating import GenerateSpec, generate
from scheduler.problem import discretise
from scheduler.search.large import without_meetings
from scheduler.search.local.board import Board
from scheduler.search.local.numbers import NONE
from scheduler.search.local.schedule import placements
from scheduler.search.local.team import Heat, Team
from scheduler.search.local.travelling import kernel

pytestmark = pytest.mark.skipif(kernel() is None, reason="the package was installed without a compiler")


@pytest.fixture(scope="module")
def board():
    instance = generate(GenerateSpec(meetings=100, seed=5))
    parts = {name: getattr(instance, name) for name in Instance.model_fields}
    parts |= {"sessions": (), "tracks": (), "precedences": (), "day_relations": ()}
    return Board(discretise(Instance.model_validate(parts)))


def team(board, workers=2, stop=None):
    return Team(board, workers, 1, stop or threading.Event())


def heat(board, level=0, moves=2000):
    unit = board.unit(level)
    return Heat(level, hot=0.8 * unit, cold=0.1 * unit, moves=moves)


def test_each_day_and_each_meeting_is_dealt_out_once(board):
    workers = team(board, 3)
    found = workers.construct()
    for _ in range(5):
        parts = workers._parts(found)
        assert len(parts) == 3
        assert [sum(part.days[day] for part in parts) for day in range(len(board.dates))] == [1] * len(
            board.dates
        )
        assert [sum(part.tasks[n] for part in parts) for n in range(len(board.tasks))] == [1] * len(
            board.tasks
        )
        for part in parts:
            on_its_days = [
                part.days[board.day_of_cell[cell]]
                for cell, own in zip(found.cells, part.tasks, strict=True)
                if own and cell != NONE
            ]
            assert all(on_its_days)


@pytest.mark.parametrize("workers", [1, 2])
def test_rounds_end_with_a_valid_schedule_that_costs_what_is_said(board, workers):
    instance = board.problem.instance
    searching = team(board, workers)
    values = [searching.construct().value]
    for level in (0, 1, 0, -1):
        found = searching.anneal(heat(board, level))
        placed = placements(board, found)
        assert max(Counter(p.activity for p in placed).values()) == 1
        assert len(placed) == sum(cell != NONE for cell in found.cells)
        solution = Solution(programme=instance.programme.id, placements=placed)
        checker = Checker(instance)
        assert list(checker.violations(solution)) == []
        assert found.value == (0, *(level.value for level in checker.levels(solution)))
        values.append(found.value)
    assert len(set(values)) > 1


def test_all_workers_hold_the_schedule_that_was_put_together(board):
    searching = team(board, 2)
    searching.construct()
    found = searching.anneal(heat(board))
    for search in searching._searches:
        own = search.current()
        assert (own.value, list(own.cells)) == (found.value, list(found.cells))
        assert list(own.interpreters) == list(found.interpreters)


def test_a_schedule_to_go_on_from_is_kept(board):
    searching = team(board, 2)
    first = searching.construct()
    searching.anneal(heat(board))
    searching.go_on_from(first)
    assert {search.current().value for search in searching._searches} == {first.value}


def test_no_more_workers_than_days():
    parts = generate(GenerateSpec(meetings=40, seed=2))
    board = Board(discretise(parts))
    assert len(team(board, 1000)._searches) == len(board.dates)
    assert len(team(board, 0)._searches) == 1
    alone = Board(discretise(without_meetings(parts)))  # nothing is searched, and nothing found
    searching = team(alone, 2)
    assert searching.construct().cells.tolist() == []
    assert searching.anneal(Heat(0, hot=1.0, cold=0.1, moves=10)).cells.tolist() == []


def test_a_round_that_is_stopped_can_be_followed_by_another(board):
    stop = threading.Event()
    searching = team(board, 2, stop)
    first = searching.construct()
    stop.set()
    long = Heat(0, hot=1.0, cold=0.1, seconds=3600.0)
    assert len(searching.anneal(long).cells) == len(first.cells)
    stop.clear()
    before = searching._searches[0].current().value
    assert searching.anneal(heat(board, moves=3000)).value != before
