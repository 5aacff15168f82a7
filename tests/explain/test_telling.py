"""Places and what they cost, in a few words."""

import pytest

from scheduler.explain.pricing import LevelChange
from scheduler.explain.telling import effects, room_for_it


@pytest.mark.parametrize(
    ("possible", "fitting", "moves", "said"),
    [
        (0, 0, 0, "There is no place and time at all at which all who come, a room and the opening agree."),
        (1, 0, 0, "It has 1 possible place and time, and fits at none unless something else moves: do."),
        (9, 4, 0, "It has 9 possible places and times, and fits at 4 with nothing else moved. The best:"),
        (9, None, 2, "It has 9 possible places and times; at most 2 others may move or lose a place."),
    ],
)
def test_how_many_places_a_new_meeting_has(possible, fitting, moves, said):
    assert room_for_it(possible, fitting, moves, ": do") == said


def test_only_levels_that_change_are_told():
    changes = [LevelChange(level=n, before=3, after=after) for n, after in enumerate((3, 4, 1), 1)]
    assert effects(changes) == "level 2: +1, level 3: -2"
    assert effects(changes[:1]) == "costs nothing"
