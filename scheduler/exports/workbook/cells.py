"""What a cell says of a value of the instance file, so that who reads it finds the same value there.

Values are plain, as an instance file has them (:func:`scheduler.exports.instance_file.data_of`): a date, a
moment or a duration is a text. A value that a cell cannot say is None here; it stands in ``more``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from scheduler.sheets import Column, Kind, folded, is_carried, joined

Cell = str | int | dt.date | dt.time | dt.datetime
"""A cell's value; dates and times are on the clock of the programme."""

LONGEST = 32_767
"""So many characters go into a cell of a spreadsheet."""

_FIRST_DATE = dt.date(1901, 1, 1)
"""Spreadsheets do not agree on what day the number of an earlier date is."""

_EMAIL = re.compile(r"[^@\s;,<>()\"']+@[^@\s;,<>()\"']+\.[^@\s;,<>()\"'.]+")


def cell_of(column: Column, value: object, zone: ZoneInfo | None) -> Cell | None:
    """Return the cell that says a value, or None if none does.

    Parameters
    ----------
    column : Column
        Where it stands.
    value : object
        Plain data: what the instance file says.
    zone : ZoneInfo or None
        The clock on which moments without an offset are read; None if there is none.
    """
    if column.many and not isinstance(value, str):
        return _several(column, value, zone)
    cell = _one(column, value, zone)
    return cell if not isinstance(cell, str) or is_short(cell) else None


def is_short(text: str) -> bool:
    """Return whether a text goes into a cell; spreadsheets count pairs of surrogates as two characters."""
    return len(text.encode("utf-16-le")) // 2 <= LONGEST


def _several(column: Column, value: object, zone: ZoneInfo | None) -> Cell | None:
    if isinstance(value, Mapping):
        value = [{"party": party, "role": role} for party, role in value.items()]
    if not isinstance(value, Sequence) or not value:
        return None
    if column.kind is Kind.DATE and len(value) == 1:
        return _date(value[0])
    if column.kind is Kind.INTERVAL:
        texts: list[str | None] = [_interval(item, zone) for item in value]
    else:
        texts = [_text(column, item) for item in value]
    carried = [text for text in texts if text is not None]
    cell = joined(carried)
    return cell if len(carried) == len(value) and is_short(cell) else None


def _one(column: Column, value: object, zone: ZoneInfo | None) -> Cell | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value if abs(value) < 10**15 else None
    if column.kind is Kind.DATE:
        return _date(str(value))
    if column.kind is Kind.TIME:
        return _time(column, str(value))
    if column.kind is Kind.MOMENT:
        return _moment(str(value), zone)
    return _text(column, value)


def _date(text: str) -> Cell:
    date = dt.date.fromisoformat(text)
    return date if date >= _FIRST_DATE else text


def _time(column: Column, text: str) -> Cell:
    """Return a time of day; the midnight that closes a day has no number of its own."""
    if text == "00:00" and column.path and column.path[-1] == "to":
        return "24:00"
    return dt.time.fromisoformat(text)


def _moment(text: str, zone: ZoneInfo | None) -> Cell:
    """Return a moment on the programme's clock; with its offset where that does not tell which it is.

    An hour that is there twice does not, nor does midnight, which a cell has in common with the whole date.
    """
    moment = dt.datetime.fromisoformat(text)
    if zone is not None:
        local = moment.astimezone(zone).replace(tzinfo=None, fold=0)
        once = local.replace(tzinfo=zone).utcoffset() == local.replace(tzinfo=zone, fold=1).utcoffset()
        if once and local.date() >= _FIRST_DATE and local.time() != dt.time(0) and not local.second:
            return local
    return text


def _text(column: Column, value: object) -> str | None:
    """Return the text of one value; None where it would not be read as the same."""
    if column.kind in _WRITTEN:
        return _WRITTEN[column.kind](value)
    text = str(value)
    if column.kind is Kind.CHOICE:
        return next((word for word in column.words if folded(word) == folded(text)), None)
    return text if is_carried(text) and _is_such(column.kind, text) else None


def _is_such(kind: Kind, text: str) -> bool:
    return kind is not Kind.EMAIL or _EMAIL.fullmatch(text) is not None


def _window(value: object) -> str | None:
    if not isinstance(value, Mapping):
        return None
    times = ""
    if {"from", "to"} & value.keys():
        end = value.get("to", "00:00")
        times = f"{value.get('from', '00:00')}-{'24:00' if end == '00:00' else end}"
    return f"{value.get('date', '')} {times}".strip()


def _interval(value: Mapping[str, str], zone: ZoneInfo | None) -> str:
    """Return a stretch of time: as a part of a day on the programme's clock if it is one."""
    start, end = (_moment(value[key], zone) for key in ("from", "to"))
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and start.date() == end.date():
        return f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}"
    return f"{value['from']}/{value['to']}"


def _speaker(value: object) -> str | None:
    if not isinstance(value, Mapping):
        return None
    return f"{value['participant']} ({value['role']})" if "role" in value else str(value["participant"])


def _departure(value: object) -> str | None:
    if not isinstance(value, Mapping):
        return None
    times = "-".join(str(value[key]) for key in ("depart", "arrive") if key in value)
    return f"{times} [{', '.join(value['dates'])}]" if value.get("dates") else times


def _role(value: object) -> str | None:
    if not isinstance(value, Mapping) or not is_carried(value["role"]):
        return None
    return f"{value['party']}={value['role']}"


_WRITTEN: dict[Kind, Callable[[object], str | None]] = {
    Kind.WINDOW: _window,
    Kind.SPEAKER: _speaker,
    Kind.DEPARTURE: _departure,
    Kind.ROLES: _role,
}
