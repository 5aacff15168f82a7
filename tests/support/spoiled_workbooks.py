"""A good workbook, spoiled in one way each: what is wrong with it is known to the cell."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

DATA = Path(__file__).parents[1] / "reading" / "workbook" / "data"
GOOD = DATA / "port-cities.xlsx"
NAME = "port-cities.xlsx"
"""How messages name it."""

Book = Any
Spoil = Callable[[Book], object]


class Spoiled(NamedTuple):
    """One way to spoil it; ``data/spoiled.txt`` has what is said of it."""

    kind: str
    spoil: Spoil


def spoiled(*spoils: Spoil) -> bytes:
    """Return the good workbook with something done to it, formulas replaced by their values."""
    book = openpyxl.load_workbook(GOOD, data_only=True)
    for spoil in spoils:
        spoil(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def put(place: str, value: object) -> Spoil:
    """Write something into a cell, ``People!C7``."""
    sheet, _, cell = place.partition("!")

    def spoil(book: Book) -> None:
        book[sheet][cell] = value

    return spoil


def each(*spoils: Spoil) -> Spoil:
    """Do several things."""

    def spoil(book: Book) -> None:
        for one in spoils:
            one(book)

    return spoil


def row(sheet: str, *cells: object) -> Spoil:
    """Add a row."""
    return lambda book: book[sheet].append(cells)


def without(sheet: str) -> Spoil:
    """Take a sheet away."""
    return lambda book: book.remove(book[sheet])


def emptied(sheet: str) -> Spoil:
    """Take all cells of a sheet away."""
    return lambda book: (unmerged(sheet)(book), book[sheet].delete_rows(1, 99))


def renamed(sheet: str, name: str) -> Spoil:
    """Give a sheet another name."""

    def spoil(book: Book) -> None:
        book[sheet].title = name

    return spoil


def merged(sheet: str, cells: str) -> Spoil:
    """Merge cells, of which the first stays."""
    return lambda book: book[sheet].merge_cells(cells)


def unmerged(sheet: str) -> Spoil:
    """Take all merged cells apart."""
    return lambda book: [
        book[sheet].unmerge_cells(str(cells)) for cells in [*book[sheet].merged_cells.ranges]
    ]


def error(place: str, code: str) -> Spoil:
    """Let a cell hold the error of a formula."""
    sheet, _, cell = place.partition("!")

    def spoil(book: Book) -> None:
        book[sheet][cell].value = code
        book[sheet][cell].data_type = "e"

    return spoil


def sheet(name: str, *rows: tuple[object, ...]) -> Spoil:
    """Add a sheet."""

    def spoil(book: Book) -> None:
        added = book.create_sheet(name)
        for cells in rows:
            added.append(cells)

    return spoil


def numbered(book: Book) -> None:
    """Give all sheets names that say nothing."""
    for number, name in enumerate(book.sheetnames, 1):
        book[name].title = f"Hoja{number}"


KINDS: tuple[Spoiled, ...] = (
    # -- sheets and headers
    Spoiled("empty people", emptied("People")),
    Spoiled("no people", without("People")),
    Spoiled("no cities and no venues", each(without("Cities"), without("Venues"))),
    Spoiled("no venues", without("Venues")),
    Spoiled("misspelt sheet", renamed("People", "Peeple")),
    Spoiled("sheet twice", lambda book: setattr(book.copy_worksheet(book["Wishes"]), "title", "Deseos")),
    Spoiled("no sheet that is known", numbered),
    Spoiled("misspelt header", put("People!D4", "Delgación")),
    Spoiled("header that each row needs is missing", put("Wishes!B2", "Remark")),
    Spoiled("header twice", put("People!K4", "Correo")),
    Spoiled("header twice under another name", put("People!K4", "E-mail")),
    Spoiled("no header row", lambda book: book["Sessions"].delete_rows(1)),
    Spoiled("merged header", merged("Wishes", "A2:B2")),
    # -- settings
    Spoiled("unknown setting", put("Programme!A6", "Gird")),
    Spoiled("setting twice", put("Programme!A10", "Timezone")),
    Spoiled("unknown zone", put("Programme!B7", "Europe/Valencia")),
    Spoiled("grid that does not divide the day", put("Programme!B6", "7 min")),
    Spoiled("grid of nothing", put("Programme!B6", "fast")),
    Spoiled("organiser's address", put("Programme!B9", "office")),
    Spoiled("malformed id", put("Programme!B5", "port cities!")),
    # -- dates, times, numbers
    Spoiled("no such date", put("Cities!C7", "31/02/2026")),
    Spoiled("ambiguous date", put("Cities!C7", "03/04/2026")),
    Spoiled("no date", put("Cities!C7", "soon")),
    Spoiled("time of day", put("Cities!D7", "25:00")),
    Spoiled("time in words", put("Cities!D7", "nine")),
    Spoiled("end before start", each(put("Cities!D7", dt.time(14)), put("Cities!E7", dt.time(10)))),
    Spoiled("number in words", put("Venues!E3", "six")),
    Spoiled("no seats", put("Venues!E3", 0)),
    Spoiled("half a table", put("Venues!F3", 2.5)),
    Spoiled("negative tables", put("Venues!F3", -3)),
    Spoiled("yes for a number", put("Venues!F3", True)),
    Spoiled("date for a number", put("People!H5", dt.datetime(2026, 1, 4))),
    Spoiled("length in words", put("Sessions!D2", "long")),
    Spoiled("length off the grid", put("Sessions!D2", "50 min")),
    Spoiled("no length", put("Sessions!D2", None)),
    Spoiled("departure before arrival", put("People!J11", dt.datetime(2026, 5, 18, 10))),
    Spoiled("moment without a time", put("Locks!B2", "18/05/2026")),
    # -- places
    Spoiled("unknown city", put("Venues!A6", "Bilbo")),
    Spoiled("venue without a city", each(unmerged("Venues"), put("Venues!A4", None))),
    Spoiled("room twice in a venue", put("Venues!D7", "Mesas Bilbao")),
    Spoiled("room in two venues", row("Venues", "Valencia", "Veles e Vents", None, "Salón")),
    Spoiled("travel to nowhere", put("Travel!B2", "Bilbaoo")),
    Spoiled("travel to the same city", put("Travel!B2", "Valencia")),
    Spoiled("departure of no time", put("Travel!G2", "15:00; late")),
    # -- people
    Spoiled("no address", put("People!A5", "amparo.ferrer")),
    Spoiled("address twice", put("People!A6", "Amparo.Ferrer@valencia.example")),
    Spoiled("nobody", each(put("People!A22", None), put("People!B22", None))),
    Spoiled("unknown delegation", put("People!D8", "bilabo")),
    Spoiled("delegation twice", put("Delegations!B3", "valencia")),
    Spoiled("least above most", put("People!G5", 9)),
    Spoiled("fewer than none", put("People!G5", -1)),
    Spoiled("split of no kind", put("Delegations!C2", "apart")),
    Spoiled("error of a formula", error("People!B8", "#REF!")),
    Spoiled("formula without a value", put("Venues!E2", "=2*60")),
    # -- availability
    Spoiled("mark of no kind", put("Availability!C3", "perhaps")),
    Spoiled("person twice in the grid", put("Availability!A4", "Jon Zabala")),
    Spoiled("unknown person in the grid", put("Availability!A4", "Vicent Salla i Roig")),
    # -- wishes
    Spoiled("wish of nobody", put("Wishes!A6", None)),
    Spoiled("wish of somebody unknown", put("Wishes!A6", "vicente.sala@valencia.example")),
    Spoiled("ambiguous name", each(put("People!B9", "Nerea Uriarte"))),
    Spoiled("wish for oneself", put("Wishes!B6", "Vicent Sala i Roig")),
    Spoiled("wish of no kind", put("Wishes!C6", "please")),
    Spoiled("wish twice", row("Wishes", "Gdańsk", "amparo.ferrer@valencia.example", "must")),
    Spoiled("must and never of one", row("Wishes", "Gdańsk", "amparo.ferrer@valencia.example", "never")),
    # -- sessions and locks
    Spoiled("kind of no kind", put("Sessions!C2", "inauguration")),
    Spoiled("speaker unknown", put("Sessions!H3", "Inés Ocana (moderator); Seo Yeon")),
    Spoiled("role unknown", put("Sessions!H3", "Inés Ocaña (singer)")),
    Spoiled("audience unknown", put("Sessions!I2", "València; Porto")),
    Spoiled("session twice", put("Sessions!A3", "opening")),
    Spoiled("room unknown", put("Sessions!G2", "Salon Azul")),
    Spoiled("window backwards", put("Sessions!F2", "10:00-09:00")),
    Spoiled("lock of nothing", put("Locks!A2", "Aperture")),
    Spoiled("lock of an unknown room", put("Locks!C2", "Salonn")),
    Spoiled("lock off the grid", put("Locks!B2", dt.datetime(2026, 5, 18, 9, 7))),
    Spoiled("table outside a meeting area", put("Locks!D2", 1)),
    Spoiled("more that is no YAML", each(put("Travel!H1", "More"), put("Travel!H2", "{mode: [coach"))),
    Spoiled("more with an unknown key", each(put("Travel!H1", "More"), put("Travel!H2", "colour: red"))),
    Spoiled("talk of an unknown session", sheet("Talks", ("Session", "Title", "Speaker", "Duration"),
                                               ("Harbour", "Shore power", "김서연", "30 min"))),
    Spoiled("talk by nobody", sheet("Talks", ("Session", "Title", "Speaker", "Duration"),
                                    ("harbours", "Shore power", "Kim", "30 min"))),
    Spoiled("order of nothing", sheet("Precedences", ("Before", "After"), ("Apertura", "Harbour"))),
    Spoiled("order in a circle", sheet("Order", ("First", "Then"), ("opening", "walk"), ("walk", "opening"))),
    Spoiled("objective of no kind", sheet("Objective", ("Term", "Level"), ("requests", 1), ("brakes", 2))),
    Spoiled("priority worth nothing", sheet("Priorities", ("Priority", "Worth"), ("must", 0))),
    Spoiled("priority twice", sheet("Priorities", ("Priority", "Worth"), ("must", 8), ("must", 9))),
    Spoiled("interpreters of one language", sheet("Interpreters", ("Name", "Languages"), ("korean", "ko"))),
    Spoiled("never of one and the same", sheet("Never", ("One", "Other"), ("Jon Zabala", "jon-zabala"))),
    Spoiled("never and a meeting", sheet("Never", ("One", "Other"), ("Jon Zabala", "박민준"))),
    Spoiled("transfer within one venue", sheet("Transfers", ("From", "To", "Time"),
                                              ("Veles e Vents", "Veles e Vents", "10 min"))),
    Spoiled("meeting of one", sheet("Meetings", ("Parties", "Title"), ("Bilbao", "Monologue"))),
    Spoiled("meeting of no priority", sheet("Meetings", ("With", "Priority"), ("Bilbao; Busan", "urgent"))),
    Spoiled("baseline twice", sheet("Baseline", ("Activity", "Start", "Room"),
                                    ("walk", "2026-05-20 10:00", "auditorio"),
                                    ("walk", "2026-05-20 11:00", "auditorio"))),
    Spoiled("several at once", each(
        put("Programme!B7", "Madrid"), put("People!A5", "amparo"), put("Wishes!C12", "perhaps"),
        put("Sessions!D4", "an hour"), put("Locks!C2", "Salonn"),
    )),
    Spoiled("lock twice", row("Locks", "opening", dt.datetime(2026, 5, 18, 9, 15))),
)  # fmt: skip


DAMAGED = ("cut off", "empty", "text", "picture", "locked", "another packed file")


def damaged(kind: str) -> bytes:
    """Return what is no workbook at all."""
    good = GOOD.read_bytes()
    if kind == "cut off":
        return good[: len(good) // 2]
    if kind == "empty":
        return b""
    if kind == "text":
        return b"email,name\nanna@example.org,Anna\n"
    if kind == "picture":
        return b"\x89PNG\r\n\x1a\n" + bytes(100)
    if kind == "locked":
        return (DATA / "port-cities-locked.xlsx").read_bytes()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("word/document.xml", "<document/>")
    return content.getvalue()
