"""The kernel at its edges: little or nothing to place, the last minute, and what it must not be given."""

import threading
from array import array

import pytest
from support.making import away, city, hold, hours, make, meeting, session

from scheduler.checker import Checker
from scheduler.domain import Solution
from scheduler.generating import GenerateSpec, generate
from scheduler.problem import discretise
from scheduler.search.local.board import Board
from scheduler.search.local.held import held_sessions
from scheduler.search.local.schedule import Schedule, placements
from scheduler.search.local.travelling import Travelling, kernel

pytestmark = pytest.mark.skipif(kernel() is None, reason="the package was installed without a compiler")

HOUR = city("madrid", {"id": "area", "tables": 1}, opening=(hours("09:00", "10:00", "2025-03-10"),))
DINNER = {"id": "split", "split": "members"}


def board_of(instance, *standing):
    problem = discretise(instance)
    return Board(problem, held_sessions(problem, standing))


def searched(board, moves=500):
    search = Travelling(board.arrays(), 1)
    search.construct()
    for level in range(-1, len(board.levels)):
        search.anneal(level, hot=1.0, cold=0.1, moves=moves)
    search.rewind()
    return search.current()


def valid(board, schedule):
    instance = board.problem.instance
    solution = Solution(programme=instance.programme.id, placements=placements(board, schedule))
    assert [v.message for v in Checker(instance).violations(solution)] == []
    return solution


# -- little to place -----------------------------------------------------------------------------


def test_no_meetings():
    board = board_of(make("a", sessions=[session("s", parties=["a"])]), hold("s", "17:00"))
    found = searched(board)
    assert found.value[0] == 0
    assert [p.activity for p in valid(board, found).placements] == ["s"]


def test_nothing_at_all():
    board = board_of(make("a"))
    assert list(searched(board).cells) == []


def test_no_objective():
    meetings = [meeting("m", "a", "b"), meeting("n", "b", "c", mandatory=True)]
    board = board_of(make("a", "b", "c", meetings=meetings, objective=[]))
    found = searched(board)
    assert found.value == (0,)
    assert "n" in {p.activity for p in valid(board, found).placements}


def test_no_cells():
    people = [{"id": "a", "absences": [away("09:00", "18:00")]}, {"id": "b"}]
    board = board_of(make(participants=people, meetings=[meeting("m", "a", "b")]))
    assert list(searched(board).cells) == [-1]


def test_nobody_can_be_chosen():
    people = [{"id": "x", "delegation": "split", "absences": [away("09:00", "18:00")]}, {"id": "b"}]
    board = board_of(make(delegations=[DINNER], participants=people, meetings=[meeting("m", "split", "b")]))
    assert list(searched(board).cells) == [-1]


@pytest.mark.parametrize("length", ["30min", "1h"])
def test_up_to_the_last_minute(length):
    asked = [meeting(f"m{n}", "a", f"b{n}", duration=length) for n in range(2)]
    board = board_of(make("a", "b0", "b1", cities=[HOUR], meetings=asked))
    found = searched(board)
    assert len(valid(board, found).placements) == {"30min": 2, "1h": 1}[length]


def test_whoever_takes_part_in_two_roles_is_there_once():
    people = [{"id": p, "delegation": "split"} for p in ("x", "y")]
    asked = [meeting(f"m{n}", "split", other) for n, other in enumerate(("x", "x", "y", "b"))]
    instance = make("b", delegations=[DINNER], participants=people, cities=[HOUR], meetings=asked)
    board = board_of(instance)
    found = searched(board, moves=3000)
    solution = valid(board, found)
    assert found.value == (0, *(level.value for level in Checker(instance).levels(solution)))


def test_four_that_split():
    delegations = [{"id": f"d{n}", "split": "members", "parallel": 2} for n in range(4)]
    asked = [meeting(f"m{n}", *(d["id"] for d in delegations)) for n in range(3)]
    board = board_of(make(delegations=delegations, meetings=asked))
    placed = valid(board, searched(board)).placements
    assert [len(p.attendees) for p in placed] == [4, 4, 4]


def test_breaks_between_what_stands_count_towards_the_bound():
    """Then meetings can only mend it, and there is nothing to be below."""
    parts = {
        "sessions": [session("s", parties=["a"]), session("t", parties=["a"])],
        "fairness": {"breaks": 0},
    }
    standing = hold("s", "10:00"), hold("t", "12:00")
    away_all_day = [{"id": "z", "absences": [away("09:00", "18:00")]}]
    board = board_of(
        make("a", participants=away_all_day, meetings=[meeting("m", "a", "z")], **parts), *standing
    )
    assert searched(board).value[0] == 1
    board = board_of(make("a", "b", meetings=[meeting("m", "a", "b", duration="1h")], **parts), *standing)
    found = searched(board)
    assert found.value[0] == 0
    assert len(valid(board, found).placements) == 3


