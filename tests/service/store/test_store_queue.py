"""What the queue promises: each job has one holder at a time, and ends once, whatever dies on the way."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError
from support.stores import at_once, job_in, lapse, programme_in, states

from scheduler.service.store.jobs import QueueFullError
from scheduler.service.store.queue import Ending, LostError
from scheduler.service.store.records import Kind, State, new_id, new_job

DONE = Ending(State.DONE, {"status": "optimal"}, json.dumps({"placements": []}))
FOUND = {"programme": "forum", "status": "feasible", "placements": [1]}


@pytest.fixture
def programme(store):
    return programme_in(store)


@pytest.fixture
def held(store, programme):
    """A job that a server has claimed."""
    job_in(store, programme)
    return store.queue.claim("one")


def schedules_of(store, job):
    return [each for each in store.schedules.of(job.programme) if each.job == job.id]


# -- claiming ----------------------------------------------------------------------------------------


def test_a_job_goes_from_waiting_to_its_end(store, programme):
    waiting = job_in(store, programme, seed=3)
    assert (waiting.state, waiting.token, waiting.attempts, waiting.request) == ("queued", 0, 0, {"seed": 3})
    running = store.queue.claim("one")
    assert (running.id, running.state, running.token) == (waiting.id, "running", 1)
    assert (running.attempts, running.claimed_by) == (1, "one")
    assert running.lease_until > running.started >= running.created
    store.queue.end(running, DONE)
    ended = store.jobs.get(waiting.id)
    assert (ended.state, ended.lease_until, ended.attempts) == ("done", None, 1)
    assert ended.ended >= ended.started
    assert store.jobs.result(ended.id) == {"status": "optimal"}
    (schedule,) = schedules_of(store, ended)
    assert (schedule.id, schedule.origin, schedule.version) == (ended.schedule, "job", 1)
    assert store.schedules.solution(schedule.id) == DONE.solution
    assert states(store, ended) == ["queued", "running", "done"]


def test_nothing_is_claimed_where_nothing_waits(store, held):
    assert store.queue.claim("two") is None
    store.queue.end(held, DONE)
    assert store.queue.claim("two") is None


def test_the_oldest_job_comes_first(store, programme):
    jobs = [job_in(store, programme) for _ in range(5)]
    assert [store.queue.claim("one").id for _ in jobs] == [job.id for job in jobs]


def test_of_many_servers_that_claim_at_once_each_job_has_one(store, programme):
    jobs = {job_in(store, programme).id for _ in range(24)}

    def claimed(server):
        mine = []
        while (job := store.queue.claim(f"server-{server}")) is not None:
            mine.append(job.id)
        return mine

    claims = Counter(job for mine in at_once(8, claimed) for job in mine)
    assert claims == dict.fromkeys(jobs, 1)
    assert all(states(store, store.jobs.get(job)) == ["queued", "running"] for job in jobs)


def test_of_many_servers_that_claim_a_lapsed_job_one_gets_it(store, held):
    lapse(store, held)
    claims = [job for job in at_once(8, lambda number: store.queue.claim(f"server-{number}")) if job]
    assert [(job.id, job.token) for job in claims] == [(held.id, 2)]


# -- who has lost a job ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        lambda queue, job: queue.renew(job),
        lambda queue, job: queue.tell(job, [("level", {"value": 1})], FOUND),
        lambda queue, job: queue.end(job, DONE),
        lambda queue, job: queue.give_back(job, counts=True),
    ],
    ids=["renew", "tell", "end", "give back"],
)
def test_who_has_lost_a_job_writes_nothing(store, held, write):
    lapse(store, held)
    other = store.queue.claim("two")
    with pytest.raises(LostError):
        write(store.queue, held)
    assert store.jobs.get(held.id) == other
    assert store.jobs.best(held.id) is None
    assert schedules_of(store, held) == []
    assert states(store, held) == ["queued", "running", "running"]
    store.queue.end(other, DONE)
    with pytest.raises(LostError):
        write(store.queue, held)
    assert len(schedules_of(store, held)) == 1


def test_a_late_server_keeps_its_job_as_long_as_nobody_else_has_it(store, held):
    lapse(store, held)
    store.queue.end(held, DONE)
    assert store.jobs.get(held.id).state == "done"
    assert store.queue.claim("two") is None


def test_a_job_ends_once(store, held):
    store.queue.end(held, DONE)
    for ending in (DONE, Ending(State.FAILED, message="no")):
        with pytest.raises(LostError):
            store.queue.end(held, ending)
    assert states(store, held) == ["queued", "running", "done"]


def test_of_many_that_end_a_job_at_once_one_does(store, held):
    def ended(_number):
        try:
            store.queue.end(held, DONE)
        except LostError:
            return 0
        return 1

    assert sum(at_once(6, ended)) == 1
    assert len(schedules_of(store, held)) == 1


def test_signs_of_life_prolong_a_lease(store, held):
    lapse(store, held)
    assert store.queue.renew(held).lease_until > held.lease_until
    assert store.queue.claim("two") is None
    lapse(store, held)
    store.queue.tell(held, [("level", {"value": 1})])
    assert store.queue.claim("two") is None


@pytest.mark.parametrize("renew", [True, False])
def test_of_several_jobs_those_that_still_are_held_are_told(store, programme, held, renew):
    for _ in range(3):
        job_in(store, programme)
    lost, done, cancelled = (store.queue.claim("one") for _ in range(3))
    lapse(store, lost)
    again = store.queue.claim("two")
    store.queue.end(done, DONE)
    store.jobs.cancel(cancelled.id)
    lapse(store, held)
    found = store.queue.still_held([cancelled, held, lost, done], renew=renew)
    assert (again.id, lost.token, again.token) == (lost.id, 1, 2)
    assert [(job.id, job.token) in found for job in (held, cancelled, lost, done)] == [
        True,
        True,
        False,
        False,
    ]
    assert [found[job.id, 1].cancel_asked for job in (held, cancelled)] == [False, True]
    claimed = store.queue.claim("two")
    assert (claimed is None) == renew
    assert store.jobs.get(again.id).lease_until == again.lease_until


# -- beginning again ---------------------------------------------------------------------------------


def test_a_job_whose_server_dies_again_and_again_is_given_up(store, held):
    for lapses in (1, 2, 3, 4):
        lapse(store, held)
        held = store.queue.claim("two")
        assert (held.attempts, held.lapses, held.deaths) == (lapses + 1, lapses, 0)
    lapse(store, held)
    assert store.queue.claim("two") is None
    given_up = store.jobs.get(held.id)
    assert (given_up.state, "server that ran it died 5 times" in given_up.message) == ("failed", True)


def test_a_job_whose_process_dies_again_and_again_is_given_up(store, held):
    for deaths in (1, 2):
        store.queue.give_back(held, counts=True)
        held = store.queue.claim("two")
        assert (held.attempts, held.lapses, held.deaths) == (deaths + 1, 0, deaths)
    store.queue.give_back(held, counts=True)
    assert store.queue.claim("two") is None
    given_up = store.jobs.get(held.id)
    assert (given_up.state, "process died 3 times" in given_up.message) == ("failed", True)


def test_a_job_whose_servers_die_waits_until_the_others_have_had_their_turn(store, programme, held):
    for _ in range(4):
        lapse(store, held)
        held = store.queue.claim("two")
    store.queue.give_back(held, counts=False)
    younger = job_in(store, programme)
    assert [store.queue.claim("two").id for _ in range(2)] == [younger.id, held.id]


@pytest.mark.parametrize(("counts", "attempts"), [(True, 2), (False, 1)])
def test_a_job_that_is_given_back_is_claimed_again(store, held, counts, attempts):
    store.queue.give_back(held, counts=counts)
    waiting = store.jobs.get(held.id)
    assert (waiting.state, waiting.lease_until, waiting.claimed_by) == ("queued", None, "")
    again = store.queue.claim("two")
    assert (again.id, again.token, again.attempts, again.started) == (held.id, 2, attempts, held.started)
    assert states(store, held) == ["queued", "running", "queued", "running"]


def test_what_was_found_survives_the_death_of_a_server(store, held):
    store.queue.tell(held, [("best", {"placements": 1})], FOUND)
    lapse(store, held)
    assert store.jobs.best(store.queue.claim("two").id) == FOUND


# -- cancelling --------------------------------------------------------------------------------------


def test_a_job_that_waits_is_cancelled_at_once(store, programme):
    job = job_in(store, programme)
    cancelled = store.jobs.cancel(job.id)
    assert (cancelled.state, cancelled.cancel_asked, cancelled.schedule) == ("cancelled", True, None)
    assert cancelled.ended is not None
    assert store.queue.claim("one") is None
    assert states(store, job) == ["queued", "cancelled"]


def test_who_runs_a_job_learns_that_it_is_to_be_cancelled(store, held):
    assert store.jobs.cancel(held.id).state == "running"
    assert store.queue.renew(held).cancel_asked
    store.queue.end(held, Ending(State.CANCELLED, solution=json.dumps(FOUND)))
    ended = store.jobs.get(held.id)
    assert (ended.state, len(schedules_of(store, held))) == ("cancelled", 1)
    assert store.jobs.cancel(held.id) == ended, "what has ended stays as it is"


@pytest.mark.parametrize("how", ["lapsed", "given back", "while it waits again", "killed"])
def test_what_is_cancelled_keeps_its_best_whatever_becomes_of_its_server(store, held, how):
    store.queue.tell(held, [("best", {"placements": 1})], FOUND)
    if how == "while it waits again":
        store.queue.give_back(held, counts=True)
    store.jobs.cancel(held.id)
    if how == "lapsed":
        lapse(store, held)
    elif how == "given back":
        store.queue.give_back(held, counts=True)
    elif how == "killed":
        store.queue.end(held, Ending(State.CANCELLED))
    assert store.queue.claim("two") is None
    ended = store.jobs.get(held.id)
    assert ended.state == "cancelled"
    assert json.loads(store.schedules.solution(ended.schedule)) == FOUND
    assert states(store, held)[-1] == "cancelled"


def test_a_job_that_is_claimed_while_it_is_cancelled_is_either(store, programme):
    for _ in range(10):
        job = job_in(store, programme)
        with ThreadPoolExecutor(2) as pool:
            cancelling = pool.submit(store.jobs.cancel, job.id)
            claimed = pool.submit(store.queue.claim, "one").result()
            cancelling.result()
        now = store.jobs.get(job.id)
        assert now.cancel_asked
        assert (now.state, claimed is None) in {("cancelled", True), ("running", False)}
        if claimed is not None:
            store.queue.end(claimed, Ending(State.CANCELLED))


def test_a_job_that_is_nowhere_is_not_cancelled(store):
    assert store.jobs.cancel(new_id()) is None


# -- events ------------------------------------------------------------------------------------------


def test_events_are_numbered_without_a_gap_and_taken_up_where_one_left_off(store, held):
    store.queue.tell(held, [("level", {"value": n}) for n in range(3)])
    store.queue.tell(held, [], FOUND)
    store.queue.tell(held, [("best", {"placements": 1})])
    store.queue.end(held, DONE)
    events = store.jobs.events(held.id)
    assert [event.number for event in events] == list(range(1, 8))
    assert [event.kind for event in events] == ["state", "state", *["level"] * 3, "best", "state"]
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert store.jobs.events(held.id, after=5) == events[5:]
    assert store.jobs.events(held.id, after=2, limit=2) == events[2:4]
    assert store.jobs.events(held.id, after=7) == []


def test_events_that_are_told_at_once_all_have_a_number(store, held):
    at_once(6, lambda number: store.queue.tell(held, [("level", {"value": number})] * 3))
    assert [event.number for event in store.jobs.events(held.id)] == list(range(1, 21))


# -- limits ------------------------------------------------------------------------------------------


def test_an_owner_has_so_many_jobs_that_wait_or_run(store, programme):
    for _ in range(3):
        job_in(store, programme, "anna", 3)
    store.queue.claim("one")
    with pytest.raises(QueueFullError):
        job_in(store, programme, "anna", 3)
    job_in(store, programme, "ben", 3)
    store.jobs.cancel(store.jobs.of(programme)[-2].id)
    job_in(store, programme, "anna", 3)


def test_jobs_that_are_entered_at_once_are_counted(store, programme):
    def entered(_number):
        try:
            job_in(store, programme, "anna", 3)
        except QueueFullError:
            return 0
        return 1

    assert sum(at_once(8, entered)) == 3


def test_a_job_of_the_same_id_is_entered_once_even_where_no_more_are_taken(store, programme):
    job = new_job(programme, 1, Kind.SOLVE, {}, "anna")
    assert store.jobs.add(job, 1).id == job.id
    assert store.jobs.add(job, 1).id == job.id
    assert len(store.jobs.of(programme)) == 1


def test_jobs_are_listed_the_newest_first_by_kind(store, programme):
    solves = [job_in(store, programme) for _ in range(3)]
    asked = store.jobs.add(new_job(programme, 1, Kind.EXPLAIN, {}, ""))
    assert [job.id for job in store.jobs.of(programme)] == [asked.id, *(job.id for job in solves[::-1])]
    assert [job.id for job in store.jobs.of(programme, Kind.EXPLAIN)] == [asked.id]
    assert len(store.jobs.of(programme, limit=2)) == 2
    assert store.jobs.of(new_id()) == []


# -- what goes with a programme ----------------------------------------------------------------------


def test_a_job_whose_programme_is_deleted_is_nobodys(store, held, programme):
    store.programmes.delete(programme)
    for write in (store.queue.renew, lambda job: store.queue.end(job, DONE)):
        with pytest.raises(LostError):
            write(held)
    assert store.jobs.get(held.id) is None
    assert store.jobs.events(held.id) == []


def test_a_job_of_a_programme_that_is_gone_is_not_entered(store, programme):
    store.programmes.delete(programme)
    with pytest.raises(IntegrityError):
        job_in(store, programme)
