"""Secrets of the server itself, made when they are first asked for."""

from __future__ import annotations

import secrets
from typing import Any

import sqlalchemy as sa

from scheduler.service.store.database import Database
from scheduler.service.store.tables import settings

_BYTES = 32
_FEEDS = "feed_key"
_SESSIONS = "session_key"


class SecretsKept:
    """Secrets that all servers of one database share."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def feed_key(self) -> bytes:
        """Return the key that the secrets of feeds are worked out with."""
        return bytes.fromhex(self._kept(_FEEDS))

    def session_key(self) -> bytes:
        """Return the key that sessions of the pages are signed with."""
        return bytes.fromhex(self._kept(_SESSIONS))

    def _kept(self, name: str) -> str:
        asked = sa.select(settings.c.value).where(settings.c.name == name)
        with self._database.reading() as connection:
            found: str | None = connection.execute(asked).scalar_one_or_none()
        return found or self._made(name, asked)

    def _made(self, name: str, asked: sa.Select[Any]) -> str:
        with self._database.writing() as connection:
            self._database.alone(connection, "secrets")
            if (found := connection.execute(asked).scalar_one_or_none()) is not None:
                return str(found)
            made = secrets.token_hex(_BYTES)
            connection.execute(sa.insert(settings).values(name=name, value=made))
            return made
