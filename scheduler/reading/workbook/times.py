"""Dates, times and lengths as people and spreadsheets write them, to how an instance file writes them.

A spreadsheet keeps a date as the number of days since 1899-12-30 and a time of day as a fraction of a day
(ECMA-376 part 1, 18.17.4); most cells arrive here as dates already. Nothing is guessed: a date that could be
read in two ways is refused unless the workbook says in which way its dates are meant.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from scheduler.domain.times import format_duration
from scheduler.domain.times import parse_duration as plain_duration
from scheduler.reading.workbook.pages import Cell
from scheduler.reading.workbook.showing import shown

DAY_FIRST, MONTH_FIRST = "day first", "month first"

_EPOCH = dt.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 109_575
"""The serial numbers of 1950 to 2199: what is outside is no date."""
_MINUTES = 24 * 60

_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:[T ]00:00(?::00(?:\.0+)?)?)?"
)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
_DIGITS = re.compile(r"\d{8}")
_DAY_NAME_YEAR = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?([^\W\d]{3,})\.?,?[\s-]+(?:de\s+)?(\d{4})"
)
_NAME_DAY_YEAR = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WEEKDAY = re.compile(r"^[^\W\d]{2,9}\.?,?\s+(?=\d)")
_MONTHS = (
    ("jan", "ene"), ("feb",), ("mar",), ("apr", "abr"), ("may",), ("jun",), ("jul",), ("aug", "ago"),
    ("sep", "set"), ("oct",), ("nov",), ("dec", "dic"),
)  # fmt: skip

_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?:\s*[:h.]\s*(?P<m>\d\d)(?::00(?:\.0+)?)?|\s*h)?\s*(?P<half>[ap]\.?\s?m\.?)?", re.I
)
_ISO_TIME = re.compile(r"PT(?P<h>\d+)H(?P<m>\d+)M(?P<s>\d+)(?:[.,]0+)?S")
_FRACTION = re.compile(r"0[.,](?:\d|\d{3,})")
_CLOCK_TEXT = r"\d{1,2}(?:\s*[:h.]\s*\d\d|\s*h)?(?:\s*[ap]\.?m\.?)?"
_RANGE = re.compile(
    rf"(?P<from>{_CLOCK_TEXT})?\s*(?:[-\u2013—]|\bto\b|\ba\b)\s*(?P<to>{_CLOCK_TEXT})?\s*$", re.I
)
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::00)?(?:Z|[+-]\d\d:\d\d(?::\d\d)?)?")
_MOMENT = re.compile(rf"(?P<date>.*\S)(?:\s+|T|,\s*)(?P<time>{_CLOCK_TEXT}(?::00)?)", re.I)
_HOURS = re.compile(r"(\d{1,3})[.,](\d{1,2})\s*(?:h|hours?|horas?)", re.I)
_COLON = re.compile(r"(\d{1,3}):(\d\d)(?::00)?")


class UnfitError(ValueError):
    """A cell that does not say what its column is for; the message is to be read after what it says.

    Attributes
    ----------
    part : str or None
        Which of several values of the cell is meant.
    """

    part: str | None = None


def normal(text: str) -> str:
    """Return a text without wide digits, wide colons and odd spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def read_date(cell: Cell, order: str = "") -> dt.date:
    """Return the date that a cell says; texts as ``order`` says where they could be read in two ways."""
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time(0):
            raise UnfitError("has a time of day: only a date is needed here")
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _date_of_number(float(cell))
    text = normal(cell) if isinstance(cell, str) else ""
    found = _date_of_text(text, order) or _date_of_text(_WEEKDAY.sub("", text), order)
    if found is None:
        more = ", with four digits for the year" if _SHORT_YEAR.fullmatch(text) else ""
        raise UnfitError(f"should be a date such as 2017-11-20 or 20/11/2017{more}")
    return found


def _date_of_number(number: float) -> dt.date:
    if number.is_integer() and _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _EPOCH + dt.timedelta(days=int(number))
    found = _date_of_text(str(int(number)), "") if number.is_integer() else None
    if found is None:
        raise UnfitError("should be a date such as 2017-11-20 or 20/11/2017")
    return found


def _date_of_text(text: str, order: str) -> dt.date | None:
    for pattern, numbers in _DATE_PATTERNS:
        if match := pattern.fullmatch(text):
            found = numbers(match, order)
            return _date(*found) if found else None
    return None


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise UnfitError("is a date that does not exist") from None


