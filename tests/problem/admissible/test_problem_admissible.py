"""A placement is an option exactly when the checker finds nothing wrong with it alone."""

import datetime as dt
from itertools import chain, combinations, pairwise, product

import pytest
from support.making import MADRID, city, hold, hours, make, meeting, moment, put, session
from support.tiny import tiny_instance

from scheduler.checker import Checker
from scheduler.domain import HostedActivity, Placement, RuleName, Session, Talk
from scheduler.domain.times import UTC
from scheduler.problem import discretise
from scheduler.problem.admissible.room import attendance
from scheduler.problem.clock import Clock


def admissible(instance, checker, activity, rooms, starts):
    """Yield start and room of what the checker lets stand for some choice of attendees and table.

    Whether an interpreter is there is a matter of several placements; the model sees to it.
    """
    people = list(choices(instance, activity))
    for room, start in product(rooms, starts):
        tables = [None, *range(1, (room.tables or 0) + 1)]
        for table, attendees in product(tables, people):
            placement = Placement.model_construct(
                activity=activity.id,
                start=start,
                room=room.id,
                table=table,
                attendees=attendees,
                interpreter=None,
            )
            if {v.rule for v in checker.alone(placement)} <= {RuleName.INTERPRETERS}:
                yield start, room.id
                break


def choices(instance, activity):
    """Yield every set of people who might be chosen, of whatever size."""
    pools = []
    if isinstance(activity, HostedActivity):
        pools = [instance.people_of(party) for party in activity.parties if instance.splits(party)]
        if isinstance(activity, Session) and activity.track is not None:
            pools.append([instance.person(chair) for chair in instance.track(activity.track).chairs])
    people = sorted({person.id for pool in pools for person in pool})
    return chain.from_iterable(combinations(people, size) for size in range(len(pools) + 1))


def minutes(instance):
    """Return every fifteenth minute from an hour before anything opens to an hour after, in UTC."""
    ends = [end.astimezone(UTC) for c in instance.cities for o in c.opening for end in o.instants(c.zone)]
    first, last = min(ends) - dt.timedelta(hours=1), max(ends) + dt.timedelta(hours=1)
    steps = int((last - first) / dt.timedelta(minutes=15))
    return [first + n * dt.timedelta(minutes=15) for n in range(steps)]


@pytest.mark.parametrize("chunk", range(10))
def test_options_are_what_the_checker_lets_stand(chunk):
    for seed in range(chunk, 60, 10):
        instance = tiny_instance(seed)
        checker, problem = Checker(instance), discretise(instance)
        for task in problem.tasks:
            if isinstance(task.activity, Talk):
                continue
            expected = set(admissible(instance, checker, task.activity, instance.rooms, minutes(instance)))
            found = [(problem.clock.moment(o.start, UTC), o.place.room.id) for o in task.options]
            assert set(found) == expected, (seed, task.activity.id)
            assert len(found) == len(set(found))
            assert [o.start for o in task.options] == sorted(o.start for o in task.options)


def test_options_of_talks_are_inside_those_of_their_sessions():
    seen = 0
    for seed in range(150):
        instance = tiny_instance(seed)
        if not any(s.talks for s in instance.sessions):
            continue
        checker, problem = Checker(instance), discretise(instance)
        for task in problem.tasks:
            if task.session is None:
                continue
            found = {(problem.clock.moment(o.start, UTC), o.place.room.id) for o in task.options}
            alone = set(admissible(instance, checker, task.activity, instance.rooms, minutes(instance)))
            inside = {
                (start, room)
                for start, room in alone
                for o in task.session.options
                if o.place.room.id == room and o.start <= problem.clock.minute(start) <= o.end - task.duration
            }
            assert found == inside, seed
            seen += len(found)
    assert seen > 50


def test_an_option_knows_its_end_and_its_date_in_the_city():
    seoul = city(
        "seoul",
        {"id": "far", "tables": 1},
        zone="Asia/Seoul",
        opening=(hours("08:00", "10:00", "2025-03-11"),),
    )
    problem = discretise(make("a", "b", cities=[seoul], meetings=[meeting("m", "a", "b", duration="1h")]))
    (task,) = problem.tasks
    assert [o.end - o.start for o in task.options] == [60, 60, 60]
    assert {o.date for o in task.options} == {dt.date(2025, 3, 11)}
    assert problem.clock.moment(task.options[0].start, UTC) == moment("23:00", "2025-03-10", "UTC")


