"""What no schedule goes below."""

import pytest
from support.slots import all_schedules, any_slots, breaks_of, make_slots

from scheduler.problem.slot_bounds import fewest_breaks


def alone(*meetings, many=6, **more):
    """The bound of somebody who has meetings in some slots each."""
    allowed = dict(enumerate(meetings))
    problem = make_slots([(0, n + 1) for n in range(len(meetings))], many, allowed=allowed, **more)
    return fewest_breaks(problem)[0]


ANY = range(6)


@pytest.mark.parametrize(
    ("meetings", "bound"),
    [
        ([], 0),
        ([[0]], 0),
        ([ANY, ANY, ANY], 0),
        ([[0], [5]], 1),
        ([[0], [2], [4]], 2),
        ([[0], [2], ANY], 0),
        ([[0], [3], ANY], 1),
        ([[0, 1], [0, 1], [4, 5]], 1),
        ([[0, 1], [4, 5], ANY, ANY], 0),
        ([[0, 2, 4], [0, 2, 4]], 1),
        ([[0, 2, 4], [0, 2, 4], [1, 3]], 0),
        ([[0, 1, 2], [0, 1, 2], [0, 1, 2], [4, 5]], 1),
        ([[0], [0]], 0),  # impossible: nothing is claimed
    ],
)
def test_somebody_alone(meetings, bound):
    if meetings:
        assert alone(*meetings) == bound


def test_each_span_counts_by_itself():
    assert alone([2], [3], spans=[3, 3]) == 0
    assert alone([0], [5], spans=[3, 3]) == 0
    assert alone([0], [2], [5], spans=[3, 3]) == 1


def test_optional_meetings_may_fill_a_gap_and_need_not_be_placed():
    assert alone([0], [2], ANY, optional={2: 1}) == 0
    assert alone([0], [2], [4], optional={2: 1}) == 1
    problem = make_slots([(0, 1), (0, 2), (0, 3)], 6, allowed={0: [0], 1: [2], 2: [4]}, optional={1: 3, 2: 3})
    assert fewest_breaks(problem)[0] == 0
    assert fewest_breaks(problem, everything=True)[0] == 2


@pytest.mark.parametrize("batch", range(5))
def test_no_schedule_goes_below(batch):
    for seed in range(40 * batch, 40 * batch + 40):
        problem = any_slots(seed)
        bounds = fewest_breaks(problem)
        for schedule in all_schedules(problem):
            assert all(map(int.__ge__, breaks_of(problem, schedule), bounds)), seed
            if -1 not in schedule:
                whole = fewest_breaks(problem, everything=True)
                assert all(map(int.__ge__, breaks_of(problem, schedule), whole)), seed
