"""Schedules: what jobs have found, what was uploaded, and what was changed by hand."""

from __future__ import annotations

import sqlalchemy as sa

from scheduler.service.store.database import Database, columns_of, record, records
from scheduler.service.store.records import Origin, Schedule
from scheduler.service.store.tables import schedules


class Schedules:
    """Schedules of programmes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        schedule: str,
        programme: str,
        version: int,
        solution: str,
        origin: Origin,
        parent: str | None = None,
        note: str = "",
    ) -> Schedule:
        """Enter a schedule; one that is there already is left as it is.

        Parameters
        ----------
        schedule : str
            An id of the store's.
        programme, version : str, int
            What it is a schedule of.
        solution : str
            As JSON.
        origin : Origin
        parent : str or None
            The schedule that it was made from by hand.
        note : str
        """
        with self._database.writing() as connection:
            found = _schedule(connection, schedule)
            if found is not None:
                return found
            now = self._database.now(connection)
            made = Schedule(schedule, programme, version, origin.value, None, parent, note, now)
            add_schedule(connection, made, solution)
            return made

    def get(self, schedule: str) -> Schedule | None:
        """Return a schedule without its placements."""
        with self._database.reading() as connection:
            return _schedule(connection, schedule)

    def solution(self, schedule: str) -> str | None:
        """Return a schedule as JSON."""
        asked = sa.select(schedules.c.solution).where(schedules.c.id == schedule)
        with self._database.reading() as connection:
            found: str | None = connection.execute(asked).scalar_one_or_none()
            return found

    def of(self, programme: str, limit: int = 100) -> list[Schedule]:
        """Return the schedules of a programme, the newest first."""
        asked = sa.select(*columns_of(Schedule, schedules)).where(schedules.c.programme == programme)
        asked = asked.order_by(schedules.c.created.desc(), schedules.c.id).limit(limit)
        with self._database.reading() as connection:
            return records(Schedule, connection.execute(asked))


def add_schedule(connection: sa.Connection, schedule: Schedule, solution: str) -> None:
    """Enter a schedule inside a transaction."""
    values = {name: getattr(schedule, name) for name in type(schedule).__slots__}
    connection.execute(sa.insert(schedules).values(**values, solution=solution))


def _schedule(connection: sa.Connection, schedule: str) -> Schedule | None:
    asked = sa.select(*columns_of(Schedule, schedules)).where(schedules.c.id == schedule)
    return record(Schedule, connection.execute(asked).first())
