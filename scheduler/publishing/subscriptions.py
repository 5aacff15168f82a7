"""Calendars that a server gives out, which differ from files in what RFC 5546 and RFC 7986 say of such."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain import Programme
from scheduler.exports.content_lines import line, one_line
from scheduler.exports.events import Event
from scheduler.exports.ical import organizer_line

PUBLISH = "PUBLISH"
"""The method of calendars that nobody is to answer (RFC 5546, 3.2.1)."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """How calendars are that somebody subscribes to.

    Attributes
    ----------
    organizer : str
        The content line of who stands for events that name no organizer, since a published event must
        have one.
    hours : int
        How often programs should look for changes.
    """

    organizer: str
    hours: int = 1

    @classmethod
    def to(cls, programme: Programme, identity: str) -> Subscription:
        """Return how the calendars of a programme are.

        Parameters
        ----------
        programme : Programme
        identity : str
            A URI, which stands for the organizer of a programme that names none.
        """
        organizer = programme.organizer
        if organizer is not None:
            return cls(organizer_line(organizer.name, organizer.email))
        return cls(line("ORGANIZER", identity, {"CN": one_line(programme.label)}))

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
        return found.having(self.organizer)
