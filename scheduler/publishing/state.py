"""What a version remembers for the next one: of each event its edition, of each mailbox what it was told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scheduler.domain import Value
from scheduler.exports.events import Event, Revision


class Remains(Value):
    """What calendars go on saying of a cancelled event, and which calendars do."""

    lines: tuple[str, ...]
    zones: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    """The stems of their files: ``participant-lyon``."""

    def event(self, uid: str) -> Event:
        """Return it as an event."""
        return Event(uid, self.lines, self.zones)


class Record(Value):
    """The last edition of one event that was published."""

    sequence: int
    where: str
    """Time and place by instants and ids: the sequence rises when this changes."""
    content: str
    """A digest of everything that calendars say of it."""
    modified: dt.datetime
    cancelled: bool = False
    remains: tuple[Remains, ...] = ()

    @property
    def revision(self) -> Revision:
        """What a calendar says of its edition."""
        return Revision(self.modified, self.sequence)


class Told(Value):
    """What a mailbox was last told of one event."""

    who: str
    """Whose mailbox: a participant's id."""
    digest: str
    """Of the event as it was told; empty: that it is off."""
    sequence: int

    @property
    def holds(self) -> bool:
        """Whether the event stands in the mailbox's calendar."""
        return bool(self.digest)


class State(Value):
    """Everything that the next version needs to know of this one.

    Attributes
    ----------
    records : dict of str to Record
        By UID, of everything that was ever published.
    told : dict of str to (dict of str to Told)
        By UID and then by address.
    feeds : dict of str to str
        The titles of all calendars there ever were, by the stems of their files: one that somebody
        subscribes to stays when its subject is gone.
    years : pair of int
        The years for which calendars define their time zones; they never become fewer.
    """

    records: dict[str, Record] = {}
    told: dict[str, dict[str, Told]] = {}
    feeds: dict[str, str] = {}
    years: tuple[int, int] | None = None


class Version(Value):
    """The facts of one version.

    Attributes
    ----------
    cancelled_shown : bool
        Whether calendars show what was cancelled.
    broken : int
        In how many places the schedule breaks the rules, when it was published all the same.
    calendars : dict of str to str
        The digest of each calendar, by its file.
    """

    version: int
    published: dt.datetime
    programme: str
    title: str
    note: str = ""
    by: tuple[str, ...] = ()
    cancelled_shown: bool = True
    broken: int = 0
    counts: dict[str, int] = {}
    messages: dict[str, int] = {}
    calendars: dict[str, str] = {}


def json_of(value: Value) -> bytes:
    """Return a value as a JSON file; what says nothing is left out."""
    data: str = value.model_dump_json(exclude_defaults=True, indent=1)
    return f"{data}\n".encode()


def facts_of(version: Version) -> dict[str, Any]:
    """Return the facts of a version as plain data, without the digests of its files."""
    data: dict[str, Any] = version.model_dump(mode="json", exclude={"calendars"})
    return data | {"calendars": len(version.calendars)}
