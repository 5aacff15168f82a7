"""What was given out: editions of a programme, and their files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from scheduler.service.store.database import Database, columns_of, record, records
from scheduler.service.store.feeds import enter_feeds, touch_feeds
from scheduler.service.store.records import Feed, Publication, PublishedFile
from scheduler.service.store.tables import contents, publications, published_files

CALENDARS = "calendars"
"""The folder of an edition that has its calendars."""
PUBLISHING = "publishing"
"""What only one may be in the midst of: nobody takes away contents that another is about to use."""
_AT_A_TIME = 200
"""So many digests are asked for at a time."""


class TakenError(Exception):
    """Somebody else has published the same edition."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file of an edition, with what it holds."""

    file: PublishedFile
    data: bytes


class Publications:
    """Editions; what stays the same from one to the next is kept once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, publication: Publication, files: Mapping[str, bytes], calendars: Iterable[str] = ()
    ) -> None:
        """Enter an edition with its files, and the feeds of its calendars.

        Parameters
        ----------
        publication : Publication
        files : mapping of str to bytes
            By their paths.
        calendars : iterable of str
            The stems of those that can be subscribed to: for ``participant-anna`` the file is
            ``calendars/participant-anna.ics``.

        Raises
        ------
        TakenError
            If there is one of its number, or the programme is gone.
        """
        digests = {path: sha256(data).hexdigest() for path, data in files.items()}
        try:
            with self._database.writing() as connection:
                self._database.alone(connection, PUBLISHING)
                values = {name: getattr(publication, name) for name in Publication.__slots__}
                connection.execute(sa.insert(publications).values(**values))
                _keep(connection, {digests[path]: data for path, data in files.items()})
                before = _changed(connection, publication)
                rows = [
                    {
                        "programme": publication.programme,
                        "edition": publication.edition,
                        "path": path,
                        "sha256": digest,
                        "changed": before.get((path, digest), publication.published),
                    }
                    for path, digest in digests.items()
                ]
                if rows:
                    connection.execute(sa.insert(published_files), rows)
                enter_feeds(connection, publication.programme, calendars, publication.published)
                touch_feeds(self._database, connection)
        except IntegrityError:
            raise TakenError from None

    def of(self, programme: str) -> list[Publication]:
        """Return the editions of a programme, the newest first."""
        asked = sa.select(publications).where(publications.c.programme == programme)
        with self._database.reading() as connection:
            return records(Publication, connection.execute(asked.order_by(publications.c.edition.desc())))

    def get(self, programme: str, edition: int | None = None) -> Publication | None:
        """Return an edition, or the newest."""
        asked = sa.select(publications).where(publications.c.programme == programme)
        if edition is not None:
            asked = asked.where(publications.c.edition == edition)
        with self._database.reading() as connection:
            newest = asked.order_by(publications.c.edition.desc()).limit(1)
            return record(Publication, connection.execute(newest).first())

    def files(self, programme: str, edition: int) -> list[PublishedFile]:
        """Return what files an edition has, by path."""
        asked = sa.select(*columns_of(PublishedFile, published_files)).where(_edition(programme, edition))
        with self._database.reading() as connection:
            return records(PublishedFile, connection.execute(asked.order_by(published_files.c.path)))

    def calendar(self, feed: Feed) -> Content | None:
        """Return the calendar of a feed, as the newest edition has it."""
        newest = (
            sa.select(sa.func.max(publications.c.edition))
            .where(publications.c.programme == feed.programme)
            .scalar_subquery()
        )
        return self._content(feed.programme, newest, f"{CALENDARS}/{feed.stem}.ics")

    def file(self, programme: str, edition: int, path: str) -> Content | None:
        """Return a file of an edition with what it holds."""
        return self._content(programme, edition, path)

    def _content(self, programme: str, edition: int | sa.ScalarSelect[int], path: str) -> Content | None:
        asked = (
            sa.select(published_files, contents.c.data)
            .join(contents, contents.c.sha256 == published_files.c.sha256)
            .where(_edition(programme, edition), published_files.c.path == path)
        )
        with self._database.reading() as connection:
            row = connection.execute(asked).first()
        found = record(PublishedFile, row)
        return None if found is None or row is None else Content(found, row.data)


def _edition(programme: str, edition: int | sa.ScalarSelect[int]) -> sa.ColumnElement[bool]:
    return sa.and_(published_files.c.programme == programme, published_files.c.edition == edition)


def _keep(connection: sa.Connection, data: Mapping[str, bytes]) -> None:
    """Keep contents that are not kept yet."""
    digests = sorted(data)
    for start in range(0, len(digests), _AT_A_TIME):
        some = digests[start : start + _AT_A_TIME]
        known = set(
            connection.execute(sa.select(contents.c.sha256).where(contents.c.sha256.in_(some))).scalars()
        )
        rows = [{"sha256": digest, "data": data[digest]} for digest in some if digest not in known]
        if rows:
            connection.execute(sa.insert(contents), rows)


def forget_contents(connection: sa.Connection) -> None:
    """Take away contents that no edition has, inside a transaction that is alone in this."""
    used = sa.exists().where(published_files.c.sha256 == contents.c.sha256)
    connection.execute(sa.delete(contents).where(~used))


def _changed(connection: sa.Connection, publication: Publication) -> dict[tuple[str, str], dt.datetime]:
    """Return since when files of the edition before have had their contents."""
    asked = sa.select(published_files).where(_edition(publication.programme, publication.edition - 1))
    return {(row.path, row.sha256): row.changed for row in connection.execute(asked)}
