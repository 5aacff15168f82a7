"""The legs that people travel between their engagements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from scheduler.domain import CityId, Instance, Leg
from scheduler.domain.times import UTC
from scheduler.exports.diaries import Placed

Question = tuple[CityId, CityId, dt.datetime]


class Rides:
    """Which legs somebody takes; many people make the same journey, so each is looked up once.

    Parameters
    ----------
    instance : Instance
        The programme whose links are used.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._known: dict[Question, tuple[Leg, ...]] = {}

    def of(self, diary: Sequence[Placed]) -> list[Leg]:
        """Return the legs between consecutive engagements in different cities.

        Of all journeys the one that is over first is taken, whenever the next engagement starts. Where no
        links lead (the schedule then breaks the rule of travel) there are no legs.
        """
        in_time = sorted(diary, key=lambda p: (p.start.astimezone(UTC), p.end.astimezone(UTC), p.activity.id))
        return [
            leg
            for before, after in pairwise(in_time)
            if before.city.id != after.city.id
            for leg in self._legs((before.city.id, after.city.id, before.end.astimezone(UTC)))
        ]

    def _legs(self, question: Question) -> tuple[Leg, ...]:
        if question not in self._known:
            start, end, at = question
            journey = self._instance.travel.journey(start, end, at, self._instance.zones)
            self._known[question] = journey.legs if journey else ()
        return self._known[question]
