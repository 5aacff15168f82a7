"""Events of jobs are numbered without a gap, inside the transaction of what they tell of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from scheduler.service.store.records import Data
from scheduler.service.store.tables import events


def add_events(
    connection: sa.Connection, job: str, at: dt.datetime, happened: Sequence[tuple[str, Data]]
) -> None:
    """Enter events (kind and data) of a job, in order."""
    if not happened:
        return
    last = connection.execute(
        sa.select(sa.func.coalesce(sa.func.max(events.c.number), 0)).where(events.c.job == job)
    ).scalar_one()
    connection.execute(
        sa.insert(events),
        [
            {"job": job, "number": last + n, "at": at, "kind": kind, "data": data}
            for n, (kind, data) in enumerate(happened, 1)
        ],
    )
