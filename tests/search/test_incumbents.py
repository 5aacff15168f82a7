"""While a search is at work, its best schedule can be had: whole, valid, and worth what is told."""

import pytest
from support.making import make, meeting
from support.slotted_programmes import any_forum

from scheduler.checker import Checker
from scheduler.domain import Solution
from scheduler.generating import GenerateSpec, generate
from scheduler.problem import discretise
from scheduler.problem.slotted import slotted
from scheduler.search import SolveOptions
from scheduler.search.exact import Exact
from scheduler.search.large import Large
from scheduler.search.mandate import Mandate
from scheduler.search.slots.search import SlottedSearch
from scheduler.search.solve import solve
from scheduler.search.started import Started

GENERAL = make("a", "b", "c", meetings=[meeting(f"m{k}", "a", "b" if k % 2 else "c") for k in range(5)])
FORUM = next(forum for forum in map(any_forum, range(50)) if len(forum.objective) == 2)
LARGE = generate(GenerateSpec(60, cities=2, days=2))


def told_by(instance, search):
    """Return what a search tells, and check each schedule that comes with it."""
    told = []
    mandate = Mandate(SolveOptions(time_limit=6.0, workers=1), told.append)
    search(discretise(instance), mandate).run()
    checker = Checker(instance)
    schedules = [(news, news.placements()) for news in told if news.placements is not None]
    for news, placements in schedules:
        solution = Solution(programme=instance.programme.id, placements=placements)
        assert not list(checker.violations(solution))
        values = {level.level: level.value for level in checker.levels(solution)}
        assert values[news.level] <= news.value
    return schedules


@pytest.mark.parametrize(
    ("instance", "search"),
    [
        (GENERAL, Exact),
        (FORUM, lambda problem, mandate: SlottedSearch(problem, slotted(problem), mandate)),
        (LARGE, Large),
        (LARGE, lambda problem, mandate: Started(problem, mandate, 1.5)),
    ],
)
def test_each_search_tells_schedules(instance, search):
    assert told_by(instance, search)


def test_solve_hands_them_on():
    told = []
    result = solve(GENERAL, on_progress=told.append)
    last = [news.placements for news in told if news.placements is not None][-1]
    assert {p.activity for p in last()} <= {m.id for m in GENERAL.meetings}
    assert result.solution is not None
