"""The sheets about places and the ways between them."""

from __future__ import annotations

from scheduler.sheets.base import Column, Kind, Sheet, more

CITIES = Sheet(
    "cities",
    "Where the programme goes and when it is open: a row for each opening; further rows of a city need its "
    "name, date and times alone.",
    ("cities",),
    (
        Column("city", Kind.TEXT, ("name",), "Its name.", "Valencia", ("name", "ciudad", "town", "nombre")),
        Column("id", Kind.ID, ("id",), "A short name; made of the name if not given.", "valencia",
               ("city id",)),
        Column("time zone", Kind.ZONE, ("time_zone",), "If it differs from the programme's.", "Europe/Madrid",
               ("timezone", "tz", "zone", "zona horaria")),
        Column("date", Kind.DATE, ("opening", "date"), "A date on which it is open, or several.",
               "2017-11-20",
               ("dates", "day", "days", "fecha", "fechas"), many=True),
        Column("from", Kind.TIME, ("opening", "from"), "From when; as the programme says if not given.",
               "09:00",
               ("opens", "start", "open", "desde")),
        Column("to", Kind.TIME, ("opening", "to"), "Until when.", "18:00",
               ("closes", "until", "end", "close", "hasta")),
        Column("transfer", Kind.DURATION, ("transfer",), "The time between two of its venues.", "20min",
               ("between venues",)),
        Column("tables", Kind.NUMBER, None,
               "For a city without a venue in the sheet `venues`: it gets one with so many tables.", "",
               ("mesas",)),
        more(),
    ),
    ("city", "towns", "ciudades"),
)  # fmt: skip

VENUES = Sheet(
    "venues",
    "Buildings and their rooms: a row for each room. A room with tables is a meeting area.",
    None,
    (
        Column("city", Kind.CITY, (), "The city it is in; not needed if there is only one.", "Valencia",
               ("ciudad", "town")),
        Column("venue", Kind.TEXT, ("name",), "The building's name.", "City Hall",
               ("name", "building", "place", "venue name", "sede", "lugar")),
        Column("venue id", Kind.ID, ("id",), "A short name; made of the name if not given.", "city-hall"),
        Column("address", Kind.TEXT, ("address",), "For calendars.", "Plaça de l'Ajuntament 1, Valencia",
               ("street", "dirección")),
        Column("room change", Kind.DURATION, ("room_change",), "The time from one of its rooms to another.",
               "5min", ("between rooms",)),
        Column("room", Kind.TEXT, ("rooms", "name"), "The room's name.", "Council chamber",
               ("hall", "space", "room name", "sala", "espacio")),
        Column("room id", Kind.ID, ("rooms", "id"), "A short name; made of the name if not given.",
               "chamber"),
        Column("seats", Kind.NUMBER, ("rooms", "seats"),
               "How many people fit; in a meeting area, at one table.",
               "120", ("capacity", "places", "aforo", "capacidad")),
        Column("tables", Kind.NUMBER, ("rooms", "tables"), "Makes it a meeting area with so many tables.", "",
               ("number of tables", "mesas")),
        Column("features", Kind.TEXT, ("rooms", "features"), "What it has, which activities may ask for.",
               "stage; projector", ("equipment", "equipamiento"), many=True),
        Column("available", Kind.WINDOW, ("rooms", "available"), "The only times for activities.",
               "2017-11-20 10:00-18:00", ("open", "disponible"), many=True),
        Column("closed", Kind.WINDOW, ("rooms", "closed"), "Times without activities.",
               "2017-11-20 12:00-13:00", ("not available", "cerrado"), many=True),
        more(("rooms",)),
    ),
    ("venue", "rooms", "places", "sedes", "salas"),
)  # fmt: skip

TRANSFERS = Sheet(
    "transfers",
    "The time between two venues of a city, where it differs from the city's.",
    None,
    (
        Column("from", Kind.VENUE, ("from",), "A venue.", "City Hall", ("venue", "desde"), needed=True),
        Column("to", Kind.VENUE, ("to",), "Another one of the same city; it holds both ways.", "Las Naves",
               ("other venue", "hasta"), needed=True),
        Column("time", Kind.DURATION, ("duration",), "How long it takes.", "15min",
               ("duration", "length", "minutes", "duración"), needed=True),
    ),
    ("transfer", "walks", "traslados"),
)  # fmt: skip

TRAVEL = Sheet(
    "travel",
    "How people get from city to city.",
    ("travel", "links"),
    (
        Column("from", Kind.CITY, ("from",), "A city.", "Valencia",
               ("from city", "origin", "desde", "origen"),
               needed=True),
        Column("to", Kind.CITY, ("to",), "Another one.", "Madrid",
               ("to city", "destination", "hasta", "destino"), needed=True),
        Column("duration", Kind.DURATION, ("duration",), "Of the ride.", "1h45",
               ("time", "ride", "length", "duración"), needed=True),
        Column("mode", Kind.TEXT, ("mode",), "What agendas call it; train if not given.", "coach",
               ("by", "means", "medio")),
        Column("access", Kind.DURATION, ("access",), "From the end of an engagement to the departure.",
               "45min"),
        Column("egress", Kind.DURATION, ("egress",), "From the arrival to the next engagement.", "30min"),
        Column("both ways", Kind.YES_NO, ("both_ways",), "Whether it leads back too.", "yes",
               ("return", "two ways", "ida y vuelta")),
        Column("departures", Kind.DEPARTURE, ("departures",), "Its timetable; any time if not given.",
               "08:10; 18:10-20:05; 21:10 [2017-11-20]", ("timetable", "times", "salidas"), many=True),
        Column("id", Kind.ID, ("id",), "A short name.", "ave", ("link",)),
        more(),
    ),
    ("links", "journeys", "viajes"),
)  # fmt: skip
