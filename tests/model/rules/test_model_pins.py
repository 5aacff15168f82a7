"""Rule 10 in the model: what is pinned stays, and so does the past."""

import pytest
from support.bruteforce import best
from support.fixing import breaks, keeps, unplaceable
from support.making import city, hold, make, meeting, moment, put, session

from scheduler.domain import RuleName, Status
from scheduler.problem import discretise
from scheduler.search.solve import solve

ROOMS = ({"id": "hall"}, {"id": "area", "tables": 2}, {"id": "corner", "tables": 1})
NOW = moment("11:00")


@pytest.mark.parametrize(
    ("pin", "kept", "broken"),
    [
        ({"start": moment("10:00")}, put("m", "10:00", table=2), put("m", "10:30")),
        ({"room": "corner"}, put("m", "10:00", "corner"), put("m", "10:00")),
        ({"room": "area", "table": 2}, put("m", "10:00", table=2), put("m", "10:00", "corner")),
    ],
)
def test_a_pin_holds(pin, kept, broken):
    instance = make("a", "b", cities=[city("madrid", *ROOMS)], meetings=[meeting("m", "a", "b", pin=pin)])
    keeps(instance, kept)
    unplaceable(RuleName.PINS, instance, broken)


def test_a_pinned_table_is_the_one_taken():
    instance = make("a", "b", meetings=[meeting("m", "a", "b", mandatory=True, pin={"table": 2})])
    found = solve(instance).solution
    assert [placement.table for placement in found.placements] == [2]


def test_a_talk_may_be_pinned():
    talk = {"id": "t", "duration": "30min", "speaker": "ada", "pin": {"start": moment("10:30")}}
    instance = make(participants=[{"id": "ada"}], sessions=[session("s", talks=[talk], mandatory=False)])
    keeps(instance, hold("s", "10:00"), hold("t", "10:30"))
    breaks(RuleName.PINS, instance, hold("s", "11:00"), hold("t", "11:00"))
    breaks(RuleName.PLACEMENT, instance)  # which makes it mandatory


# -- the past ------------------------------------------------------------------------------------


def replanned(*baseline, **meeting_wishes):
    return make(
        "b",
        now=NOW,
        delegations=[{"id": "split", "split": "members"}],
        participants=[{"id": "s-1", "delegation": "split"}, {"id": "s-2", "delegation": "split"}],
        cities=[city("madrid", *ROOMS)],
        meetings=[meeting("m", "split", "b", **meeting_wishes), meeting("n", "split", "b")],
        baseline=baseline,
    )


def test_the_past_stays():
    past = put("m", "10:00", "area", 2, "s-1")
    instance = replanned(past, put("n", "12:00", "area", 1, "s-1"))
    keeps(instance, past)  # what is still to come may go
    keeps(instance, past, put("n", "11:00", "area", 1, "s-2"))
    for other in (
        put("m", "10:30", "area", 2, "s-1"),
        put("m", "11:30", "area", 2, "s-1"),
    ):
        breaks(RuleName.PINS, instance, other)
    unplaceable(RuleName.PINS, instance, put("m", "10:00", "corner", 1, "s-1"))
    breaks(RuleName.PINS, instance, put("m", "10:00", "area", 2, "s-2"))
    assert discretise(instance).by_id["m"].mandatory


def test_a_table_of_the_past_is_taken():
    past = put("m", "10:00", "area", 2, "s-1")
    overlapping = make(
        *("a", "b", "c", "d"),
        now=moment("10:30"),
        meetings=[meeting("m", "a", "b", duration="1h"), meeting("n", "c", "d")],
        baseline=[past.model_copy(update={"attendees": ()})],
    )
    first = put("m", "10:00", table=2)
    keeps(overlapping, first, put("n", "10:30", table=1))
    breaks(RuleName.ROOM, overlapping, first, put("n", "10:30", table=2))


def test_nothing_else_starts_before_now():
    instance = replanned()
    keeps(instance, put("n", "11:00", "area", 1, "s-1"))
    breaks(RuleName.PINS, instance, put("n", "10:30", "area", 1, "s-1"))


def test_what_started_at_now_is_not_past():
    instance = replanned(put("m", "11:00", "area", 1, "s-1"))
    keeps(instance)
    keeps(instance, put("m", "12:00", "area", 1, "s-2"))


def test_a_talk_and_a_session_of_the_past():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    past = (hold("s", "10:00"), hold("t", "10:30"))
    instance = make(
        participants=[{"id": "ada"}], now=NOW, sessions=[session("s", talks=[talk])], baseline=past
    )
    keeps(instance, *past)
    breaks(RuleName.PINS, instance, past[0], hold("t", "10:00"))


@pytest.mark.parametrize(
    "past",
    [
        put("m", "10:00", "area", None, "s-1"),
        hold("m", "10:00", "hall", "s-1"),
        put("m", "10:00", "corner", 2, "s-1"),
        put("m", "10:00", "pulled-down", 1, "s-1"),
        put("m", "10:00", "area", 1, "somebody"),
        put("m", "10:00", "area", 1, "s-1", "s-2"),
        put("m", "10:00", "area", 1, "s-1", interpreter=("nobody", 1)),
        put("m", "10:15", "area", 1, "s-1"),
    ],
    ids=repr,
)
def test_a_past_that_cannot_have_been_leaves_no_schedule(past):
    instance = replanned(past)
    assert best(instance) is None
    assert solve(instance).status is Status.INFEASIBLE


@pytest.mark.parametrize(
    ("session_was", "talk_was"),
    [
        (put("s", "10:00", "hall", 1), hold("t", "10:00")),
        (hold("s", "10:00"), put("t", "10:00", "hall", 1)),
        (hold("s", "10:00", interpreter=("pool", 1)), hold("t", "10:00")),
        (hold("s", "10:00"), hold("t", "10:00", interpreter=("pool", 1))),
        (hold("s", "10:00"), hold("t", "10:00", "hall", "ada")),
        (hold("s", "12:00"), hold("t", "10:00")),
    ],
    ids=repr,
)
def test_a_session_that_cannot_have_been_leaves_no_schedule(session_was, talk_was):
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(
        participants=[{"id": "ada"}],
        now=NOW,
        interpreters=[{"id": "pool", "languages": ["en", "ko"]}],
        sessions=[session("s", talks=[talk])],
        baseline=[session_was, talk_was],
    )
    assert best(instance) is None
    assert solve(instance).status is Status.INFEASIBLE


def test_a_pin_that_the_past_has_broken_leaves_no_schedule():
    instance = replanned(put("m", "10:00", "area", 2, "s-1"), pin={"table": 1})
    assert best(instance) is None
    assert solve(instance).status is Status.INFEASIBLE
