"""The sheets about the programme as a whole: settings, what requests are worth, what a good schedule is."""

from __future__ import annotations

from scheduler.sheets.base import Column, Kind, Shape, Sheet, more

DATE_ORDERS = ("year first", "day first", "month first")
"""How dates that are written as text may be meant."""

PROGRAMME = Sheet(
    "programme",
    "Settings of the programme as a whole: a setting in each row, its value beside it.",
    (),
    (
        Column("name", Kind.TEXT, ("programme", "title"), "What the programme is called.", "Asia Innova 2017",
               ("title", "event", "programme", "program", "programa", "nombre", "título")),
        Column("id", Kind.ID, ("programme", "id"), "A short name for files; made of the name if not given.",
               "asia-innova-2017", ("programme id", "code")),
        Column("time zone", Kind.ZONE, ("programme", "time_zone"),
               "The time zone of all dates and times, and of cities that give none.", "Europe/Madrid",
               ("timezone", "tz", "zone", "zona horaria")),
        Column("dates", Kind.DATE, None, "The dates on which all cities are open that have no opening times.",
               "2017-11-20; 2017-11-21", ("days", "date", "fechas", "días"), many=True),
        Column("opens", Kind.TIME, None, "When they open on these dates; 09:00 if not given.", "09:00",
               ("from", "start", "open", "desde")),
        Column("closes", Kind.TIME, None, "When they close; 18:00 if not given.", "18:00",
               ("to", "until", "end", "close", "hasta")),
        Column("date order", Kind.CHOICE, None,
               "How 03/04/2017 is meant wherever it stands as text; without it such dates are refused.",
               "day first", ("dates are", "date format", "formato de fecha"), words=DATE_ORDERS),
        Column("grid", Kind.DURATION, ("programme", "grid"), "Everything starts on a multiple of it.",
               "15min",
               ("slot", "slot length", "step")),
        Column("organiser", Kind.TEXT, ("programme", "organizer", "name"), "Whom calendars name.",
               "Programme office", ("organizer", "organiser name", "organizer name", "organizador")),
        Column("organiser email", Kind.EMAIL, ("programme", "organizer", "email"), "And the address.",
               "office@programme.example", ("organizer email", "contact email", "correo del organizador")),
        Column("meeting length", Kind.DURATION, None, "How long meetings of the sheet `wishes` are; 30min.",
               "30min", ("meeting duration", "length of meetings", "duración de reunión")),
        Column("meeting cities", Kind.CITY, None,
               "The only cities for meetings of the sheet `wishes`; all if not given.", "Madrid",
               ("meeting city", "cities of meetings"), many=True),
        Column("most meetings per day", Kind.NUMBER, ("load", "meetings_per_day"),
               "The most meetings of one person on one date.", "6", ("meetings per day", "max per day")),
        Column("most in a row", Kind.NUMBER, ("load", "in_a_row"),
               "The most engagements of one person without a rest.", "4", ("in a row",)),
        Column("rest", Kind.DURATION, ("load", "rest"), "How long a pause must be to be a rest.", "30min"),
        Column("meal from", Kind.TIME, ("load", "meal", "from"), "The earliest that a meal break begins.",
               "13:00", ("lunch from",)),
        Column("meal to", Kind.TIME, ("load", "meal", "to"), "The latest that it ends.", "15:30",
               ("lunch to", "meal until", "lunch until")),
        Column("meal length", Kind.DURATION, ("load", "meal", "duration"), "How long it is.", "1h",
               ("lunch length", "meal duration", "lunch duration")),
        Column("break difference", Kind.NUMBER, ("fairness", "breaks"),
               "The most by which the breaks of two people may differ.", "2", ("fairness breaks",)),
        Column("least share granted", Kind.NUMBER, ("fairness", "granted_percent"),
               "The least share of its meetings that each party is granted, in percent.", "50",
               ("granted percent", "fairness granted")),
        Column("break tolerance", Kind.DURATION, ("breaks", "tolerance"),
               "Idle time up to so long is no break.", "30min", ("tolerance",)),
        Column("break span", Kind.CHOICE, ("breaks", "span"), "Between engagements of what breaks are.",
               "day",
               words=("day", "programme")),
        Column("now", Kind.MOMENT, ("programme", "now"), "For a re-plan: what started before it stays.",
               "2017-11-21T08:00+01:00"),
        more(),
    ),
    ("program", "settings", "event", "programa", "ajustes"),
    Shape.SETTINGS,
)  # fmt: skip

PRIORITIES = Sheet(
    "priorities",
    "What requests are worth that are not granted. Without it: high 9, normal 3, low 1, and those of wishes.",
    ("priorities",),
    (
        Column("priority", Kind.TEXT, ("name",), "Its name.", "high", ("name", "prioridad"), needed=True),
        Column("worth", Kind.NUMBER, ("worth",), "What one such request costs if it is refused.", "9",
               ("weight", "cost", "points", "value", "peso"), needed=True),
    ),
    ("priority", "weights", "prioridades"),
)  # fmt: skip

OBJECTIVE = Sheet(
    "objective",
    "What a good schedule is, the most important first. Without it: requests, then meetings missing of "
    "the least (where somebody asks for a least), then breaks.",
    ("objective",),
    (
        Column("term", Kind.TEXT, ("term",), "What is charged for, as docs/instance.md lists it.", "requests",
               ("aim", "goal", "objetivo"), needed=True),
        Column("level", Kind.NUMBER, ("level",), "Level 1 comes before all of level 2, and so on.", "1",
               ("rank", "nivel")),
        Column("weight", Kind.NUMBER, ("weight",), "Inside a level: how much one of it counts.", "1",
               ("factor", "peso")),
    ),
    ("objectives", "goals", "objetivos"),
)  # fmt: skip

DAY_PARTS = Sheet(
    "day parts",
    "Names for windows, which sessions and meetings may ask for.",
    ("day_parts",),
    (
        Column("name", Kind.TEXT, ("name",), "What it is called.", "morning", ("day part", "nombre"),
               needed=True),
        Column("from", Kind.TIME, ("from",), "When it begins; at midnight if not given.", "09:00",
               ("start", "desde")),
        Column("to", Kind.TIME, ("to",), "When it ends; at midnight if not given.", "13:30",
               ("until", "end", "hasta")),
        Column("date", Kind.DATE, ("date",), "The one date it is on; each if not given.", "",
               ("day", "fecha")),
    ),
    ("dayparts", "parts of the day"),
)  # fmt: skip
