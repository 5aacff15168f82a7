"""Schedules changed by hand, again and again."""

import pytest
from support.forum import forum
from support.given_out import entered
from support.served import serving, settings_in

import scheduler
from scheduler.domain import ActivityId
from scheduler.service.editing import Editing


@pytest.fixture
def service(tmp_path):
    with serving(settings_in(tmp_path, jobs=0)) as client:
        solution = scheduler.solve(forum(), scheduler.SolveOptions(deterministic=True)).solution
        _, schedule = entered(client, forum(), solution)
        yield client.app.state.service, schedule


def moved(editing, schedule, activity):
    """Move something to another time, wherever that is."""
    _, solution = editing.both(schedule)
    now = next(p for p in solution.placements if p.activity == activity)
    place = next(p for p in editing.places(schedule, ActivityId(activity)).legal if p.start != now.start)
    return editing.move(schedule, ActivityId(activity), place.start, place.room)


def test_what_was_moved_is_held_where_it_is_now(service):
    service, first = service
    editing = Editing(service.store, service.instances)
    schedule = service.store.schedules.get(first)
    assert editing.held(schedule) == {}
    once = moved(editing, schedule, "one")
    twice = moved(editing, once, "three")
    again = moved(editing, twice, "one")
    assert set(editing.held(once)) == {"one"}
    assert set(editing.held(again)) == {"one", "three"}
    _, solution = editing.both(again)
    for activity, placement in editing.held(again).items():
        assert placement in solution.placements
        assert placement.activity == activity
    assert Editing(service.store, service.instances).held(again) == editing.held(again)


def test_a_long_way_by_hand_is_looked_back_over_once(service, monkeypatch):
    service, first = service
    editing = Editing(service.store, service.instances)
    schedule = service.store.schedules.get(first)
    for _ in range(12):
        schedule = moved(editing, schedule, "one")
    assert set(editing.held(schedule)) == {"one"}
    looked = []
    solution = service.instances.solution
    monkeypatch.setattr(service.instances, "solution", lambda id_: looked.append(id_) or solution(id_))
    last = moved(editing, schedule, "one")
    looked.clear()
    assert set(editing.held(last)) == {"one"}
    assert set(looked) == {schedule.id, last.id}
