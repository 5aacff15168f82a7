"""Problems in which some tasks have one place left."""

from support.making import city, hold, make, meeting, put, session

from scheduler.problem import discretise
from scheduler.problem.narrowing import Spot, held_at, only_at, spots_of

MEETINGS = [meeting("m", "a", "b", mandatory=True), meeting("n", "a", "c"), meeting("o", "c", "d")]


def places(problem, activity):
    """Return where a task can be: the clock and the room of each option."""
    task = problem.by_id[activity]
    return [(f"{problem.clock.moment(o.start, o.place.zone):%H:%M}", o.place.room.id) for o in task.options]


def spots(instance, *placements):
    return spots_of(discretise(instance), placements)


def test_spots_are_of_sessions_and_meetings_that_there_are():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(
        "a", "b", participants=[{"id": "ada"}], sessions=[session("s", talks=[talk])], meetings=MEETINGS[:1]
    )
    found = spots(instance, hold("s", "10:00"), hold("t", "10:00"), put("m", "11:00"), put("gone", "12:00"))
    assert list(found) == ["s", "m"]
    assert found["m"].room == "area"


def test_only_there_or_nowhere():
    instance = make("a", "b", "c", "d", meetings=MEETINGS)
    problem = only_at(instance, spots(instance, put("m", "10:00"), put("n", "10:00", "pulled-down")))
    assert places(problem, "m") == [("10:00", "area")]
    assert places(problem, "n") == places(problem, "o") == []
    assert not any(task.mandatory for task in problem.tasks)


def test_what_breaks_a_rule_there_is_nowhere():
    instance = make(
        "a",
        "b",
        "c",
        "d",
        meetings=[*MEETINGS[1:], MEETINGS[0] | {"forbidden": [{"from": "10:00", "to": "11:00"}]}],
    )
    assert places(only_at(instance, spots(instance, put("m", "10:00"))), "m") == []
    assert places(only_at(instance, {"m": Spot(7, "area")}), "m") == []


def test_talks_are_inside_their_session_where_it_is():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(participants=[{"id": "ada"}], sessions=[session("s", talks=[talk])])
    problem = only_at(instance, spots(instance, hold("s", "10:00")))
    assert places(problem, "t") == [("10:00", "hall"), ("10:30", "hall")]


def test_others_have_what_the_held_ones_leave():
    cities = [
        city(
            "madrid",
            {"id": "area", "tables": 1},
            opening=({"date": "2025-03-10", "from": "10:00", "to": "12:00"},),
        )
    ]
    instance = make("a", "b", "c", "d", cities=cities, meetings=MEETINGS)
    problem = held_at(instance, spots(instance, put("m", "10:00"), put("n", "11:00")))
    assert places(problem, "m") == [("10:00", "area")]
    assert problem.by_id["n"].mandatory
    assert places(problem, "o") == [("10:30", "area"), ("11:30", "area")]
    assert not problem.by_id["o"].mandatory


def test_people_who_are_engaged_or_in_an_audience_are_not_free():
    instance = make(
        *("a", "b", "c", "d"),
        cities=[city(opening=({"date": "2025-03-10", "from": "10:00", "to": "12:00"},))],
        sessions=[session("s", parties=["a"], audience=["c"])],
        meetings=MEETINGS,
    )
    problem = held_at(instance, spots(instance, hold("s", "10:00")))
    assert places(problem, "n") == places(problem, "o") == [("11:00", "area"), ("11:30", "area")]


def test_what_is_held_out_has_no_place():
    instance = make("a", "b", "c", "d", meetings=MEETINGS)
    problem = held_at(instance, {"o": None})
    assert places(problem, "o") == []
    assert not problem.by_id["o"].mandatory


def test_what_is_mandatory_may_have_to_be_placed_all_the_same():
    instance = make("a", "b", "c", "d", meetings=MEETINGS)
    problem = only_at(instance, spots(instance, put("m", "10:00"), put("n", "11:00")), placing=True)
    assert problem.by_id["m"].mandatory
    assert len(places(problem, "m")) == 18
    assert not problem.by_id["n"].mandatory
    assert places(problem, "n") == [("11:00", "area")]
    assert places(problem, "o") == []
