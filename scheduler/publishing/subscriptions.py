"""Calendars that a server gives out, which differ from files in what RFC 5546 and RFC 7986 say of such."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.exports.content_lines import line, one_line
from scheduler.exports.events import Event

PUBLISH = "PUBLISH"
"""The method of calendars that nobody is to answer (RFC 5546, 3.2.1)."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """How calendars are that somebody subscribes to.

    Attributes
    ----------
    name : str
        Of the programme: it stands for an organizer where none is named, since a published event must
        have one.
    identity : str
        A URI of the programme, for the same purpose.
    hours : int
        How often programs should look for changes.
    """

    name: str
    identity: str
    hours: int = 1

    @property
    def head(self) -> list[str]:
        """Return further properties of the calendar.

        REFRESH-INTERVAL is of RFC 7986 (5.7); the other is what Outlook reads.
        """
        return [
            line("REFRESH-INTERVAL", f"PT{self.hours}H", {"VALUE": "DURATION"}),
            line("X-PUBLISHED-TTL", f"PT{self.hours}H"),
        ]

    def event(self, event: Event) -> Event:
        """Return an event as it may be published: with an organizer and without attendees."""
        found = event.only("ATTENDEE", without=True)
        if found.all("ORGANIZER"):
            return found
        return found.having(line("ORGANIZER", self.identity, {"CN": one_line(self.name)}))
