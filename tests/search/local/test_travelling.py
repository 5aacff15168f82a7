"""The kernel for programmes that travel: what it returns is valid, and costs what it says."""

import pytest
from support.bruteforce import best
from support.making import DATE, city, hours, make, meeting
from support.tiny import tiny_instance

from scheduler.checker import Checker
from scheduler.domain import Instance, Solution, TermName
from scheduler.generating import GenerateSpec, generate
from scheduler.problem import discretise
from scheduler.search.local.board import Board
from scheduler.search.local.held import held_sessions
from scheduler.search.local.limits import UnsupportedError, refuse_unsupported
from scheduler.search.local.schedule import placements
from scheduler.search.local.travelling import Travelling, kernel

pytestmark = pytest.mark.skipif(kernel() is None, reason="the package was installed without a compiler")

KNOWN = {
    *(TermName.BREAKS, TermName.IDLE_MINUTES, TermName.CITY_CHANGES, TermName.ROOM_CHANGES),
    TermName.TOO_FEW_MEETINGS,
}
"""Terms of which the kernel knows everything even beside sessions."""


def searched(problem, held=(), seed=1, moves=3000):
    """Return the board and what a short search finds."""
    board = Board(problem, held)
    search = Travelling(board.arrays(), seed)
    search.construct()
    for level in range(-1, len(board.levels)):
        unit = board.unit(level)
        search.anneal(level, hot=0.8 * unit, cold=0.08 * unit, moves=moves)
    return board, search.best()


def whole(seed):
    """Return a tiny instance with its sessions as the best schedule has them; None if that says nothing."""
    instance = tiny_instance(seed)
    problem = discretise(instance)
    try:
        refuse_unsupported(problem)
    except UnsupportedError:
        return None
    optimum = best(instance)
    if optimum is None or not problem.meetings or instance.baseline:
        return None
    return problem, optimum, held_sessions(problem, optimum.solution.placements)


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_tiny_programmes(first):
    """Around the sessions of the best schedule it finds valid schedules only, never better than the best."""
    for seed in range(first, first + 20):
        found = whole(seed)
        if found is None:
            continue
        problem, optimum, held = found
        instance = problem.instance
        board, schedule = searched(problem, held)
        if schedule.value[0] > 0:
            continue
        solution = Solution(programme=instance.programme.id, placements=placements(board, schedule))
        checker = Checker(instance)
        assert [v.message for v in checker.violations(solution)] == [], seed
        levels = tuple(level.value for level in checker.levels(solution))
        assert levels >= optimum.levels, seed
        for number, level in enumerate(board.levels):
            known = (
                KNOWN
                if instance.sessions
                else KNOWN | {TermName.REQUESTS, TermName.PREFERENCES, TermName.LATENESS}
            )
            if all(t.term in known for t in instance.objective if t.level == level):
                assert schedule.value[1 + number] == levels[number], (seed, level)


def test_most_tiny_programmes_are_solved_to_the_optimum():
    """Not a law, but what the kernel is for: where nothing is beyond it, it finds the best schedule."""
    tried = missed = 0
    for seed in range(300, 550):
        found = whole(seed)
        if found is None:
            continue
        problem, optimum, _ = found
        instance = problem.instance
        beyond = any(term.term is TermName.FAIRNESS_SPREAD for term in instance.objective)
        if beyond or instance.sessions or instance.fairness.breaks is not None:
            continue
        board, schedule = searched(problem, moves=6000)
        tried += 1
        solution = Solution(programme=instance.programme.id, placements=placements(board, schedule))
        levels = tuple(level.value for level in Checker(instance).levels(solution))
        missed += schedule.value[0] > 0 or levels != optimum.levels
    assert tried >= 10
    assert missed <= tried / 5, (missed, tried)


@pytest.fixture(scope="module")
def programme() -> Instance:
    return generate(GenerateSpec(meetings=150, seed=3))


def without_sessions(instance):
    parts = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance.model_validate(
        parts | {"sessions": (), "tracks": (), "precedences": (), "day_relations": ()}
    )


def test_a_programme_that_travels_is_valid_and_costs_what_the_kernel_says(programme):
    instance = without_sessions(programme)
    board, schedule = searched(discretise(instance), moves=20_000)
    solution = Solution(programme=instance.programme.id, placements=placements(board, schedule))
    checker = Checker(instance)
    assert list(checker.violations(solution)) == []
    assert schedule.value == (0, *(level.value for level in checker.levels(solution)))


