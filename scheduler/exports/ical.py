"""Agendas as iCalendar files (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote

from scheduler.domain import City, Instance, Solution
from scheduler.domain.times import UTC
from scheduler.exports.agenda import Agendas
from scheduler.exports.content_lines import in_utc, line, one_line, text, written
from scheduler.exports.entries import TRAVEL, Agenda, Attendee, Entry, Part
from scheduler.exports.events import Event, Revision
from scheduler.exports.formats import Manner
from scheduler.exports.wording import description, location, summary
from scheduler.exports.zones import timezone_text, years_of

__all__ = ["FIRST", "CalendarWriter", "Event", "Revision", "calendar_text", "default_stamp", "ical_files"]

PRODID = "-//Scheduler//Programme agendas//EN"
UID_SUFFIX = "scheduler"

FIRST = Revision()


def default_stamp(instance: Instance) -> dt.datetime:
    """Return the stamp of calendars for which none is given: the same whenever they are written.

    It is the programme's ``now``, when a re-plan has one. Otherwise it is a year before the programme
    opens: a stamp from the future would outrank every true one that is given later.
    """
    if instance.programme.now is not None:
        return instance.programme.now.astimezone(UTC)
    first = min(opening.date for city in instance.cities for opening in city.opening)
    return dt.datetime.combine(first - dt.timedelta(days=365), dt.time(0), UTC)


def ical_files(
    instance: Instance, solution: Solution, by: str, revision: Revision = FIRST
) -> dict[str, bytes]:
    """Return one calendar for each view of a kind, by file name.

    Raises
    ------
    ValueError
        If there is no such kind, the solution does not speak of this instance, or the stamp has no zone.
    """
    writer = CalendarWriter(instance, solution, revision)
    return {
        f"{agenda.view.stem}.ics": writer.calendar(agenda) for agenda in Agendas(instance, solution).by(by)
    }


def files(instance: Instance, solution: Solution, manner: Manner) -> dict[str, bytes]:
    """Return one calendar for each view of a kind, as :func:`scheduler.exports.export` asks for them."""
    return ical_files(instance, solution, manner.by, Revision(manner.stamp, manner.sequence))


class CalendarWriter:
    """Writes the agendas of one solution as calendars; the same agenda always as the same bytes.

    Parameters
    ----------
    instance : Instance
        The programme.
    solution : Solution
        The schedule that the agendas are of.
    revision : Revision, or function from a UID to one
        Which edition this is, of all events alike or of each.

    Raises
    ------
    ValueError
        If the stamp of all events has no time zone.
    """

    def __init__(
        self,
        instance: Instance,
        solution: Solution,
        revision: Revision | Callable[[str], Revision] = FIRST,
    ) -> None:
        self._instance = instance
        self._revision = _of_each(revision, instance)
        self._years = years_of(instance, solution)
        self._events = EventWriter(instance)

    def calendar(self, agenda: Agenda) -> bytes:
        """Return an agenda as an iCalendar object."""
        events = (event for _, event in self._events.of(agenda))
        texts = [(event, event.text(self._revision(event.uid))) for event in events]
        zones = {zone for event, _ in texts for zone in event.zones} or {self._instance.cities[0].time_zone}
        return calendar_text(agenda.title, zones, self._years, (each for _, each in texts))


def calendar_text(
    title: str,
    zones: Iterable[str],
    years: tuple[int, int],
    events: Iterable[str],
    method: str = "",
    properties: Iterable[str] = (),
) -> bytes:
    """Return an iCalendar object.

    Parameters
    ----------
    title : str
        The name of the calendar; empty: none, as of a message.
    zones : iterable of str
        The time zones to define. At least one: a calendar without events must still hold some component.
    years : tuple of int
        The first and the last year for which they are defined.
    events : iterable of str
        As :meth:`Event.text` returns them.
    method : str
        What a message is about (RFC 5546): ``REQUEST``, ``CANCEL``.
    properties : iterable of str
        Further properties of the calendar, as folded lines.
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    head += [f"METHOD:{method}"] if method else []
    head += [line(name, text(title)) for name in ("NAME", "X-WR-CALNAME") if title]
    head += properties
    parts = [timezone_text(zone, years) for zone in sorted(zones)]
    return "".join([written(head), *parts, *events, "END:VCALENDAR\r\n"]).encode()


