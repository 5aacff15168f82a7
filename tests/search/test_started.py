"""Exact search from what local search has found."""

from support.making import make, meeting

from scheduler.domain import Status
from scheduler.problem import discretise
from scheduler.search import Progress
from scheduler.search.mandate import Mandate
from scheduler.search.started import Started

OBJECTIVE = [{"term": "requests", "level": 1}, {"term": "breaks", "level": 2}]
PROBLEM = discretise(
    make("a", "b", "c", objective=OBJECTIVE, meetings=[meeting("m", "a", "b"), meeting("n", "a", "c")])
)


def test_what_is_told_is_never_worse_than_what_is_known():
    told = []
    both = Started(PROBLEM, Mandate(on_progress=told.append), 1.0)
    both._known = {1: 3}
    for level, value in ((1, None), (1, 5), (1, 2), (2, 7)):
        both._tell(Progress(level, value, 0, Status.FEASIBLE, 0.0))
    assert [(p.level, p.value) for p in told] == [(1, 3), (1, 3), (1, 2), (2, 7)]
