"""Plain words for terms, proofs, dates, times and numbers, which pages and the command line say alike."""

from __future__ import annotations

import datetime as dt

from scheduler.domain import ReasonKind, Status, TermName, Window

TERMS: dict[TermName, str] = {
    TermName.REQUESTS: "requests not granted, by priority",
    TermName.BREAKS: "breaks in people's days",
    TermName.IDLE_MINUTES: "idle minutes",
    TermName.CITY_CHANGES: "changes of city",
    TermName.ROOM_CHANGES: "changes of room",
    TermName.PREFERENCES: "missed wishes",
    TermName.PARALLEL_SESSIONS: "people torn between sessions",
    TermName.FAIRNESS_SPREAD: "unequal shares of granted requests",
    TermName.TOO_FEW_MEETINGS: "meetings missing of the least that parties hold",
    TermName.LATENESS: "minutes late",
    TermName.TRACK_PARALLEL: "parts of a track in parallel",
    TermName.TRACK_ROOMS: "further rooms of a track",
    TermName.TRACK_GAPS: "gaps within a track",
    TermName.TALK_ORDER: "talks out of order",
    TermName.MOVED: "activities moved or dropped",
    TermName.MOVED_START: "activities moved in time",
    TermName.MOVED_ROOM: "activities moved to another room",
    TermName.MOVED_CITY: "activities moved to another city",
    TermName.PEOPLE_AFFECTED: "people whose plans change",
}

LEVEL_STATUS: dict[Status, str] = {
    Status.OPTIMAL: "proven",
    Status.FEASIBLE: "not proven",
    Status.UNKNOWN: "not searched",
    Status.INTERRUPTED: "not proven",
    Status.CONTRADICTION: "contradiction",
}

REASONS: dict[ReasonKind, str] = {
    ReasonKind.NO_PLACE: "no possible place and time at all",
    ReasonKind.NO_COMMON_TIME: "somebody it needs is engaged at all its times",
    ReasonKind.TABLES_FULL: "tables or rooms are full whenever everybody is free",
    ReasonKind.TRAVEL: "somebody could not get there or away in time",
    ReasonKind.LOAD: "a daily load would be exceeded",
    ReasonKind.NO_INTERPRETER: "no interpreter is free",
    ReasonKind.ORDER: "it would stand in the wrong order",
    ReasonKind.FAIRNESS: "breaks would be too unequal",
    ReasonKind.TALKS: "no time for its talks",
    ReasonKind.OTHER: "another rule, or several together",
    ReasonKind.WOULD_BE_WORSE: "it fits, and the schedule would be worse",
    ReasonKind.COULD_BE_GRANTED: "it fits, and the schedule would be no worse",
    ReasonKind.LOST_TO: "requests of higher priority have its places",
    ReasonKind.NOT_EXAMINED: "not examined: the time was over",
}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def long_date(date: dt.date) -> str:
    """Return a date as ``Monday 20 November 2017``."""
    return f"{_DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def short_date(date: dt.date) -> str:
    """Return a date as ``Mon 20 Nov``."""
    return f"{_DAYS[date.weekday()][:3]} {date.day} {MONTHS[date.month - 1][:3]}"


def percent(share: float) -> str:
    """Return a share in percent; only what is whole is called 100 % or 0 %."""
    rounded = round(100 * share)
    if share > 0 and rounded == 0:
        return "<1%"
    if share < 1 and rounded == 100:
        return "99%"
    return f"{rounded}%"


def hours(start: dt.time, end: dt.time) -> str:
    """Return a part of a day as ``10:00-12:30``; as an end midnight is 24:00."""
    return f"{start:%H:%M}-{'24:00' if end == dt.time(0) else f'{end:%H:%M}'}"


def clock(moment: dt.datetime, date: dt.date) -> str:
    """Return a time of day, with the date if it is another one; the midnight that closes it is 24:00."""
    if moment.date() == date:
        return f"{moment:%H:%M}"
    if moment.date() == date + dt.timedelta(days=1) and moment.time() == dt.time(0):
        return "24:00"
    return f"{moment:%H:%M} ({short_date(moment.date())})"


def clock_hours(start: dt.datetime, end: dt.datetime) -> str:
    """Return a stretch of time as ``09:30-10:15``, with the date of its end if that is another day."""
    return f"{start:%H:%M}-{clock(end, start.date())}"


def window(span: Window) -> str:
    """Return a window as ``Mon 20 Nov 12:30-16:30``, without what it leaves open."""
    date = short_date(span.date) if span.date else ""
    if span.start == span.end == dt.time(0):
        return date
    return f"{date} {hours(span.start, span.end)}".strip()


def utc_offset(moment: dt.datetime) -> str:
    """Return how a clock differs from UTC: ``UTC+01:00``."""
    return f"UTC{moment.isoformat(timespec='seconds')[19:]}"


def kind_words(kind: str) -> str:
    """Return a kind of activity in words: ``field visit``."""
    return kind.replace("_", " ")


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number and what it counts: ``1 table``, ``3 tables``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
