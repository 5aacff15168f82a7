"""Random programmes as they are written, in which every key of the format is sometimes given."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from hypothesis import strategies as st

Parts = dict[str, Any]

ZONES = ("Europe/Madrid", "Asia/Kolkata", "America/New_York", "UTC")
DATES = ("2025-03-10", "2025-03-11", "2025-03-30")

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\u2028\u2029\x85\ufeff"),
    max_size=12,
)
TITLES = TEXT | st.sampled_from(
    ["no", "null", "~", "true", "007", "1e3", "1.10", "09:30", "2017-11-20", "- a", "a: b", "#"]
)
WORDS = st.sampled_from(["en", "fr", "no", "1", "null", "sign language"])
LENGTHS = st.sampled_from(["15min", "30min", "45min", "1h"])
WAITS = st.sampled_from(["0min", "5min", "1h", "1h30"])
CLOCKS = st.integers(0, 1425).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}")
MOMENTS = st.builds(
    "{}T{}{}".format, st.sampled_from(DATES), CLOCKS, st.sampled_from(["Z", "+01:00", "+05:30", "-04:00"])
)


def sometimes(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Parts]:
    """Return mappings in which any of some keys may be missing."""
    return st.fixed_dictionaries({}, optional=keys)


def some(*names: str, most: int = 2) -> st.SearchStrategy[list[str]]:
    """Return lists of some of the names."""
    return st.lists(st.sampled_from(names), max_size=most, unique=True) if names else st.just([])


def _clocks(pair: tuple[str, str]) -> Parts:
    start, end = sorted(pair)
    return {"from": start, "to": end} if start < end else {"from": start}


WINDOWS = (
    st.tuples(CLOCKS, CLOCKS)
    .map(_clocks)
    .flatmap(lambda clocks: st.sampled_from([clocks, clocks | {"date": DATES[0]}, {"date": DATES[1]}]))
)
INTERVALS = st.tuples(MOMENTS, st.integers(1, 500)).map(
    lambda pair: {
        "from": pair[0],
        "to": (dt.datetime.fromisoformat(pair[0]) + dt.timedelta(minutes=pair[1])).isoformat(
            timespec="minutes"
        ),
    }
)
MEALS = st.fixed_dictionaries({"from": st.just("12:00"), "to": st.just("14:00"), "duration": LENGTHS})
LOADS = sometimes(meetings_per_day=st.integers(0, 9), in_a_row=st.integers(1, 9), rest=LENGTHS, meal=MEALS)


def _presence(cities: list[str]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "name": TITLES,
        "arrival": st.sampled_from(["2025-03-09T09:00+01:00", "2025-03-10T09:00Z"]),
        "departure": st.sampled_from(["2025-03-11T18:00+05:30", "2025-04-01T00:00Z"]),
        "absences": st.lists(INTERVALS, max_size=2),
        "cities": some(*cities),
        "languages": st.lists(WORDS, max_size=2, unique=True),
        "load": LOADS,
        "meetings": sometimes(least=st.integers(0, 3), most=st.integers(3, 9)),
    }


def _activity(rooms: list[str]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "title": TITLES,
        "dates": some(*DATES),
        "forbidden": st.lists(WINDOWS, max_size=2),
        "prefer": sometimes(windows=st.lists(WINDOWS, max_size=1), rooms=some(*rooms)),
        "due": MOMENTS,
    }


@st.composite
def programmes(draw: st.DrawFn) -> Parts:
    """Return a strategy of programmes in which nothing is wrong."""
    city_ids = draw(st.sampled_from([["c1"], ["c1", "c2"]]))
    cities = [draw(_cities(name)) for name in city_ids]
    rooms = [room["id"] for city in cities for venue in city["venues"] for room in venue["rooms"]]
    people = draw(_people(city_ids))
    parties = [party["id"] for kind in ("delegations", "participants") for party in people[kind]]
    tracks = [draw(_tracks(name, people)) for name in draw(some("t1", "t2"))]
    meetings = [draw(_meetings(i, parties, city_ids, rooms)) for i in range(draw(st.integers(0, 4)))]
    sessions = [draw(_sessions(i, people, parties, rooms, tracks)) for i in range(draw(st.integers(0, 2)))]
    names = [activity["id"] for activity in (*sessions, *meetings)]
    given = {
        "programme": draw(_facts()),
        "cities": cities,
        **people,
        "tracks": tracks,
        "sessions": sessions,
        "meetings": meetings,
        "day_parts": {"morning": {"from": "00:00", "to": "13:30"}, "no": {"date": DATES[0]}},
    }
    return given | draw(_relations(names)) | draw(_rest(city_ids, rooms, names))


def _facts() -> st.SearchStrategy[Parts]:
    organizer = st.fixed_dictionaries({"name": TITLES, "email": st.just("office@example.org")})
    more = sometimes(
        title=TITLES,
        grid=st.sampled_from(["5min", "15min"]),
        time_zone=st.sampled_from(ZONES),
        now=MOMENTS,
        organizer=organizer,
    )
    return more.map(lambda facts: {"id": "forum", **facts})


@st.composite
def _cities(draw: st.DrawFn, name: str) -> Parts:
    room = sometimes(
        name=TITLES,
        seats=st.integers(1, 500),
        features=st.lists(WORDS, max_size=2, unique=True),
        available=st.lists(WINDOWS, max_size=1),
        closed=st.lists(WINDOWS, max_size=1),
    )
    venues = []
    for i in range(draw(st.integers(1, 2))):
        hall = {"id": f"{name}.v{i}.hall", **draw(room)}
        area = {"id": f"{name}.v{i}.area", "tables": draw(st.integers(1, 9)), **draw(room)}
        venue = draw(sometimes(name=TITLES, address=TITLES, room_change=WAITS))
        venues.append({"id": f"{name}.v{i}", "rooms": [hall, area], **venue})
    more = draw(sometimes(name=TITLES, transfer=WAITS))
    if len(venues) > 1 and draw(st.booleans()):
        more["transfers"] = [{"from": venues[0]["id"], "to": venues[1]["id"], "duration": draw(WAITS)}]
    zone = draw(st.sampled_from(ZONES))
    opening = [
        {"date": date, "from": "08:00", "to": draw(st.sampled_from(["20:00", "24:00"]))} for date in DATES
    ]
    return {"id": name, "time_zone": zone, "opening": opening, "venues": venues, **more}


@st.composite
def _people(draw: st.DrawFn, cities: list[str]) -> Parts:
    presence = _presence(cities)
    together = {"id": "together", **draw(sometimes(**presence, size=st.integers(1, 9)))}
    splits = {"id": "splits", "split": "members", **draw(sometimes(**presence, parallel=st.integers(1, 3)))}
    teams = {"id": "teams", "split": "members", "parallel": 2, **draw(sometimes(**presence))}
    person = sometimes(**presence, email=TITLES, roles=st.lists(WORDS, max_size=2, unique=True))
    participants = [
        {"id": f"{party}-{i}", "delegation": party, **draw(person)}
        for party in ("together", "splits")
        for i in range(draw(st.integers(1, 2)))
    ]
    participants.append({"id": 7, **draw(person)})
    return {"delegations": [together, splits, teams], "participants": participants}


def _tracks(name: str, people: Parts) -> st.SearchStrategy[Parts]:
    ids = [str(person["id"]) for person in people["participants"]]
    return sometimes(name=TITLES, gap=WAITS, chairs=some(*ids)).map(lambda track: {"id": name, **track})


@st.composite
def _meetings(draw: st.DrawFn, i: int, parties: list[str], cities: list[str], rooms: list[str]) -> Parts:
    sides = draw(st.sampled_from([["together", "splits"], ["teams", 7], ["splits", 7, "together"]]))
    more = draw(
        sometimes(
            **_activity(rooms),
            duration=LENGTHS,
            cities=some(*cities),
            day_part=st.sampled_from(["morning", "no"]),
            rooms=some(*rooms),
            mandatory=st.booleans(),
            priority=st.sampled_from(["high", "low"]),
            attendance=st.integers(1, 5),
            pin=sometimes(room=st.sampled_from(rooms), start=st.just("2025-03-10T10:00Z")),
        )
    )
    return {"id": f"m{i}", "parties": sides, **more}


@st.composite
def _sessions(
    draw: st.DrawFn, i: int, people: Parts, parties: list[str], rooms: list[str], tracks: list[Parts]
) -> Parts:
    ids = [person["id"] for person in people["participants"]]
    role = st.sampled_from(["chair", "moderator", "speaker"])
    speaker = st.sampled_from(ids) | st.fixed_dictionaries(
        {"participant": st.sampled_from(ids), "role": role}
    )
    speakers = [one if isinstance(one, dict) else str(one) for one in draw(st.lists(speaker, max_size=2))]
    talk = sometimes(**_activity(rooms), order=st.integers(-1, 3))
    talks = [
        {"id": f"s{i}.{n}", "speaker": draw(st.sampled_from(ids)), "duration": "30min", **draw(talk)}
        for n in range(draw(st.integers(0, 2)))
    ]
    more = draw(
        sometimes(
            **_activity(rooms),
            audience=some("all", *map(str, parties)),
            interest=some("all", *map(str, parties)),
            parties=some(*map(str, parties)),
            features=st.lists(WORDS, max_size=2, unique=True),
            mandatory=st.booleans(),
        )
    )
    if tracks and draw(st.booleans()):
        more["track"] = tracks[0]["id"]
    kind = draw(
        st.sampled_from(["inaugural", "conference", "workshop", "roundtable", "roadshow", "field_visit"])
    )
    return {"id": f"s{i}", "kind": kind, "duration": "1h", "speakers": speakers, "talks": talks, **more}


@st.composite
def _relations(draw: st.DrawFn, names: list[str]) -> Parts:
    found: Parts = {}
    if len(names) > 1 and draw(st.booleans()):
        found["precedences"] = [
            {
                "before": one,
                "after": other,
                **draw(sometimes(min_gap=st.just("15min"), max_gap=st.just("5h"))),
            }
            for one, other in itertools.pairwise(names)
        ]
    if len(names) > 1 and draw(st.booleans()):
        day = draw(st.sampled_from(["same", "different"]))
        found["day_relations"] = [{"activities": names, "day": day}]
    return found


@st.composite
def _rest(draw: st.DrawFn, cities: list[str], rooms: list[str], names: list[str]) -> Parts:
    pool = sometimes(
        count=st.integers(1, 3), city=st.sampled_from(cities), available=st.lists(INTERVALS, max_size=2)
    )
    term = sometimes(weight=st.integers(1, 9)).map(lambda term: {"term": "breaks", **term})
    seat = st.fixed_dictionaries({"pool": st.just("pool"), "unit": st.integers(1, 3)})
    placement = sometimes(table=st.integers(1, 3), attendees=some("gone"), interpreter=seat)
    departure = CLOCKS | st.fixed_dictionaries(
        {"depart": CLOCKS}, optional={"arrive": CLOCKS, "dates": some(*DATES)}
    )
    link = sometimes(
        id=st.just("rail"),
        mode=TITLES,
        access=WAITS,
        egress=WAITS,
        both_ways=st.booleans(),
        departures=st.lists(departure, max_size=3),
    )
    more: Parts = draw(
        sometimes(
            load=LOADS,
            never=st.lists(st.just(["splits-0", "teams"]), max_size=2),
            fairness=sometimes(breaks=st.integers(0, 3), granted_percent=st.integers(0, 100)),
            breaks=sometimes(span=st.sampled_from(["day", "programme"]), tolerance=WAITS),
            objective=st.lists(term, min_size=1, max_size=1),
        )
    )
    more["interpreters"] = [{"id": "pool", "languages": ["en", "no"], **draw(pool)}]
    if len(cities) > 1:
        ends = {"from": cities[0], "to": cities[1], "duration": "2h"}
        more["travel"] = {"links": [ends | draw(link)]}
    more["baseline"] = [
        {"activity": name, "room": rooms[0], "start": draw(MOMENTS), **draw(placement)} for name in names[:2]
    ]
    return more
