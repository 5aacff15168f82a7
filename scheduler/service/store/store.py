"""The store: one value that holds its parts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from scheduler.service.store.database import Database
from scheduler.service.store.feeds import Feeds
from scheduler.service.store.idempotency import Idempotency
from scheduler.service.store.jobs import Jobs
from scheduler.service.store.keys import Keys
from scheduler.service.store.programmes import Programmes
from scheduler.service.store.publications import Publications
from scheduler.service.store.queue import Queue
from scheduler.service.store.schedules import Schedules
from scheduler.service.store.secrets_kept import SecretsKept


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that is kept, each kind of thing by itself."""

    database: Database
    programmes: Programmes
    schedules: Schedules
    jobs: Jobs
    queue: Queue
    publications: Publications
    feeds: Feeds
    keys: Keys
    idempotency: Idempotency
    secrets: SecretsKept

    def close(self) -> None:
        """Close all connections."""
        self.database.close()


def open_store(url: str, *, lease: float = 10.0, attempts: int = 5, lapses: int = 20) -> Store:
    """Open a store; its tables are made, or brought up to date.

    Parameters
    ----------
    url : str
        ``sqlite:///FILE`` or ``postgresql+psycopg://...``.
    lease, attempts, lapses : float, int, int
        As in :class:`~scheduler.service.settings.Settings`.

    Raises
    ------
    ValueError
        If the URL is of another kind of database.
    sqlalchemy.exc.SQLAlchemyError
        If the database cannot be reached.
    """
    database = Database(url)
    database.upgrade()
    secrets = SecretsKept(database)
    return Store(
        database=database,
        programmes=Programmes(database),
        schedules=Schedules(database),
        jobs=Jobs(database),
        queue=Queue(database, lease, attempts, lapses),
        publications=Publications(database),
        feeds=Feeds(database, secrets),
        keys=Keys(database),
        idempotency=Idempotency(database),
        secrets=secrets,
    )


def usable_store(url: str) -> Store:
    """Open a store for whoever has named it, and is to be told in words if it cannot be opened.

    Raises
    ------
    ValueError
        If the database is of a kind that is not known, or of a later version, or cannot be reached.
    """
    try:
        return open_store(url)
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        raise ValueError(f"the database cannot be used: {said}") from None
