"""The sheets about what takes place: sessions, talks, meetings, what ties them together and what is fixed."""

from __future__ import annotations

from scheduler.sheets.base import Column, Kind, Sheet, more

SESSION_KINDS = ("inaugural", "conference", "workshop", "roundtable", "roadshow", "field visit")


def _named(noun: str, example: str) -> tuple[Column, ...]:
    return (
        Column("title", Kind.TEXT, ("title",), f"What the {noun} is called.", example,
               ("name", noun, "subject", "título", "nombre")),
        Column("id", Kind.ID, ("id",), "A short name; made of the title if not given.", "",
               (f"{noun} id", "key", "code")),
    )  # fmt: skip


def _times() -> tuple[Column, ...]:
    return (
        Column("dates", Kind.DATE, ("dates",), "The only dates.", "2017-11-22",
               ("date", "day", "days", "fecha"),
               many=True),
        Column("windows", Kind.WINDOW, ("windows",), "It lies wholly inside one of these.",
               "09:00-12:00", ("window", "times", "time", "horario"), many=True),
        Column("day part", Kind.DAY_PART, ("day_part",), "A name of the sheet `day parts`.", "morning",
               ("part of the day",)),
        Column("forbidden", Kind.WINDOW, ("forbidden",), "It overlaps none of these.",
               "2017-11-21 13:00-14:00",
               ("not at", "prohibido"), many=True),
    )  # fmt: skip


def _hosted() -> tuple[Column, ...]:
    return (
        Column("cities", Kind.CITY, ("cities",), "The only cities.", "Madrid", ("city", "ciudad", "ciudades"),
               many=True),
        Column("venues", Kind.VENUE, ("venues",), "The only venues.", "City Hall", ("venue", "sede", "sedes"),
               many=True),
        Column("rooms", Kind.ROOM, ("rooms",), "The only rooms.", "Council chamber",
               ("room", "sala", "salas"),
               many=True),
        Column("features", Kind.TEXT, ("features",), "What the room must have.", "projector",
               ("needs", "equipment", "equipamiento"), many=True),
        Column("mandatory", Kind.YES_NO, ("mandatory",), "Whether it must take place.", "yes",
               ("required", "obligatorio")),
        Column("priority", Kind.PRIORITY, ("priority",), "What it is worth when it is not mandatory.", "high",
               ("prioridad",)),
        Column("roles", Kind.ROLES, ("roles",), "The role of whom a party that splits sends.",
               "Sydney=mobility",
               ("role", "roles asked"), many=True),
    )  # fmt: skip


SESSIONS = Sheet(
    "sessions",
    "Conferences, workshops, visits and so on: a row for each.",
    ("sessions",),
    (
        *_named("session", "Smart cities ecosystem"),
        Column("kind", Kind.CHOICE, ("kind",), "What sort of session; conference if not given.", "workshop",
               ("type", "sort", "tipo"), words=SESSION_KINDS),
        Column("duration", Kind.DURATION, ("duration",), "How long it is.", "2h",
               ("length", "minutes", "duración"), needed=True),
        *_times(),
        *_hosted(),
        Column("speakers", Kind.SPEAKER, ("speakers",),
               "Who is there from start to end; the role in brackets: chair or moderator.",
               "Anna García (moderator); Ben Li", ("speaker", "ponentes", "ponente"), many=True),
        Column("moderators", Kind.PERSON, None, "The same, for those who moderate.", "Anna García",
               ("moderator", "moderador"), many=True),
        Column("chairs", Kind.PERSON, None, "The same, for those who chair.", "", ("chair", "preside"),
               many=True),
        Column("parties", Kind.PARTY, ("parties",), "Who takes part besides.", "Sydney; Tokyo",
               ("participants", "with", "participantes"), many=True),
        Column("audience", Kind.PARTY, ("audience",),
               "Whose every other engagement is blocked meanwhile; all: everybody.", "all",
               ("public", "público"), many=True),
        Column("interest", Kind.PARTY, ("interest",), "Who would like to hear it.", "Guangzhou",
               ("interested", "interesados"), many=True),
        Column("track", Kind.TRACK, ("track",), "The track it is part of.", "Water in the city",
               ("subject area",)),
        Column("attendance", Kind.NUMBER, ("attendance",), "How many seats are needed.", "60",
               ("seats", "expected", "asistencia")),
        more(),
    ),
    ("session", "sesiones", "actividades", "activities"),
)  # fmt: skip

TALKS = Sheet(
    "talks",
    "The parts of sessions, one speaker each: a row for each.",
    None,
    (
        Column("session", Kind.SESSION, (), "The session that it is part of.", "Smart cities ecosystem",
               ("part of", "sesión"), needed=True),
        *_named("talk", "Case study: one"),
        Column("speaker", Kind.PERSON, ("speaker",), "Who gives it.", "Ben Li", ("person", "ponente"),
               needed=True),
        Column("duration", Kind.DURATION, ("duration",), "How long it is.", "30min",
               ("length", "minutes", "duración"), needed=True),
        Column("order", Kind.NUMBER, ("order",), "Its wished place: lower numbers come first.", "1",
               ("position", "number", "orden")),
        Column("track", Kind.TRACK, ("track",), "The track it is part of, if not its session's.", ""),
        *_times(),
        more(),
    ),
    ("talk", "papers", "ponencias"),
)  # fmt: skip

