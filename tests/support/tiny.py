"""Random programmes small enough to try every schedule, in which every rule and term is in play.

Each instance takes a few *themes* out of all (:data:`THEMES`), so that the rules also meet each other, and
a handful of objective terms on one to three levels.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from support.bruteforce import schedules

from scheduler.domain import Instance, TermName

Parts = dict[str, Any]
"""A part of an instance as it is written."""

_MOST = 8000
"""How many schedules there may be to try."""

_MINUTE = dt.timedelta(minutes=1)


def tiny_instance(seed: int) -> Instance:
    """Return the tiny instance of a seed, always the same."""
    made = (_Maker(random.Random(seed), fewer).instance() for fewer in range(6))
    return next(instance for instance in made if schedules(instance) <= _MOST)


def tiny_instances() -> st.SearchStrategy[Instance]:
    """Return a strategy of tiny instances."""
    return st.integers(0, 10**6).map(tiny_instance)


class _Maker:
    """An instance in the making; ``chance`` decides."""

    def __init__(self, chance: random.Random, fewer: int = 0) -> None:
        self.chance = chance
        self.fewer = fewer
        self.themes = frozenset(chance.sample(list(THEMES), chance.choice((2, 3, 4, 4, 5, 5))))
        if self.often(0.8 if self.themes & {"tracks", "interest"} else 0.6):
            self.themes |= {"scattered"}
        self.grid = chance.choice((30, 60))
        self.zone = "Europe/Madrid"
        self.dates = self._dates()
        self.slots = 2 if len(self.dates) > 1 else chance.choice((3, 3, 4, 4))
        self.opens = self._opens()
        self.delegations: list[Parts] = []
        self.participants: list[Parts] = []
        self.meetings: list[Parts] = []
        self.sessions: list[Parts] = []
        self.rooms: list[Parts] = [{"id": "area", "tables": chance.choice((1, 1, 2))}]
        self.annex: list[Parts] = []
        self.parts: Parts = {}

    def instance(self) -> Instance:
        self._people()
        self._activities()
        self.cities = self._cities()
        for name, theme in THEMES.items():
            if name in self.themes:
                theme(self)
        given = {
            "programme": {"id": "tiny", "grid": f"{self.grid}min", "now": self.parts.pop("now", None)},
            "cities": self.cities,
            "delegations": self.delegations,
            "participants": self.participants,
            "meetings": self.meetings,
            "sessions": self.sessions,
            "objective": self._objective(),
        }
        return Instance.model_validate(given | self.parts)

    # -- dice ------------------------------------------------------------------------------------

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def some(self, items: list[Any] | tuple[Any, ...], most: int) -> list[Any]:
        return self.chance.sample(list(items), min(len(items), self.chance.randint(1, most)))

    # -- time ------------------------------------------------------------------------------------

    def _dates(self) -> list[dt.date]:
        if "clock change" in self.themes:
            return [self.chance.choice((dt.date(2025, 3, 30), dt.date(2025, 10, 26)))]
        first = dt.date(2025, 3, 10)
        two = "days" in self.themes or self.often(0.15)
        return [first, first + dt.timedelta(days=1)][: 2 if two else 1]

    def _opens(self) -> int:
        """Return the hour at which the first city opens: some open at midnight or close then."""
        if "clock change" in self.themes:
            return 1
        return self.chance.choice((0, 10, 10, 10, 24 - (self.slots * self.grid + 59) // 60))

    def clock(self, slot: int, opens: int | None = None) -> str:
        """Return the time of day at which a slot begins (the last may be midnight)."""
        minutes = 60 * (self.opens if opens is None else opens) + slot * self.grid
        return f"{min(minutes, 24 * 60) // 60:02d}:{minutes % 60:02d}"

    def slot(self, clock: str) -> int:
        """Return the slot that begins at a time of day."""
        return (60 * int(clock[:2]) + int(clock[3:]) - 60 * self.opens) // self.grid

    def moment(self, slot: int, date: dt.date | None = None) -> dt.datetime:
        """Return the instant at which a slot begins on the first city's clock."""
        midnight = dt.datetime.combine(date or self.chance.choice(self.dates), dt.time(0))
        return (midnight + (60 * self.opens + slot * self.grid) * _MINUTE).replace(tzinfo=ZoneInfo(self.zone))

    def window(self, least: int = 1, dated: bool = True) -> Parts:
        """Return a window of at least so many slots."""
        if "clock change" in self.themes:
            least += 60 // self.grid  # an hour of it may not exist
        least = min(least, self.slots)
        start = self.chance.randint(0, self.slots - least)
        end = self.chance.randint(start + least, self.slots)
        window = {"from": self.clock(start), "to": self.clock(end)}
        return window | ({"date": self.chance.choice(self.dates)} if dated and self.often(0.2) else {})

    def interval(self) -> Parts:
        date = self.chance.choice(self.dates)
        start = self.chance.randint(0, self.slots - 1)
        least = 1 + (60 // self.grid if "clock change" in self.themes else 0)
        end = self.chance.randint(start + least, self.slots + least)
        return {"from": self.moment(start, date), "to": self.moment(end, date)}

    # -- people ----------------------------------------------------------------------------------

    def _people(self) -> None:
        for n in range(self.chance.choice((2, 3, 3, 3, 4))):
            kind = self.chance.choice(("body", "body", "crew", "alone"))
            if "split" in self.themes and n < 2:
                kind = self.chance.choice(("members", "teams"))
            self._party(f"p{n}", kind)

    def _party(self, name: str, kind: str) -> None:
        if kind == "alone":
            self.participants.append({"id": name})
            return
        delegation: Parts = {"id": name}
        if kind in ("members", "teams"):
            delegation["split"] = "members"
        if kind == "teams":
            delegation["parallel"] = self.chance.choice((1, 2))
        elif kind == "members" and self.often(0.6):
            delegation["parallel"] = 1
        self.delegations.append(delegation)
        for m in range(self.chance.choice((1, 2, 2)) if kind in ("crew", "members") else 0):
            self.participants.append({"id": f"{name}-{m}", "delegation": name})

    @property
    def parties(self) -> list[str]:
        alone = [p["id"] for p in self.participants if "delegation" not in p]
        return [d["id"] for d in self.delegations] + alone

    def somebody(self) -> str:
        """Return a participant to speak or chair; made when there is none."""
        if not self.participants or self.often(0.2):
            self.participants.append({"id": f"guest{len(self.participants)}"})
        return str(self.chance.choice(self.participants)["id"])

    # -- activities ------------------------------------------------------------------------------

    def _activities(self) -> None:
        # What multiplies the choices of each activity leaves room for fewer activities.
        costly = len(self.themes & {"split", "languages", "travel", "venues", "chairs"})
        wanted = self.chance.choice(((4, 5, 5), (4, 4, 5), (3, 4, 4), (3, 3, 4), (3, 3), (2, 3))[costly])
        sessions = self.chance.choice((0, 0, 1, 2))
        if self.themes & {"talks", "chairs", "audience", "interest"}:
            sessions = max(sessions, self.chance.choice((1, 1, 2)))
        if "talks" in self.themes:
            sessions = min(sessions, 2 if self.often(0.3) else 1)
        if self.themes & {"tracks", "interest"} and "talks" not in self.themes:
            sessions = self.chance.choice((2, 2, 3))
        for n in range(max(min(sessions, 1), sessions - max(0, self.fewer - 1))):
            self._session(f"s{n}")
        for n in range(max(wanted - sessions - self.fewer, 1)):
            self._meeting(f"m{n}")
        if self.sessions or self.often(0.2):
            self.rooms.append({"id": "hall"})

    def _length(self) -> int:
        return 2 if self.often(0.2) else 1

    def duration(self, slots: int) -> str:
        return f"{slots * self.grid}min"

    def _session(self, name: str) -> None:
        kind = self.chance.choice(("conference", "workshop", "field_visit"))
        session: Parts = {"id": name, "kind": kind, "duration": self.duration(self._length())}
        # Sessions that should not be at once would hardly ever be if they shared their people.
        compared = bool(self.themes & {"tracks", "interest"})
        session["mandatory"] = self.often(0.85 if compared else 0.6)
        if self.often(0.2 if compared else 0.6):
            session["parties"] = self.some(self.parties, 2)
        if self.often(0.2):
            session["speakers"] = [self.somebody()]
        self.sessions.append(session)

    def _meeting(self, name: str) -> None:
        # Some party is in most of the meetings: what one person can do is scarce.
        host, *others = self.parties
        sides = [host, self.chance.choice(others)] if self.often(0.5) else self.chance.sample(self.parties, 2)
        meeting: Parts = {"id": name, "parties": sides}
        meeting["duration"] = self.duration(self._length())
        meeting["mandatory"] = self.often(0.45)
        if not meeting["mandatory"]:
            meeting["priority"] = self.chance.choice(("high", "normal", "low"))
        self.meetings.append(meeting)

    @property
    def hosted(self) -> list[Parts]:
        return self.sessions + self.meetings

    def slots_of(self, activity: Parts) -> int:
        return int(str(activity["duration"]).removesuffix("min")) // self.grid

    # -- places ----------------------------------------------------------------------------------

    def _cities(self) -> list[Parts]:
        house = {"id": "house", "rooms": self.rooms}
        first = {
            "id": "c0",
            "time_zone": self.zone,
            "venues": [house],
            "opening": [self._opening(date, self.opens, self.slots) for date in self.dates],
        }
        return [first]

    def _opening(self, date: dt.date, opens: int, slots: int) -> Parts:
        return {"date": date, "from": self.clock(0, opens), "to": self.clock(slots, opens)}

    # -- objective -------------------------------------------------------------------------------

    def _objective(self) -> list[Parts]:
        wanted = [
            t for theme in THEMES if theme in self.themes for t in _CHARGED.get(theme, ()) if self.often(0.9)
        ]
        idle = {
            term for theme, terms in _CHARGED.items() if theme in _OWN_TERMS - self.themes for term in terms
        }
        wanted += [
            term
            for term in self.some([term for term in TermName if term is not TermName.MOVED], 5)
            if term not in idle
        ]
        # Without it the best schedule often leaves everything out, and costs nothing.
        wanted += [TermName.REQUESTS] if self.often(0.9) else []
        terms = list(dict.fromkeys(wanted))
        self.chance.shuffle(terms)
        levels = self.chance.choice((1, 2, 2, 3))
        first = TermName.REQUESTS if self.often(0.7) else None
        return [
            {
                "term": term.value,
                "weight": self.chance.choice((1, 1, 2, 5)),
                "level": 1 if term is first else self.chance.randint(1, levels),
            }
            for term in terms
        ]


# -- themes --------------------------------------------------------------------------------------


def _windows(make: _Maker) -> None:
    for activity in make.some(make.hosted, 2):
        length = make.slots_of(activity)
        kind = make.chance.choice(("windows", "day_part", "forbidden", "dates", "rooms"))
        if "cities" in activity and kind in ("windows", "day_part"):
            kind = "forbidden"  # windows of the first city might leave too little of the other's opening
        if kind == "windows":
            activity["windows"] = [
                make.window(length, dated=False) for _ in range(make.chance.choice((1, 2)))
            ]
        elif kind == "day_part":
            make.parts["day_parts"] = {"early": make.window(2, dated=False)}
            activity["day_part"] = "early"
        elif kind == "forbidden":
            activity["forbidden"] = [make.window()]
        elif kind == "dates":
            activity["dates"] = [make.chance.choice(make.dates)]
        else:
            _where(make, activity)


def _where(make: _Maker, activity: Parts) -> None:
    kind = make.chance.choice(("cities", "venues", "rooms"))
    city = make.chance.choice(make.cities)
    venue = make.chance.choice(city["venues"])
    if kind == "cities":
        activity["cities"] = [city["id"]]
    elif kind == "venues":
        activity["venues"] = [venue["id"]]
    else:
        activity["rooms"] = [r["id"] for r in make.rooms if activity in make.meetings or "tables" not in r]


def _scattered(make: _Maker) -> None:
    """Leave activities little choice, so that what they cost together cannot be avoided."""
    at_once = make.chance.randint(0, make.slots - 2)
    for activity in make.hosted:
        if make.often(0.6) and not {"windows", "day_part", "cities", "venues"} & set(activity):
            length = make.slots_of(activity)
            last = make.slots - length
            starts = (
                (0, last) if activity in make.meetings else (at_once, at_once, make.chance.randint(0, last))
            )
            start = make.chance.choice(starts)
            activity["windows"] = [_exactly(make, start, length)]
    for session in make.sessions:
        halls = [room["id"] for room in make.rooms + make.annex if "tables" not in room]
        if make.often(0.5):
            session["rooms"] = [make.chance.choice(halls)]
        if "talks" in session and "windows" in session and make.often(0.5):
            start = make.slot(session["windows"][0]["from"])
            session["talks"][0]["windows"] = [_exactly(make, start + make.chance.choice((0, 1)), 1)]


def _exactly(make: _Maker, start: int, length: int) -> Parts:
    if "clock change" in make.themes:
        return make.window(length, dated=False)
    return {"from": make.clock(start), "to": make.clock(start + length)}


def _wishes(make: _Maker) -> None:
    for activity in make.some(make.hosted, 3):
        _wish(make, activity)


def _wish(make: _Maker, activity: Parts) -> None:
    if make.often(0.5):
        activity["due"] = make.moment(make.chance.randint(0, make.slots))
    prefer: Parts = {}
    if make.often(0.5):
        prefer["windows"] = [make.window()]
    if make.often(0.5):
        prefer["rooms"] = [make.chance.choice(make.rooms)["id"]]
    if make.often(0.5):
        prefer["cities"] = [make.chance.choice(make.cities)["id"]]
    activity["prefer"] = prefer


def _rooms(make: _Maker) -> None:
    for room in make.some(make.rooms, 2):
        kind = make.chance.choice(("closed", "available", "seats", "features", "more"))
        if kind == "closed":
            room["closed"] = [make.window()]
        elif kind == "available":
            room["available"] = [make.window(2)]
        elif kind == "seats":
            _seats(make, room)
        elif kind == "features":
            room["features"] = ["stage"]
            make.chance.choice(make.hosted)["features"] = ["stage"]
        elif len(make.rooms) < 3:
            make.rooms.append({"id": "chamber"} if make.sessions else {"id": "corner", "tables": 1})


def _seats(make: _Maker, room: Parts) -> None:
    room["seats"] = make.chance.randint(2, 5)
    for delegation in make.delegations:
        if make.often(0.4):
            delegation["size"] = make.chance.randint(1, 4)
    if make.often(0.3):
        make.chance.choice(make.hosted)["attendance"] = make.chance.randint(1, 5)


def _absences(make: _Maker) -> None:
    for who in make.some(make.delegations + make.participants, 2):
        kind = make.chance.choice(("arrival", "departure", "absences", "cities"))
        if kind == "arrival":
            who["arrival"] = make.moment(1, make.dates[0])
        elif kind == "departure":
            who["departure"] = make.moment(make.slots - 1, make.dates[-1])
        elif kind == "absences":
            who["absences"] = [make.interval()]
        else:
            who["cities"] = [make.chance.choice(make.cities)["id"]]


def _split(make: _Maker) -> None:
    splitting = {d["id"] for d in make.delegations if d.get("split")}
    for member in make.participants:
        if member.get("delegation") in splitting and make.often(0.6):
            member["roles"] = ["mayor"]
            if make.often(0.4):
                member["absences"] = [make.interval()]
    offered = {m["delegation"] for m in make.participants if m.get("roles")}
    for activity in make.hosted:
        asked = [party for party in activity.get("parties", ()) if party in offered]
        if asked and make.often(0.7):
            activity["roles"] = {asked[0]: "mayor"}
    if make.often(0.5):
        _never(make)


def _languages(make: _Maker) -> None:
    for who in make.delegations + make.participants:
        if make.often(0.85):
            who["languages"] = make.chance.choice((["en"], ["ko"], ["ko"], ["en", "ko"], ["fr"]))
    pool: Parts = {"id": "pool", "languages": ["en", "ko"], "count": make.chance.choice((1, 1, 2))}
    if make.often(0.6):
        pool["city"] = make.chance.choice(make.cities)["id"]
    if make.often(0.5):
        pool["available"] = [make.interval()]
    make.parts["interpreters"] = [pool] if make.often(0.8) else []


def _track(make: _Maker, name: str) -> Parts:
    track: Parts = {"id": name, "gap": make.duration(make.chance.choice((0, 1)))}
    make.parts.setdefault("tracks", []).append(track)
    return track


def _chairs(make: _Maker) -> None:
    track = _track(make, "chaired")
    track["chairs"] = list(dict.fromkeys(make.somebody() for _ in range(2)))
    for session in make.some(make.sessions, 2):
        session["track"] = "chaired"


def _tracks(make: _Maker) -> None:
    _track(make, "track")
    for session in make.sessions:
        if "track" not in session and make.often(0.8):
            session["track"] = "track"
    if len(make.rooms) < 3 and make.sessions:
        make.rooms.append({"id": "stage"})


def _talks(make: _Maker) -> None:
    session = make.chance.choice(make.sessions)
    session["duration"] = make.duration(2)
    orders = make.chance.choice(((1, 2), (2, 1), (2, 1), (1, 1), (None, 2)))
    session["talks"] = [
        {"id": f"t{n}", "duration": make.duration(1), "speaker": make.somebody(), "order": order}
        for n, order in enumerate(orders[: make.chance.choice((1, 2, 2, 2))])
    ]
    if len(session["talks"]) == 2 and make.often(0.6):
        make.parts.setdefault("precedences", []).append({"before": "t0", "after": "t1"})
    if make.often(0.3):
        _track(make, "talked")
        session["talks"][0]["track"] = "talked"
    if make.often(0.2):
        session["talks"][0]["windows"] = [make.window()]


def _audience(make: _Maker) -> None:
    for session in make.some(make.sessions, 2):
        session["audience"] = ["all"] if make.often(0.4) else make.some(make.parties, 2)


def _interest(make: _Maker) -> None:
    for session in make.sessions:
        session["interest"] = ["all"] if make.often(0.3) else make.some(make.parties, 2)
    if len(make.rooms) < 3:
        make.rooms.append({"id": "salon"})


def _pins(make: _Maker) -> None:
    activity = make.chance.choice(make.hosted)
    pin: Parts = {}
    if make.often(0.6):
        pin["start"] = make.moment(make.chance.randint(0, make.slots - make.slots_of(activity)))
    if activity in make.meetings and make.often(0.6):
        pin["table"] = make.chance.randint(1, make.rooms[0]["tables"])
        pin["room"] = "area"
    elif make.often(0.5):
        pin["room"] = "hall" if activity in make.sessions else "area"
    activity["pin"] = pin


def _replan(make: _Maker) -> None:
    baseline = []
    for activity in make.some(make.hosted, 3):
        date = make.chance.choice(make.dates)
        start = make.chance.randint(0, make.slots - make.slots_of(activity))
        placement: Parts = {"activity": activity["id"], "start": make.moment(start, date)}
        placement["attendees"] = _attendees(make, activity)
        placement["room"] = "hall" if activity in make.sessions else "area"
        if activity in make.meetings:
            placement["table"] = make.chance.randint(1, make.rooms[0]["tables"])
        baseline.append(placement)
        for n, talk in enumerate(activity.get("talks", ())):
            at = make.moment(start + n, date)
            baseline.append({"activity": talk["id"], "start": at, "room": placement["room"]})
    if make.often(0.1):
        baseline[0]["room"] = "pulled-down"
    make.parts["baseline"] = baseline
    if make.often(0.4):
        make.parts["now"] = make.moment(1, make.dates[0])


def _attendees(make: _Maker, activity: Parts) -> list[str]:
    chosen = [_delegate(make, party) for party in activity.get("parties", ()) if _splits(make, party)]
    if activity.get("track") == "chaired":
        chosen.append(make.chance.choice(make.parts["tracks"][0]["chairs"]))
    return list(dict.fromkeys(chosen))


def _splits(make: _Maker, party: str) -> bool:
    return any(d["id"] == party and d.get("split") for d in make.delegations)


def _delegate(make: _Maker, party: str) -> str:
    members = [p["id"] for p in make.participants if p.get("delegation") == party]
    return str(make.chance.choice(members or [f"{party}.1"]))


def _load(make: _Maker) -> None:
    load: Parts = {}
    for kind in make.some(("meetings_per_day", "in_a_row", "meal"), 2):
        if kind == "meetings_per_day":
            load[kind] = make.chance.choice((1, 1, 1, 2))
        elif kind == "in_a_row":
            load[kind] = make.chance.choice((1, 1, 2))
            if make.often(0.4):
                load["rest"] = make.duration(2)
        else:
            load[kind] = make.window(2, dated=False) | {"duration": make.duration(1)}
    if make.often(0.7):
        make.parts["load"] = load
    else:
        make.chance.choice(make.delegations + make.participants)["load"] = load


def _quotas(make: _Maker) -> None:
    for party in make.some(make.delegations + make.participants, 2):
        least, most = make.chance.choice(((0, 1), (0, 1), (1, 1), (1, None), (2, None), (3, None), (2, 2)))
        party["meetings"] = {"least": least} | ({} if most is None else {"most": most})


def _never(make: _Maker) -> None:
    """Keep members of those who split from others: somebody else can be sent, so no meeting is in vain."""
    home = {p["id"]: p.get("delegation") for p in make.participants}
    members = [name for name in home if home[name] and _splits(make, home[name])]
    pairs = [
        [member, other]
        for member in members
        if sum(h == home[member] for h in home.values()) > 1
        for other in (*make.parties, *members)
        if any({home[member], home.get(other) or other} == set(m["parties"]) for m in make.meetings)
    ]
    make.parts["never"] = make.some(pairs, 3) if pairs else []


def _fairness(make: _Maker) -> None:
    if make.often(0.6):
        make.parts["fairness"] = {"breaks": make.chance.choice((0, 0, 1))}
    else:
        make.parts["fairness"] = {"granted_percent": make.chance.choice((34, 50, 100))}


def _breaks(make: _Maker) -> None:
    span = make.chance.choice(("day", "programme"))
    make.parts["breaks"] = {"span": span, "tolerance": make.duration(make.chance.choice((0, 1)))}


def _order(make: _Maker) -> None:
    ids = [activity["id"] for activity in make.hosted]
    if len(ids) < 2:
        return
    before, after = make.chance.sample(ids, 2)
    precedence: Parts = {"before": before, "after": after}
    if make.often(0.4):
        precedence["min_gap"] = make.duration(1)
    if make.often(0.4):
        precedence["max_gap"] = make.duration(make.chance.choice((1, 2)))
    if make.often(0.9):
        make.parts.setdefault("precedences", []).append(precedence)
    if make.often(0.5):
        day = make.chance.choice(("same", "different"))
        make.parts["day_relations"] = [{"activities": make.chance.sample(ids, 2), "day": day}]


def _venues(make: _Maker) -> None:
    city = make.cities[0]
    city["transfer"] = make.duration(1)
    make.annex.append({"id": "annex-room"} if make.sessions else {"id": "annex-area", "tables": 1})
    city["venues"].append({"id": "annex", "rooms": make.annex})
    city["venues"][0]["room_change"] = make.chance.choice(("0min", make.duration(1), make.duration(2)))
    if make.often(0.4):
        # A third venue that is only passed through, quicker than the stated way.
        city["venues"].append({"id": "passage"})
        city["transfer"] = "10min"
        city["transfers"] = [{"from": "house", "to": "annex", "duration": make.duration(2)}]


def _travel(make: _Maker) -> None:
    zone = make.chance.choice((make.zone, "Europe/Lisbon"))
    opens = min(make.opens + make.chance.choice((0, 1)), 21)
    slots = 4 if "clock change" in make.themes else make.chance.choice((2, 3))
    rooms = [{"id": "far-area", "tables": 1}] + ([{"id": "far-hall"}] if make.sessions else [])
    venue = {"id": "far-house", "rooms": rooms}
    opening = [make._opening(make.chance.choice(make.dates), opens, slots)]
    make.cities.append({"id": "c1", "time_zone": zone, "venues": [venue], "opening": opening})
    make.parts["travel"] = {"links": _links(make, zone)}
    for activity in make.hosted:
        if make.often(0.6):
            activity["cities"] = [make.chance.choice(("c0", "c1"))]


def _links(make: _Maker, zone: str) -> list[Parts]:
    if make.often(0.25):
        # With a change in a city that has nothing else.
        make.cities.append(
            {
                "id": "c2",
                "time_zone": zone,
                "venues": [{"id": "station"}],
                "opening": [make._opening(make.dates[0], make.opens, make.slots)],
            }
        )
        return [_link(make, "c0", "c2"), _link(make, "c2", "c1")]
    return [_link(make, "c0", "c1")] if make.often(0.9) else []


def _link(make: _Maker, start: str, end: str) -> Parts:
    link: Parts = {"from": start, "to": end, "both_ways": make.often(0.7)}
    link["duration"] = make.chance.choice(("15min", "30min", "45min", "1h"))
    if make.often(0.3):
        link["access"], link["egress"] = "10min", "5min"
    if make.often(0.5):
        times = (make.clock(n) for n in range(make.slots + 1) if make.often(0.5))
        rides: list[Parts] = [{"depart": time} for time in times if time != "24:00"]
        if rides and make.often(0.3):
            rides[0]["dates"] = [make.dates[0]]
        link["departures"] = rides
    return link


def _plain(make: _Maker) -> None:
    """Change nothing here: the dates, the people and the objective were chosen for this theme."""


THEMES: dict[str, Callable[[_Maker], None]] = {
    # In this order, as the later ones ask what the earlier ones have made.
    "days": _plain,
    "clock change": _plain,
    "split": _split,
    "travel": _travel,
    "venues": _venues,
    "chairs": _chairs,
    "talks": _talks,
    "tracks": _tracks,
    "audience": _audience,
    "interest": _interest,
    "windows": _windows,
    "wishes": _wishes,
    "scattered": _scattered,
    "rooms": _rooms,
    "absences": _absences,
    "languages": _languages,
    "load": _load,
    "quotas": _quotas,
    "fairness": _fairness,
    "breaks": _breaks,
    "order": _order,
    "pins": _pins,
    "replan": _replan,
}

_CHARGED: dict[str, tuple[TermName, ...]] = {
    "days": (TermName.BREAKS, TermName.IDLE_MINUTES, TermName.ROOM_CHANGES),
    "travel": (TermName.CITY_CHANGES, TermName.ROOM_CHANGES),
    "venues": (TermName.ROOM_CHANGES, TermName.IDLE_MINUTES),
    "talks": (TermName.TALK_ORDER,),
    "tracks": (TermName.TRACK_PARALLEL, TermName.TRACK_ROOMS, TermName.TRACK_GAPS),
    "interest": (TermName.PARALLEL_SESSIONS,),
    "wishes": (TermName.PREFERENCES, TermName.LATENESS),
    "quotas": (TermName.TOO_FEW_MEETINGS,),
    "fairness": (TermName.FAIRNESS_SPREAD, TermName.BREAKS),
    "breaks": (TermName.BREAKS, TermName.IDLE_MINUTES),
    "replan": (
        TermName.MOVED,
        TermName.MOVED_START,
        TermName.MOVED_ROOM,
        TermName.MOVED_CITY,
        TermName.PEOPLE_AFFECTED,
    ),
}
"""The terms that a theme is about."""

_OWN_TERMS = frozenset({"talks", "tracks", "interest", "wishes", "quotas", "replan"})
"""The themes without which their terms cost nothing."""
