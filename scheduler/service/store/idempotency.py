"""Answers that were given to requests with an idempotency key, to be given again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from scheduler.service.store.database import Database, record
from scheduler.service.store.records import new_id
from scheduler.service.store.tables import idempotency

_KEPT = dt.timedelta(hours=24)
_ABANDONED = dt.timedelta(seconds=60)
"""An answer that has not come for so long never will: its server is gone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A request with an idempotency key, and what was answered.

    Attributes
    ----------
    fingerprint : str
        A digest of the request.
    fresh : str
        The id of what the request makes. It stays when the request is made again because its server was
        gone before it answered, so that what was made already is not made twice.
    status : int or None
        What was answered; None as long as nothing was.
    headers, body : dict or None, bytes or None
    created : datetime
    """

    fingerprint: str
    fresh: str
    status: int | None
    headers: dict[str, str] | None
    body: bytes | None
    created: dt.datetime


class Idempotency:
    """Requests and their answers by caller and key, for a day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, caller: str, key: str, fingerprint: str) -> tuple[Entry, bool]:
        """Note that a request is being answered.

        Parameters
        ----------
        caller : str
            Whose key it is: the same one from another caller is another one.
        key : str
            The idempotency key.
        fingerprint : str
            A digest of the request.

        Returns
        -------
        entry : Entry
        is_mine : bool
            Whether whoever asks is to answer the request; otherwise the entry is that of an earlier one.
        """
        with self._database.writing() as connection:
            self._database.alone(connection, f"idempotency {caller} {key}")
            now = self._database.now(connection)
            connection.execute(sa.delete(idempotency).where(idempotency.c.created < now - _KEPT))
            this = _this(caller, key)
            found = record(Entry, connection.execute(sa.select(idempotency).where(this)).first())
            if found is None:
                made = Entry(fingerprint, new_id(), None, None, None, now)
                values = {name: getattr(made, name) for name in Entry.__slots__}
                connection.execute(sa.insert(idempotency).values(caller=caller, key=key, **values))
                return made, True
            if found.fingerprint == fingerprint and _is_abandoned(found, now):
                connection.execute(sa.update(idempotency).where(this).values(created=now))
                return found, True
            return found, False

    def end(self, caller: str, key: str, status: int, headers: dict[str, str], body: bytes) -> None:
        """Keep an answer."""
        values = {"status": status, "headers": headers, "body": body}
        with self._database.writing() as connection:
            connection.execute(sa.update(idempotency).where(_this(caller, key)).values(**values))

    def drop(self, caller: str, key: str) -> None:
        """Keep no answer: the request may be made again."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(idempotency).where(_this(caller, key)))


def _this(caller: str, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(idempotency.c.caller == caller, idempotency.c.key == key)


def _is_abandoned(entry: Entry, now: dt.datetime) -> bool:
    return entry.status is None and entry.created < now - _ABANDONED
