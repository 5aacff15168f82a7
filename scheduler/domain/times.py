"""Durations, moments, and windows in a city's own clock."""

import datetime as dt
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    WithJsonSchema,
    model_serializer,
    model_validator,
)

from scheduler.domain.base import Value

UTC = dt.UTC
_D = TypeVar("_D", bound=dt.date)
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)

_DURATION = re.compile(
    r"(?:(?P<h>\d{1,4})\s*(?:h|hours?))?\s*(?:(?P<m>\d{1,5})\s*(?:m|min|minutes?)?)?", re.I
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_CLOCK = re.compile(r"(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)")


def parse_duration(value: object) -> dt.timedelta:
    """Read a duration: ``45min``, ``1h30``, ``2h``, ``1h 30min``.

    Raises
    ------
    ValueError
        If the text is no duration, or has no unit.
    """
    if isinstance(value, dt.timedelta):
        if value % MINUTE or value < dt.timedelta(0):
            raise ValueError("should be whole minutes, not negative")
        return value
    text = str(value).strip()
    match = _DURATION.fullmatch(text)
    if not match or not text or text.isdigit():
        raise ValueError("should be a duration such as 45min, 1h30 or 2h")
    return dt.timedelta(hours=int(match["h"] or 0), minutes=int(match["m"] or 0))


def format_duration(value: dt.timedelta) -> str:
    """Write a duration the way :func:`parse_duration` reads it: ``1h30``, ``2h``, ``45min``."""
    hours, minutes = divmod(int(value / MINUTE), 60)
    if not hours:
        return f"{minutes}min"
    return f"{hours}h{minutes:02d}" if minutes else f"{hours}h"


def _parse_clock(value: object) -> dt.time:
    if isinstance(value, dt.time):
        return value
    match = _CLOCK.fullmatch(str(value).strip())
    if not match or (match["h"] == "24" and match["m"] != "00"):
        raise ValueError('should be a time of day such as "09:30"')
    return dt.time(int(match["h"]) % 24, int(match["m"]))


def _parse_date(value: object) -> dt.date:
    """Read a date; numbers are none, though pydantic would take them for seconds since 1970."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return _in_range(value)
    text = str(value).strip()
    try:
        date = dt.date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        date = None
    if date is None:
        raise ValueError("should be a date such as 2017-11-20")
    return _in_range(date)


def _in_range(date: _D) -> _D:
    """Refuse years in which arithmetic with days and zones could run over either end of the calendar."""
    if not _FIRST_YEAR <= date.year <= _LAST_YEAR:
        raise ValueError(f"should be in the years {_FIRST_YEAR} to {_LAST_YEAR}")
    return date


def _parse_moment(value: object, info: ValidationInfo) -> dt.datetime:
    """Read a date and time; one without an offset is in the zone that the context names."""
    if isinstance(value, dt.datetime):
        moment = value
    else:
        try:
            moment = dt.datetime.fromisoformat(str(value).strip())
            with_time = re.search(r"\d[T ]\d", str(value))
        except ValueError:
            with_time = None
        if not with_time:
            raise ValueError("should be a date and time such as 2017-11-20T09:30")
    moment = _in_range(moment)
    if moment.tzinfo is None:
        zone = (info.context or {}).get("time_zone")
        if zone is None:
            raise ValueError(
                "has no offset, and nothing says which time zone it is in: write one, as in "
                "2017-11-20T09:30+01:00 (in an instance, programme.time_zone says it for all)"
            )
        moment = moment.replace(tzinfo=zone)
    if moment.second or moment.microsecond:
        raise ValueError("should be a whole minute")
    return moment


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all time zones; ``localtime``, which some systems have, means another on each."""
    return frozenset(available_timezones() - {"localtime"})


def is_zone(name: str) -> bool:
    """Return whether there is a time zone of a name."""
    return name in _shipped_zones() or name in known_zones()


@cache
def _shipped_zones() -> frozenset[str]:
    """Return the names that the package ``tzdata`` lists: to look through the system's files takes longer."""
    package = find_spec("tzdata")
    if package is None or package.origin is None:
        return frozenset()
    try:
        return frozenset(Path(package.origin).with_name("zones").read_text(encoding="utf-8").split())
    except OSError:
        return frozenset()


def _known_zone(value: str) -> str:
    if not is_zone(value):
        raise ValueError("should be an IANA time zone such as Europe/Madrid")
    return value


def _positive(value: dt.timedelta) -> dt.timedelta:
    if value <= dt.timedelta(0):
        raise ValueError("should be longer than nothing")
    return value


Duration = Annotated[
    dt.timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["45min", "1h30", "2h"]}),
]
"""A length of time in whole minutes, possibly none."""

