"""The published definition: what a file says, and what is wrong with a schedule of it."""

import pytest

from scheduler.benchmarking.published import Forum, judge, read

FILE = """
nBusiness = 4;
nMeetings = 4;
nTables = 2;
nTotalSlots = 5;
nMorningSlots = 3;
requested = [|1, 2,3,
|1, 3,1,
|2, 3,2,
|1, 4,3,
|];
meetingsxBusiness = [{1,2,3,5}, {1,2,4}, {1,3,4}, {1,5}];
nMeetingsBusiness = [3,2,2,1];
forbidden = [{0},
{0},
{0},
{1,5}];
fixed = [0,0,5,0];
precedences = [{}, {1}, {}, {}];
"""
GOOD = (0, 1, 4, 2)


@pytest.fixture
def forum(tmp_path):
    path = tmp_path / "small.dzn"
    path.write_text(FILE)
    return read(path)


def test_a_file_says(forum):
    assert (forum.participants, forum.tables, forum.slots, forum.morning) == (4, 2, 5, 3)
    assert forum.pairs == ((0, 1), (0, 2), (1, 2), (0, 3))
    assert forum.domains == ((0, 1, 2, 3, 4), (0, 1, 2), (4,), (1, 2, 3))
    assert forum.before == ((0, 1),)
    assert forum.meetings_of() == [[0, 1, 3], [0, 2], [1, 2], [3]]


def test_breaks_are_runs_of_idle_slots_over_the_whole_span(forum):
    assert judge(forum, GOOD).breaks == 2  # of the second and of the third; each run counts once
    assert judge(forum, GOOD).faults == ()


@pytest.mark.parametrize(
    ("slots", "fault"),
    [
        ((0, 1, 4), "3 meetings are placed, of 4"),
        ((0, 3, 4, 2), "meeting 2 cannot be in slot 4"),
        ((0, 1, 3, 2), "meeting 3 cannot be in slot 4"),
        ((0, 1, 4, 0), "meeting 4 cannot be in slot 1"),
        ((0, 1, 4, 1), "participant 1 is in two meetings at once"),
        ((2, 1, 4, 3), "meeting 1 is not before meeting 2"),
    ],
)
def test_what_is_wrong_is_named(forum, slots, fault):
    assert fault in judge(forum, slots).faults


def test_tables_are_counted():
    forum = Forum(4, 1, 2, 2, ((0, 1), (2, 3)), ((0, 1), (0, 1)), (frozenset(),) * 4, ())
    assert judge(forum, (0, 1)).faults == ()
    assert judge(forum, (1, 1)).faults == ("slot 2 has 2 meetings for 1 tables",)


def test_fairness_holds_breaks_together():
    pairs = tuple((0, other) for other in range(1, 5))
    forum = Forum(5, 1, 7, 7, pairs, (tuple(range(7)),) * 4, (frozenset(),) * 5, ())
    assert judge(forum, (0, 2, 4, 6)).faults == ("breaks from 0 to 3 are more than 2 apart",)
    assert judge(forum, (0, 2, 4, 6), fairness=3).faults == ()
    assert judge(forum, (0, 2, 4, 6), fairness=None).breaks == 3
    assert judge(forum, (0, 2, 4, 5)).faults == ()