# -- what it must not be given -------------------------------------------------------------------


@pytest.fixture(scope="module")
def board():
    return Board(discretise(generate(GenerateSpec(meetings=30, seed=3))))


def names():
    return sorted(board_of(make("a", "b", meetings=[meeting("m", "a", "b")])).arrays())


@pytest.mark.parametrize("name", names())
def test_an_array_that_does_not_fit_is_refused_or_does_no_harm(board, name):
    whole = board.arrays()
    one = array(whole[name].typecode, [1])
    for wrong in (whole[name][:-1], whole[name] + one, array("i", [2**31 - 1] * len(whole[name])), b"abc", 7):
        try:
            search = Travelling(whole | {name: wrong}, 1)
        except RuntimeError:
            continue
        else:  # no index: lengths of time, weights, languages
            search.construct()
            search.anneal(0, hot=1.0, cold=0.1, moves=200)


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        ("cell_place", b"abc", "not whole numbers of 32 bits: cell_place"),
        ("cell_place", 7, "not an array: cell_place"),
        ("cell_place", array("i", [0]), "an array of another length: cell_start"),
        ("sizes", array("i", [0] * 9), "a number out of range: sizes"),
        ("sizes", array("i", [1]), "an array of another length: sizes"),
        ("sizes", array("i", [2**30, 2, 1, 1, 1, 0, 0, -1, 1]), "a number out of range: sizes"),
        ("walk", array("i", [2**31 - 1]), "an array of another length: walk"),
        ("takers_first", array("i", [0]), "an array of another length: takers"),
        ("takers", array("i", []), "lists that do not fit together: takers"),
    ],
)
def test_it_says_what_does_not_fit(board, name, wrong, message):
    with pytest.raises(RuntimeError, match=f"^{message}$"):
        Travelling(board.arrays() | {name: wrong}, 1)


def test_a_walk_without_end_is_refused(board):
    arrays = board.arrays()
    endless = array("i", [2**31 - 1] * len(arrays["walk"]))
    with pytest.raises(RuntimeError, match="a number out of range: walk"):
        Travelling(arrays | {"walk": endless}, 1)


def test_schedules_and_parts_must_fit(board):
    search = Travelling(board.arrays(), 1)
    search.construct()
    best = search.best()
    last = len(board.cells.cells)
    for wrong, what in (
        (Schedule((), best.cells[:-1], best.chosen, best.interpreters), "another length: cells"),
        (Schedule((), best.cells, [*best.chosen, 0], best.interpreters), "another length: chosen"),
        (Schedule((), [last] * len(best.cells), best.chosen, best.interpreters), "out of range: cells"),
        (Schedule((), best.cells, best.chosen, [-2] * len(best.cells)), "out of range: interpreters"),
    ):
        with pytest.raises(RuntimeError, match=what):
            search.load(wrong)
    with pytest.raises(RuntimeError, match="another length: days"):
        search.open([True], [True] * len(board.tasks))
    with pytest.raises(RuntimeError, match="another length: tasks"):
        search.open([True] * len(board.dates), [])
    assert list(search.current().cells) == list(best.cells)


@pytest.mark.parametrize(
    ("level", "hot", "cold"), [(-2, 1.0, 0.1), (99, 1.0, 0.1), (0, 0.0, 0.1), (0, 1.0, -1.0)]
)
def test_levels_and_temperatures_must_make_sense(board, level, hot, cold):
    search = Travelling(board.arrays(), 1)
    with pytest.raises(ValueError, match="no such level, or a temperature that is not above 0"):
        search.anneal(level, hot=hot, cold=cold, moves=10)


def test_before_anything_is_placed(board):
    search = Travelling(board.arrays(), 1)
    search.rewind()
    assert search.best().value == ()
    assert set(search.current().cells) == {-1}


def test_only_a_search_is_taken_for_one():
    functions = kernel()
    for call in (functions.construct, functions.best, functions.current, functions.rewind):
        with pytest.raises(ValueError, match="PyCapsule"):
            call(object())
    with pytest.raises(ValueError, match="PyCapsule"):
        functions.load(None, b"", b"", b"")
    with pytest.raises(ValueError, match="PyCapsule"):
        functions.stop(None, True)


def test_nobody_looks_while_it_is_at_work(board):
    search = Travelling(board.arrays(), 1)
    search.construct()
    thread = threading.Thread(
        target=search.anneal, args=(0,), kwargs={"hot": 1.0, "cold": 0.1, "seconds": 3600.0}
    )
    thread.start()

    def look_until_it_works():
        while thread.is_alive():
            search.current()

    try:
        with pytest.raises(RuntimeError, match="the search is at work in another thread"):
            look_until_it_works()
    finally:
        search.stop()
        thread.join()
    assert len(search.current().cells) == len(board.tasks)
