"""The best places for a new meeting."""

import datetime as dt

import pytest
from support.bruteforce import Places
from support.making import DATE, city, hours, make, meeting, moment, put, schedule
from support.tiny import tiny_instance

from scheduler.checker import Checker
from scheduler.domain import Solution
from scheduler.explain.suggest import NewMeeting, suggest
from scheduler.search import SolveOptions
from scheduler.search.solve import solve

ONE = SolveOptions(deterministic=True)
LONG = city("madrid", {"id": "area", "tables": 1}, opening=(hours("10:00", "12:00", DATE),))
AB = NewMeeting(parties=("a", "b"))


def programme(**more):
    asked = [meeting("one", "a", "c"), meeting("two", "b", "c")]
    return make(*"abcd", cities=[LONG], meetings=asked, objective=[{"term": "breaks"}], **more)


def starts(suggestions):
    return [s.placement.start for s in suggestions.found]


def test_the_best_places_come_first_and_the_earlier_of_equal_ones():
    found = suggest(programme(), schedule(put("one", "10:30"), put("two", "11:30")), AB)
    # At eleven c's break goes on, and a and b have none; at ten b has one more.
    assert starts(found) == [moment("11:00"), moment("10:00")]
    assert [[level.change for level in s.levels] for s in found.found] == [[0], [1]]
    assert (found.possible, found.fitting) == (4, 2)
    assert all(s.differences.moved == () for s in found.found)


def test_no_more_than_asked_for():
    found = suggest(programme(), schedule(put("one", "10:30")), AB, top=1)
    assert len(found.found) == 1
    assert found.fitting == 3


def test_the_name_is_not_taken():
    taken = make(*"ab", meetings=[meeting("suggested", "a", "b")])
    assert suggest(taken, schedule(), AB, top=1).meeting.id == "suggested-2"


def test_as_long_and_where_it_is_asked_for():
    instance = make(*"ab", cities=[city(), city("lisbon", {"id": "far", "tables": 1})])
    found = suggest(instance, schedule(), NewMeeting(parties=("a", "b"), duration="1h", city="lisbon"))
    assert {s.placement.room for s in found.found} == {"far"}
    assert found.meeting.duration == dt.timedelta(hours=1)


def test_one_who_is_free_is_sent():
    instance = make(
        "b",
        cities=[LONG],
        delegations=[{"id": "team", "split": "members"}],
        participants=[{"id": "t-1", "delegation": "team"}, {"id": "t-2", "delegation": "team"}],
        meetings=[meeting("m", "team", "b", duration="1h")],
    )
    found = suggest(
        instance, schedule(put("m", "10:00", "area", 1, "t-1")), NewMeeting(parties=("b", "team"))
    )
    assert all(len(s.placement.attendees) == 1 for s in found.found)


def test_something_may_move():
    instance = programme()
    full = schedule(put("one", "10:00"), put("two", "10:30"))
    short = NewMeeting(parties=("c", "d"), duration="1h30min")
    assert suggest(instance, full, short).found == ()
    (first, *_) = suggest(instance, full, short, moves=2, options=ONE).found
    assert len(first.differences.moved) + len(first.differences.displaced) in (1, 2)
    one = suggest(instance, full, short, moves=1, options=ONE)
    assert all(len((*s.differences.moved, *s.differences.displaced)) <= 1 for s in one.found)


@pytest.mark.parametrize(
    ("wanted", "solution", "message"),
    [
        (NewMeeting(parties=("a", "nobody")), schedule(), "nobody"),
        (NewMeeting(parties=("a", "b"), city="rome"), schedule(), "rome"),
        (AB, schedule(put("one", "22:00")), "breaks a rule"),
    ],
)
def test_what_makes_no_sense_is_refused(wanted, solution, message):
    with pytest.raises(ValueError, match=message):
        suggest(programme(), solution, wanted)


def test_every_place_that_fits_is_found_and_its_effect_is_what_the_checker_says():
    looked = 0
    for seed in range(3000, 3040):
        instance = tiny_instance(seed)
        solution = solve(instance, ONE).solution
        parties = tuple({p: None for m in instance.meetings for p in m.parties})[:2]
        if solution is None or len(parties) < 2:
            continue
        wanted = NewMeeting(parties=parties, duration=instance.programme.grid)
        found = suggest(instance, solution, wanted, top=1000)
        added = instance.changed(meetings=(*instance.meetings, found.meeting))
        places = Places(added, found.meeting.id)
        fitting = [b for b in places.blocks if places.rules(b, solution.placements) == set()]
        assert {(b[0].start, b[0].room) for b in fitting} == {
            (s.placement.start, s.placement.room) for s in found.found
        }, seed
        checker = Checker(added)
        for s in found.found:
            whole = Solution(programme=instance.programme.id, placements=(*solution.placements, s.placement))
            assert not list(checker.violations(whole))
            assert [v.value for v in checker.levels(whole)] == [v.after for v in s.levels]
            looked += 1
        ranks = [[v.after for v in s.levels] for s in found.found]
        assert ranks == sorted(ranks)
        moved = suggest(instance, solution, wanted, top=1, moves=1, options=ONE)
        if ranks:
            assert [v.after for v in moved.found[0].levels] <= ranks[0]
    assert looked > 20
