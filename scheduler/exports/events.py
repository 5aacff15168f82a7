"""One event of a calendar as content lines, apart from which edition of it this is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from scheduler.domain.times import UTC
from scheduler.exports.content_lines import in_utc, line, written

_ORDER = {name: at for at, name in enumerate(("SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE"))}


@dataclass(frozen=True, slots=True)
class Revision:
    """Which edition of an event a calendar has: what lets a client tell a newer one from an older.

    Attributes
    ----------
    stamp : datetime or None
        When it was last changed (DTSTAMP and LAST-MODIFIED); None: see
        :func:`~scheduler.exports.ical.default_stamp`.
    sequence : int
        How many times it was changed since it was first given out (SEQUENCE).
    """

    stamp: dt.datetime | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """A VEVENT without DTSTAMP, LAST-MODIFIED and SEQUENCE.

    Attributes
    ----------
    uid : str
    lines : tuple of str
        Folded content lines, in their order.
    zones : tuple of str
        The time zones that they name.
    """

    uid: str
    lines: tuple[str, ...]
    zones: tuple[str, ...] = ()

    @classmethod
    def of(cls, uid: str, lines: Iterable[str], zones: Iterable[str] = ()) -> Event:
        """Return an event, its lines put in order."""
        return cls(uid, tuple(sorted(lines, key=_place)), tuple(sorted({*zones})))

    def text(self, revision: Revision) -> str:
        """Return one edition of it as it stands in a file.

        Raises
        ------
        ValueError
            If the stamp has no time zone.
        """
        stamp = revision.stamp
        if stamp is None or stamp.tzinfo is None:
            raise ValueError("the stamp of a calendar should have a time zone")
        moment = in_utc(stamp.astimezone(UTC))
        edition = (
            f"DTSTAMP:{moment}",
            f"LAST-MODIFIED:{moment}",
            f"SEQUENCE:{revision.sequence}",
        )
        return written(("BEGIN:VEVENT", *sorted((*self.lines, *edition), key=_place), "END:VEVENT"))

    @property
    def digest(self) -> str:
        """What two events have in common exactly when they say the same."""
        return sha256("\n".join(self.lines).encode()).hexdigest()[:24]

    def all(self, name: str) -> tuple[str, ...]:
        """Return all lines of a property."""
        return tuple(each for each in self.lines if _name(each) == name)

    def having(self, *lines: str) -> Event:
        """Return the event with further lines."""
        return Event.of(self.uid, (*self.lines, *lines), self.zones)

    def cancelled(self) -> Event:
        """Return the event as one that does not take place."""
        return self.only("STATUS", without=True).having(line("STATUS", "CANCELLED"))

    def only(self, *names: str, without: bool = False) -> Event:
        """Return the event with the properties of some names alone, or without them."""
        lines = (each for each in self.lines if (_name(each) in names) is not without)
        return Event(self.uid, tuple(lines), self.zones)


def _name(content: str) -> str:
    return content.partition(":")[0].partition(";")[0]


def _place(content: str) -> tuple[int, str]:
    """Return what puts lines in order: what everybody looks for first, the rest by name."""
    name = _name(content)
    return _ORDER.get(name, len(_ORDER)), name
