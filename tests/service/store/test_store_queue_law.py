"""The queue under anything that may happen, in any order: no job is lost, none has two results."""

import json
from dataclasses import dataclass

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from support.stores import emptied, job_in, lapse, programme_in, states

from scheduler.service.store.queue import Ending, LostError
from scheduler.service.store.records import State

ATTEMPTS = 3
FINALS = [State.DONE, State.FAILED, State.CANCELLED]
SERVERS = st.sampled_from(["one", "two", "three"])


@dataclass
class Known:
    """What has to be true of a job."""

    state: str = "queued"
    token: int = 0
    attempts: int = 0
    lapsed: bool = False
    cancel: bool = False
    best: int | None = None
    kept: bool = False

    @property
    def may_be_claimed(self):
        return self.state == "queued" or (self.state == "running" and self.lapsed)

    def end(self, state):
        self.kept = state is State.DONE or (state is State.CANCELLED and self.best is not None)
        self.state, self.lapsed = state.value, False


class QueueLaw(RuleBasedStateMachine):
    """Servers that claim, tell, end, go silent and come back; people who ask and cancel."""

    jobs = Bundle("jobs")
    claims = Bundle("claims")

    def __init__(self, store):
        super().__init__()
        emptied(store)
        self.store = store
        self.programme = programme_in(store)
        self.known = {}
        self.order = []

    @rule(target=jobs)
    def enter(self):
        job = job_in(self.store, self.programme)
        self.known[job.id] = Known()
        self.order.append(job.id)
        return job

    @rule(target=claims, server=SERVERS)
    def claim(self, server):
        expected = self.next_claim()
        job = self.store.queue.claim(server)
        assert (None if job is None else job.id) == expected
        if job is None:
            return multiple()
        known = self.known[job.id]
        known.state, known.lapsed = "running", False
        known.token += 1
        known.attempts += 1
        assert (job.token, job.attempts, job.claimed_by) == (known.token, known.attempts, server)
        return job

    def next_claim(self):
        """Return what the next claim has to get; what is not begun any more ends."""
        for job in self.order:
            known = self.known[job]
            if not known.may_be_claimed:
                continue
            if not known.cancel and known.attempts < ATTEMPTS:
                return job
            known.end(State.CANCELLED if known.cancel else State.FAILED)
        return None

    @rule(claim=claims)
    def renew(self, claim):
        if self.written(claim, lambda: self.store.queue.renew(claim)):
            self.known[claim.id].lapsed = False

    @rule(claim=claims, value=st.none() | st.integers(0, 9))
    def tell(self, claim, value):
        best = None if value is None else {"placements": [], "value": value}
        if self.written(claim, lambda: self.store.queue.tell(claim, [("level", {"value": value})], best)):
            known = self.known[claim.id]
            known.lapsed, known.best = False, known.best if value is None else value

    @rule(claim=claims, state=st.sampled_from(FINALS))
    def end(self, claim, state):
        solution = json.dumps({"placements": []}) if state is State.DONE else None
        if self.written(claim, lambda: self.store.queue.end(claim, Ending(state, {}, solution))):
            self.known[claim.id].end(state)

    @rule(claim=claims, counts=st.booleans())
    def give_back(self, claim, counts):
        if self.written(claim, lambda: self.store.queue.give_back(claim, counts=counts)):
            known = self.known[claim.id]
            known.state, known.lapsed = "queued", False
            known.attempts -= not counts

    @rule(claim=claims)
    def go_silent(self, claim):
        if self.known[claim.id].state == "running":
            lapse(self.store, claim)
            self.known[claim.id].lapsed = True

    @rule(job=jobs)
    def cancel(self, job):
        known = self.known[job.id]
        self.store.jobs.cancel(job.id)
        if known.state in ("queued", "running"):
            known.cancel = True
            if known.state == "queued":
                known.end(State.CANCELLED)

    @rule(job=consumes(jobs))
    def forget(self, job):
        """Nobody asks after a job any more; it has to end all the same."""

    def written(self, claim, write):
        """Return whether something was written: it has to be, while the claim holds, and only then."""
        known = self.known[claim.id]
        holds = known.state == "running" and claim.token == known.token
        try:
            write()
        except LostError:
            assert not holds, "it was refused to the holder"
            return False
        assert holds, "it was written by somebody who has lost the job"
        return True

    @invariant()
    def every_job_is_where_it_should_be(self):
        for job, known in self.known.items():
            found = self.store.jobs.get(job)
            assert found is not None, "a job is lost"
            assert (found.state, found.token, found.attempts, found.cancel_asked) == (
                known.state,
                known.token,
                known.attempts,
                known.cancel,
            )
            best = self.store.jobs.best(job)
            assert (None if best is None else best["value"]) == known.best

    @invariant()
    def each_has_at_most_one_result(self):
        schedules = self.store.schedules.of(self.programme)
        for job, known in self.known.items():
            mine = [schedule.id for schedule in schedules if schedule.job == job]
            found = self.store.jobs.get(job).schedule
            assert mine == ([found] if known.kept else [])

    @invariant()
    def its_events_tell_the_same(self):
        for job in self.known:
            found = self.store.jobs.get(job)
            numbers = [event.number for event in self.store.jobs.events(job)]
            assert numbers == list(range(1, len(numbers) + 1))
            told = states(self.store, found)
            assert told[-1] == found.state
            assert sum(State(state).is_end for state in told) == State(found.state).is_end

    def teardown(self):
        """All servers die, and one that lives sees everything through."""
        for job, known in self.known.items():
            if known.state == "running":
                lapse(self.store, self.store.jobs.get(job))
        while (job := self.store.queue.claim("last")) is not None:
            self.store.queue.end(job, Ending(State.DONE))
        assert all(State(self.store.jobs.get(job).state).is_end for job in self.known)


def test_no_job_is_lost_and_none_has_two_results(store):
    run_state_machine_as_test(
        lambda: QueueLaw(store),
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
