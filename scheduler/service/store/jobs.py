"""Jobs as they are asked for and looked at; who runs them works with the queue (``store.queue``)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from scheduler.service.store.database import Database, columns_of, record, records
from scheduler.service.store.events import add_events
from scheduler.service.store.queue import Ending, end_job
from scheduler.service.store.records import Data, Event, Job, Kind, State
from scheduler.service.store.tables import events, jobs

_OPEN = (State.QUEUED.value, State.RUNNING.value)


class QueueFullError(Exception):
    """The key has as many jobs queued or running as it may have."""


class Jobs:
    """Jobs, for those who ask for them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: Job, most: int | None = None) -> Job:
        """Enter a job; one of the same id is there already when a request was repeated, and stays.

        Parameters
        ----------
        job : Job
            :func:`new_job` makes one.
        most : int or None
            How many jobs of its owner may be queued or running.

        Raises
        ------
        QueueFullError
            If there are as many already.
        """
        with self._database.writing() as connection:
            found = _job(connection, job.id)
            if found is not None:
                return found
            self._database.alone(connection, f"queue {job.owner}")
            if most is not None and _open(connection, job.owner) >= most:
                raise QueueFullError
            values = {name: getattr(job, name) for name in type(job).__slots__}
            values["created"] = self._database.now(connection)
            connection.execute(sa.insert(jobs).values(**values))
            add_events(connection, job.id, values["created"], [("state", {"state": State.QUEUED.value})])
            return _job(connection, job.id) or job

    def get(self, job: str) -> Job | None:
        """Return a job."""
        with self._database.reading() as connection:
            return _job(connection, job)

    def of(self, programme: str, kind: Kind | None = None, limit: int = 100) -> list[Job]:
        """Return the jobs of a programme, the newest first."""
        asked = sa.select(*columns_of(Job, jobs)).where(jobs.c.programme == programme)
        if kind is not None:
            asked = asked.where(jobs.c.kind == kind.value)
        with self._database.reading() as connection:
            return records(
                Job, connection.execute(asked.order_by(jobs.c.created.desc(), jobs.c.id).limit(limit))
            )

    def result(self, job: str) -> Data | None:
        """Return what a job has come to; None as long as it has not."""
        return self._one(jobs.c.result, job)

    def best(self, job: str) -> Data | None:
        """Return the best schedule that a job has found so far."""
        return self._one(jobs.c.best, job)

    def events(self, job: str, after: int = 0, limit: int = 500) -> list[Event]:
        """Return the events of a job that come after one, in order."""
        asked = sa.select(events).where(events.c.job == job, events.c.number > after)
        with self._database.reading() as connection:
            return records(Event, connection.execute(asked.order_by(events.c.number).limit(limit)))

    def cancel(self, job: str) -> Job | None:
        """Ask for the end of a job: one that waits ends now, one that runs is told to by its server."""
        with self._database.writing() as connection:
            found = _job(connection, job, held=True)
            if found is None or State(found.state).is_end:
                return found
            connection.execute(sa.update(jobs).where(jobs.c.id == job).values(cancel_asked=True))
            if found.state == State.QUEUED.value:
                end_job(connection, found, Ending(State.CANCELLED), self._database.now(connection))
            return _job(connection, job)

    def _one(self, column: sa.Column[Any], job: str) -> Data | None:
        with self._database.reading() as connection:
            found: Data | None = connection.execute(
                sa.select(column).where(jobs.c.id == job)
            ).scalar_one_or_none()
            return found


def _open(connection: sa.Connection, owner: str) -> int:
    counted = sa.select(sa.func.count()).where(jobs.c.owner == owner, jobs.c.state.in_(_OPEN))
    return int(connection.execute(counted).scalar_one())


def _job(connection: sa.Connection, job: str, *, held: bool = False) -> Job | None:
    """Return a job; ``held``: nobody else changes it until the transaction ends."""
    asked = sa.select(*columns_of(Job, jobs)).where(jobs.c.id == job)
    return record(Job, connection.execute(asked.with_for_update() if held else asked).first())
