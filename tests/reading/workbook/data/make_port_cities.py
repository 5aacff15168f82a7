"""Makes ``port-cities.xlsx`` and ``port-cities.ods`` in LibreOffice Calc, as an officer types them in.

Run with Debian's Python, which knows ``uno``: ``/usr/bin/python3 make_port_cities.py`` (packages
``libreoffice-calc`` and ``python3-uno``). It starts LibreOffice, fills in cells, formats and merges them,
and has it save both files, and a third one with a password.
"""

import datetime as dt
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import uno
from com.sun.star.beans import PropertyValue

HERE = Path(__file__).parent
SAND, SEA, PALE = 0xF4E3C1, 0x2F6690, 0xE8F1F5


class Formula(NamedTuple):
    """A cell that LibreOffice works out."""

    text: str


class Note(NamedTuple):
    """A text in grey italics: a remark that no column is for."""

    text: str


UP = object()
"""A cell that is merged with the one above."""


def day(number, month=5):
    return dt.date(2026, month, number)


def at(hour, minute=0):
    return dt.time(hour, minute)


def moment(number, hour, minute=0):
    return dt.datetime(2026, 5, number, hour, minute)


PROGRAMME = (
    ("Encuentro de Ciudades Portuarias 2026",),
    (),
    ("Setting", "Value", "Remarks"),
    ("Title", "Encuentro de Ciudades Portuarias 2026", ""),
    ("Id", "port-cities", "stands in file names"),
    ("Grid", "15 min", ""),
    ("Time zone", "Europe/Madrid", ""),
    ("Organiser", "Oficina del Encuentro", ""),
    ("Organiser email", "oficina@puertos.example", ""),
    ("Meeting duration", "30 min", "agreed on 12 March"),
)
CITIES = (
    ("Cities and opening hours",),
    (),
    ("City", "Time zone", "Date", "From", "To"),
    ("Valencia", "Europe/Madrid", day(18), at(9), at(13, 30)),
    (UP, UP, day(18), at(15), at(18, 30)),
    (UP, UP, day(19), at(9), at(13, 30)),
    ("Bilbao", "Europe/Madrid", day(20), at(10), at(14)),
)
VENUES = (
    ("City", "Venue", "Address", "Room", "Seats", "Tables", "Features", "Contact"),
    (
        "Valencia",
        "Edificio del Reloj",
        "Muelle de la Aduana s/n",
        "Salón",
        120,
        "",
        "stage; projector",
        "Marta, ext. 21",
    ),
    (UP, UP, UP, "Mesas", 6, 3, "", UP),
    (UP, "Veles e Vents", "Marina de València", "Terraza", 60, "", "projector", ""),
    (),
    ("Bilbao", "Itsasmuseum", "Ramón de la Sota kaia 1", "Mesas Bilbao", 6, 2, "", "Iker"),
    (UP, UP, UP, "Auditorio", 80, "", "stage; projector", UP),
)
DELEGATIONS = (
    ("Delegation", "Id", "Split", "Languages"),
    ("València", "valencia", "members", "es; ca"),
    ("Bilbao", "bilbao", "members", "es; eu"),
    ("Gdańsk", "gdansk", "together", "pl; en"),
    ("부산광역시", "busan", "members", "ko; en"),
    ("الإسكندرية", "alexandria", "together", "ar; en"),
    ("Veracruz", "veracruz", "members", "es"),
)
PEOPLE = (
    ("PARTICIPANTES · participants",),
    (Note("One row for each person. Grey columns are for the office alone."),),
    (),
    (
        "Correo",
        "Nombre",
        "Organización",
        "Delegación",
        "Cargo",
        "Idiomas",
        "Least meetings",
        "Most meetings",
        "Arrival",
        "Departure",
        "Hotel",
        "Badge",
    ),
    (
        "amparo.ferrer@valencia.example",
        "Amparo Ferrer",
        "Autoridad Portuaria",
        "valencia",
        "ports",
        "es; ca; en",
        1,
        4,
        "",
        "",
        "",
    ),
    (
        "vicent.sala@valencia.example",
        "Vicent Sala i Roig",
        "Ajuntament de València",
        "valencia",
        "mobility",
        "es; ca; en",
        "",
        4,
        "",
        "",
        "",
    ),
    (),
    (
        "nerea.uriarte@bilbao.example",
        "Nerea Uriarte",
        "Puerto de Bilbao",
        "bilbao",
        "ports",
        "es; eu; en",
        "",
        4,
        "",
        "",
        "Mercure",
    ),
    (
        "j.zabala@bilbao.example",
        "Jon Zabala",
        "Udala",
        "bilbao",
        "culture",
        "es; eu; en",
        "",
        3,
        "",
        "",
        "Mercure",
    ),
    (),
    (
        "z.nowak@gdansk.example",
        "Żaneta Nowak-Wójcik",
        "Zarząd Portu Gdańsk",
        "gdansk",
        "",
        "pl; en",
        1,
        4,
        moment(18, 11),
        "",
        "Sercotel",
    ),
    (
        "p.lis@gdansk.example",
        "Paweł Lis",
        "Miasto Gdańsk",
        "gdansk",
        "",
        "pl; en",
        "",
        4,
        moment(18, 11),
        "",
        "Sercotel",
    ),
    (),
    (
        "seoyeon@busan.example",
        "김서연",
        "부산항만공사",
        "busan",
        "ports; mobility",
        "ko; en",
        1,
        4,
        "",
        moment(20, 12),
        "Sercotel",
    ),
    (
        "minjun@busan.example",
        "박민준",
        "부산광역시",
        "busan",
        "culture",
        "ko; en",
        "",
        4,
        "",
        moment(20, 12),
        "Sercotel",
    ),
    (),
    (
        "laila@alexandria.example",
        "ليلى حسن",
        "ميناء الإسكندرية",
        "alexandria",
        "",
        "ar; en",
        "",
        3,
        "",
        "",
        "Mercure",
    ),
    (),
    (
        "t.dominguez@veracruz.example",
        "Teresa Domínguez",
        "ASIPONA Veracruz",
        "veracruz",
        "ports",
        "es; en",
        "",
        4,
        "",
        "",
        "Mercure",
    ),
    (
        "r.luna@veracruz.example",
        "Rubén Luna",
        "Ayuntamiento",
        "veracruz",
        "culture",
        "es; en",
        "",
        4,
        "",
        "",
        "Mercure",
    ),
    (),
    ("moderator@puertos.example", "Inés Ocaña", "Prensa Marítima", "", "", "es; en", "", "", "", "", ""),
)
HOURS = tuple(
    moment(d, h) for d, hours in ((18, (9, 10, 11, 12, 15, 16, 17)), (19, (9, 10, 11, 12))) for h in hours
)
AVAILABILITY = (
    ("Person", *HOURS),
    ("Vicent Sala i Roig", *["x"] * 7, "", "", "", ""),
    ("j.zabala@bilbao.example", "", "", *["x"] * 9),
    ("김서연", *["x"] * 11),
)
WISHES = (
    ("Who would like to meet whom",),
    ("From", "To", "Wish", "Remarks"),
    ("amparo.ferrer@valencia.example", "seoyeon@busan.example", "must", "cold ironing"),
    ("seoyeon@busan.example", "amparo.ferrer@valencia.example", "Must", ""),
    ("Gdańsk", "amparo.ferrer@valencia.example", "must", ""),
    ("vicent.sala@valencia.example", "Gdańsk", "like", "electric ferries"),
    ("nerea.uriarte@bilbao.example", "t.dominguez@veracruz.example", "like", ""),
    ("t.dominguez@veracruz.example", "nerea.uriarte@bilbao.example", "like", ""),
    (),
    ("الإسكندرية", "Nerea Uriarte", "must", ""),
    ("j.zabala@bilbao.example", "박민준", "like", ""),
    ("박민준", "r.luna@veracruz.example", "like", ""),
    ("r.luna@veracruz.example", "j.zabala@bilbao.example", "neutral", ""),
    ("Gdańsk", "الإسكندرية", "never", "met in March"),
    ("Veracruz", "Gdańsk", "like", ""),
)
SESSIONS = (
    ("Id", "Title", "Kind", "Duration", "Date", "Times", "Rooms", "Speakers", "Audience"),
    (
        "opening",
        "Apertura",
        "inaugural",
        "45 min",
        day(18),
        "09:00-10:00",
        "Salón",
        "moderator@puertos.example (moderator)",
        "València; Bilbao; 부산광역시; Veracruz",
    ),
    (
        "harbours",
        "Puertos sin humo",
        "conference",
        "1h30",
        day(18),
        "15:00-18:30",
        "Salón",
        "Inés Ocaña (moderator); seoyeon@busan.example",
        "",
    ),
    ("walk", "Paseo por la ría", "field visit", "1 h", day(20), "", "Auditorio", "", "Bilbao; Gdańsk"),
)
TRAVEL = (
    ("From", "To", "By", "Duration", "Access", "Egress", "Departures"),
    ("Valencia", "Bilbao", "coach", "7 h 30", "30 min", "30 min", "15:00; 22:00"),
)
LOCKS = (
    ("Activity", "Start", "Room", "Table", "Remarks"),
    ("Apertura", moment(18, 9), "Salón", "", "the mayor's diary"),
)
NOTES = (
    ("Things to do",),
    ("Badges", "ordered"),
    ("Coaches", Formula('=COUNTA(People.A5:A30)&" seats"')),
)
SHEETS = {
    "Programme": PROGRAMME,
    "Cities": CITIES,
    "Venues": VENUES,
    "Delegations": DELEGATIONS,
    "People": PEOPLE,
    "Availability": AVAILABILITY,
    "Wishes": WISHES,
    "Sessions": SESSIONS,
    "Travel": TRAVEL,
    "Locks": LOCKS,
    "Notes": NOTES,
}