class EventWriter:
    """Writes entries of agendas as events; what several agendas say alike is written once.

    Parameters
    ----------
    instance : Instance
        The programme.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._written: dict[tuple[str, ...], Event] = {}

    def of(self, agenda: Agenda) -> Iterator[tuple[Entry, Event]]:
        """Yield the events of an agenda, each with its entry.

        A talk is an event of its own where its session is not in the agenda; otherwise the session's
        description lists it.
        """
        return ((entry, self.event(agenda, entry)) for entry in agenda.events)

    def event(self, agenda: Agenda, entry: Entry) -> Event:
        """Return an entry of an agenda as an event."""
        said = (
            entry.id,
            summary(self._instance, agenda, entry),
            description(self._instance, agenda, entry),
            _transparency(agenda),
        )
        if said not in self._written:
            self._written[said] = self._event(entry, *said[1:])
        return self._written[said]

    def _event(self, entry: Entry, title: str, told: str, transparency: str) -> Event:
        uid = uid_of(self._instance, entry.id)
        ends_in = entry.destination or entry.place.city
        times = (("DTSTART", entry.start, entry.place.city), ("DTEND", entry.end, ends_in))
        lines = [_local(*each) for each in times]
        lines += [
            line("UID", text(uid)),
            line("SUMMARY", text(title)),
            line("LOCATION", text(location(entry))),
            line("CATEGORIES", text(entry.kind)),
            "STATUS:CONFIRMED",
            f"TRANSP:{transparency}",
        ]
        lines += [line("DESCRIPTION", text(told))] if told else []
        lines += self._people(entry)
        return Event.of(uid, lines, (city.time_zone for _, moment, city in times if not moment.fold))

    def _people(self, entry: Entry) -> Iterator[str]:
        """Yield organiser and attendees.

        Attendees without an organiser would be against RFC 5545 (3.8.4.3), so they go together; and a
        train is nobody's meeting.
        """
        organizer = self._instance.programme.organizer
        if organizer is None or entry.kind == TRAVEL:
            return
        yield organizer_line(organizer.name, organizer.email)
        for attendee in entry.attendees:
            if attendee.person.email:
                yield attendee_line(attendee.person.name, attendee.person.email, _role(attendee))


def uid_of(instance: Instance, id_: str) -> str:
    """Return the UID of an activity or a leg: from names, never from time or place."""
    return f"{id_}@{instance.programme.id}.{UID_SUFFIX}"


def attendee_line(name: str, email: str, role: str) -> str:
    """Return somebody who attends as an ATTENDEE."""
    return _address_line("ATTENDEE", name, email, role)


def organizer_line(name: str, email: str) -> str:
    """Return who invites as the ORGANIZER."""
    return _address_line("ORGANIZER", name, email)


@lru_cache(maxsize=2**16)
def _address_line(property_: str, name: str, email: str, role: str = "") -> str:
    address = "mailto:" + quote(email, safe="@!#$&'*+/=?^_`{|}~.-")
    return line(property_, address, {"CN": one_line(name), **({"ROLE": role} if role else {})})


def _of_each(revision: Revision | Callable[[str], Revision], instance: Instance) -> Callable[[str], Revision]:
    """Return the revision of each event by its UID."""
    if not isinstance(revision, Revision):
        return revision
    stamp = revision.stamp or default_stamp(instance)
    if stamp.tzinfo is None:
        raise ValueError("the stamp of a calendar should have a time zone")
    all_alike = Revision(stamp.astimezone(UTC), revision.sequence)
    return lambda _: all_alike


def _local(name: str, moment: dt.datetime, city: City) -> str:
    """Return a moment on a city's clock, as it can be written.

    Of a time that the clock shows twice, a local time always means the first (RFC 5545, 3.3.5): the
    second has to be written in UTC. A city that is on UTC all year round keeps its zone's name.
    """
    if moment.fold:
        return line(name, in_utc(moment))
    return line(name, f"{moment:%Y%m%dT%H%M%S}", {"TZID": city.time_zone})


def _transparency(agenda: Agenda) -> str:
    return "OPAQUE" if agenda.is_busy else "TRANSPARENT"


def _role(attendee: Attendee) -> str:
    return "CHAIR" if Part.CHAIR in attendee.parts else "REQ-PARTICIPANT"
