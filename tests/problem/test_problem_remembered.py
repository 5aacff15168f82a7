"""What a problem has worked out lives no longer than the problem."""

import gc
import weakref

from support.making import city, make, meeting

from scheduler.model.build import build
from scheduler.problem import discretise


def test_nothing_outlives_the_problem():
    instance = make(
        *("a", "b", "c"),
        cities=[city(), city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon")],
        travel={"links": [{"from": "madrid", "to": "lisbon", "duration": "1h", "both_ways": True}]},
        meetings=[meeting("m", "a", "b"), meeting("n", "a", "c")],
    )
    problem = discretise(instance)
    build(problem)
    alive = [weakref.ref(problem), weakref.ref(problem.clock), weakref.ref(problem.geography)]
    del problem
    gc.collect()
    assert [reference() for reference in alive] == [None, None, None]