@pytest.mark.parametrize(
    ("date", "clocks"),
    [
        ("2025-03-30", ["01:00", "01:30", "03:00", "03:30"]),  # two o'clock is three
        ("2025-10-26", ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_the_grid_on_the_night_on_which_clocks_change(date, clocks):
    night = city(opening=(hours("01:00", "04:00", date),))
    (task,) = discretise(make("a", "b", cities=[night], meetings=[meeting("m", "a", "b")])).tasks
    starts = [option.start for option in task.options]
    assert [Clock().moment(start, MADRID).strftime("%H:%M") for start in starts] == clocks
    assert all(later - start == 30 for start, later in pairwise(starts))


def test_the_grid_counts_from_midnight_not_from_the_opening():
    late = city(opening=(hours("10:00", "12:00", "2025-03-10"),))
    meetings = [meeting("m", "a", "b", duration="45min")]
    (task,) = discretise(make("a", "b", grid="45min", cities=[late], meetings=meetings)).tasks
    shown = [Clock().moment(option.start, MADRID).strftime("%H:%M") for option in task.options]
    assert shown == ["10:30", "11:15"]


def test_talks_end_with_their_session_to_the_minute():
    talk = {"id": "t", "duration": "10min", "speaker": "ada"}
    short = city(opening=(hours("10:00", "10:20", "2025-03-10"),))
    sessions = [session("s", duration="15min", talks=[talk])]
    problem = discretise(make(grid="1min", participants=[{"id": "ada"}], cities=[short], sessions=sessions))
    starts = {task.activity.id: [o.start for o in task.options] for task in problem.tasks}
    first = int(moment("10:00").timestamp() / 60)
    assert starts["s"] == [first + n for n in range(6)]
    assert starts["t"] == [first + n for n in range(11)]


# -- attendance ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parties", "needed"),
    [
        (["a", "b"], 2),
        (["a", "crew"], 3),
        (["a", "big"], 5),
        (["crew", "small"], 2 + 2),  # more members than its size says
        (["a", "split"], 2),
        (["split", "teams"], 2),
    ],
)
def test_attendance_of_a_meeting(parties, needed):
    instance = make(
        *("a", "b"),
        delegations=[
            {"id": "crew"},
            {"id": "big", "size": 4},
            {"id": "small", "size": 1},
            {"id": "split", "split": "members", "size": 9},
            {"id": "teams", "split": "members", "parallel": 3, "size": 9},
        ],
        participants=[
            {"id": f"{party}-{n}", "delegation": party}
            for party in ("crew", "small", "split")
            for n in (1, 2)
        ],
        meetings=[meeting("m", *parties)],
    )
    (task,) = discretise(instance).tasks
    assert attendance(instance, task) == needed


def test_an_attendance_that_is_given_is_taken():
    instance = make("a", "b", meetings=[meeting("m", "a", "b", attendance=9)])
    assert attendance(instance, discretise(instance).tasks[0]) == 9


# -- the past ------------------------------------------------------------------------------------


def test_what_is_past_has_one_option_and_nothing_else_is_before_now():
    instance = make(
        *("a", "b", "c"),
        now=moment("11:00"),
        meetings=[meeting("m", "a", "b"), meeting("n", "a", "c")],
        baseline=[put("m", "10:00", table=2), put("gone", "09:00")],
    )
    past, other = discretise(instance).tasks
    assert [(o.start, o.place.room.id) for o in past.options] == [
        (int(moment("10:00").timestamp() / 60), "area")
    ]
    assert past.mandatory
    assert past.stay == instance.baseline[0]
    assert min(o.start for o in other.options) == int(moment("11:00").timestamp() / 60)
    assert not other.mandatory
    assert other.stay is None


def test_a_baseline_without_now_holds_nothing():
    instance = make("a", "b", meetings=[meeting("m", "a", "b")], baseline=[put("m", "10:00")])
    (task,) = discretise(instance).tasks
    assert task.stay is None
    assert len(task.options) == 18


def test_a_talk_stays_in_the_room_it_was_in():
    talk = {"id": "t", "duration": "30min", "speaker": "ada"}
    instance = make(
        participants=[{"id": "ada"}],
        now=moment("10:15"),
        sessions=[session("s", talks=[talk])],
        baseline=[hold("s", "10:00"), hold("t", "10:00")],
    )
    whole, part = discretise(instance).tasks
    assert len(whole.options) == len(part.options) == 1
