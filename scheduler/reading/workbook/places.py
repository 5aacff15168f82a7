"""Cities, venues, rooms and the ways between them, into the data of an instance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from scheduler.reading.errors import Path
from scheduler.reading.workbook.directory import name_key
from scheduler.reading.workbook.drafts import Draft, Entry, Source, columns_of, entries_in
from scheduler.reading.workbook.ids import Wanted, minted
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.tables import Row
from scheduler.sheets import Kind
from scheduler.sheets import sheet as sheet_of

_OF_CITY = ("city", "time zone", "transfer", "more")
_OF_VENUE = ("address", "room change")
_SAME_OF_VENUE = ("venue", *_OF_VENUE)
_OF_ROOM = ("room", "room id", "seats", "tables", "features", "available", "closed", "more")
_AREA = "Meeting area"

Days = dict[str, tuple[str, str]]
"""Dates, and from when to when something is known to go on."""


def grouped(
    draft: Draft, rows: Iterable[Row], name: str, id_: str, within: Callable[[Row], str]
) -> list[list[Row]]:
    """Return rows in groups of those that name one thing: by its id, else by its name.

    Parameters
    ----------
    draft : Draft
    rows : iterable of Row
    name, id_ : str
        The columns.
    within : callable
        What a thing is in, where names are told apart by that.
    """
    groups: list[list[Row]] = []
    known: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        given, label = draft.said(row, id_), draft.said(row, name)
        if row in draft.trouble.refused:
            continue
        if not given and not label:
            draft.trouble.refuse(row, name, "is empty: every row needs it")
            continue
        outer = within(row)
        by_name = (outer, "name", name_key(label or ""))
        keys = [(outer, "id", given)] if given else [by_name, (outer, "id", label)]
        group = next((known[key] for key in keys if key in known), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(row)
        if given:
            known.setdefault((outer, "id", given), group)
        if label:
            known.setdefault(by_name, group)
    return groups


def same(draft: Draft, rows: list[Row], columns: Iterable[str]) -> None:
    """Refuse rows of one thing that contradict its first row."""
    first = rows[0]
    for row in rows[1:]:
        for column in columns:
            if column in row.cells and _plainly(row, column) != _plainly(first, column):
                message = f"differs from what the first row of the same thing says ({first.place})"
                draft.trouble.refuse(row, column, message)
                break


def _plainly(row: Row, column: str) -> str:
    return name_key(shown(row.cells.get(column, "")))


def add_cities(draft: Draft, known: Days) -> None:
    """Put cities with their openings into the data.

    Parameters
    ----------
    draft : Draft
    known : Days
        When something is known to go on, for cities of which nobody says when they are open.
    """
    groups = grouped(draft, draft.rows("cities"), "city", "id", lambda _: "")
    if not groups and not draft.has("cities"):
        _add_cities_of_venues(draft, known)
        return
    names = [(draft.said(rows[0], "id") or "", draft.said(rows[0], "city") or "") for rows in groups]
    ids = minted([Wanted(given, (name,), "", "city") for given, name in names])
    sheet = sheet_of("cities")
    for rows, name, (_, label) in zip(groups, ids, names, strict=True):
        same(draft, rows, _OF_CITY)
        entry = draft.entry(rows[0], ("date", "from", "to", "id"))
        if entry is None:
            continue
        city = {"id": name, **entry}
        path = draft.add(("cities",), city, Source(rows[0], columns_of(sheet), tuple(rows[1:])))
        _know_city(draft, name, label)
        _complete_city(draft, city)
        for row in rows:
            if row not in draft.trouble.refused:
                _add_openings(draft, row, path, known)


def _know_city(draft: Draft, name: str, label: str) -> None:
    draft.directory.add(Kind.CITY, name, f"{label or name} ({name})", [label])


def _complete_city(draft: Draft, city: Entry) -> None:
    zone = draft.data["programme"].get("time_zone")
    if zone is not None:
        city.setdefault("time_zone", zone)


def _add_openings(draft: Draft, row: Row, path: Path, known: Days) -> None:
    dates = draft.said(row, "date")
    start, end = draft.said(row, "from"), draft.said(row, "to")
    if row in draft.trouble.refused:
        return
    columns: dict[Path, str] = {(): "to", ("date",): "date", ("from",): "from", ("to",): "to"}
    for opening in _openings(draft, dates, start, end, known):
        _note_overlap(draft, row, path, opening)
        draft.add((*path, "opening"), opening, Source(row, columns))
    if not dates and not draft.settings.dates and not known:
        message = "is missing: say here when the city is open, or give `dates` in the sheet programme"
        _without_dates(draft, row, "date", message)


def _note_overlap(draft: Draft, row: Row, path: Path, opening: Entry) -> None:
    """Say that a city is open twice at a time: that is no contradiction, but seldom meant."""
    city: Entry = draft.data["cities"][path[-1]]
    for i, other in enumerate(city.get("opening", ())):
        end, ends = (each["to"] if each["to"] > "00:00" else "24:00" for each in (opening, other))
        if opening["date"] == other["date"] and opening["from"] < ends and other["from"] < end:
            source = draft.sources.get((*path, "opening", i))
            place = f" ({source.row.place})" if source else ""
            draft.trouble.note(f"{row.place}: the opening overlaps another one of the same city{place}")
            return


def _openings(
    draft: Draft, dates: list[str] | None, start: str | None, end: str | None, known: Days
) -> list[Entry]:
    settings = draft.settings
    if dates or settings.dates:
        return [
            {"date": date, "from": start or settings.opens, "to": end or settings.closes}
            for date in dates or settings.dates
        ]
    return [
        {"date": date, "from": start or first, "to": end or last} for date, (first, last) in known.items()
    ]


def _add_cities_of_venues(draft: Draft, known: Days) -> None:
    """Put the cities into the data that venues name, where there is no sheet of cities."""
    first: dict[str, tuple[str, Row]] = {}
    for row in draft.rows("venues"):
        if "city" not in row.cells:
            draft.trouble.refuse(
                row, "city", "is empty: every row needs it where there is no sheet of cities"
            )
            continue
        label = draft.cells.one(sheet_of("cities").column("city"), row.cells["city"])
        first.setdefault(name_key(str(label)), (str(label), row))
    ids = minted([Wanted("", (label,), "", "city") for label, _ in first.values()])
    for name, (label, row) in zip(ids, first.values(), strict=True):
        city: Entry = {"id": name, "name": label}
        draft.add(("cities",), city, Source(row, {(): "city"}))
        _know_city(draft, name, label)
        _complete_city(draft, city)
        city["opening"] = _openings(draft, None, None, None, known)
        if not city["opening"]:
            message = "has no dates: give `dates` in the sheet programme, or add a sheet of cities"
            _without_dates(draft, row, "city", message)


def _without_dates(draft: Draft, row: Row, column: str, message: str) -> None:
    """Refuse a row that relies on dates of the programme; not its fault where these are refused."""
    if any(other.table.sheet.name == "programme" for other in draft.trouble.refused):
        draft.trouble.follow(row, column, message)
    else:
        draft.trouble.refuse(row, column, message)


def add_venues(draft: Draft) -> None:
    """Put venues and rooms into their cities."""
    cities: list[Entry] = draft.data.get("cities", [])
    city_of: dict[Row, str] = {}
    for row in draft.rows("venues"):
        name = draft.said(row, "city")
        if name is None and row not in draft.trouble.refused:
            if len(cities) == 1:
                name = cities[0]["id"]
            else:
                draft.trouble.refuse(
                    row, "city", "is empty: every row needs it where there are several cities"
                )
        if name is not None:
            city_of[row] = name
    groups = grouped(draft, city_of, "venue", "venue id", city_of.__getitem__)
    labels = [(draft.said(rows[0], "venue id") or "", draft.said(rows[0], "venue") or "") for rows in groups]
    ids = minted(
        [
            Wanted(given, (name,), city_of[rows[0]], "venue")
            for rows, (given, name) in zip(groups, labels, strict=True)
        ]
    )
    at = {city["id"]: i for i, city in enumerate(cities)}
    columns = columns_of(sheet_of("venues"))
    rooms: list[tuple[Row, str, Path]] = []
    for rows, name, (_, label) in zip(groups, ids, labels, strict=True):
        same(draft, rows, _SAME_OF_VENUE)
        entry = draft.entry(rows[0], ("city", "venue id", *_OF_ROOM))
        if entry is None or city_of[rows[0]] not in at:
            continue
        path = draft.add(
            ("cities", at[city_of[rows[0]]], "venues"), {"id": name, **entry}, Source(rows[0], columns)
        )
        draft.directory.add(Kind.VENUE, name, f"{label or name} ({name})", [label])
        rooms += [(row, label or name, path) for row in rows if row not in draft.trouble.refused]
    _add_rooms(draft, rooms)
    _add_missing_venues(draft, cities)
    _know_others(draft, cities)


def _know_others(draft: Draft, cities: Iterable[Entry]) -> None:
    """Let venues and rooms be named of which only `more` of a city speaks."""
    for city in cities:
        for venue in entries_in(city, "venues"):
            found = [(Kind.VENUE, venue), *((Kind.ROOM, room) for room in entries_in(venue, "rooms"))]
            for kind, entry in found:
                name = str(entry.get("id", ""))
                if name and not draft.directory.knows(kind, name):
                    label = str(entry.get("name", ""))
                    draft.directory.add(kind, name, label or name, [label])


def _add_rooms(draft: Draft, rooms: list[tuple[Row, str, Path]]) -> None:
    filled = [each for each in rooms if any(column in each[0].cells for column in _OF_ROOM)]
    filled = [each for each in filled if _is_other_room(draft, each, filled)]
    wanted = []
    for row, venue, _ in filled:
        label = draft.said(row, "room")
        fallback = f"{venue} {'tables' if 'tables' in row.cells else 'room'}"
        wanted.append(Wanted(draft.said(row, "room id") or "", (label or fallback,), venue, "room"))
    columns = columns_of(sheet_of("venues"), ("rooms",))
    for (row, venue, path), name, want in zip(filled, minted(wanted), wanted, strict=True):
        entry = draft.entry(row, ("city", "venue", "venue id", "room id", *_OF_VENUE))
        if entry is None:
            continue
        room = {"id": name, **entry.get("rooms", {})}
        if not want.given and "tables" in room:
            room.setdefault("name", _AREA)
        draft.add((*path, "rooms"), room, Source(row, columns))
        draft.directory.add(
            Kind.ROOM, name, f"{venue}: {room.get('name', name)} ({name})", [room.get("name", "")]
        )


def _is_other_room(draft: Draft, room: tuple[Row, str, Path], rooms: Sequence[tuple[Row, str, Path]]) -> bool:
    """Return whether a row names a room that no earlier row of the venue does; else refuse it.

    Two rooms may have one name if an id tells them apart.
    """
    row, _, path = room
    for other, _, venue in rooms:
        if other is row:
            return True
        alike = "room" in row.cells and _plainly(row, "room") == _plainly(other, "room")
        if venue == path and alike and not ("room id" in row.cells and "room id" in other.cells):
            draft.trouble.refuse(row, "room", f"is a room of this venue already ({other.place})")
            return False
    return True


def _add_missing_venues(draft: Draft, cities: list[Entry]) -> None:
    """Give cities without a venue one with the tables that they say."""
    taken = frozenset(
        room["id"] for city in cities for venue in city.get("venues", ()) for room in venue.get("rooms", ())
    )
    for i, city in enumerate(cities):
        if city.get("venues"):
            continue
        source = draft.sources["cities", i]
        tables = draft.said(source.row, "tables") if "tables" in source.row.cells else None
        if tables is None:
            _refuse_without_venue(draft, source)
            continue
        name: str = city["id"]
        (area,) = minted([Wanted("", (f"{name}-tables",), "", "room")], taken)
        venue = {"id": f"{name}-venue", "name": city.get("name", name)}
        room = {"id": area, "name": _AREA, "tables": tables}
        path = draft.add(("cities", i, "venues"), venue, Source(source.row, {(): "city"}))
        draft.add((*path, "rooms"), room, Source(source.row, {(): "tables"}))
        draft.directory.add(Kind.VENUE, f"{name}-venue", f"{name}-venue")
        draft.directory.add(Kind.ROOM, area, area)


def _refuse_without_venue(draft: Draft, source: Source) -> None:
    """Refuse the rows of a city that has no venue, or none that can be used."""
    message = "has no venue: name one in the sheet venues, or give its number of tables here"
    refused = [row for row in draft.trouble.refused if row.table.sheet.name == "venues"]
    if refused and not any(map(draft.trouble.is_settled, refused)):
        return  # they may only name a city that is not there, for now
    if refused:
        draft.trouble.follow(source.row, "city", "has no venue but such as are refused")
    elif source.row not in draft.trouble.refused:
        draft.trouble.refuse(source.row, "city", message)
    for row in source.others:
        draft.trouble.follow(row, "city", f"is refused ({source.row.place})")


def add_transfers(draft: Draft) -> None:
    """Put the times between venues into the cities in which they are."""
    home = {
        venue["id"]: i
        for i, city in enumerate(draft.data.get("cities", ()))
        for venue in city.get("venues", ())
    }
    for row in draft.rows("transfers"):
        entry = draft.entry(row)
        if entry is not None:
            path = ("cities", home[entry["from"]], "transfers")
            draft.add(path, entry, Source(row, columns_of(row.table.sheet)))


def add_travel(draft: Draft) -> None:
    """Put the ways between cities into the data."""
    for row in draft.rows("travel"):
        entry = draft.entry(row)
        if entry is not None:
            draft.add(("travel", "links"), entry, Source(row, columns_of(row.table.sheet)))
