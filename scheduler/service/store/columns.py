"""Kinds of columns that SQLite and PostgreSQL share."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator

_NO_LETTER = "\N{REPLACEMENT CHARACTER}"


class Instant(TypeDecorator[dt.datetime]):
    """An instant: always in UTC, also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return what is stored."""
        if value is None:
            return None
        moment = value.astimezone(dt.UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Return what is read."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Words(TypeDecorator[str]):
    """A text that people have written: what a database cannot hold stands as a mark for what is no letter.

    PostgreSQL holds no character of number 0, and no database halves of a surrogate pair.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is stored."""
        del dialect
        if value is None:
            return None
        return value.replace("\x00", _NO_LETTER).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
