"""Whether two tasks overlap, as a literal that is neither too often true nor too seldom."""

from itertools import product

import pytest
from support.fixing import ONE_WORKER, feasible, model_of
from support.making import city, hours, make, meeting, session

from scheduler.model.engine import run
from scheduler.model.terms.pairs import overlap

SHORT = city(
    "madrid", {"id": "hall"}, {"id": "area", "tables": 2}, opening=(hours("10:00", "12:00", "2025-03-10"),)
)


@pytest.mark.parametrize("mandatory", [True, False])
def test_overlap_is_exactly_overlap(mandatory):
    instance = make(
        *("a", "b"),
        cities=[SHORT],
        sessions=[session("s", mandatory=mandatory)],
        meetings=[meeting("m", "a", "b", mandatory=mandatory)],
    )
    context = model_of(instance)
    one, other = context.problem.tasks
    both = overlap(context, one, other)
    at = context.variables.at
    for first, second in product([None, *one.options], [None, *other.options]):
        if mandatory and None in (first, second):
            continue
        expected = None not in (first, second) and first.start < second.end and second.start < first.end
        for claim in (True, False):
            fixed = context.logic.cp.clone()
            for task, chosen in ((one, first), (other, second)):
                for option in task.options:
                    fixed.add_bool_or([at(option) if option is chosen else ~at(option)])
            fixed.add_bool_or([both if claim else ~both])
            assert (run(fixed, None, ONE_WORKER).values is not None) == (claim == expected)


def test_what_can_never_overlap_is_false():
    early, late = [hours("10:00", "11:00")], [hours("11:00", "12:00")]
    instance = make(sessions=[session("s", windows=early), session("r", windows=late)])
    context = model_of(instance)
    assert overlap(context, *context.problem.tasks).index == context.logic.false.index
    assert feasible(context)
