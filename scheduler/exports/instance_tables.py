"""An instance as a YAML file with tables beside it: participants, meetings and availability as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scheduler.domain import Instance
from scheduler.exports.instance_file import SETS, data_of, data_text
from scheduler.sheets import is_carried
from scheduler.sheets.guarding import guarded

Entry = Mapping[str, Any]

TABLES = ("participants", "availability", "meetings")
_AVAILABILITY = ("party", "kind", "from", "to")
_APART = frozenset(";=")
"""What parts the several values of a cell."""
_LISTS_OF_WINDOWS = ("windows", "forbidden")


def instance_files(instance: Instance, name: str, head: str = "") -> dict[str, bytes]:
    """Return an instance as files that belong into one folder.

    Parameters
    ----------
    instance : Instance
        Neither features, languages nor roles have a semicolon or an equals sign in them, and no text begins
        or ends with a space: a cell could not say it.
    name : str
        Of the YAML file, without its ending; the tables are called ``<name>-meetings.csv`` and so on.
    head : str
        What comments say at the top.

    Returns
    -------
    dict of str to bytes
        The files' names and contents, the same for equal instances. Tables without a row are left out.
    """
    data = data_of(instance)
    rows = {
        "availability": [*_availability(data)],
        "participants": [_without_presence(entry) for entry in data.get("participants", ())],
        "meetings": data.get("meetings", ()),
    }
    if "delegations" in data:
        data["delegations"] = [_without_presence(entry) for entry in data["delegations"]]
    files = {name + ".yaml": b""}
    for key in TABLES:
        if rows[key]:
            table = f"{name}-{key}.csv"
            data[key] = {"table": table}
            files[table] = _table([dict(_cells(entry)) for entry in rows[key]])
    files[name + ".yaml"] = data_text(data, head).encode("utf-8")
    return files


def fits_tables(instance: Instance) -> bool:
    """Return whether :func:`instance_files` can write an instance.

    It can where cells can say all texts, and none of these looks like a formula to a spreadsheet.
    """
    data = data_of(instance)
    return all(_fits(entry) for key in ("participants", "meetings") for entry in data.get(key, ()))


def _fits(value: object, key: str = "") -> bool:
    if isinstance(value, Mapping):
        return all(_fits(item, key if key == "roles" else name) for name, item in value.items())
    if isinstance(value, list):
        return all(_fits(item, key) for item in value)
    if not isinstance(value, str):
        return True
    return is_carried(value) and guarded(value) == value and not (key in SETS and _APART.intersection(value))


def _availability(data: Mapping[str, Any]) -> Iterator[Entry]:
    for key in ("delegations", "participants"):
        for entry in data.get(key, ()):
            party = entry["id"]
            for kind in ("arrival", "departure"):
                if kind in entry:
                    yield dict(zip(_AVAILABILITY, (party, kind, entry[kind], ""), strict=True))
            for absence in entry.get("absences", ()):
                row = (party, "absence", absence["from"], absence["to"])
                yield dict(zip(_AVAILABILITY, row, strict=True))


def _without_presence(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if key not in ("arrival", "departure", "absences")}


def _cells(entry: Entry, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the columns and cells of an entry; what is below a key has a column of its own."""
    for key, value in entry.items():
        column = above + key
        if key == "roles" and isinstance(value, Mapping):
            yield column, ";".join(f"{party}={role}" for party, role in value.items())
        elif isinstance(value, Mapping):
            yield from _cells(value, column + ".")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield column, ";".join(_window(each) if key in _LISTS_OF_WINDOWS else each for each in value)
        else:
            yield column, str(value).lower() if isinstance(value, bool) else str(value)


def _window(window: Entry) -> str:
    times = f"{window.get('from', '')}-{window.get('to', '')}" if {"from", "to"} & window.keys() else ""
    return f"{window.get('date', '')} {times}".strip()


def _table(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as CSV (RFC 4180, but for the line ends) with the columns that some row has."""
    rows = list(rows)
    columns = dict.fromkeys(column for row in rows for column in row)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")
