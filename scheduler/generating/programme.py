"""A whole programme, made up of its parts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.domain import Instance, Placement
from scheduler.generating.people import Party, delegation_of, participants_of, parties_of
from scheduler.generating.plan import MEETINGS_PER_DAY, Plan
from scheduler.generating.requests import Request, interpreters, requests_of
from scheduler.generating.sessions import sessions_of
from scheduler.generating.sites import MEAL, Parts, Site, links, sites_of
from scheduler.generating.spec import GenerateSpec


@dataclass(frozen=True, slots=True)
class Generated:
    """A programme that is made up, and how it can take place.

    Attributes
    ----------
    instance : Instance
    placements : tuple of Placement
        Of everything mandatory: a schedule that keeps all rules, and grants no optional request.
    """

    instance: Instance
    placements: tuple[Placement, ...]


def generate(spec: GenerateSpec) -> Instance:
    """Return a programme as large ones are, the same for the same specification.

    Hosts stay in their city, delegations arrive, travel and leave; some of them split. Few are asked for by
    many and most by few (by Pareto's law). There are plenary openings, conferences and workshops, pools of
    interpreters, trains by timetable, meals; a small share of the meetings is mandatory, the others have
    priorities. Everything mandatory can take place.

    Parameters
    ----------
    spec : GenerateSpec
    """
    return made(spec).instance


def made(spec: GenerateSpec) -> Generated:
    """Return what :func:`generate` does, and a schedule of what is mandatory."""
    rng = random.Random(spec.seed)
    sites = sites_of(spec)
    parties = parties_of(rng, spec, sites)
    requests = requests_of(rng, spec, parties)
    cities = [
        site.written(tables) for site, tables in zip(sites, _tables(spec, sites, requests), strict=True)
    ]
    plan = Plan(rng, sites, [city["venues"][0]["rooms"][0]["tables"] for city in cities])
    sessions = sessions_of(rng, plan, sites, parties)
    _make_mandatory(rng, spec, plan, requests)
    data: Parts = {
        "programme": {"id": spec.name, "title": f"Programme of {spec.meetings} meetings", "grid": "30min"},
        "cities": cities,
        "travel": {"links": links(sites)},
        "day_parts": {"morning": {"to": "14:00"}, "afternoon": {"from": "14:00"}},
        "delegations": [delegation_of(party, sites) for party in parties if not party.alone],
        "participants": _participants(parties, sites),
        "interpreters": interpreters(requests, sites),
        "sessions": sessions,
        "meetings": [request.written(number) for number, request in enumerate(requests, 1)],
        "load": {"meetings_per_day": MEETINGS_PER_DAY, "meal": MEAL},
        "breaks": {"span": "day", "tolerance": "1h"},
        "objective": [
            {"term": "requests", "level": 1},
            {"term": "breaks", "level": 2},
            {"term": "city_changes", "level": 3},
        ],
    }
    return Generated(Instance.model_validate(data, by_alias=True, by_name=False), tuple(plan.placements))


def _participants(parties: Sequence[Party], sites: tuple[Site, ...]) -> list[Parts]:
    return [person for party in parties for person in participants_of(party, sites)]


def _tables(spec: GenerateSpec, sites: Sequence[Site], requests: Sequence[Request]) -> list[int]:
    """Return how many tables each city needs for the requests that are likely to be met there."""
    wanted = Counter(request.city for request in requests)
    return [
        max(2, round(wanted[city] / spec.utilisation / sum(map(len, site.slots))))
        for city, site in enumerate(sites)
    ]


def _make_mandatory(rng: random.Random, spec: GenerateSpec, plan: Plan, requests: list[Request]) -> None:
    """Make a share of the requests mandatory: such as the plan has a time for."""
    left = round(spec.mandatory * len(requests))
    for number in rng.sample(range(len(requests)), min(len(requests), 4 * left)):
        request = requests[number]
        if left and request.shared and plan.seat(f"m{number + 1}", request):
            requests[number] = request.must()
            left -= 1
