"""What people's days are like, how far they travel, and how evenly all are treated."""

from __future__ import annotations

from itertools import pairwise

from scheduler.checker import idle
from scheduler.checker.terms import TERMS
from scheduler.domain import ParticipantId, PartyId, TermName
from scheduler.domain.times import MINUTE
from scheduler.reporting.indicators import Days, Fairness, TravelOf
from scheduler.reporting.measuring.scene import Scene


def days(scene: Scene) -> tuple[Days, ...]:
    """Return everybody's engagements, breaks and journeys, in the order of the instance."""
    return tuple(_days_of(scene, person.id) for person in scene.instance.people)


def _days_of(scene: Scene, id_: ParticipantId) -> Days:
    person = scene.instance.person(id_)
    diary = scene.schedule.engagements.get(id_, [])
    free = [length // MINUTE for length in idle.breaks(diary, scene.instance.breaks)] if diary else []
    legs, minutes = scene.legs.get(id_, (0, 0))
    return Days(
        id=id_,
        label=person.name,
        delegation=scene.instance.party_label(person.delegation) if person.delegation else "",
        engagements=len(diary),
        breaks=len(free),
        idle_minutes=sum(free),
        city_changes=sum(a.city is not b.city for a, b in pairwise(diary)),
        legs=legs,
        travel_minutes=minutes,
    )


def travel(scene: Scene, people: tuple[Days, ...]) -> tuple[TravelOf, ...]:
    """Return how far each delegation travels, and each participant without one; who stays is left out."""
    found: dict[str, TravelOf] = {}
    for days_ in people:
        if not (days_.legs or days_.city_changes):
            continue
        person = scene.instance.person(ParticipantId(PartyId(days_.id)))
        party = scene.belongs_to(person)
        known = found.get(party, TravelOf(party, days_.delegation or days_.label, 0, 0, 0, 0))
        found[party] = TravelOf(
            id=party,
            label=known.label,
            people=known.people + 1,
            legs=known.legs + days_.legs,
            travel_minutes=known.travel_minutes + days_.travel_minutes,
            city_changes=known.city_changes + days_.city_changes,
        )
    return tuple(found.values())


def fairness(scene: Scene, people: tuple[Days, ...]) -> Fairness:
    """Return how evenly meetings are granted to the parties that they name, and breaks to people."""
    schedule = scene.schedule
    shares = [
        schedule.meetings_granted(meetings) / len(meetings) for meetings in schedule.facts.requests.values()
    ]
    breaks = [days_.breaks for days_ in people]
    bounds = scene.instance.fairness
    return Fairness(
        parties=len(shares),
        least_share=min(shares, default=None),
        most_share=max(shares, default=None),
        mean_share=sum(shares) / len(shares) if shares else None,
        spread=TERMS[TermName.FAIRNESS_SPREAD](schedule),
        gini=gini(shares),
        least_breaks=min(breaks, default=0),
        most_breaks=max(breaks, default=0),
        breaks_bound=bounds.breaks,
        granted_bound=bounds.granted_percent,
    )


def gini(values: list[float]) -> float:
    """Return the Gini coefficient: half the mean difference of two values, over their mean; 0 of nothing.

    Gini, "Variabilità e mutabilità" (1912). From the values in order it is a weighted sum, so that no pairs
    need be gone through.
    """
    total = sum(values)
    count = len(values)
    if not total:
        return 0.0
    weighted = sum(rank * value for rank, value in enumerate(sorted(values), start=1))
    return max(0.0, 2 * weighted / (count * total) - (count + 1) / count)