PositiveDuration = Annotated[Duration, AfterValidator(_positive)]

Clock = Annotated[
    dt.time,
    BeforeValidator(_parse_clock),
    PlainSerializer(lambda t: t.strftime("%H:%M"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-4]):[0-5][0-9]$"}),
]
"""A time of day on a city's clock; as the end of a window ``00:00`` and ``24:00`` are midnight."""

Date = Annotated[
    dt.date,
    BeforeValidator(_parse_date),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2017-11-20"]}),
]
"""A date in a city's calendar."""

Moment = Annotated[
    dt.datetime,
    BeforeValidator(_parse_moment),
    PlainSerializer(lambda t: t.isoformat(timespec="minutes"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["2017-11-20T09:30", "2017-11-20T09:30+01:00"]}),
]
"""An instant, always with its offset."""

ZoneName = Annotated[
    str, AfterValidator(_known_zone), WithJsonSchema({"type": "string", "examples": ["Europe/Madrid"]})
]


def at(date: dt.date, clock: dt.time, zone: ZoneInfo, *, end: bool = False) -> dt.datetime:
    """Return the instant of a time of day on a date in a zone (midnight as an ``end`` closes the day)."""
    if end and clock == dt.time(0):
        date += DAY
    return dt.datetime.combine(date, clock, zone)


def elapsed(start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """Return the time that passes between two instants, whatever the clocks do in between.

    Python subtracts two datetimes of one zone by their clocks, which is an hour wrong across a change
    to or from summer time.
    """
    return end.astimezone(UTC) - start.astimezone(UTC)


def later(start: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """Return the instant ``by`` after ``start``, in the zone of ``start``."""
    return (start.astimezone(UTC) + by).astimezone(start.tzinfo)


class Interval(Value):
    """A stretch of time between two instants, half open: ``[start, end)``."""

    start: Moment = Field(alias="from")
    end: Moment = Field(alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if elapsed(self.start, self.end) <= dt.timedelta(0):
            raise ValueError("`to` should be later than `from`")
        return self


class Window(Value):
    """A stretch of the day on the clock of whatever city an activity is in.

    Without ``date`` it holds on every date; without ``from`` (``to``) it begins (ends) at midnight.
    """

    date: Date | None = None
    start: Clock = Field(alias="from", default=dt.time(0))
    end: Clock = Field(alias="to", default=dt.time(0))

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data:
            raise ValueError("should have a date, a `from` or a `to`")
        return data

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end != dt.time(0) and self.end <= self.start:
            raise ValueError("`to` should be later than `from`")
        return self

    @model_serializer(mode="wrap")
    def _still_says_something(
        self, write: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> dict[str, Any]:
        """Write ``from`` where all that was said is a default: nothing at all could not be read back."""
        first = "00:00" if info.mode == "json" else self.start
        return write(self) or {"from" if info.by_alias else "start": first}

    def on(self, date: dt.date, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime] | None:
        """Return the window's two instants on a date in a zone, or None if it does not hold that day."""
        if self.date not in (None, date):
            return None
        return at(date, self.start, zone), at(date, self.end, zone, end=True)
