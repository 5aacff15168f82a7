"""Calendars to subscribe to, and the secrets by which they are found.

A secret is worked out from the id and the generation of its feed with a key of the server, so that none is
stored: whoever reads the database without that key learns no address, and another generation makes another
secret.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa

from scheduler.service.store.database import Database, record, records
from scheduler.service.store.records import Feed, new_id
from scheduler.service.store.secrets_kept import SecretsKept
from scheduler.service.store.tables import feeds, settings

_ID_BYTES = 16
_TAG_BYTES = 24
"""192 bits: nobody guesses them."""
_LONGEST = 100
_REVISION = "feeds"
"""The setting that changes whenever something about feeds does."""


class Feeds:
    """Feeds of programmes."""

    def __init__(self, database: Database, secrets: SecretsKept) -> None:
        self._database = database
        self._secrets = secrets
        self._key: bytes | None = None

    def of(self, programme: str) -> list[Feed]:
        """Return the feeds of a programme, by their stems."""
        asked = sa.select(feeds).where(feeds.c.programme == programme).order_by(feeds.c.stem)
        with self._database.reading() as connection:
            return records(Feed, connection.execute(asked))

    def get(self, feed: str) -> Feed | None:
        """Return a feed."""
        with self._database.reading() as connection:
            return record(Feed, connection.execute(sa.select(feeds).where(feeds.c.id == feed)).first())

    def of_stem(self, programme: str, stem: str) -> Feed | None:
        """Return the feed of a calendar (``participant-anna``)."""
        asked = sa.select(feeds).where(feeds.c.programme == programme, feeds.c.stem == stem)
        with self._database.reading() as connection:
            return record(Feed, connection.execute(asked).first())

    def revision(self) -> str:
        """Return what is another text once anything was published, rotated, revoked, restored or deleted."""
        asked = sa.select(settings.c.value).where(settings.c.name == _REVISION)
        with self._database.reading() as connection:
            found: str | None = connection.execute(asked).scalar_one_or_none()
            return found or ""

    def rotate(self, feed: str) -> Feed | None:
        """Give a feed another secret; the one that it had leads nowhere from now on."""
        return self._changed(feed, {"generation": feeds.c.generation + 1, "revoked": False})

    def revoke(self, feed: str) -> Feed | None:
        """Have a feed lead nowhere."""
        return self._changed(feed, {"revoked": True})

    def restore(self, feed: str) -> Feed | None:
        """Have a feed that was revoked lead where it did."""
        return self._changed(feed, {"revoked": False})

    def secret(self, feed: Feed) -> str:
        """Return what stands in the address of a feed: its id and a tag."""
        identity = UUID(feed.id).bytes
        return _text(identity + self._tag(identity, feed.generation))

    def find(self, secret: str) -> Feed | None:
        """Return the feed of a secret; None for one that is unknown, of an earlier generation, or revoked."""
        told = _bytes(secret) if len(secret) <= _LONGEST else None
        if told is None or len(told) != _ID_BYTES + _TAG_BYTES:
            return None
        identity, tag = told[:_ID_BYTES], told[_ID_BYTES:]
        asked = sa.select(feeds).where(feeds.c.id == str(UUID(bytes=identity)))
        with self._database.reading() as connection:
            feed = record(Feed, connection.execute(asked).first())
        right = self._tag(identity, feed.generation if feed is not None else 0)
        same = hmac.compare_digest(tag, right)
        return feed if same and feed is not None and not feed.revoked else None

    def _tag(self, identity: bytes, generation: int) -> bytes:
        if self._key is None:
            self._key = self._secrets.feed_key()
        return hmac.new(self._key, identity + generation.to_bytes(8, "big"), sha256).digest()[:_TAG_BYTES]

    def _changed(self, feed: str, values: dict[str, object]) -> Feed | None:
        with self._database.writing() as connection:
            connection.execute(sa.update(feeds).where(feeds.c.id == feed).values(**values))
            touch_feeds(self._database, connection)
            return record(Feed, connection.execute(sa.select(feeds).where(feeds.c.id == feed)).first())


def enter_feeds(
    connection: sa.Connection, programme: str, stems: Iterable[str], created: dt.datetime
) -> None:
    """Enter the feeds of calendars that have none yet, inside the transaction that publishes them."""
    asked = sa.select(feeds.c.stem).where(feeds.c.programme == programme)
    known = set(connection.execute(asked).scalars())
    rows = [
        {"id": new_id(), "programme": programme, "stem": stem, "generation": 1, "revoked": False}
        for stem in stems
        if stem not in known
    ]
    if rows:
        connection.execute(sa.insert(feeds), [{**row, "created": created} for row in rows])


def touch_feeds(database: Database, connection: sa.Connection) -> None:
    """Note, inside a transaction, that what feeds lead to has changed: servers that keep it look again."""
    database.alone(connection, "feeds")
    connection.execute(sa.delete(settings).where(settings.c.name == _REVISION))
    connection.execute(sa.insert(settings).values(name=_REVISION, value=new_id()))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes | None:
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return data if _text(data) == text else None  # of several spellings only one is a secret