def test_the_same_seed_gives_the_same_schedule(programme):
    instance = without_sessions(programme)
    (_, a), (_, b), (_, c) = (searched(discretise(instance), seed=seed) for seed in (5, 5, 6))
    assert (list(a.cells), list(a.chosen)) == (list(b.cells), list(b.chosen))
    assert list(a.cells) != list(c.cells)


def test_annealing_never_loses_the_best_and_a_schedule_can_be_loaded(programme):
    instance = without_sessions(programme)
    board = Board(discretise(instance))
    search = Travelling(board.arrays(), 1)
    search.construct()
    before = search.best()
    search.anneal(0, hot=50.0, cold=50.0, moves=5000)
    assert search.best().value <= before.value
    assert search.current().value > before.value
    search.load(before)
    assert search.current().value == before.value
    assert list(search.current().cells) == list(before.cells)
    search.anneal(0, hot=50.0, cold=50.0, moves=5000)
    search.rewind()
    assert search.current().value == search.best().value


def test_what_is_closed_is_left_alone(programme):
    instance = without_sessions(programme)
    board = Board(discretise(instance))
    search = Travelling(board.arrays(), 1)
    search.construct()
    before = search.best()
    days = [number == 0 for number in range(len(board.dates))]
    mine = [cell >= 0 and days[board.day_of_cell[cell]] for cell in before.cells]
    search.open(days, mine)
    search.anneal(1, hot=2.0, cold=0.1, moves=20_000)
    after = search.current()
    assert [a for a, own in zip(after.cells, mine, strict=True) if not own] == [
        b for b, own in zip(before.cells, mine, strict=True) if not own
    ]
    assert {
        board.day_of_cell[cell] for cell, own in zip(after.cells, mine, strict=True) if own and cell >= 0
    } == {0}
    assert list(after.cells) != list(before.cells)


def test_arrays_that_are_missing_are_named():
    with pytest.raises(RuntimeError, match="missing array: sizes"):
        Travelling({}, 1)


# -- numbers of meetings, and who never meets --------------------------------------------------------------


def found_for(instance, moves=3000):
    """Return what a short search finds, checked: the levels' values and what is placed."""
    board, schedule = searched(discretise(instance), moves=moves)
    solution = Solution(programme=instance.programme.id, placements=placements(board, schedule))
    checker = Checker(instance)
    assert list(checker.violations(solution)) == []
    levels = tuple(level.value for level in checker.levels(solution))
    assert schedule.value == (0, *levels)
    return levels, {placement.activity for placement in solution.placements}


def test_a_party_that_has_had_enough_gives_up_what_is_worth_less():
    asked = [
        meeting("cheap", "a", "b", priority="low"),
        meeting("dear", "a", "c", priority="high"),
        meeting("fair", "a", "d"),
        meeting("other", "b", "c"),
    ]
    party = {"id": "a", "meetings": {"most": 1}}
    levels, placed = found_for(make(*"bcd", delegations=[party], meetings=asked))
    assert placed == {"dear", "other"}
    assert levels[0] == 4


def test_a_member_with_enough_meetings_is_no_longer_sent():
    people = [
        {"id": "s-1", "delegation": "s", "meetings": {"most": 1}},
        {"id": "s-2", "delegation": "s", "meetings": {"least": 2, "most": 2}},
    ]
    asked = [meeting(f"m{n}", "s", other) for n, other in enumerate("bcde")]
    objective = [{"term": "requests"}, {"term": "too_few_meetings", "level": 2}]
    split = [{"id": "s", "split": "members"}]
    instance = make(*"bcde", delegations=split, participants=people, meetings=asked, objective=objective)
    assert found_for(instance)[0] == (3, 0)


def test_the_least_is_served_before_what_is_charged_later():
    parties = [{"id": "a"}, {"id": "b", "meetings": {"least": 1}}]
    asked = [meeting("dear", "a", "c", priority="high"), meeting("needed", "b", "c", priority="low")]
    short = city(opening=(hours("09:00", "09:30", DATE),))
    objective = [{"term": "too_few_meetings"}, {"term": "requests", "level": 2}]
    instance = make("c", delegations=parties, meetings=asked, objective=objective, cities=[short])
    assert found_for(instance) == ((0, 9), {"needed"})


def test_two_who_never_meet_are_not_sent_to_each_other():
    people = [{"id": f"{party}-{n}", "delegation": party} for party in "st" for n in (1, 2)]
    split = [{"id": party, "split": "members"} for party in "st"]
    never = [["s-1", "t-1"], ["s-2", "t-2"]]
    asked = [meeting("m", "s", "t"), meeting("n", "s", "t")]
    instance = make(delegations=split, participants=people, meetings=asked, never=never)
    levels, placed = found_for(instance)
    assert (levels[0], placed) == (0, {"m", "n"})
