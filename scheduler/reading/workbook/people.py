"""Delegations, people, interpreters and pairs that never meet, into the data of an instance."""

from __future__ import annotations

from typing import Any

from scheduler.reading.errors import Path
from scheduler.reading.workbook.directory import name_key
from scheduler.reading.workbook.drafts import Draft, Source, columns_of
from scheduler.reading.workbook.ids import Wanted, minted
from scheduler.reading.workbook.presence import add_days
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.tables import Row
from scheduler.sheets import Kind
from scheduler.sheets import sheet as sheet_of

_MOST_TEAMS = 1000
_RESERVED = frozenset({"all"})


def add_delegations(draft: Draft) -> None:
    """Put delegations into the data: those of their sheet, or (without it) those that people name."""
    rows = [row for row in draft.rows("delegations") if _has_name(draft, row, "delegation", "id")]
    labels = [shown(row.cells.get("delegation", "")) for row in rows]
    given = _given(draft, rows, "id")
    wanted = [Wanted(id_, (label,), "", "delegation") for id_, label in zip(given, labels, strict=True)]
    if not draft.has("delegations"):
        _add_implied(draft)
        return
    columns = columns_of(sheet_of("delegations"))
    for row, label, name in zip(rows, labels, minted(wanted, _RESERVED), strict=True):
        entry = draft.entry(row, ("id",))
        if entry is not None:
            draft.add(("delegations",), {"id": name, **entry}, Source(row, columns))
            add_days(draft, row, entry_at(draft, "delegations"))
        _know(draft, Kind.DELEGATION, name, label)


def entry_at(draft: Draft, key: str) -> Path:
    """Return the path of the entry that was added last to a list of the data."""
    return (key, len(draft.data[key]) - 1)


def _add_implied(draft: Draft) -> None:
    first: dict[str, Row] = {}
    for row in draft.rows("people"):
        if label := shown(row.cells.get("delegation", "")):
            first.setdefault(name_key(label), row)
    labels = [shown(row.cells["delegation"]) for row in first.values()]
    for row, label, name in zip(
        first.values(),
        labels,
        minted([Wanted("", (label,), "", "delegation") for label in labels], _RESERVED),
        strict=True,
    ):
        entry = {"id": name, "name": label, "split": "members"}
        draft.add(("delegations",), entry, Source(row, {(): "delegation"}))
        _know(draft, Kind.DELEGATION, name, label)


def _know(draft: Draft, kind: Kind, name: str, label: str) -> None:
    draft.directory.add(kind, name, f"{label or name} (delegation {name})", [label])


def _has_name(draft: Draft, row: Row, *columns: str) -> bool:
    """Refuse a row that says in none of some columns whom it is about."""
    if any(column in row.cells for column in columns):
        return True
    listed = " or ".join(f'"{column}"' for column in columns)
    draft.trouble.refuse(row, columns[0], f"is empty: every row needs {listed}")
    return False


def _given(draft: Draft, rows: list[Row], column: str) -> list[str]:
    return [draft.said(row, column) or "" for row in rows]


def add_people(draft: Draft) -> None:
    """Put people into the data."""
    rows = [row for row in draft.rows("people") if _has_name(draft, row, "email", "name", "id")]
    _distinct(draft, rows, "email")
    rows = [row for row in rows if row not in draft.trouble.refused]
    wanted = [_wanted(row, given) for row, given in zip(rows, _given(draft, rows, "id"), strict=True)]
    taken = _RESERVED | {delegation["id"] for delegation in draft.data.get("delegations", ())}
    columns = columns_of(sheet_of("people"))
    for row, want, name in zip(rows, wanted, minted(wanted, taken), strict=True):
        entry = draft.entry(row, ("id",))
        label, email = want.labels[0], shown(row.cells.get("email", ""))
        called = f"{label} ({email or name})" if label else email or name
        draft.directory.add(
            Kind.PERSON, name, called, [label, email], [shown(row.cells.get("organisation", ""))]
        )
        if entry is not None:
            draft.add(("participants",), {"id": name, **entry}, Source(row, columns))
            add_days(draft, row, entry_at(draft, "participants"))


def know_teams(draft: Draft) -> None:
    """Let sheets name the teams of delegations that split and name no members."""
    manned = {person.get("delegation") for person in draft.data.get("participants", ())}
    for delegation in draft.data.get("delegations", ()):
        name, teams = delegation["id"], delegation.get("parallel")
        if name not in manned and isinstance(teams, int) and delegation.get("split") == "members":
            for number in range(1, min(teams, _MOST_TEAMS) + 1):
                draft.directory.add(Kind.PERSON, f"{name}.{number}", f"{name}.{number}")


def _wanted(row: Row, given: str) -> Wanted:
    name, email = shown(row.cells.get("name", "")), shown(row.cells.get("email", ""))
    organisation = shown(row.cells.get("organisation", ""))
    return Wanted(given, (name, email.partition("@")[0], email), email or organisation, "person")


def _distinct(draft: Draft, rows: list[Row], column: str) -> None:
    """Refuse rows that say in a column what an earlier one has said."""
    first: dict[str, Row] = {}
    for row in rows:
        said = shown(row.cells.get(column, "")).casefold()
        if said and (before := first.setdefault(said, row)) is not row:
            draft.trouble.refuse(row, column, f"is the {column} of another row already ({before.place})")


def add_interpreters(draft: Draft) -> None:
    """Put pools of interpreters into the data."""
    rows = list(draft.rows("interpreters"))
    labels = [shown(row.cells.get("languages", "")) for row in rows]
    wanted = [
        Wanted(given, (label,), "", "interpreters")
        for given, label in zip(_given(draft, rows, "id"), labels, strict=True)
    ]
    for row, name in zip(rows, minted(wanted), strict=True):
        entry = draft.entry(row, ("id",))
        if entry is not None:
            draft.add(("interpreters",), {"id": name, **entry}, Source(row, columns_of(row.table.sheet)))
            draft.directory.add(Kind.POOL, name, name, [name])


def add_never(draft: Draft) -> None:
    """Put pairs that never meet into the data, those of their own sheet."""
    for row in draft.rows("never"):
        one, other = (draft.said(row, column.name) for column in row.table.sheet.columns)
        for column in row.table.sheet.columns:
            if column.name not in row.cells:
                draft.trouble.refuse(row, column.name, "is empty: every row needs it")
        if row not in draft.trouble.refused:
            never(draft, row, one, other, ("one", "other"))


def never(draft: Draft, row: Row, one: str, other: str, columns: tuple[str, str]) -> None:
    """Put a pair that never meets into the data."""
    pairs: list[Any] = draft.data.setdefault("never", [])
    pairs.append([one, other])
    draft.sources["never", len(pairs) - 1] = Source(row, {(): columns[1]})
