"""The sheets about who comes, when they are there, and what they wish."""

from __future__ import annotations

from scheduler.sheets.base import Column, Kind, Shape, Sheet, more

WISHES_WORDS = ("must", "like", "neutral", "never")
"""What somebody may say of meeting somebody else."""


def _presence() -> tuple[Column, ...]:
    """Return the columns that people and delegations have in common."""
    return (
        Column("languages", Kind.TEXT, ("languages",), "What is spoken; the delegation's if not given.",
               "es; en",
               ("language", "idiomas", "idioma", "speaks"), many=True),
        Column("cities", Kind.CITY, ("cities",), "The only cities for engagements; all if not given.",
               "Valencia; Madrid", ("city", "ciudades", "ciudad"), many=True),
        Column("arrival", Kind.MOMENT, ("arrival",), "No engagement before it.", "2017-11-20 10:30",
               ("arrives", "from", "llegada")),
        Column("departure", Kind.MOMENT, ("departure",), "No engagement after it.", "2017-11-22 16:00",
               ("leaves", "until", "departs", "salida")),
        Column("days", Kind.DATE, None, "The only dates for engagements; all if not given.",
               "2017-11-20; 2017-11-21", ("dates", "days attending", "días", "fechas"), many=True),
        Column("absences", Kind.INTERVAL, ("absences",), "Stretches of time without engagements.",
               "2017-11-21 10:30-13:00", ("absent", "away", "ausencias"), many=True),
        Column("least meetings", Kind.NUMBER, ("meetings", "least"), "So many meetings are wished for.", "3",
               ("minimum meetings", "min meetings", "min", "least", "mínimo de reuniones")),
        Column("most meetings", Kind.NUMBER, ("meetings", "most"), "More meetings are never given.", "8",
               ("maximum meetings", "max meetings", "max", "most", "máximo de reuniones")),
        Column("most per day", Kind.NUMBER, ("load", "meetings_per_day"), "The most meetings on one date.",
               "4",
               ("meetings per day", "max per day", "most meetings per day")),
    )  # fmt: skip


PEOPLE = Sheet(
    "people",
    "Everybody by name: a row for each person, known by email.",
    ("participants",),
    (
        Column("email", Kind.EMAIL, ("email",), "The key by which other sheets may name the person.",
               "anna@valencia.example", ("e-mail", "mail", "email address", "correo", "correo electrónico")),
        Column("name", Kind.TEXT, ("name",), "The full name.", "Anna García",
               ("full name", "participant", "person", "nombre", "nombre completo")),
        Column("organisation", Kind.TEXT, ("organisation",), "Whom the person works for.", "Las Naves",
               ("organization", "company", "institution", "organización", "empresa", "entidad")),
        Column("delegation", Kind.DELEGATION, ("delegation",), "Whose member the person is.", "Valencia",
               ("delegación", "group", "team")),
        Column("role", Kind.TEXT, ("roles",), "What the person can speak for, which meetings may ask for.",
               "mobility; mayor", ("roles", "function", "expertise", "cargo", "rol"), many=True),
        *_presence(),
        Column("id", Kind.ID, ("id",), "A short name; made of the name if not given.", "anna-garcia",
               ("person id", "participant id", "key")),
        more(),
    ),
    ("participants", "persons", "attendees", "delegates", "personas", "participantes", "asistentes"),
)  # fmt: skip

DELEGATIONS = Sheet(
    "delegations",
    "Who comes together. Without the sheet: whatever `people` names as delegations, each of which splits.",
    ("delegations",),
    (
        Column("delegation", Kind.TEXT, ("name",), "Its name.", "Valencia",
               ("name", "delegación", "nombre", "group")),
        Column("id", Kind.ID, ("id",), "A short name; made of the name if not given.", "valencia",
               ("delegation id", "key")),
        Column("split", Kind.CHOICE, ("split",),
               "Whether it attends together, or sends members to several meetings at a time.", "members",
               ("splits", "se divide"), words=("together", "members")),
        Column("parallel", Kind.NUMBER, ("parallel",), "The most meetings at a time of one that splits.", "2",
               ("at a time", "teams")),
        Column("size", Kind.NUMBER, ("size",), "How many people come, if more than are named.", "5",
               ("people", "persons", "tamaño")),
        *_presence(),
        more(),
    ),
    ("delegation", "groups", "parties", "delegaciones"),
)  # fmt: skip

