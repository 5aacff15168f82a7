"""Tables that stay: kept where that can be, and never two meetings at one table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.making import city, make, meeting, put, schedule

from scheduler.checker import check
from scheduler.problem import discretise
from scheduler.search.seating import at_their_tables

CLOCKS = [f"{hour:02d}:{minute:02d}" for hour in range(9, 12) for minute in (0, 30)]


def programme(count, baseline, tables=3, **more):
    meetings = [meeting(f"m{n}", f"a{n}", f"b{n}", **more.get(f"m{n}", {})) for n in range(count)]
    parties = [f"{side}{n}" for n in range(count) for side in "ab"]
    return make(
        *parties,
        cities=[city("madrid", {"id": "area", "tables": tables})],
        meetings=meetings,
        baseline=baseline,
    )


@pytest.mark.parametrize(
    ("before", "after", "tables"),
    [
        ([("10:00", 2), ("10:00", 3)], [("10:00", 1), ("10:00", 2)], [2, 3]),
        ([("10:00", 2), ("10:00", 3)], [("10:30", 1), ("10:00", 2)], [1, 3]),
        ([("10:00", 1)], [("10:00", 2), ("10:00", 1)], [1, 2]),
        ([("10:00", 3)], [("10:00", 1), ("10:00", 2), ("10:00", 3)], [3, 1, 2]),
    ],
)
def test_who_has_not_moved_is_at_the_table_of_before(before, after, tables):
    old = [put(f"m{n}", clock, table=table) for n, (clock, table) in enumerate(before)]
    new = [put(f"m{n}", clock, table=table) for n, (clock, table) in enumerate(after)]
    seated = at_their_tables(discretise(programme(len(after), old)), new)
    assert [p.table for p in seated] == tables


def test_a_pinned_table_is_not_given_away():
    old = [put("m0", "10:00", table=1)]
    instance = programme(2, old, m1={"pin": {"table": 1}})
    new = [put("m0", "10:00", table=2), put("m1", "10:00", table=1)]
    assert [p.table for p in at_their_tables(discretise(instance), new)] == [2, 1]


def test_a_table_that_is_gone_is_not_asked_for():
    old = [put("m0", "10:00", table=3)]
    assert at_their_tables(discretise(programme(1, old, tables=2)), [put("m0", "10:00")])[0].table == 1


@given(st.lists(st.tuples(st.sampled_from(CLOCKS), st.integers(1, 3)), min_size=1, max_size=9), st.randoms())
def test_it_breaks_nothing_and_changes_tables_only(before, chance):
    old = [put(f"m{n}", clock, table=table) for n, (clock, table) in enumerate(before)]
    instance = programme(len(before), old)
    free = {clock: [1, 2, 3] for clock in CLOCKS}
    new = []
    for n, (clock, _) in enumerate(before):
        at = chance.choice([clock, chance.choice(CLOCKS)])
        if free[at]:
            new.append(put(f"m{n}", at, table=free[at].pop(chance.randrange(len(free[at])))))
    seated = at_their_tables(discretise(instance), new)
    assert check(instance, schedule(*seated)).valid
    assert [(p.activity, p.start, p.room) for p in seated] == [(p.activity, p.start, p.room) for p in new]
