"""Answers that were given to requests with an idempotency key, to be given again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from scheduler.service.store.database import Database, record
from scheduler.service.store.tables import idempotency

_KEPT = dt.timedelta(hours=24)
_ABANDONED = dt.timedelta(seconds=60)
"""An answer that has not come for so long never will: its server is gone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered; ``status`` is None as long as nothing was."""

    fingerprint: str
    status: int | None
    headers: dict[str, str] | None
    body: bytes | None
    created: dt.datetime


class Idempotency:
    """Answers by caller and key, for a day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, caller: str, key: str, fingerprint: str) -> Answer | None:
        """Note that a request is being answered; return the answer that it has, or is getting, already.

        Parameters
        ----------
        caller : str
            A digest of what the request is authorised with.
        key : str
            The idempotency key.
        fingerprint : str
            A digest of the request.
        """
        this = _this(caller, key)
        try:
            with self._database.writing() as connection:
                now = self._database.now(connection)
                _forget(connection, now)
                found = record(Answer, connection.execute(sa.select(idempotency).where(this)).first())
                if found is not None and not (found.status is None and found.created < now - _ABANDONED):
                    return found
                connection.execute(sa.delete(idempotency).where(this))
                row = {"caller": caller, "key": key, "fingerprint": fingerprint, "created": now}
                connection.execute(sa.insert(idempotency).values(**row))
                return None
        except IntegrityError:  # two of them at the same moment, and this one was later
            with self._database.reading() as connection:
                return record(Answer, connection.execute(sa.select(idempotency).where(this)).first())

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


def _forget(connection: sa.Connection, now: dt.datetime) -> None:
    connection.execute(sa.delete(idempotency).where(idempotency.c.created < now - _KEPT))
