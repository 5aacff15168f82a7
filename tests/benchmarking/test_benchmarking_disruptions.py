"""Ten things that go wrong: each hits the schedule, none makes the programme impossible."""

import datetime as dt
from pathlib import Path

import pytest

from scheduler.benchmarking.disruptions import KINDS, disruptions
from scheduler.benchmarking.mishaps.scene import Engagement, most_at_once
from scheduler.checker import check
from scheduler.domain import Solution, TermName
from scheduler.generating import GenerateSpec, made
from scheduler.reading import load, load_solution
from scheduler.search import SolveOptions
from scheduler.search.solve import solve

ROOT = Path(__file__).parents[2]
UNBROKEN = {"new-requests", "party-cancels"}


def left_of(instance, solution):
    kept = [placed for placed in solution.placements if instance.has_activity(placed.activity)]
    return Solution(programme=instance.programme.id, placements=tuple(kept))


@pytest.fixture(scope="module")
def forum():
    name = "asia-innova-2017"
    return (
        load(ROOT / "instances" / f"{name}.yaml"),
        load_solution(ROOT / "solutions" / name / f"{name}.solution.yaml"),
    )


@pytest.fixture(scope="module")
def found(forum):
    return {each.name: each for each in disruptions(*forum)}


def test_a_forum_is_struck_in_ten_ways(found):
    assert list(found) == list(KINDS)
    assert len(found) == 10


@pytest.mark.parametrize("name", KINDS)
def test_each_hits_the_schedule_and_says_what_happened(found, forum, name):
    _, solution = forum
    left = left_of(found[name].instance, solution)
    assert bool(check(found[name].instance, left).violations) == (name not in UNBROKEN)
    assert found[name].sentence.endswith(".")
    assert found[name].instance != forum[0]


@pytest.mark.parametrize("name", ["hall-closed", "session-longer", "venue-swapped"])
def test_the_programme_is_still_possible(found, name):
    ended = solve(found[name].instance.changed(objective=()), SolveOptions(time_limit=60, workers=1))
    assert ended.solution is not None


def test_new_requests_are_of_parties_who_had_not_asked_for_each_other(found, forum):
    old, new = forum[0].meetings, found["new-requests"].instance.meetings
    added = new[len(old) :]
    assert new[: len(old)] == old
    assert len(added) == 20
    assert {frozenset(m.parties) for m in added}.isdisjoint({frozenset(m.parties) for m in old})
    assert not any(meeting.mandatory for meeting in added)


def test_who_cancels_is_in_no_meeting_nor_session(found):
    instance = found["party-cancels"].instance
    (party,) = {d.id for d in instance.delegations if f"({d.id})" in found["party-cancels"].sentence}
    assert not any(party in meeting.parties for meeting in instance.meetings)
    assert not any(party in (*s.parties, *s.audience, *s.interest, *s.roles) for s in instance.sessions)


def test_a_substitute_is_open_on_the_one_day_and_as_good(found, forum):
    rooms = {room.id: room for room in found["venue-swapped"].instance.rooms}
    substitutes = [room for name, room in rooms.items() if name.endswith("-substitute")]
    for room in substitutes:
        original = rooms[room.id.removesuffix("-substitute")]
        (date,) = {window.date for window in room.available}
        assert date in {window.date for window in original.closed}
        assert (room.tables, room.seats, room.features) == (
            original.tables,
            original.seats,
            original.features,
        )
    assert len(rooms) == len(forum[0].rooms) + len(substitutes) > len(forum[0].rooms)


def test_the_same_seed_gives_the_same_and_another_seed_others():
    programme = made(GenerateSpec(120, cities=2, days=2, seed=3))
    solution = Solution(programme=programme.instance.programme.id, placements=programme.placements)
    one, again, other = (disruptions(programme.instance, solution, seed) for seed in (1, 1, 2))
    assert one == again
    assert {each.sentence for each in one} != {each.sentence for each in other}
    assert {"delegation-late", "tables-lost", "new-requests"} <= {each.name for each in one}


def test_what_cannot_befall_a_programme_is_left_out(forum):
    instance, _ = forum
    empty = Solution(programme=instance.programme.id)
    assert [each.name for each in disruptions(instance, empty)] == ["new-requests"]
    assert instance.objective[0].term is TermName.REQUESTS


def test_who_ends_at_an_instant_is_gone_when_another_starts():
    noon = dt.datetime(2025, 3, 10, 12, tzinfo=dt.UTC)
    hour = dt.timedelta(hours=1)
    spans = [(noon, noon + hour), (noon + hour, noon + 2 * hour), (noon, noon + 2 * hour)]
    assert most_at_once(Engagement("a", noon.date(), *span) for span in spans) == 2
    assert most_at_once([]) == 0
