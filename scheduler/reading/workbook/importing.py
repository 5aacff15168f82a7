"""From the pages of a workbook to an instance, and a report of what became of each row.

The data of an instance is put together from all rows that can be used, as often as it takes: each time
without the rows that were found to be wrong, until nothing more is. What is found in the first round is wrong
with a row itself; what comes to light only because other rows are missing follows from these, and is told
apart.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain import Instance
from scheduler.domain.times import parse_duration
from scheduler.reading.errors import InputError, InputFault, letters
from scheduler.reading.judge import NOTHING_LOST, Losses, judge
from scheduler.reading.messages import Finding
from scheduler.reading.workbook import activities, people, places, programme, wishes
from scheduler.reading.workbook.availability import add_availability, days_of, read_availability
from scheduler.reading.workbook.drafts import Draft
from scheduler.reading.workbook.pages import Book, Page
from scheduler.reading.workbook.presence import localise_parties
from scheduler.reading.workbook.refused_names import RefusedNames, kinds_of, names_of
from scheduler.reading.workbook.settings import Settings, read_settings
from scheduler.reading.workbook.showing import shown
from scheduler.reading.workbook.spelling import misspelt
from scheduler.reading.workbook.tables import Reading, Row, Table, read_table
from scheduler.reading.workbook.times import UnfitError, read_length
from scheduler.reading.workbook.trouble import Trouble
from scheduler.reading.workbook.values import Cells
from scheduler.sheets import READ_ME, SHEETS, Shape, Sheet, folded
from scheduler.sheets import sheet as sheet_of
from scheduler.sheets.report import ImportReport, RefusedRow, SheetCount

_MOST_ROUNDS = 10_000
"""Never reached: each round refuses a row, and those that are wrong by themselves in the first few."""
_OWN_KEY = re.compile(r"`(\w+)` should ")
"""What a message begins with that compares two keys of one part."""
_OTHER_PLACE = re.compile(r"\(((?:[a-z_]+\.\d+\.?)+)\)")


class WorkbookError(InputError):
    """A workbook that is no instance, or not wholly.

    Attributes
    ----------
    report : ImportReport
        What would become of its rows.
    """

    def __init__(self, faults: Sequence[InputFault], report: ImportReport) -> None:
        super().__init__(faults)
        self.report = report


@dataclass(frozen=True)
class ImportedWorkbook:
    """An instance made of a workbook.

    Attributes
    ----------
    instance : Instance
        Of all rows that could be used.
    report : ImportReport
        What became of each row.
    faults : tuple of InputFault
        What is wrong; empty unless rows were to be left out.
    """

    instance: Instance
    report: ImportReport
    faults: tuple[InputFault, ...] = ()


def import_book(book: Book, *, keep_going: bool = False) -> ImportedWorkbook:
    """Make an instance of a workbook.

    Parameters
    ----------
    book : Book
    keep_going : bool
        Whether to leave out rows that cannot be used, rather than to refuse the whole.

    Raises
    ------
    WorkbookError
        With everything that is wrong.
    """
    return _Import(book).result(keep_going=keep_going)


class _Import:
    def __init__(self, book: Book) -> None:
        self._book = book
        self._trouble = Trouble()
        self._header_faults: list[InputFault] = []
        self._readings: dict[str, Reading] = {}
        self._extra: list[Reading] = []
        self._date_order = ""
        self._unsure: dict[str, str] = {}
        """Sheets of which not all is known, and why."""
        for note in book.notes:
            self._trouble.note(note)
        self._read_pages()

    # -- pages -----------------------------------------------------------------------------------

    def _read_pages(self) -> None:
        known = {folded(name): sheet for sheet in SHEETS for name in (sheet.name, *sheet.aliases)}
        pages = [(page, known.get(folded(page.title))) for page in self._book.pages]
        if len(pages) == 1 and pages[0][1] is None and not misspelt(pages[0][0].title, known):
            self._trouble.note(f'{pages[0][0].title}: is no sheet that is known; the first is "people"')
        for page, sheet in sorted(pages, key=lambda each: each[1] is not sheet_of("programme")):
            if sheet is None:
                self._tell_unread(page, known)
            elif sheet.name in self._readings:
                self._refuse_second(page, sheet)
            else:
                self._take(sheet.name, self._read(page, sheet))
        self._readings = {
            sheet.name: self._readings[sheet.name] for sheet in SHEETS if sheet.name in self._readings
        }
        self._miss_places()
        self._miss_people()

    def _miss_places(self) -> None:
        """Say that there are no places, without which there is nothing to look at."""
        draft = Draft(self._readings, self._trouble)
        if {"cities", "venues"} & self._unsure.keys() or draft.has("cities") or draft.has("venues"):
            return
        empty = next((name for name in ("venues", "cities") if name in self._readings), None)
        lack = f'nothing in the sheet "{empty}"' if empty else 'no sheet "venues" (or "cities")'
        message = f"has {lack} that says where things can take place"
        self._trouble.general.append(InputFault(self._book.name, 0, 0, (), None, message, ""))
        self._unsure["cities"] = self._unsure["venues"] = "there are no places"

    def _miss_people(self) -> None:
        """Say that nobody is there by name, if somebody is named by an address."""
        if "people" in self._unsure or Draft(self._readings, self._trouble).has("people"):
            return
        columns = (("wishes", "from"), ("wishes", "to"), ("availability", "person"))
        readings = ((self._readings.get(sheet), column) for sheet, column in columns)
        if any(
            "@" in shown(row.cells.get(column, "")) for each, column in readings if each for row in each.rows
        ):
            message = 'has nobody in the sheet "people", whom other sheets name'
            self._trouble.general.append(InputFault(self._book.name, 0, 0, (), None, message, ""))
            self._unsure["people"] = 'there is nobody in the sheet "people"'

    def _tell_unread(self, page: Page, known: Mapping[str, Sheet]) -> None:
        if folded(page.title) in map(folded, READ_ME) or not any(any(map(shown, row)) for row in page.rows):
            return
        meant = misspelt(page.title, known)
        if meant:
            message = f'is no sheet that is known; did you mean "{known[meant].name}"?'
            self._header_faults.append(InputFault(page.file, 0, 0, (), page.title, message, page.sheet))
            self._unsure[known[meant].name] = f'the sheet "{page.title}" is not read'
        else:
            self._trouble.note(f"{page.title}: is not read: no sheet of that name is known")

    def _read(self, page: Page, sheet: Sheet) -> Reading:
        if sheet.shape is Shape.SETTINGS:
            reading = read_settings(page, sheet)
            self._date_order = _setting(reading, "date order")
            return reading
        if sheet.shape is Shape.AVAILABILITY:
            return read_availability(page, sheet, self._date_order, self._step())
        return read_table(page, sheet)

    def _step(self) -> dt.timedelta:
        """Return how long a slot of a grid is when nothing says."""
        given = _setting(self._readings.get("programme"), "grid")
        try:
            return parse_duration(read_length(given)) if given else dt.timedelta(minutes=30)
        except (UnfitError, ValueError):
            return dt.timedelta(minutes=30)

    def _refuse_second(self, page: Page, sheet: Sheet) -> None:
        reading = self._read(page, sheet)
        first = self._readings[sheet.name].table
        named = f' ("{first.page.title}")' if first else ""
        message = f'is the sheet "{sheet.name}" a second time{named}: put the rows of both into one'
        reading.unusable = f'the sheet "{sheet.name}" is there twice'
        self._header_faults.append(InputFault(page.file, 0, 0, (), page.title, message, page.sheet))
        self._extra.append(reading)
        self._refuse_all(reading)

    def _take(self, name: str, reading: Reading) -> None:
        self._readings[name] = reading
        self._header_faults += reading.faults
        if reading.faults and reading.table is not None:
            self._unsure[name] = f'the header of "{reading.table.page.title}" is wrong'
        for note in reading.notes:
            self._trouble.note(note)
        for row, fault in reading.refused.items():
            self._trouble.add(row, fault, follows=False)
        self._refuse_broken(reading)
        if reading.unusable:
            self._refuse_all(reading)

    def _refuse_broken(self, reading: Reading) -> None:
        """Refuse rows with cells that hold errors, or formulas of which only the text is known."""
        if reading.table is None or not reading.table.page.broken:
            return
        broken = reading.table.page.broken
        for row in reading.rows:
            for column, at in row.table.columns.items():
                message = broken.get((row.number, at))
                if message and (reading.table.sheet.shape is not Shape.SETTINGS or column in row.cells):
                    self._trouble.refuse(row, column, message)

    def _refuse_all(self, reading: Reading) -> None:
        for row in reading.rows:
            fault = row.table.fault(row.number, -1, None, f"cannot be used: {reading.unusable}")
            self._trouble.add(row, fault, follows=True)

    # -- rounds ----------------------------------------------------------------------------------

    def result(self, *, keep_going: bool) -> ImportedWorkbook:
        draft = self._settled()
        instance = None
        if self._is_possible(draft):
            instance = self._judged(draft)
        faults = _in_order([*self._header_faults, *self._trouble.faults], self._book)
        report = self._report()
        if instance is None or (faults and not keep_going):
            raise WorkbookError(faults, report)
        return ImportedWorkbook(instance, report, tuple(faults))

    def _settled(self) -> Draft:
        """Return the data once no more rows are found that cannot be used."""
        self._trouble.accept()
        for _ in range(_MOST_ROUNDS):
            draft = self._draft()
            if not self._trouble.settle(names_of):
                return draft
        raise AssertionError("each round refuses at least one more row, and these are soon all")

    def _draft(self) -> Draft:
        draft = Draft(self._readings, self._trouble, date_order=self._date_order)
        draft.directory.catch_up = RefusedNames(draft).tell
        for name, why in self._unsure.items():
            for kind in kinds_of(name):
                draft.directory.leave_unsure(kind, why)
        programme.add_settings(draft, self._book.stem)
        programme.add_lists(draft)
        places.add_cities(draft, days_of(self._readings.get("availability")))
        places.add_venues(draft)
        places.add_transfers(draft)
        places.add_travel(draft)
        programme.add_meeting_cities(draft)
        people.add_delegations(draft)
        people.add_people(draft)
        people.know_teams(draft)
        add_availability(draft)
        localise_parties(draft)
        people.add_interpreters(draft)
        people.add_never(draft)
        self._add_activities(draft)
        return draft

    def _add_activities(self, draft: Draft) -> None:
        found = wishes.read_wishes(draft)
        worth = wishes.WORTH if found else {}
        programme.add_priorities(draft, worth)
        tracks = activities.know_tracks(draft)
        activities.add_tracks(draft, tracks)
        activities.add_sessions(draft)
        activities.add_meetings(draft)
        wishes.add_wishes(draft, found, frozenset(activities.ids_of_activities(draft)))
        activities.add_relations(draft)
        activities.add_locks(draft)

    def _is_possible(self, draft: Draft) -> bool:
        """Return whether there is anything to look at."""
        return bool(draft.data.get("cities"))

    def _judged(self, draft: Draft) -> Instance | None:
        follows = False
        for _ in range(_MOST_ROUNDS):
            instance, found = judge(draft.data, NOTHING_LOST if follows else self._losses())
            for each in found:
                self._place(draft, each, follows=follows)
            if instance is not None and not found:
                return programme.with_objective(draft, instance)
            if self._trouble.general or (follows and not found):
                return None
            follows = True
            draft = self._settled()
            if not self._is_possible(draft):
                return None
        return None

    def _losses(self) -> Losses:
        """Return which lists of the data lack entries, so that nothing is concluded from what they lack."""
        sheets = {row.table.sheet.name for row in self._trouble.refused}.union(self._unsure)
        lacking = frozenset(_LACKING[name] for name in sheets if name in _LACKING)
        return Losses(lacking=lacking) if lacking else NOTHING_LOST

    def _place(self, draft: Draft, found: Finding, *, follows: bool) -> None:
        """Refuse the rows that a finding is about."""
        message = _with_place(draft, found.message)
        key = _OWN_KEY.match(found.message)
        source = draft.source_of((*found.path, key[1]) if key else found.path)
        if source is None:
            said = ".".join(map(str, found.path))
            fault = InputFault(self._book.name, 0, 0, (), None, f"{message} ({said})", "")
            self._trouble.general.append(fault)
            return
        where, column = source
        value = found.value if isinstance(found.value, str | int | float) else None
        for row in (where.row, *where.others):
            if follows:
                self._trouble.follow(row, column, message, value)
            else:
                self._trouble.refuse(row, column, message, value)
            follows = True  # the other rows of a pair are right

    # -- report ----------------------------------------------------------------------------------

    def _report(self) -> ImportReport:
        readings = [*self._readings.values(), *self._extra]
        by_page = {id(r.table.page): r for r in readings if r.table is not None}
        counts: list[SheetCount] = []
        refused: list[RefusedRow] = []
        for page in self._book.pages:
            reading = by_page.get(id(page))
            if reading is None:
                continue
            used = sum(row not in self._trouble.refused for row in reading.rows)
            counts.append(SheetCount(page.title, len(reading.rows), used))
            for row in reading.rows:
                refused += self._refused_row(row)
        return ImportReport(tuple(counts), tuple(refused), tuple(self._trouble.notes))

    def _refused_row(self, row: Row) -> Iterator[RefusedRow]:
        for refusal in self._trouble.refused.get(row, ()):
            fault = refusal.fault
            value = "" if fault.value is None else str(fault.value)
            place = (fault.file, fault.sheet or "", fault.line, letters(fault.column))
            yield RefusedRow(*place, value, fault.message, refusal.follows, tuple(map(shown, row.whole)))


_LACKING = {
    "programme": "programme",
    "cities": "cities",
    "venues": "cities",
    "people": "participants",
    "delegations": "delegations",
}
"""The lists of the data from whose shortness something could be concluded, by the sheets that fill them."""


def _setting(reading: Reading | None, name: str) -> str:
    """Return a setting that is needed before all else is read; empty if it is not said or not right."""
    if reading is None or reading.table is None:
        return ""
    row = next((row for row in reading.rows if name in row.cells and row not in reading.refused), None)
    if row is None:
        return ""
    try:
        return str(
            Cells(Draft({}, Trouble()).directory).one(sheet_of("programme").column(name), row.cells[name])
        )
    except UnfitError:
        return ""  # it is told when settings are read


def _with_place(draft: Draft, message: str) -> str:
    """Return a message of the domain with the cell of another part that it names by its path."""
    match = _OTHER_PLACE.search(message)
    if match is None:
        return message
    path = tuple(int(step) if step.isdigit() else step for step in match[1].split("."))
    source = draft.source_of(path)
    if source is None:
        return message
    return f"{message[: match.start()]}({source[0].row.place}){message[match.end() :]}"


def _in_order(faults: Sequence[InputFault], book: Book) -> list[InputFault]:
    """Return faults in the order of the pages, rows and columns."""
    order = {(page.file, page.sheet): number for number, page in enumerate(book.pages)}
    found = {(f.file, f.sheet, f.line, f.column, f.message): f for f in faults}
    return sorted(found.values(), key=lambda f: (order.get((f.file, f.sheet or ""), -1), f.line, f.column))


__all__ = ["ImportedWorkbook", "Settings", "Table", "WorkbookError", "import_book"]
