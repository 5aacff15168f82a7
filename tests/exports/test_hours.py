import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from support.making import city, make, moment

from scheduler.exports.hours import common, length, merged, open_stretches, without

HOUR = dt.timedelta(hours=1)
START = moment("00:00").astimezone(dt.UTC)


def test_hours_are_those_that_pass_not_those_on_the_clock():
    opening = ({"date": "2025-03-30", "from": "00:00", "to": "06:00"},)  # summer time begins at 02:00
    instance = make(cities=[city("madrid", {"id": "hall"}, opening=opening)])
    assert length(open_stretches(instance.cities[0], instance.rooms[0])) == 5 * HOUR


def stretch(pair):
    return tuple(START + dt.timedelta(minutes=minute) for minute in sorted(pair))


stretches = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda p: p[0] != p[1]).map(stretch)
)


def minutes(spans):
    return {
        minute
        for start, end in spans
        for minute in range(int((start - START) / HOUR * 60), int((end - START) / HOUR * 60))
    }


@given(stretches)
def test_merged_stretches_cover_the_same_time_once(spans):
    found = merged(spans)
    assert minutes(found) == minutes(spans)
    assert all(before[1] < after[0] for before, after in pairwise(found))


@given(stretches, stretches)
def test_common_time_is_in_both(some, others):
    assert minutes(common(merged(some), merged(others))) == minutes(some) & minutes(others)


@given(stretches, stretches)
def test_what_is_taken_away_is_in_neither(some, others):
    assert minutes(without(merged(some), others)) == minutes(some) - minutes(others)
