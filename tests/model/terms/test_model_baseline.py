"""moved, moved_start, moved_room, moved_city and people_affected in the model."""

import pytest
from support.fixing import costs
from support.making import city, hold, make, meeting, moment, put, session

from scheduler.domain import TermName

MOVED = TermName.MOVED
START, ROOM, CITY = TermName.MOVED_START, TermName.MOVED_ROOM, TermName.MOVED_CITY
AFFECTED = TermName.PEOPLE_AFFECTED
CITIES = [
    city("madrid", {"id": "hall"}, {"id": "area", "tables": 2}, {"id": "corner", "tables": 1}),
    city("lisbon", {"id": "far", "tables": 1}, zone="Europe/Lisbon"),
]


def replanned(*baseline, **parts):
    return make(*("a", "b", "c", "d"), cities=CITIES, baseline=baseline, **parts)


@pytest.mark.parametrize(
    ("now", "moved"),
    [
        (put("m", "10:00"), (0, 0, 0)),
        (put("m", "10:00", table=2), (0, 0, 0)),  # a table is no room
        (put("m", "11:00"), (1, 0, 0)),
        (put("m", "10:00", "corner"), (0, 1, 0)),
        (put("m", "09:00", "far", zone="Europe/Lisbon"), (0, 1, 1)),  # the same instant
        (put("m", "10:00", "far", zone="Europe/Lisbon"), (1, 1, 1)),
        (None, (1, 1, 1)),
    ],
)
def test_what_has_moved(now, moved):
    instance = replanned(
        put("m", "10:00"), put("gone", "10:00"), meetings=[meeting("m", "a", "b"), meeting("new", "c", "d")]
    )
    placed = [now] if now else []
    assert tuple(costs(term, instance, *placed) for term in (START, ROOM, CITY)) == moved
    assert costs(MOVED, instance, *placed) == max(moved)
    assert costs(START, instance, *placed, put("new", "15:00")) == moved[0]


def test_a_room_that_is_no_more_is_in_no_city_and_engaged_nobody():
    instance = replanned(put("m", "10:00", "pulled-down"), meetings=[meeting("m", "a", "b")])
    kept = put("m", "10:00")
    assert [costs(term, instance, kept) for term in (MOVED, START, ROOM, CITY, AFFECTED)] == [1, 0, 1, 1, 0]


def test_talks_do_not_move_but_their_speakers_are_affected():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = replanned(
        hold("s", "10:00"),
        hold("t", "10:00"),
        participants=[{"id": "ada"}],
        sessions=[session("s", talks=[talk], parties=["a"])],
    )
    later = (hold("s", "10:00"), hold("t", "10:30"))
    assert [costs(term, instance, *later) for term in (MOVED, START, ROOM, CITY)] == [0, 0, 0, 0]
    assert costs(AFFECTED, instance, *later) == 1
    assert costs(AFFECTED, instance, hold("s", "11:00"), hold("t", "11:00")) == 2


@pytest.mark.parametrize(
    ("now", "affected"),
    [
        ((put("m", "10:00"), put("n", "11:00")), 0),
        ((put("m", "10:00"), put("n", "12:00")), 2),
        ((put("m", "10:30"), put("n", "12:00")), 3),  # a twice, and counted once
        ((put("m", "10:00"), put("n", "11:00", "corner")), 2),
        ((put("m", "10:00"),), 2),
        ((), 3),
    ],
)
def test_everybody_whose_engagement_is_gone_counts_once(now, affected):
    instance = replanned(
        put("m", "10:00"), put("n", "11:00"), meetings=[meeting("m", "a", "b"), meeting("n", "a", "c")]
    )
    assert costs(AFFECTED, instance, *now) == affected


def test_who_is_chosen_no_more_is_affected_and_who_is_now_is_not():
    instance = replanned(
        put("m", "10:00", "area", 1, "s-1"),
        delegations=[{"id": "split", "split": "members"}],
        participants=[{"id": "s-1", "delegation": "split"}, {"id": "s-2", "delegation": "split"}],
        meetings=[meeting("m", "split", "b")],
    )
    assert costs(AFFECTED, instance, put("m", "10:00", "area", 1, "s-1")) == 0
    assert costs(AFFECTED, instance, put("m", "10:00", "area", 1, "s-2")) == 1
    assert costs(AFFECTED, instance, put("m", "11:00", "area", 1, "s-2")) == 2


def test_the_audience_is_affected_when_it_was_there():
    def instance(**presence):
        return replanned(
            hold("s", "10:00"),
            delegations=[{"id": "guests"} | presence],
            sessions=[session("s", audience=["guests"])],
        )

    assert costs(AFFECTED, instance(), hold("s", "11:00")) == 1
    assert costs(AFFECTED, instance(), hold("s", "10:00")) == 0
    assert costs(AFFECTED, instance(arrival=moment("11:00")), hold("s", "11:00")) == 0


def test_a_speaker_whom_the_session_engages_is_affected_by_the_session():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = replanned(
        hold("s", "10:00", "hall", "ada"),
        hold("t", "10:00"),
        participants=[{"id": "ada"}, {"id": "bob"}],
        tracks=[{"id": "chaired", "chairs": ["ada", "bob"]}],
        sessions=[session("s", talks=[talk], track="chaired")],
    )
    told = hold("t", "10:30")
    # As the chair she was engaged by the session alone; without the chair, her engagement is another.
    assert costs(AFFECTED, instance, hold("s", "10:00", "hall", "ada"), told) == 0
    assert costs(AFFECTED, instance, hold("s", "10:00", "hall", "bob"), hold("t", "10:00")) == 1
