"""Programmes that can be held, and known ways to break them.

A programme is made around a schedule that is planted in it: parties are in one city on a date, meet in
slots, and what is asked of meetings and sessions is what the planted schedule keeps. Each way to break it
then asks, in one of the places where an organiser could, for something that cannot be had.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from scheduler.domain import Instance

Parts = dict[str, Any]

DATES = ("2025-05-12", "2025-05-13")
CITIES = ("alba", "bora")
_FIRST, _LAST = 9 * 60, 18 * 60
_SLOT = 30


def clock(minutes: int) -> str:
    """Return a time of day."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def at(date: str, minutes: int) -> str:
    """Return a moment."""
    return f"{date}T{clock(minutes)}+02:00"


class Planted:
    """A programme of so many meetings that can be held, and the schedule that was planted in it.

    Attributes
    ----------
    parts : dict
        The instance, as it is written.
    planted : dict
        For each meeting its city, date and minute.
    """

    def __init__(self, seed: int, meetings: int) -> None:
        self.chance = random.Random(seed)
        self.parties = max(8, meetings // 4)
        self.tables = max(2, meetings // 24)
        self.planted: dict[str, tuple[str, str, int]] = {}
        self.meetings: list[Parts] = []
        self.delegations = [{"id": f"p{n}", "name": f"Party {n}"} for n in range(self.parties)]
        # Odd parties are in the first city on the first date and in the second on the second.
        self.home = {
            f"p{n}": [CITIES[n % 2], CITIES[(n + self.chance.randint(0, 1)) % 2]] for n in range(self.parties)
        }
        self._plant(meetings)
        self.parts: Parts = {
            "programme": {"id": "broken", "grid": "30min"},
            "cities": [self._city(name) for name in CITIES],
            "travel": {"links": [{"from": CITIES[0], "to": CITIES[1], "duration": "3h", "both_ways": True}]},
            "delegations": self.delegations,
            "participants": [{"id": "speaker", "name": "Speaker"}],
            "sessions": [
                {
                    "id": "plenary",
                    "title": "Plenary",
                    "kind": "conference",
                    "duration": "1h",
                    "cities": [CITIES[0]],
                    "windows": [{"date": DATES[0], "from": "09:00", "to": "10:00"}],
                    "speakers": ["speaker"],
                    "audience": [p for p, cities in self.home.items() if cities[0] == CITIES[0]],
                },
                {"id": "workshop", "kind": "workshop", "duration": "1h30", "parties": ["speaker"]},
            ],
            "meetings": self.meetings,
            "precedences": self._order(),
        }

    def _city(self, name: str) -> Parts:
        rooms = [
            {"id": f"{name}-tables", "name": f"Tables of {name.title()}", "tables": self.tables},
            {"id": f"{name}-hall", "name": f"Hall of {name.title()}", "seats": 200, "features": ["stage"]},
        ]
        return {
            "id": name,
            "name": name.title(),
            "time_zone": "Europe/Madrid",
            "opening": [{"date": date, "from": clock(_FIRST), "to": clock(_LAST)} for date in DATES],
            "venues": [{"id": f"{name}-house", "rooms": rooms}],
        }

    def _plant(self, meetings: int) -> None:
        """Place meetings one by one where both parties are free and a table is."""
        taken: set[tuple[str, str, int]] = set()
        full: dict[tuple[str, str, int], int] = {}
        met: set[tuple[str, str]] = set()
        tries = 0
        while len(self.meetings) < meetings and tries < 200 * meetings:
            tries += 1
            a, b = sorted(self.chance.sample(sorted(self.home), 2))
            day = self.chance.randint(0, 1)
            city = self.home[a][day]
            minute = self.chance.randrange(_FIRST + 60 if day == 0 else _FIRST, _LAST, _SLOT)
            date = DATES[day]
            if self.home[b][day] != city or (a, b) in met or full.get((city, date, minute), 0) >= self.tables:
                continue
            if (a, date, minute) in taken or (b, date, minute) in taken:
                continue
            met.add((a, b))
            taken |= {(a, date, minute), (b, date, minute)}
            full[city, date, minute] = full.get((city, date, minute), 0) + 1
            self._meeting(a, b, city, date, minute)

    def _meeting(self, a: str, b: str, city: str, date: str, minute: int) -> None:
        name = f"m{len(self.meetings)}"
        self.planted[name] = (city, date, minute)
        meeting: Parts = {"id": name, "parties": [a, b], "mandatory": self.chance.random() < 0.6}
        wish = self.chance.random()
        if wish < 0.2:
            meeting["cities"] = [city]
        elif wish < 0.3:
            meeting["dates"] = [date]
        elif wish < 0.4:
            start = max(_FIRST, minute - 120)
            meeting["windows"] = [{"from": clock(start), "to": clock(min(_LAST, minute + 150))}]
        self.meetings.append(meeting)

    def _order(self) -> list[Parts]:
        found = []
        for a, b in zip(self.meetings[::9], self.meetings[4::9], strict=False):
            first, second = self.planted[a["id"]][1:], self.planted[b["id"]][1:]
            if first < second and (first[0] != second[0] or first[1] + _SLOT <= second[1]):
                found.append({"before": a["id"], "after": b["id"]})
        return found

    # -- for those who break it ------------------------------------------------------------------

    def of(self, party: str) -> list[Parts]:
        """Return the meetings of a party."""
        return [meeting for meeting in self.meetings if party in meeting["parties"]]

    def busiest(self) -> str:
        """Return the party with the most meetings."""
        return max(self.home, key=lambda party: len(self.of(party)))

    def delegation(self, party: str) -> Parts:
        """Return a delegation as it is written."""
        return next(d for d in self.parts["delegations"] if d["id"] == party)

    def free(self, meeting: Parts, **parts: Any) -> Parts:
        """Ask for a meeting in other words."""
        for key in ("cities", "dates", "windows"):
            meeting.pop(key, None)
        meeting |= {"mandatory": True} | parts
        return meeting

    def some(self, number: int) -> list[Parts]:
        """Return so many meetings, first those with no party in common and in no order."""
        chosen: list[Parts] = []
        seen: set[str] = set()
        tied = {name for p in self.parts["precedences"] for name in p.values()}
        mixed = self.chance.sample(self.meetings, len(self.meetings))
        for meeting in mixed:
            if meeting["id"] not in tied and not seen & set(meeting["parties"]):
                chosen.append(meeting)
                seen |= set(meeting["parties"])
        return [*chosen, *(meeting for meeting in mixed if meeting not in chosen)][:number]


def planted_instance(seed: int, meetings: int) -> Instance:
    """Return a programme that can be held."""
    return Instance.model_validate(deepcopy(Planted(seed, meetings).parts))


# -- ways to break it ----------------------------------------------------------------------------


def stay_too_short(p: Planted) -> None:
    party = p.busiest()
    held = p.of(party)
    for meeting in held:
        p.free(meeting)
    p.parts["precedences"] = []
    start = 11 * 60
    p.delegation(party).update(
        arrival=at(DATES[1], start), departure=at(DATES[1], start + _SLOT * max(1, len(held) - 1))
    )


def speaker_late(p: Planted) -> None:
    p.parts["participants"][0]["arrival"] = at(DATES[0], _FIRST + 30)


def hall_closed(p: Planted) -> None:
    workshop = p.parts["sessions"][1]
    workshop["pin"] = {"start": at(DATES[1], 10 * 60), "room": "alba-hall"}
    hall = p.parts["cities"][0]["venues"][0]["rooms"][1]
    hall["closed"] = [{"date": DATES[1], "from": "11:00", "to": "12:00"}]


def gaps_in_a_circle(p: Planted) -> None:
    a, b, c = p.some(3)
    for meeting in (a, b, c):
        p.free(meeting)
    p.parts["precedences"] += [
        {"before": a["id"], "after": b["id"], "min_gap": "1h"},
        {"before": b["id"], "after": c["id"], "min_gap": "1h"},
        {"before": a["id"], "after": c["id"], "max_gap": "2h"},
    ]


def too_few_tables(p: Planted) -> None:
    window = {"date": DATES[1], "from": "12:00", "to": "12:30"}
    rooms = [city["venues"][0]["rooms"][0] for city in p.parts["cities"]]
    for room in rooms:
        room["tables"] = 1
    for meeting in p.some(3):
        p.free(meeting, windows=[window])


def nobody_interprets(p: Planted) -> None:
    meeting = p.free(p.some(1)[0])
    a, b = meeting["parties"]
    p.delegation(a)["languages"] = ["zh"]
    p.delegation(b)["languages"] = ["es"]
    p.parts["interpreters"] = [{"id": "japanese", "languages": ["ja", "es"]}]


def one_interpreter(p: Planted) -> None:
    window = {"date": DATES[1], "from": "12:00", "to": "12:30"}
    for meeting in p.some(2):
        p.free(meeting, windows=[window])
        a, b = meeting["parties"]
        p.delegation(a)["languages"] = ["zh"]
        p.delegation(b)["languages"] = ["es"]
    p.parts["interpreters"] = [{"id": "chinese", "languages": ["zh", "es"]}]


def one_date_and_two(p: Planted) -> None:
    a, b = p.some(2)
    p.free(a, dates=[DATES[0]])
    p.free(b, dates=[DATES[1]])
    p.parts["day_relations"] = [{"activities": [a["id"], b["id"]], "day": "same"}]


def load_too_small(p: Planted) -> None:
    party = p.busiest()
    for meeting in p.of(party)[:3]:
        p.free(meeting, dates=[DATES[1]])
    p.parts["precedences"] = []
    p.delegation(party)["load"] = {"meetings_per_day": 2}


def no_train_so_quick(p: Planted) -> None:
    a, b = p.of(p.busiest())[:2]
    p.parts["precedences"] = []
    p.free(a, cities=["alba"], windows=[{"date": DATES[1], "from": "10:00", "to": "11:00"}])
    p.free(b, cities=["bora"], windows=[{"date": DATES[1], "from": "12:00", "to": "13:00"}])


def shares_too_large(p: Planted) -> None:
    party = p.busiest()
    p.delegation(party).update(arrival=at(DATES[1], 10 * 60), departure=at(DATES[1], 10 * 60 + _SLOT))
    for meeting in p.of(party):
        meeting["mandatory"] = False
    p.parts["precedences"] = []
    p.parts["fairness"] = {"granted_percent": 90}


def too_many_for_the_halls(p: Planted) -> None:
    p.parts["sessions"][1]["attendance"] = 500


def no_such_room(p: Planted) -> None:
    p.parts["sessions"][1]["features"] = ["stage", "booths"]


def no_time_to_eat(p: Planted) -> None:
    meeting = p.free(p.some(1)[0], duration="1h", pin={"start": at(DATES[1], 12 * 60 + 30)})
    p.delegation(meeting["parties"][0])["load"] = {"meal": {"from": "12:00", "to": "14:00", "duration": "1h"}}


def one_team_at_two_tables(p: Planted) -> None:
    party = p.busiest()
    for meeting in p.of(party)[:2]:
        p.free(meeting, pin={"start": at(DATES[1], 15 * 60)})
    p.parts["precedences"] = []
    p.delegation(party).update(split="members", parallel=1)


def during_the_plenary(p: Planted) -> None:
    listening = p.parts["sessions"][0]["audience"]
    meeting = next(m for m in p.meetings if m["parties"][0] in listening)
    p.parts["precedences"] = []
    p.free(meeting, pin={"start": at(DATES[0], _FIRST)})


def the_one_who_knows_is_away(p: Planted) -> None:
    meeting = p.some(1)[0]
    party = meeting["parties"][0]
    p.free(meeting, dates=[DATES[1]], roles={party: "mayor"})
    p.delegation(party)["split"] = "members"
    p.parts["participants"] += [
        {
            "id": "mayor",
            "delegation": party,
            "roles": ["mayor"],
            "absences": [{"from": at(DATES[1], 0), "to": at(DATES[1], 23 * 60)}],
        },
        *({"id": f"aide{n}", "delegation": party} for n in range(2)),
    ]


def no_rest(p: Planted) -> None:
    party = p.busiest()
    for n, meeting in enumerate(p.of(party)[:3]):
        p.free(meeting, pin={"start": at(DATES[1], 10 * 60 + n * _SLOT)})
    p.parts["precedences"] = []
    p.parts["load"] = {"in_a_row": 2}


def the_past_is_elsewhere(p: Planted) -> None:
    meeting = p.some(1)[0]
    p.free(meeting, windows=[{"from": "15:00", "to": "18:00"}])
    p.parts["programme"]["now"] = at(DATES[0], _FIRST)
    p.parts["programme"]["now"] = at(DATES[0], _FIRST + 30)
    p.parts["sessions"][0]["windows"] = [{"date": DATES[0], "from": "09:30", "to": "10:30"}]
    p.parts["sessions"][0]["mandatory"] = False
    p.parts["baseline"] = [
        {"activity": meeting["id"], "start": at(DATES[0], _FIRST), "room": "alba-tables", "table": 1}
    ]


def after_hours(p: Planted) -> None:
    p.parts["day_parts"] = {"evening": {"from": "20:00", "to": "23:00"}}
    p.parts["sessions"][1]["day_part"] = "evening"


WAYS: tuple[Callable[[Planted], None], ...] = (
    stay_too_short,
    speaker_late,
    hall_closed,
    gaps_in_a_circle,
    too_few_tables,
    nobody_interprets,
    one_interpreter,
    one_date_and_two,
    load_too_small,
    no_train_so_quick,
    shares_too_large,
    too_many_for_the_halls,
    no_such_room,
    no_time_to_eat,
    one_team_at_two_tables,
    during_the_plenary,
    the_one_who_knows_is_away,
    no_rest,
    the_past_is_elsewhere,
    after_hours,
)


def broken_instance(seed: int, meetings: int) -> tuple[str, Instance]:
    """Return a programme that cannot be held, and the way in which it was broken; ways take turns."""
    way = WAYS[seed % len(WAYS)]
    planted = Planted(seed, meetings)
    way(planted)
    return way.__name__, Instance.model_validate(deepcopy(planted.parts))
