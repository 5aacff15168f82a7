"""Programmes and their versions."""

from __future__ import annotations

import sqlalchemy as sa

from scheduler.service.store.database import Database, columns_of, record, records
from scheduler.service.store.feeds import touch_feeds
from scheduler.service.store.publications import PUBLISHING, forget_contents
from scheduler.service.store.records import Draft, Programme, Source, Version
from scheduler.service.store.tables import jobs, programmes, sources, versions


class Programmes:
    """Programmes, their versions, and the files that these were read from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, programme: str, key: str, draft: Draft) -> Programme:
        """Enter a programme with its first version; one that is there already is left as it is.

        Parameters
        ----------
        programme : str
            An id of the store's (:func:`~scheduler.service.store.records.new_id`).
        key : str
            The programme's own id.
        draft : Draft
        """
        with self._database.writing() as connection:
            found = _programme(connection, programme)
            if found is not None:
                return found
            now = self._database.now(connection)
            made = Programme(programme, key, draft.title, now)
            connection.execute(sa.insert(programmes).values(**_values(made)))
            _enter(connection, Version(programme, 1, draft.sha256, draft.note, now), draft)
            return made

    def get(self, programme: str) -> Programme | None:
        """Return a programme."""
        with self._database.reading() as connection:
            return _programme(connection, programme)

    def all(self, only: str | None = None) -> list[Programme]:
        """Return all programmes, or the one that a key is for; the newest first."""
        asked = sa.select(programmes).order_by(programmes.c.created.desc(), programmes.c.id)
        if only is not None:
            asked = asked.where(programmes.c.id == only)
        with self._database.reading() as connection:
            return records(Programme, connection.execute(asked))

    def delete(self, programme: str) -> bool:
        """Delete a programme and all that belongs to it; return whether there was one."""
        with self._database.writing() as connection:
            self._database.alone(connection, PUBLISHING)
            # Jobs first: whoever ends one holds it, and then needs the programme to enter its schedule.
            connection.execute(sa.delete(jobs).where(jobs.c.programme == programme))
            gone = connection.execute(sa.delete(programmes).where(programmes.c.id == programme)).rowcount > 0
            forget_contents(connection)
            touch_feeds(self._database, connection)
            return gone

    def add_version(self, programme: str, draft: Draft) -> Version | None:
        """Enter a version: the number is the next one; the same contents as last time make none.

        Returns
        -------
        Version or None
            The newest version; None if there is no such programme.
        """
        with self._database.writing() as connection:
            self._database.alone(connection, f"versions {programme}")
            last = _latest(connection, programme)
            if last is None or last.sha256 == draft.sha256:
                return last
            now = self._database.now(connection)
            made = Version(programme, last.number + 1, draft.sha256, draft.note, now)
            _enter(connection, made, draft)
            named = sa.update(programmes).where(programmes.c.id == programme)
            connection.execute(named.values(title=draft.title))
            return made

    def versions(self, programme: str) -> list[Version]:
        """Return the versions of a programme, the newest first."""
        asked = sa.select(*columns_of(Version, versions)).where(versions.c.programme == programme)
        with self._database.reading() as connection:
            return records(Version, connection.execute(asked.order_by(versions.c.number.desc())))

    def version(self, programme: str, number: int | None = None) -> Version | None:
        """Return one version, or the newest."""
        with self._database.reading() as connection:
            return _latest(connection, programme, number)

    def instance(self, programme: str, number: int) -> str | None:
        """Return the instance of a version, as JSON."""
        asked = sa.select(versions.c.instance).where(
            versions.c.programme == programme, versions.c.number == number
        )
        with self._database.reading() as connection:
            found: str | None = connection.execute(asked).scalar_one_or_none()
            return found

    def files(self, programme: str, number: int) -> list[Source]:
        """Return the files of a version as they were uploaded, the one that is read first."""
        asked = sa.select(sources).where(sources.c.programme == programme, sources.c.number == number)
        with self._database.reading() as connection:
            return records(Source, connection.execute(asked.order_by(sources.c.position)))


def _enter(connection: sa.Connection, version: Version, draft: Draft) -> None:
    connection.execute(sa.insert(versions).values(**_values(version), instance=draft.instance))
    rows = [
        {
            "programme": version.programme,
            "number": version.number,
            "position": n,
            "name": file.name,
            "content": file.content,
        }
        for n, file in enumerate(draft.files)
    ]
    if rows:
        connection.execute(sa.insert(sources), rows)


def _programme(connection: sa.Connection, programme: str) -> Programme | None:
    return record(
        Programme, connection.execute(sa.select(programmes).where(programmes.c.id == programme)).first()
    )


def _latest(connection: sa.Connection, programme: str, number: int | None = None) -> Version | None:
    asked = sa.select(*columns_of(Version, versions)).where(versions.c.programme == programme)
    if number is not None:
        asked = asked.where(versions.c.number == number)
    return record(Version, connection.execute(asked.order_by(versions.c.number.desc()).limit(1)).first())


def _values(value: Programme | Version) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).__slots__}
