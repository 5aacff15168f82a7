"""The queue under anything that may happen, in any order: no job is lost, none has two results."""

import json
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from support.stores import emptied, job_in, lapse, programme_in

from scheduler.service.store.queue import Ending, LostError
from scheduler.service.store.records import State
from scheduler.service.store.tables import events, jobs, schedules

ATTEMPTS, LAPSES, SUSPICIOUS = 3, 5, 3
FINALS = [State.DONE, State.FAILED, State.CANCELLED]
SERVERS = st.sampled_from(["one", "two", "three"])


@dataclass
class Known:
    """What has to be true of a job."""

    state: str = "queued"
    token: int = 0
    attempts: int = 0
    lapses: int = 0
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

    entered = Bundle("entered")
    claims = Bundle("claims")

    def __init__(self, store):
        super().__init__()
        emptied(store)
        self.store = store
        self.programme = programme_in(store)
        self.known = {}
        self.order = []

    @rule(target=entered)
    def enter(self):
        return self.enter_one()

    def enter_one(self):
        job = job_in(self.store, self.programme)
        self.known[job.id] = Known()
        self.order.append(job.id)
        return job

    @initialize(target=claims, server=SERVERS)
    def begin(self, server):
        """Most of what may happen, happens to a job that runs."""
        self.enter_one()
        return self.claimed_by(server)

    @precondition(lambda self: any(known.may_be_claimed for known in self.known.values()))
    @rule(target=claims, server=SERVERS)
    def claim(self, server):
        return self.claimed_by(server)

    def claimed_by(self, server):
        expected = self.next_claim()
        job = self.store.queue.claim(server)
        assert (None if job is None else job.id) == expected
        if job is None:
            return multiple()
        known = self.known[job.id]
        known.lapses += known.lapsed
        known.state, known.lapsed = "running", False
        known.token += 1
        known.attempts += 1
        assert (job.token, job.attempts, job.claimed_by) == (known.token, known.attempts, server)
        return job

    def next_claim(self):
        """Return what the next claim has to get; what is not begun any more ends."""
        for job in sorted(self.order, key=lambda job: self.known[job].lapses > SUSPICIOUS):
            known = self.known[job]
            if not known.may_be_claimed:
                continue
            lapses = known.lapses + known.lapsed
            if not known.cancel and known.attempts - lapses < ATTEMPTS and lapses < LAPSES:
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

    @rule(job=entered | claims)
    def cancel(self, job):
        known = self.known[job.id]
        self.store.jobs.cancel(job.id)
        if known.state in ("queued", "running"):
            known.cancel = True
            if known.state == "queued":
                known.end(State.CANCELLED)

    @rule(job=consumes(entered))
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
        """Read past the store's own calls, which would take long for all jobs after each step."""
        with self.store.database.reading() as connection:
            found = {row.id: row for row in connection.execute(sa.select(jobs))}
            kept = Counter(connection.execute(sa.select(schedules.c.job)).scalars())
            told = {job: [] for job in found}
            for event in connection.execute(sa.select(events).order_by(events.c.job, events.c.number)):
                told[event.job].append(event)
        assert set(found) == set(self.known), "a job is lost"
        for job, known in self.known.items():
            row = found[job]
            assert (row.state, row.token, row.attempts) == (known.state, known.token, known.attempts)
            assert row.lapses == known.lapses
            assert row.cancel_asked == known.cancel
            assert (None if row.best is None else row.best["value"]) == known.best
            assert (kept[job], row.schedule is not None) == (known.kept, known.kept)
            assert [event.number for event in told[job]] == list(range(1, len(told[job]) + 1))
            states = [event.data["state"] for event in told[job] if event.kind == "state"]
            assert states[-1] == row.state
            assert sum(State(state).is_end for state in states) == State(row.state).is_end

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
            max_examples=80 if store.database.is_sqlite else 20,  # which is as strict, and slower
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
