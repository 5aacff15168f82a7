"""What each person must bear alone, seen in two ways."""

import pytest
from support.slots import any_slots, make_slots

from scheduler.search.slots.bounds import breaks_bound, holds


@pytest.mark.parametrize("seeds", [range(n, n + 50) for n in range(0, 300, 50)], ids=lambda s: f"from-{s[0]}")
@pytest.mark.parametrize("everything", [True, False])
def test_bounds_are_seen_again_and_higher_ones_are_not(seeds, everything):
    for seed in seeds:
        slots = any_slots(seed)
        if not all(slots.allowed):
            continue
        fewest = breaks_bound(slots, everything=everything)
        assert holds(slots, fewest, everything=everything), seed


def test_a_bound_that_is_too_high_is_not_seen_again():
    slots = make_slots([(0, 1), (0, 2)], 4, allowed={0: [0], 1: [2, 3]})
    assert breaks_bound(slots, everything=False) == (1, 0, 0)
    assert holds(slots, [1, 0, 0], everything=False)
    assert not holds(slots, [2, 0, 0], everything=False)
    assert not holds(slots, [1, 1, 0], everything=False)


def test_spans_are_counted_each():
    slots = make_slots([(0, 1), (0, 2), (0, 3)], 6, allowed={0: [0], 1: [2], 2: [5]}, spans=[3, 3])
    assert holds(slots, [1, 0, 0, 0], everything=True)
    assert not holds(slots, [2, 0, 0, 0], everything=True)