AVAILABILITY = Sheet(
    "availability",
    "When people are there, as a grid (a person in each row, a time at the head of each further column, "
    "marks where somebody can come) or as stretches of time in rows.",
    None,
    (
        Column("person", Kind.PARTY, (), "Whom it is about.", "anna@valencia.example",
               ("party", "name", "email", "participant", "delegation", "who", "persona", "correo", "nombre"),
               needed=True),
        Column("from", Kind.MOMENT, None, "The beginning.", "2017-11-21 10:30", ("start", "begin", "desde"),
               needed=True),
        Column("to", Kind.MOMENT, None, "The end.", "2017-11-21 13:00", ("until", "end", "hasta"),
               needed=True),
        Column("available", Kind.YES_NO, None,
               "no: away then. yes: there only then (and in other such rows). yes if not given.", "no",
               ("is available", "there", "disponible", "free")),
    ),
    ("availabilities", "presence", "disponibilidad"),
    Shape.AVAILABILITY,
)  # fmt: skip

WISHES = Sheet(
    "wishes",
    "Who wants to meet whom. Each pair with a must or a like becomes a meeting request; a never forbids the "
    "pair.",
    None,
    (
        Column("from", Kind.PARTY, None, "Who wishes: email, name, organisation or delegation.",
               "anna@valencia.example", ("who", "requester", "de", "person"), needed=True),
        Column("to", Kind.PARTY, None, "Whom they wish to meet.", "ben@sydney.example",
               ("whom", "with", "target", "requested", "a", "con"), needed=True),
        Column("wish", Kind.CHOICE, None, "must, like, neutral or never; like if not given.", "must",
               ("priority", "rating", "preference", "choice", "deseo", "interés"), words=WISHES_WORDS),
        Column("topic", Kind.TEXT, None, "What about: the title of the meeting.", "Electric buses",
               ("title", "subject", "about", "tema", "asunto")),
    ),
    ("wish", "requests", "meeting requests", "deseos", "solicitudes"),
)  # fmt: skip

NEVER = Sheet(
    "never",
    "Pairs that are never brought together in a meeting.",
    ("never",),
    (
        Column("one", Kind.PARTY, (), "A person or delegation.", "Anna García", ("first", "party", "from"),
               needed=True),
        Column("other", Kind.PARTY, (), "Another one.", "Ben Li", ("second", "other party", "to"),
               needed=True),
    ),
    ("never together", "conflicts", "nunca"),
)  # fmt: skip

INTERPRETERS = Sheet(
    "interpreters",
    "Pools of alike interpreters, each between two languages.",
    ("interpreters",),
    (
        Column("id", Kind.ID, ("id",), "A short name; made of the languages if not given.", "chinese",
               ("name", "pool", "nombre")),
        Column("languages", Kind.TEXT, ("languages",), "Two of them.", "zh; en", ("language", "idiomas"),
               needed=True, many=True),
        Column("count", Kind.NUMBER, ("count",), "How many interpreters; 1 if not given.", "2",
               ("number", "how many", "número")),
        Column("city", Kind.CITY, ("city",), "The only city they work in; they travel if not given.",
               "Madrid",
               ("ciudad",)),
        Column("available", Kind.INTERVAL, ("available",), "When they work; always if not given.",
               "2017-11-21 13:00-18:00", ("times", "disponible"), many=True),
        more(),
    ),
    ("interpreter", "intérpretes"),
)  # fmt: skip
