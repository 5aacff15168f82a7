"""Keys of the programming interface: shown once, kept as digests."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

import sqlalchemy as sa

from scheduler.service.store.database import Database, columns_of, record, records
from scheduler.service.store.records import ApiKey, new_id
from scheduler.service.store.tables import api_keys

_MARK = "sk"
_BYTES = 32
_FIRST = "first"


class Keys:
    """Keys. A key is ``sk_PREFIX_SECRET``: the prefix finds it, the secret is 256 random bits."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, scope: str, programme: str | None = None) -> tuple[ApiKey, str]:
        """Make a key; return it with its text, which is never seen again.

        Parameters
        ----------
        name : str
            Whose it is, or what for.
        scope : str
            ``read``, ``plan`` or ``admin``.
        programme : str or None
            The only programme it is for; None: all.
        """
        with self._database.writing() as connection:
            return self._add(connection, name, scope, programme)

    def add_first(self) -> str | None:
        """Make a key for everything where there is none yet; of servers that begin at once only one does.

        Returns
        -------
        str or None
            Its text, which is never seen again; None if there are keys.
        """
        with self._database.writing() as connection:
            self._database.alone(connection, "first key")
            if connection.execute(sa.select(api_keys.c.id).limit(1)).first() is not None:
                return None
            return self._add(connection, _FIRST, "admin", None)[1]

    def find(self, text: str) -> ApiKey | None:
        """Return the key that a text is, unless it was revoked."""
        mark, _, rest = text.partition("_")
        prefix, _, secret = rest.partition("_")
        if mark != _MARK or not prefix.isalnum() or not prefix.isascii():
            return None
        with self._database.reading() as connection:
            row = connection.execute(sa.select(api_keys).where(api_keys.c.prefix == prefix)).first()
        kept = row.sha256 if row is not None else ""
        same = hmac.compare_digest(kept, _digest(secret))
        key = record(ApiKey, row)
        return key if same and key is not None and not key.revoked else None

    def get(self, key: str) -> ApiKey | None:
        """Return a key by its id, unless it was revoked."""
        asked = sa.select(*columns_of(ApiKey, api_keys)).where(api_keys.c.id == key, ~api_keys.c.revoked)
        with self._database.reading() as connection:
            return record(ApiKey, connection.execute(asked).first())

    def all(self) -> list[ApiKey]:
        """Return all keys, the newest first."""
        asked = sa.select(*columns_of(ApiKey, api_keys)).order_by(api_keys.c.created.desc(), api_keys.c.id)
        with self._database.reading() as connection:
            return records(ApiKey, connection.execute(asked))

    def revoke(self, key: str) -> bool:
        """Revoke a key by its id or its prefix; return whether there was one."""
        named = sa.or_(api_keys.c.id == key, api_keys.c.prefix == key)
        with self._database.writing() as connection:
            return connection.execute(sa.update(api_keys).where(named).values(revoked=True)).rowcount > 0

    def _add(
        self, connection: sa.Connection, name: str, scope: str, programme: str | None
    ) -> tuple[ApiKey, str]:
        prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(_BYTES)
        now = self._database.now(connection)
        made = ApiKey(new_id(), prefix, name, scope, programme, False, now)
        values = {field: getattr(made, field) for field in ApiKey.__slots__}
        connection.execute(sa.insert(api_keys).values(**values, sha256=_digest(secret)))
        return made, f"{_MARK}_{prefix}_{secret}"


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
