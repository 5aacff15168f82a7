"""Sessions of a programme that is made up: an opening, and for each city its own, a conference, workshops."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from scheduler.generating.people import Party
from scheduler.generating.plan import Plan
from scheduler.generating.sites import FIRST_DATE, SLOT, Parts, Site, moment

_OPENING = range(9 * 60, 10 * 60, SLOT)
_CITY_OPENING = range(10 * 60, 11 * 60, SLOT)
_CONFERENCE = range(11 * 60, 13 * 60, SLOT)
_WORKSHOPS = (range(15 * 60 + 30, 17 * 60, SLOT), range(17 * 60, 18 * 60 + 30, SLOT))
_TALKS = 3
_MOST_LISTENERS = 25


def sessions_of(
    rng: random.Random, plan: Plan, sites: Sequence[Site], parties: Sequence[Party]
) -> list[Parts]:
    """Return all sessions as they are written in an instance, each with a time in the plan."""
    found = [_opening(plan, sites[0])]
    for city in range(len(sites)):
        made = _Sessions(rng, plan, sites, parties, city)
        found += [made.opening(), made.conference(), *(made.workshop(n) for n in range(len(_WORKSHOPS)))]
    return found


def _times(site: Site, day: int, clocks: range) -> range:
    first = site.minute(day, clocks.start)
    return range(first, first + clocks.stop - clocks.start, SLOT)


def _opening(plan: Plan, site: Site) -> Parts:
    times = _times(site, 0, _OPENING)
    plan.hold("opening", 0, site.hall, times, None)
    return {
        "id": "opening",
        "title": "Opening",
        "kind": "inaugural",
        "duration": _length(_OPENING),
        "pin": {"start": moment(times.start, site.zone), "room": site.hall},
        "audience": ["all"],
    }


def _length(clocks: range) -> dt.timedelta:
    return dt.timedelta(minutes=clocks.stop - clocks.start)


class _Sessions:
    """Those of one city."""

    def __init__(
        self,
        rng: random.Random,
        plan: Plan,
        sites: Sequence[Site],
        parties: Sequence[Party],
        city: int,
    ) -> None:
        self._rng = rng
        self._plan = plan
        self._site = sites[city]
        self._city = city
        self._days = len(self._site.slots)
        self._hosts = [party for party in parties if party.arrival is None and party.cities == (city,)]
        self._guests = [party for party in parties if party.arrival is not None and city in party.plan]
        self._speakers = [party for party in self._hosts if party.alone and not party.absences]

    def opening(self) -> Parts:
        """All hosts of the city attend."""
        day = min(1, self._days - 1)
        times = _times(self._site, day, _CITY_OPENING)
        name = f"{self._site.id}-opening"
        self._plan.hold(name, self._city, self._site.hall, times, self._hosts)
        return {
            **self._session(name, "inaugural", day, _CITY_OPENING),
            "windows": [{"from": "09:00", "to": "12:00"}],
            "rooms": [self._site.hall],
            "attendance": len(self._hosts),
            "audience": [party.id for party in self._hosts],
        }

    def conference(self) -> Parts:
        """Three talks, one after the other."""
        day = self._city % self._days
        times = _times(self._site, day, _CONFERENCE)
        name = f"{self._site.id}-conference"
        speakers = [self._rng.choice(self._speakers) for _ in range(_TALKS)]
        self._plan.hold(name, self._city, self._site.hall, times, ())
        talks = []
        for number, (speaker, start) in enumerate(zip(speakers, times, strict=False), 1):
            talk = f"{name}-{number}"
            self._plan.hold(talk, self._city, self._site.hall, range(start, start + SLOT, SLOT), [speaker])
            talks.append({"id": talk, "duration": "30min", "speaker": speaker.id, "order": number})
        return {
            **self._session(name, "conference", day, _CONFERENCE),
            "rooms": [self._site.hall],
            "talks": talks,
        }

    def workshop(self, number: int) -> Parts:
        """Somebody leads it, and some hosts and guests attend."""
        day, clocks = (self._city + number + 1) % self._days, _WORKSHOPS[number]
        times = _times(self._site, day, clocks)
        name = f"{self._site.id}-workshop-{number + 1}"
        leader = self._speakers[number]
        near = (*self._hosts, *(party for party in self._guests if party.plan[day] == self._city))
        leading = self._speakers[: len(_WORKSHOPS)]
        listeners = [party for party in near if self._is_free(party, times) and party not in leading]
        audience = self._rng.sample(listeners, min(len(listeners) // 3, _MOST_LISTENERS))
        self._plan.hold(name, self._city, self._site.rooms[number], times, [leader, *audience])
        return {
            **self._session(name, "workshop", day, clocks),
            "rooms": list(self._site.rooms),
            "attendance": min(60, 2 + len(audience)),
            "speakers": [{"participant": leader.id, "role": "moderator"}],
            "audience": [party.id for party in audience],
        }

    def _is_free(self, party: Party, times: range) -> bool:
        return self._plan.is_free(party, times.start, times.stop)

    def _session(self, name: str, kind: str, day: int, clocks: range) -> Parts:
        return {
            "id": name,
            "kind": kind,
            "duration": _length(clocks),
            "dates": [FIRST_DATE + dt.timedelta(days=day)],
        }