EXCEL = "Calc MS Excel 2007 XML"
FILES = (
    ("port-cities.xlsx", EXCEL, {}),
    ("port-cities.ods", "calc8", {}),
    ("port-cities-locked.xlsx", EXCEL, {"EncryptionData": "ferry"}),
)


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(200):
        try:
            return resolver.resolve("uno:pipe,name=scheduler-fixture;urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def properties(**values):
    found = []
    for name, value in values.items():
        one = PropertyValue()
        one.Name, one.Value = name, locked(value) if name == "EncryptionData" else value
        found.append(one)
    return tuple(found)


def locked(password):
    """Return a password as Excel's files take it."""
    found = []
    for name, value in (("OOXPassword", password), ("CryptoType", "Standard")):
        one = uno.createUnoStruct("com.sun.star.beans.NamedValue")
        one.Name, one.Value = name, value
        found.append(one)
    return uno.Any("[]com.sun.star.beans.NamedValue", tuple(found))


class Filler:
    """Fills in the sheets of a document."""

    def __init__(self, document):
        self.document = document
        self.locale = uno.createUnoStruct("com.sun.star.lang.Locale")

    def format(self, code):
        formats = self.document.NumberFormats
        found = formats.queryKey(code, self.locale, False)
        return found if found >= 0 else formats.addNew(code, self.locale)

    def put(self, cell, value):
        if isinstance(value, dt.datetime):
            cell.setValue((value - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1))
            cell.NumberFormat = self.format("DD/MM HH:MM")
        elif isinstance(value, dt.date):
            cell.setValue((value - dt.date(1899, 12, 30)).days)
            cell.NumberFormat = self.format("DD/MM/YYYY")
        elif isinstance(value, dt.time):
            cell.setValue((value.hour * 60 + value.minute) / 1440)
            cell.NumberFormat = self.format("HH:MM")
        elif isinstance(value, Formula):
            cell.setFormula(value.text)
        elif isinstance(value, Note):
            cell.setString(value.text)
            cell.CharPosture = uno.Enum("com.sun.star.awt.FontSlant", "ITALIC")
            cell.CharColor = 0x777777
        elif isinstance(value, int):
            cell.setValue(value)
        elif value:
            cell.setString(value)

    def fill(self, sheet, rows):
        width = max(map(len, rows))
        rows = [self.with_badge(row, y, width) for y, row in enumerate(rows)]
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if value is not UP:
                    self.put(sheet.getCellByPosition(x, y), value)
        for y, row in enumerate(rows):
            if len(row) == 1 and width > 1:
                self.title(sheet.getCellRangeByPosition(0, y, width - 1, y), isinstance(row[0], Note))
        header = next(y for y, row in enumerate(rows) if len(row) == width)
        self.dress(sheet.getCellRangeByPosition(0, header, width - 1, header))
        for x in range(width):
            self.merge_up(sheet, rows, x)
            sheet.Columns.getByIndex(x).Width = 2600 if x > 6 else 4200
        sheet.Columns.getByIndex(0).Width = 7200

    def with_badge(self, row, y, width):
        """Add what the office works out for badges to each row that an address begins."""
        is_person = len(row) == width - 1 and "@" in str(row[0])
        return (*row, Formula(f'=B{y + 1}&" · "&C{y + 1}')) if is_person else row

    def title(self, cells, note):
        cells.merge(True)
        if not note:
            cells.CharWeight, cells.CharHeight, cells.CellBackColor = 150, 14, SAND

    def dress(self, cells):
        cells.CharWeight, cells.CharColor, cells.CellBackColor = 150, 0xFFFFFF, SEA

    def merge_up(self, sheet, rows, x):
        top = None
        for y in range(len(rows) + 1):
            up = y < len(rows) and x < len(rows[y]) and rows[y][x] is UP
            if up and top is None:
                top = y - 1
            elif not up and top is not None:
                cells = sheet.getCellRangeByPosition(x, top, x, y - 1)
                cells.merge(True)
                cells.CellBackColor = PALE
                top = None


def make(desktop):
    document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
    filler = Filler(document)
    for position, name in enumerate(SHEETS):
        document.Sheets.insertNewByName(name, position)
    document.Sheets.removeByName(document.Sheets.getByIndex(len(SHEETS)).Name)
    for name, rows in SHEETS.items():
        filler.fill(document.Sheets.getByName(name), rows)
    for name, kind, more in FILES:
        document.storeToURL((HERE / name).as_uri(), properties(FilterName=kind, **more))
    document.close(True)


def main():
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}"]
        office = subprocess.Popen([*command, "--accept=pipe,name=scheduler-fixture;urp;"])
        try:
            context = connect()
            service = "com.sun.star.frame.Desktop"
            desktop = context.ServiceManager.createInstanceWithContext(service, context)
            make(desktop)
        finally:
            office.terminate()
            office.wait(30)


if __name__ == "__main__":
    main()
