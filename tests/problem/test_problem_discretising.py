"""Who takes part, who is chosen, who listens: for each task, and for each person."""

import pytest
from support.bruteforce import best
from support.making import city, hours, make, meeting, moment, session
from support.tiny import tiny_instance

from scheduler.checker.facts import Facts
from scheduler.checker.schedule import Schedule
from scheduler.problem import discretise
from scheduler.problem.discretising import people_behind

PEOPLE = [
    {"id": "ada"},
    {"id": "c-1", "delegation": "crew"},
    {"id": "c-2", "delegation": "crew"},
    {"id": "s-1", "delegation": "split", "roles": ["mayor"]},
    {"id": "s-2", "delegation": "split"},
]


def event(*sessions, meetings=(), **more):
    return discretise(
        make(
            "b",
            delegations=[{"id": "crew"}, {"id": "split", "split": "members"}],
            participants=PEOPLE,
            tracks=[{"id": "chaired", "chairs": ["ada", "s-2"]}, {"id": "plain"}],
            sessions=sessions,
            meetings=meetings,
            **more,
        )
    )


def ids(people):
    return [person.id for person in people]


def test_tasks_are_sessions_with_their_talks_and_then_meetings():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    problem = event(session("s", talks=[talk]), session("r"), meetings=[meeting("m", "b", "ada")])
    assert [task.activity.id for task in problem.tasks] == ["s", "t", "r", "m"]
    assert [task.activity.id for task in problem.hosted] == ["s", "r", "m"]
    assert [task.activity.id for task in problem.meetings] == ["m"]
    by_id = problem.by_id
    assert by_id["t"].session is by_id["s"]
    assert by_id["s"].talks == [by_id["t"]]
    kinds = [(task.is_session, task.is_talk, task.is_meeting) for task in problem.tasks]
    assert kinds == [(True, False, False), (False, True, False), (True, False, False), (False, False, True)]
    assert [task.mandatory for task in problem.tasks] == [True, False, True, False]
    assert [task.duration for task in problem.tasks] == [60, 30, 60, 30]


def test_who_takes_part():
    talk = {"id": "t", "duration": "30min", "speaker": "c-1"}
    problem = event(
        session(
            "s", speakers=["ada", "s-1"], parties=["crew", "ada", "split"], talks=[talk], track="chaired"
        ),
        session("plain", track="plain"),
        meetings=[meeting("m", "b", "split", roles={"split": "mayor"}), meeting("n", "crew", "b")],
    )
    by_id = problem.by_id
    assert ids(by_id["s"].takers) == ["ada", "s-1", "c-1", "c-2"]
    assert ids(by_id["t"].takers) == ["c-1"]
    assert ids(by_id["n"].takers) == ["c-1", "c-2", "b"]
    choices = [(choice.party, ids(choice.pool), ids(choice.candidates)) for choice in by_id["s"].choices]
    assert choices == [("split", ["s-1", "s-2"], ["s-1", "s-2"]), (None, ["ada", "s-2"], ["ada", "s-2"])]
    assert ids(by_id["s"].candidates) == ["s-1", "s-2", "ada"]
    assert [(c.party, ids(c.candidates)) for c in by_id["m"].choices] == [("split", ["s-1"])]
    assert by_id["plain"].choices == by_id["t"].choices == []


def test_who_does_not_fit_one_choice_fits_none():
    problem = event(session("s", parties=["split"], roles={"split": "mayor"}, track="chaired"))
    choices = [(choice.party, ids(choice.candidates)) for choice in problem.by_id["s"].choices]
    assert choices == [("split", ["s-1"]), (None, ["ada"])]


@pytest.mark.parametrize(
    ("wanted", "audience"),
    [
        ({}, []),
        ({"audience": ["crew"]}, ["c-1", "c-2"]),
        ({"audience": ["all"]}, ["ada", "c-1", "c-2", "s-1", "s-2", "b"]),
        ({"audience": ["all"], "parties": ["crew"], "speakers": ["ada"]}, ["s-1", "s-2", "b"]),
        ({"audience": ["all"], "parties": ["split"]}, ["ada", "c-1", "c-2", "s-1", "s-2", "b"]),
        ({"audience": ["crew", "c-1"]}, ["c-1", "c-2"]),
    ],
)
def test_the_audience_is_who_does_not_take_part_by_name(wanted, audience):
    assert ids(event(session("s", **wanted)).tasks[0].audience) == audience


def test_a_speaker_of_a_talk_is_no_audience():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    problem = event(session("s", audience=["ada", "b"], talks=[talk]))
    assert ids(problem.tasks[0].audience) == ["b"]


def test_people_behind_parties():
    instance = event().instance
    assert ids(people_behind(instance, ("crew", "c-2", "ada"))) == ["c-1", "c-2", "ada"]
    assert people_behind(instance, ("ada", "all")) == instance.people
    assert people_behind(instance, ()) == ()


def test_options_are_kept_by_the_room_they_take():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    problem = event(session("s", talks=[talk]), meetings=[meeting("m", "b", "ada")])
    taken = {
        place.room.id: {o.task.activity.id for o in options} for place, options in problem.in_place.items()
    }
    assert taken == {"hall": {"s"}, "area": {"m"}}
    assert problem.grid == 30


def test_who_is_available_for_what():
    short = city(opening=(hours("10:00", "12:00", "2025-03-10"),))
    problem = discretise(
        make(
            "b",
            delegations=[{"id": "split", "split": "members"}, {"id": "late", "arrival": moment("11:00")}],
            participants=[
                {"id": "s-1", "delegation": "split"},
                {"id": "s-2", "delegation": "split", "departure": moment("11:00")},
            ],
            cities=[short],
            sessions=[session("s", audience=["late"])],
            meetings=[meeting("m", "split", "b")],
        )
    )
    by_id = problem.by_id
    assert {len(by_id["m"].able["s-1"]), len(by_id["m"].options)} == {4}
    assert {o.start for o in by_id["m"].able["s-2"]} == {o.start for o in by_id["m"].options[:2]}
    assert by_id["s"].able["late"] == {by_id["s"].options[-1]}


def test_engagements_are_those_of_the_checker():
    """Of a best schedule: what engages whom follows from the options taken and the people chosen."""
    compared = 0
    for seed in range(120):
        instance = tiny_instance(seed)
        optimum = best(instance)
        if optimum is None:
            continue
        problem, placements = discretise(instance), optimum.solution.placements
        diary = Schedule(Facts(instance), placements).engagements
        at = {p.activity: (problem.clock.minute(p.start), p.room) for p in placements}
        chosen = {p.activity: p.attendees for p in placements}
        for person in problem.people:
            found = [
                (e.option.start, e.option.task.activity.id)
                for e in problem.engagements[person.id]
                if at.get(e.option.task.activity.id) == (e.option.start, e.option.place.room.id)
                and (not e.chosen or person.id in chosen[e.option.task.activity.id])
                and (e.unless is None or person.id not in chosen[e.unless.activity.id])
            ]
            expected = [(problem.clock.minute(p.start), p.id) for p in diary.get(person.id, [])]
            assert sorted(found) == sorted(expected), (seed, person.id)
            compared += len(found)
    assert compared > 300