MEETINGS = Sheet(
    "meetings",
    "Meetings that are asked for one by one, besides those that come of wishes: a row for each.",
    ("meetings",),
    (
        Column("parties", Kind.PARTY, ("parties",), "Two or more people or delegations.", "Sydney; Guangzhou",
               ("participants", "between", "who", "participantes"), needed=True, many=True),
        *_named("meeting", "Electric buses"),
        Column("duration", Kind.DURATION, ("duration",), "How long it is; 30min if not given.", "45min",
               ("length", "minutes", "duración")),
        *_times(),
        *_hosted(),
        more(),
    ),
    ("meeting", "bilateral meetings", "bilaterals", "reuniones"),
)  # fmt: skip

TRACKS = Sheet(
    "tracks",
    "Subjects that several sessions or talks share.",
    ("tracks",),
    (
        Column("track", Kind.TEXT, ("name",), "Its name.", "Water in the city",
               ("name", "subject", "tema", "nombre")),
        Column("id", Kind.ID, ("id",), "A short name; made of the name if not given.", "water",
               ("track id", "key")),
        Column("chairs", Kind.PERSON, ("chairs",), "One of them chairs each session of it.", "Anna García",
               ("chair", "preside"), many=True),
        Column("gap", Kind.DURATION, ("gap",), "The longest pause between parts that follow one another.",
               "15min"),
        more(),
    ),
    ("track", "subjects", "temas"),
)  # fmt: skip

PRECEDENCES = Sheet(
    "precedences",
    "What comes before what.",
    ("precedences",),
    (
        Column("before", Kind.ACTIVITY, ("before",), "This ends first.", "Opening", ("first", "antes"),
               needed=True),
        Column("after", Kind.ACTIVITY, ("after",), "This starts later.", "Smart cities ecosystem",
               ("second", "then", "después"), needed=True),
        Column("min gap", Kind.DURATION, ("min_gap",), "At least so long after.", "15min",
               ("at least", "least gap")),
        Column("max gap", Kind.DURATION, ("max_gap",), "At most so long after.", "24h",
               ("at most", "most gap")),
    ),
    ("precedence", "order", "orden"),
)  # fmt: skip

DAY_RELATIONS = Sheet(
    "day relations",
    "What is all on one date, or all on different ones.",
    ("day_relations",),
    (
        Column("activities", Kind.ACTIVITY, ("activities",), "Two or more.",
               "Opening; Smart cities ecosystem",
               ("sessions", "meetings", "actividades"), needed=True, many=True),
        Column("day", Kind.CHOICE, ("day",), "same or different.", "same", ("date", "dates", "día"),
               needed=True,
               words=("same", "different")),
    ),
    ("same day", "days"),
)  # fmt: skip

LOCKS = Sheet(
    "locks",
    "What is fixed: it stays where it is. A fixed start also means that it must take place.",
    None,
    (
        Column("activity", Kind.ACTIVITY, (), "A session, talk or meeting.", "Opening",
               ("session", "meeting", "what", "actividad", "title"), needed=True),
        Column("start", Kind.MOMENT, ("pin", "start"), "Its start.", "2017-11-20 09:00",
               ("when", "from", "time", "inicio")),
        Column("room", Kind.ROOM, ("pin", "room"), "Its room.", "Council chamber", ("where", "sala")),
        Column("table", Kind.NUMBER, ("pin", "table"), "Of a meeting area: its table, from 1.", "",
               ("table number", "mesa")),
    ),
    ("lock", "pins", "fixed", "fijos"),
)  # fmt: skip

BASELINE = Sheet(
    "baseline",
    "An earlier schedule to stay close to.",
    ("baseline",),
    (
        Column("activity", Kind.ACTIVITY, ("activity",), "What took this place.", "Opening", ("what",),
               needed=True),
        Column("start", Kind.MOMENT, ("start",), "When.", "2017-11-20T09:00+01:00", ("when", "from"),
               needed=True),
        Column("room", Kind.ROOM, ("room",), "Where.", "Council chamber", ("where",), needed=True),
        Column("table", Kind.NUMBER, ("table",), "At which table.", "2"),
        Column("attendees", Kind.PERSON, ("attendees",), "Whom parties that split sent, and who chaired.",
               "Ben Li", ("sent",), many=True),
        Column("interpreters", Kind.POOL, ("interpreter", "pool"), "Who interpreted.", "chinese", ("pool",)),
        Column("interpreter", Kind.NUMBER, ("interpreter", "unit"), "Which of them, from 1.", "1", ("unit",)),
    ),
    ("earlier schedule", "previous"),
)  # fmt: skip