def _year_last(match: re.Match[str], order: str) -> tuple[int, int, int]:
    first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    if mark == "." or order == DAY_FIRST or (not order and first > 12):
        return year, second, first
    if order == MONTH_FIRST or second > 12 or first == second:
        return year, first, second
    raise UnfitError(
        f"could be {year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}: write it like one of "
        'these, or say "day first" or "month first" as "date order" in the sheet "programme"'
    )


def _named(day: str, month: str, year: str) -> tuple[int, int, int] | None:
    start = month.casefold()[:3]
    number = next((n for n, names in enumerate(_MONTHS, 1) if start in names), None)
    return (int(year), number, int(day)) if number else None


_DATE_PATTERNS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], str], tuple[int, int, int] | None]], ...
] = (
    (_YEAR_FIRST, lambda match, _: (int(match[1]), int(match[2]), int(match[3]))),
    (_YEAR_LAST, _year_last),
    (_DIGITS, lambda match, _: (int(match[0][:4]), int(match[0][4:6]), int(match[0][6:]))),
    (_DAY_NAME_YEAR, lambda match, _: _named(match[1], match[2], match[3])),
    (_NAME_DAY_YEAR, lambda match, _: _named(match[2], match[1], match[3])),
)


def read_clock(cell: Cell) -> str:
    """Return the time of day that a cell says, as ``09:30``; the midnight that closes a day is ``24:00``."""
    if isinstance(cell, dt.datetime):
        if cell.date() > dt.date(1900, 1, 1):
            raise UnfitError("has a date: only a time of day is needed here")
        cell = cell.time()
    if isinstance(cell, dt.time):
        return _of_seconds(cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6)
    if isinstance(cell, dt.timedelta):
        return _of_seconds(cell.total_seconds())
    if isinstance(cell, float) and (not cell.is_integer() or cell == 0):
        return _of_seconds(cell * 86400)
    found = _clock_of_text(normal(cell)) if isinstance(cell, str) else None
    if found is None:
        raise UnfitError("should be a time of day such as 09:30")
    return found


def _of_seconds(seconds: float) -> str:
    minutes = round(seconds / 60)
    if abs(seconds - minutes * 60) > 1:
        raise UnfitError("should be a whole minute")
    if not 0 <= minutes <= _MINUTES:
        raise UnfitError("should be a time of day such as 09:30")
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _clock_of_text(text: str) -> str | None:
    if _FRACTION.fullmatch(text):
        return _of_seconds(float(text.replace(",", ".")) * 86400)
    if match := _ISO_TIME.fullmatch(text):
        return _of_seconds(int(match["h"]) * 3600 + int(match["m"]) * 60 + int(match["s"]))
    match = _CLOCK.fullmatch(text)
    if match is None or (text.isdigit()) or text.startswith("0."):
        return None
    hours, minutes = int(match["h"]), int(match["m"] or 0)
    if match["half"]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if match["half"].casefold().startswith("p") else 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        return None
    return f"{hours:02d}:{minutes:02d}"


def read_moment(cell: Cell, order: str = "", *, bare: str = "") -> str:
    """Return the date and time that a cell says, as ``2017-11-20T09:30``, with an offset if it says one.

    Parameters
    ----------
    cell : Cell
    order : str
        How dates are meant that could be read in two ways.
    bare : str
        What a date without a time is: its ``start``, its ``end``, or (empty) refused.
    """
    if isinstance(cell, dt.datetime):
        return _rounded(cell)
    if isinstance(cell, float) and not cell.is_integer() and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _rounded(dt.datetime.combine(_EPOCH, dt.time()) + dt.timedelta(days=cell))
    if isinstance(cell, str):
        text = normal(cell)
        if _ISO_MOMENT.fullmatch(text):
            return _iso(text)
        match = _MOMENT.fullmatch(text)
        clock = _clock_of_text(match["time"]) if match else None
        if match and clock:
            return at(read_date(match["date"].rstrip(","), order), clock)
    return _bare(cell, order, bare)


def _bare(cell: Cell, order: str, bare: str) -> str:
    try:
        date = read_date(cell, order)
    except UnfitError as error:
        if "could be" in str(error) or "does not exist" in str(error):
            raise
        raise UnfitError("should be a date and time such as 2017-11-20 09:30") from None
    if not bare:
        raise UnfitError("has no time of day: write it as in 2017-11-20 09:30")
    return at(date, "24:00" if bare == "end" else "00:00")


def _iso(text: str) -> str:
    try:
        return dt.datetime.fromisoformat(text).isoformat(timespec="minutes")
    except ValueError:
        raise UnfitError("is a date and time that does not exist") from None


