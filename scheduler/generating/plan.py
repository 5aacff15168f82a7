"""A plan by which everything mandatory can take place: what makes a programme that is made up feasible.

Nothing is written of it. A session or meeting is made mandatory only where the plan has found a time for it
at which everybody concerned is free, in the city where they are on that day, in its first venue, clear of the
meal.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from scheduler.domain import ActivityId, ParticipantId, PartyId, Placement, RoomId
from scheduler.generating.people import Party
from scheduler.generating.requests import Request
from scheduler.generating.sites import LUNCH, SLOT, Site, moment

MEETINGS_PER_DAY = 8
_TABLES = 0.7
"""The share of a meeting area that the plan uses at most."""
_PARTS = {"morning": (0, 13 * 60), "afternoon": (14 * 60, 24 * 60), None: (0, 24 * 60)}


class Plan:
    """Who is where and when.

    Parameters
    ----------
    rng : random.Random
    sites : sequence of Site
    tables : sequence of int
        For each city those of its first meeting area.

    Attributes
    ----------
    placements : list of Placement
        Of everything that has been given a time.
    """

    def __init__(self, rng: random.Random, sites: Sequence[Site], tables: Sequence[int]) -> None:
        self.placements: list[Placement] = []
        self._rng = rng
        self._sites = sites
        self._tables = [max(1, int(_TABLES * count)) for count in tables]
        self._busy: set[tuple[str, int]] = set()
        self._blocked: set[int] = set()
        self._days: Counter[tuple[str, int]] = Counter()
        self._seated: Counter[tuple[int, int]] = Counter()

    def is_free(self, party: Party, start: int, end: int) -> bool:
        """Return whether a party is there, and all of it is free."""
        times = range(start, end, SLOT)
        return party.is_there(start, end) and not any(
            time in self._blocked or (party.id, time) in self._busy for time in times
        )

    def hold(
        self, activity: str, city: int, room: str, times: range, parties: Iterable[Party] | None
    ) -> None:
        """Give a session or talk its time: none of some parties (None: of all) does anything else then."""
        if parties is None:
            self._blocked.update(times)
        else:
            self._busy.update((party.id, time) for party in parties for time in times)
        self._place(activity, city, room, times.start)

    def seat(self, activity: str, request: Request) -> bool:
        """Give a meeting a time if there is one; return whether there is."""
        for day, city in enumerate(request.one.plan):
            if city == request.other.plan[day] and city >= 0 and self._has_room(request, day):
                start = self._start(request, day, city)
                if start is not None:
                    self._sit(activity, request, day, city, start)
                    return True
        return False

    def _has_room(self, request: Request, day: int) -> bool:
        """Return whether both parties have fewer meetings on a day than they may have."""
        return all(
            self._days[party.id, day] < (party.load or MEETINGS_PER_DAY)
            for party in (request.one, request.other)
        )

    def _start(self, request: Request, day: int, city: int) -> int | None:
        site = self._sites[city]
        slots = site.slots[day]
        first = self._rng.randrange(len(slots))
        for start in (*slots[first:], *slots[:first]):
            if (
                self._seated[city, start] < self._tables[city]
                and self._suits(request, site.clock(start))
                and self.is_free(request.one, start, start + SLOT)
                and self.is_free(request.other, start, start + SLOT)
            ):
                return start
        return None

    def _suits(self, request: Request, clock: int) -> bool:
        """Return whether a meeting may begin at a minute of the day."""
        first, last = _PARTS[request.day_part]
        return first <= clock and clock + SLOT <= last and not LUNCH[0] <= clock < LUNCH[1]

    def _sit(self, activity: str, request: Request, day: int, city: int, start: int) -> None:
        attendees = []
        for party, role in ((request.one, None), (request.other, request.role)):
            self._busy.add((party.id, start))
            self._days[party.id, day] += 1
            if party.splits:
                attendees.append(party.sent(role))
        self._seated[city, start] += 1
        self._place(activity, city, self._sites[city].area, start, self._seated[city, start], attendees)

    def _place(
        self,
        activity: str,
        city: int,
        room: str,
        start: int,
        table: int | None = None,
        attendees: Iterable[str] = (),
    ) -> None:
        self.placements.append(
            Placement(
                activity=ActivityId(activity),
                start=moment(start, self._sites[city].zone),
                room=RoomId(room),
                table=table,
                attendees=tuple(ParticipantId(PartyId(name)) for name in attendees),
            )
        )
