"""Breaks, idle minutes and changes of random days, against counting them one by one."""

import datetime as dt
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fixing import ONE_WORKER

from scheduler.domain import BreakRule, BreakSpan
from scheduler.model.course import Course
from scheduler.model.engine import run
from scheduler.model.logic import Linear, Logic
from scheduler.model.timeline import Timeline
from scheduler.model.variables import Engaged
from scheduler.problem import Option

DAY = 24 * 60
STEP = 30


def option(task, start, length, room):
    date = dt.date(2025, 3, 10) + dt.timedelta(days=start // DAY)
    return Option(task, start, start + length, SimpleNamespace(room=room), date)


@st.composite
def days(draw):
    """Return the options of some tasks, and which of them are taken: none at the same time as another."""
    starts = st.integers(0, 8).map(lambda n: 600 + n * STEP) | st.integers(0, 4).map(lambda n: DAY + n * STEP)
    options = []
    for n in range(draw(st.integers(1, 4))):
        task, length = f"task {n}", draw(st.sampled_from([STEP, 2 * STEP]))
        places = draw(st.lists(st.tuples(starts, st.sampled_from("xy")), min_size=1, max_size=4, unique=True))
        options.append([option(task, start, length, room) for start, room in places])
    taken = []
    for choice in options:
        wanted = draw(st.sampled_from([None, *choice]))
        if wanted and all(wanted.end <= other.start or other.end <= wanted.start for other in taken):
            taken.append(wanted)
    return [o for choice in options for o in choice], sorted(taken, key=lambda o: o.start)


def spans(taken, span):
    if span is BreakSpan.PROGRAMME:
        return [taken]
    return [[o for o in taken if o.date == date] for date in {o.date for o in taken}]


def gaps(taken, rule):
    minutes = [b.start - a.end for part in spans(taken, rule.span) for a, b in pairwise(part)]
    return [gap for gap in minutes if gap > 0 and gap > rule.tolerance / dt.timedelta(minutes=1)]


def room(engaged):
    return engaged.option.place.room


RULES = [
    BreakRule(span=span, tolerance=dt.timedelta(minutes=minutes))
    for span in BreakSpan
    for minutes in (0, 20, 30, 90)
]


@settings(max_examples=60, deadline=None)
@given(days(), st.sampled_from(RULES))
def test_a_day_is_counted_as_it_is(day, rule):
    options, taken = day
    logic = Logic()
    engaged = [Engaged(logic.literal(), o) for o in options]
    timeline = Timeline(logic, engaged)
    costs = [
        timeline.breaks(rule),
        timeline.idle_minutes(rule),
        timeline.changes(BreakSpan.DAY, room),
        timeline.changes(BreakSpan.PROGRAMME, room),
    ]
    for e in engaged:
        logic.require(e.literal if e.option in taken else ~e.literal)
    found = gaps(taken, rule)
    changes = [
        sum(a.place.room != b.place.room for part in spans(taken, span) for a, b in pairwise(part))
        for span in BreakSpan
    ]
    expected = [len(found), sum(found), *changes]
    assert [(least(logic, cost), -least(logic, negated(cost))) for cost in costs] == [
        (n, n) for n in expected
    ]


def negated(cost):
    total = Linear()
    total.extend(cost, -1)
    return total


def least(logic, cost):
    outcome = run(logic.cp, cost, ONE_WORKER)
    assert outcome.values is not None
    return outcome.values.value(cost)


def test_what_is_asked_twice_is_made_once():
    logic = Logic()
    tasks = ["one", "other"]
    timeline = Timeline(
        logic, [Engaged(logic.literal(), option(t, 600 + 60 * n, 30, "x")) for n, t in enumerate(tasks)]
    )
    rule = BreakRule()
    breaks = timeline.breaks(rule)
    timeline.idle_minutes(rule)
    before = len(logic.cp.proto.variables)
    assert timeline.breaks(rule) is breaks
    timeline.idle_minutes(rule)
    assert len(logic.cp.proto.variables) == before


def test_somebody_with_one_task_or_none_has_nothing_to_count():
    logic = Logic()
    for engaged in ([], [Engaged(logic.literal(), option("alone", start, 30, "x")) for start in (600, 700)]):
        timeline = Timeline(logic, engaged)
        for rule in RULES:
            assert timeline.breaks(rule).is_constant
            assert timeline.idle_minutes(rule).is_constant


@pytest.mark.parametrize(
    ("tolerance", "resumes"), [(0, {720, 780}), (89, {720, 780}), (90, {780}), (150, set())]
)
def test_only_what_starts_late_enough_after_the_first_end_can_end_a_break(tolerance, resumes):
    logic = Logic()
    starts = {start: logic.literal() for start in (600, 720, 780)}
    course = Course(logic, starts, {start + 30: literal for start, literal in starts.items()}, tolerance)
    assert course.moments == [600, 630, 720, 750, 780, 810]
    assert set(course.resumes) == resumes
    assert list(course.waits) == course.moments


@pytest.mark.parametrize("tolerance", [0, 30])
def test_nothing_at_all_is_a_course(tolerance):
    logic = Logic()
    course = Course(logic, {}, {}, tolerance)
    assert (course.moments, course.resumes, course.waits) == ([], {}, {})
    assert run(logic.cp, None, ONE_WORKER).values is not None
