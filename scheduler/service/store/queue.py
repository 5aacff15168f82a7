"""The queue of jobs, for those who run them.

A job belongs to the server that has claimed it until its lease is over; signs of life prolong the lease. Each
claim gives the job a higher token, and whatever is written of a running job is written only while the token
of the writer is the job's: a server that was away for too long finds that it has lost the job, and its result
is nobody's. The result, the schedule and the end of a job are one transaction, so each job ends exactly once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from scheduler.service.store.database import Database, columns_of, record, records
from scheduler.service.store.events import add_events
from scheduler.service.store.records import Data, Job, Origin, Schedule, State, new_id
from scheduler.service.store.schedules import add_schedule
from scheduler.service.store.tables import jobs

_OUT_OF_ATTEMPTS = "its process died {} times; it is not begun again"
_OUT_OF_LAPSES = "the server that ran it died {} times; it is not begun again"
_SUSPICIOUS = 3
"""A job whose server has died more often than this waits until all others have had their turn."""


class LostError(Exception):
    """The job belongs to somebody else by now, or is gone."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a job ended.

    Attributes
    ----------
    state : State
    result : dict or None
        What it has come to.
    solution : str or None
        The schedule that it has found, as JSON.
    message : str
        Why it failed.
    """

    state: State
    result: Data | None = None
    solution: str | None = None
    message: str = ""


class Queue:
    """The queue.

    Parameters
    ----------
    database : Database
    lease : float
        Seconds that a job stays with a server which gives no sign of life.
    attempts : int
        How often a job is begun whose process dies.
    lapses : int
        How often a job is begun whose server dies: mostly that is not the job's fault.
    """

    def __init__(self, database: Database, lease: float, attempts: int, lapses: int) -> None:
        self._database = database
        self._lease = dt.timedelta(seconds=lease)
        self._attempts = attempts
        self._lapses = lapses

    def claim(self, server: str) -> Job | None:
        """Claim the oldest job that waits or whose server is gone; None if there is none.

        What was to be cancelled, or was begun too often, ends here instead.
        """
        with self._database.writing() as connection:
            while True:
                now = self._database.now(connection)
                found = self._next(connection, now)
                if found is None:
                    return None
                if found.cancel_asked:
                    end_job(connection, found, Ending(State.CANCELLED), now)
                elif message := self._given_up(found):
                    end_job(connection, found, Ending(State.FAILED, message=message), now)
                else:
                    return self._claimed(connection, found, server, now)

    def renew(self, job: Job) -> Job:
        """Prolong the lease of a job; return it as it is now (its end may have been asked for).

        Raises
        ------
        LostError
        """
        with self._database.writing() as connection:
            until = self._database.now(connection) + self._lease
            _write(connection, job, {"lease_until": until})
            return _of(connection, job.id) or job

    def still_held(self, claimed: Sequence[Job], *, renew: bool) -> dict[tuple[str, int], Job]:
        """Return those of some claimed jobs that still are their holder's, as they are now, by id and token.

        Parameters
        ----------
        claimed : sequence of Job
            As they were claimed.
        renew : bool
            Whether their leases are prolonged.
        """
        opened = self._database.writing() if renew else self._database.reading()
        with opened as connection:
            if renew:
                self._renew_all(connection, claimed)
            ids = {job.id for job in claimed}
            asked = sa.select(*columns_of(Job, jobs)).where(
                jobs.c.id.in_(ids), jobs.c.state == State.RUNNING.value
            )
            return {(job.id, job.token): job for job in records(Job, connection.execute(asked))}

    def tell(self, job: Job, happened: Sequence[tuple[str, Data]], best: Data | None = None) -> None:
        """Enter what has happened to a job, and the best schedule so far, if there is a new one.

        Raises
        ------
        LostError
        """
        with self._database.writing() as connection:
            now = self._database.now(connection)
            values: Data = {"lease_until": now + self._lease}
            if best is not None:
                values["best"] = best
            _write(connection, job, values)
            add_events(connection, job.id, now, happened)

    def end(self, job: Job, ending: Ending) -> None:
        """Enter how a job has ended.

        Raises
        ------
        LostError
        """
        with self._database.writing() as connection:
            end_job(connection, job, ending, self._database.now(connection))

    def give_back(self, job: Job, *, counts: bool) -> None:
        """Let a job wait again.

        Parameters
        ----------
        job : Job
        counts : bool
            Whether the attempt counts: it does when its process died, not when its server was told to end.

        Raises
        ------
        LostError
        """
        with self._database.writing() as connection:
            values: Data = {"state": State.QUEUED.value, "claimed_by": "", "lease_until": None}
            if not counts:
                values["attempts"] = job.attempts - 1
            _write(connection, job, values)
            now = self._database.now(connection)
            add_events(connection, job.id, now, [("state", {"state": State.QUEUED.value})])

    def _renew_all(self, connection: sa.Connection, claimed: Sequence[Job]) -> None:
        until = self._database.now(connection) + self._lease
        for job in sorted(claimed, key=lambda each: each.id):  # in the same order everywhere: no deadlock
            connection.execute(sa.update(jobs).where(_held_by(job)).values(lease_until=until))

    def _next(self, connection: sa.Connection, now: dt.datetime) -> Job | None:
        """Return the oldest job that may be claimed, locked so that no other server returns it too."""
        lapsed = sa.and_(jobs.c.state == State.RUNNING.value, jobs.c.lease_until < now)
        asked = (
            sa.select(*columns_of(Job, jobs))
            .where(sa.or_(jobs.c.state == State.QUEUED.value, lapsed))
            .order_by(jobs.c.lapses > _SUSPICIOUS, jobs.c.created, jobs.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)  # of PostgreSQL; SQLite has one writer at a time
        )
        return record(Job, connection.execute(asked).first())

    def _given_up(self, job: Job) -> str:
        """Return why a job that could be claimed is not begun again; empty if it is."""
        lapses = _lapses(job)
        if lapses >= self._lapses:
            return _OUT_OF_LAPSES.format(lapses)
        if job.attempts - lapses >= self._attempts:
            return _OUT_OF_ATTEMPTS.format(job.attempts - lapses)
        return ""

    def _claimed(self, connection: sa.Connection, job: Job, server: str, now: dt.datetime) -> Job | None:
        values: Data = {
            "state": State.RUNNING.value,
            "token": job.token + 1,
            "attempts": job.attempts + 1,
            "lapses": _lapses(job),
            "claimed_by": server,
            "lease_until": now + self._lease,
            "started": job.started or now,
        }
        _write(connection, job, values)
        told = {"state": State.RUNNING.value, "attempt": job.attempts + 1}
        add_events(connection, job.id, now, [("state", told)])
        return _of(connection, job.id)


def end_job(connection: sa.Connection, job: Job, ending: Ending, now: dt.datetime) -> None:
    """Enter how a job has ended, inside a transaction; what was cancelled keeps its best schedule.

    Raises
    ------
    LostError
        If it is not the holder's any more.
    """
    solution = ending.solution or (_best(connection, job.id) if ending.state is State.CANCELLED else None)
    schedule = None if solution is None else new_id()
    values: Data = {
        "state": ending.state.value,
        "message": ending.message,
        "result": ending.result,
        "schedule": schedule,
        "lease_until": None,
        "ended": now,
    }
    _write(connection, job, values)
    if schedule is not None and solution is not None:
        made = Schedule(schedule, job.programme, job.version, Origin.JOB.value, job.id, None, "", now)
        add_schedule(connection, made, solution)
    told = {"state": ending.state.value, "schedule": schedule, "message": ending.message}
    add_events(connection, job.id, now, [("state", told)])


def _write(connection: sa.Connection, job: Job, values: Data) -> None:
    """Change a job that is still its holder's."""
    if not connection.execute(sa.update(jobs).where(_held_by(job)).values(**values)).rowcount:
        raise LostError


def _held_by(job: Job) -> sa.ColumnElement[bool]:
    """Return what is true of a job as long as it is whose who has it as it is here."""
    return sa.and_(jobs.c.id == job.id, jobs.c.token == job.token, jobs.c.state == job.state)


def _lapses(job: Job) -> int:
    """Return how often the server of a job has died, if it may be claimed: once more, if it is running."""
    return job.lapses + (job.state == State.RUNNING.value)


def _of(connection: sa.Connection, job: str) -> Job | None:
    return record(Job, connection.execute(sa.select(*columns_of(Job, jobs)).where(jobs.c.id == job)).first())


def _best(connection: sa.Connection, job: str) -> str | None:
    """Return the best schedule so far, as JSON."""
    from json import dumps

    best = connection.execute(sa.select(jobs.c.best).where(jobs.c.id == job)).scalar_one_or_none()
    return None if best is None else dumps(best)