def _rounded(moment: dt.datetime) -> str:
    rounded = (moment + dt.timedelta(seconds=30)).replace(second=0, microsecond=0)
    if abs((rounded - moment).total_seconds()) > 1:
        raise UnfitError("should be a whole minute")
    return rounded.isoformat(timespec="minutes")


def at(date: dt.date, clock: str) -> str:
    """Return a time of day on a date as a moment without an offset; 24:00 is on the next date."""
    if clock == "24:00":
        date, clock = date + dt.timedelta(days=1), "00:00"
    return f"{date.isoformat()}T{clock}"


def read_length(cell: Cell) -> str:
    """Return the length of time that a cell says, as ``1h30``; bare whole numbers are minutes."""
    if isinstance(cell, dt.datetime):
        raise UnfitError("should be a length of time such as 45min, 1h30 or 2h")
    if isinstance(cell, dt.time):
        return _length(cell.hour * 60 + cell.minute + cell.second / 60)
    if isinstance(cell, dt.timedelta):
        return _length(cell.total_seconds() / 60)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _length(cell if float(cell).is_integer() else cell * _MINUTES if 0 < cell < 1 else -1)
    text = normal(str(cell)).replace("\u00b4", "'").removesuffix("'")
    if text.isdecimal():
        return _length(int(text))
    if match := _ISO_TIME.fullmatch(text):
        return _length(int(match["h"]) * 60 + int(match["m"]) + int(match["s"]) / 60)
    if match := _HOURS.fullmatch(text):
        return _length(float(f"{match[1]}.{match[2]}") * 60)
    if match := _COLON.fullmatch(text):
        return _length(int(match[1]) * 60 + int(match[2]))
    try:
        return format_duration(plain_duration(re.sub(r"minutos?|mins\b", "min", text)))
    except ValueError:
        raise UnfitError("should be a length of time such as 45min, 1h30 or 2h") from None


def _length(minutes: float) -> str:
    whole = round(minutes)
    if minutes < 0 or whole > 100 * _MINUTES:
        raise UnfitError("should be a length of time such as 45min, 1h30 or 2h")
    if abs(minutes - whole) > 0.02:
        raise UnfitError("should be whole minutes")
    return format_duration(dt.timedelta(minutes=whole))


def read_window(text: str, order: str = "") -> dict[str, str]:
    """Return the part of a day that a text says: a date, times, or both."""
    text = normal(text)
    match = _RANGE.search(text)
    if match and (match["from"] or match["to"]) and not _is_date(text, order):
        said = {"date": read_date(text[: match.start()], order).isoformat()} if match.start() else {}
        return said | {key: read_clock(match[key]) for key in ("from", "to") if match[key]}
    try:
        return {"date": read_date(text, order).isoformat()}
    except UnfitError as error:
        if "could be" in str(error) or "does not exist" in str(error):
            raise
        raise UnfitError("should be a part of a day such as 2017-11-21 09:00-12:00 or 09:00-12:00") from None


def read_interval(text: str, order: str = "") -> dict[str, str]:
    """Return the stretch of time that a text says: two moments, two times of one date, or a whole date."""
    text = normal(text)
    for pattern in (r"\s*/\s*(?=\d{4}-)", r"\s+(?:[-\u2013—]|to|a)\s+"):
        parts = re.split(pattern, text)
        if len(parts) == 2 and (both := _two_moments(parts, order)):
            return both
    window = _interval_window(text, order)
    date = dt.date.fromisoformat(window["date"])
    return {"from": at(date, window.get("from", "00:00")), "to": at(date, window.get("to", "24:00"))}


def _interval_window(text: str, order: str) -> dict[str, str]:
    message = "should be a stretch of time such as 2017-11-21 09:00-12:00, or a date"
    try:
        window = read_window(text, order)
    except UnfitError as error:
        if "part of a day" in str(error):
            raise UnfitError(message) from None
        raise
    if "date" not in window:
        raise UnfitError(message)
    return window


def _two_moments(parts: list[str], order: str) -> dict[str, str] | None:
    try:
        return {
            "from": read_moment(parts[0], order, bare="start"),
            "to": read_moment(parts[1], order, bare="end"),
        }
    except UnfitError:
        return None


def _is_date(text: str, order: str) -> bool:
    try:
        read_date(text, order)
    except UnfitError as error:
        return "could be" in str(error)
    return True


def text_of(cell: Cell) -> str:
    """Return a cell as a text in which dates and times are written as files of instances write them."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time(0):
        return cell.date().isoformat()
    return shown(cell)
