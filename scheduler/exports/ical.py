"""Agendas as iCalendar files (RFC 5545), through the icalendar library."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import quote

from icalendar import Calendar, Event, vCalAddress, vDDDTypes, vText

from scheduler.domain import City, Instance, Solution
from scheduler.domain.times import UTC
from scheduler.exports.agenda import Agendas
from scheduler.exports.entries import TRAVEL, Agenda, Attendee, Entry, Part
from scheduler.exports.views import By
from scheduler.exports.wording import description, location, summary
from scheduler.exports.zones import timezone, years_of

PRODID = "-//Scheduler//Programme agendas//EN"
UID_SUFFIX = "scheduler"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAK = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Revision:
    """Which edition of an agenda a calendar is: what lets a client tell a newer one from an older.

    Attributes
    ----------
    stamp : datetime or None
        When the schedule was last changed (DTSTAMP and LAST-MODIFIED); None: see :func:`default_stamp`.
    sequence : int
        How many times it was changed since it was first given out (SEQUENCE).
    """

    stamp: dt.datetime | None = None
    sequence: int = 0


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


class CalendarWriter:
    """Writes the agendas of one solution as calendars; the same agenda always as the same bytes.

    Parameters
    ----------
    instance : Instance
        The programme.
    solution : Solution
        The schedule that the agendas are of.
    revision : Revision
        Which edition this is.

    Raises
    ------
    ValueError
        If the stamp has no time zone.
    """

    def __init__(self, instance: Instance, solution: Solution, revision: Revision = FIRST) -> None:
        stamp = revision.stamp or default_stamp(instance)
        if stamp.tzinfo is None:
            raise ValueError("the stamp of a calendar should have a time zone")
        self._stamp = stamp.astimezone(UTC)
        self._sequence = revision.sequence
        self._instance = instance
        self._years = years_of(instance, solution)

    def calendar(self, agenda: Agenda) -> bytes:
        """Return an agenda as an iCalendar object.

        A talk is an event of its own where its session is not in the agenda; otherwise the session's
        description lists it. An agenda without entries still defines the zone of the first city, since a
        calendar must hold some component.
        """
        calendar = Calendar()
        calendar.add("prodid", PRODID)
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        for name in ("name", "x-wr-calname"):
            calendar.add(name, _Text(agenda.title))
        events = [self._event(agenda, entry) for entry in _shown(agenda)]
        for zone in _zones_used(events) or [self._instance.cities[0].time_zone]:
            calendar.add_component(timezone(zone, self._years))
        for event in events:
            calendar.add_component(event)
        return bytes(calendar.to_ical())

    def _event(self, agenda: Agenda, entry: Entry) -> Event:
        event = Event()
        event.add("uid", f"{entry.id}@{self._instance.programme.id}.{UID_SUFFIX}")
        event.add("dtstamp", self._stamp)
        event.add("last-modified", self._stamp)
        event.add("sequence", self._sequence)
        event.add("dtstart", _local(entry.start, entry.place.city))
        event.add("dtend", _local(entry.end, entry.destination or entry.place.city))
        event.add("summary", _Text(summary(self._instance, agenda, entry)))
        event.add("location", _Text(location(entry)))
        if text := description(self._instance, agenda, entry):
            event.add("description", _Text(text))
        event.add("categories", [entry.kind])
        event.add("status", "CONFIRMED")
        event.add("transp", _transparency(agenda))
        self._add_people(event, entry)
        return event

    def _add_people(self, event: Event, entry: Entry) -> None:
        """Add organiser and attendees.

        Attendees without an organiser would be against RFC 5545 (3.8.4.3), so they go together; and a
        train is nobody's meeting.
        """
        organizer = self._instance.programme.organizer
        if organizer is None or entry.kind == TRAVEL:
            return
        event.add("organizer", _address(organizer.name, organizer.email))
        for attendee in entry.attendees:
            if attendee.person.email:
                event.add("attendee", _attendee(attendee))


class _Text(vText):
    r"""A text that is escaped as RFC 5545 (3.3.11) says.

    The library's own turns a backslash before a capital N into a line break (``C:\New``).
    """

    def to_ical(self) -> bytes:
        text = _CONTROL.sub("", _BREAK.sub("\n", self))
        for plain, escaped in (("\\", "\\\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
            text = text.replace(plain, escaped)
        return text.encode("utf-8")


def _shown(agenda: Agenda) -> list[Entry]:
    here = {entry.id for entry in agenda.entries}
    return [entry for entry in agenda.entries if entry.session not in here]


def _zones_used(events: list[Event]) -> list[str]:
    names = (event[name].params.get("TZID") for event in events for name in ("DTSTART", "DTEND"))
    return sorted({str(name) for name in names if name})


def _local(moment: dt.datetime, city: City) -> vDDDTypes:
    """Return a moment on a city's clock, as it can be written.

    Of a time that the clock shows twice, a local time always means the first (RFC 5545, 3.3.5): the
    second has to be written in UTC. The zone's name is set here since the library would write a city
    that is on UTC all year round without it.
    """
    if moment.fold:
        return vDDDTypes(moment.astimezone(UTC))
    written = vDDDTypes(moment.replace(tzinfo=None))
    written.params["TZID"] = city.time_zone
    return written


def _transparency(agenda: Agenda) -> str:
    """Say whether entries take up the time of whose calendar it is: people and rooms, not a city."""
    blocks = agenda.view.is_of_people or agenda.view.by is By.ROOM
    return "OPAQUE" if blocks else "TRANSPARENT"


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress("mailto:" + quote(email, safe="@!#$&'*+/=?^_`{|}~.-"))
    # A parameter cannot hold a double quote, and few clients know the escape of RFC 6868.
    address.params["CN"] = " ".join(_CONTROL.sub("", name).replace('"', "'").split())
    return address


def _attendee(attendee: Attendee) -> vCalAddress:
    address = _address(attendee.person.name, attendee.person.email)
    address.params["ROLE"] = "CHAIR" if Part.CHAIR in attendee.parts else "REQ-PARTICIPANT"
    return address
