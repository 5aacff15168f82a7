"""The instance that uses every rule and every term does."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.domain import EVERYBODY, Instance, TermName
from scheduler.domain.rules import RuleName
from scheduler.reading import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def every() -> Instance:
    return load(ROOT / "instances" / "every-rule.yaml")


def test_every_rule_uses_all_terms(every: Instance) -> None:
    assert {entry.term for entry in every.objective} == set(TermName)


def rooms_say_something(instance: Instance) -> bool:
    rooms = instance.rooms
    return (
        any(r.is_area for r in rooms)
        and any(r.seats for r in rooms)
        and any(r.features for r in rooms)
        and any(r.available for r in rooms)
        and any(r.closed for r in rooms)
    )


def windows_say_something(instance: Instance) -> bool:
    hosted = (*instance.sessions, *instance.meetings)
    every_one = instance.activities
    return (
        any(a.cities for a in hosted)
        and any(a.venues for a in hosted)
        and any(a.rooms for a in hosted)
        and any(a.dates for a in every_one)
        and any(a.windows for a in every_one)
        and any(a.day_part for a in every_one)
        and any(a.forbidden for a in every_one)
    )


def people_are_away(instance: Instance) -> bool:
    return (
        any(p.arrival for p in instance.people)
        and any(p.departure for p in instance.people)
        and any(p.absences for p in instance.people)
        and any(p.cities for p in instance.people)
    )


def parties_split(instance: Instance) -> bool:
    splitting = [d.id for d in instance.delegations if instance.splits(d.id)]
    return (
        any(instance.delegation(d).parallel for d in splitting)  # type: ignore[union-attr]
        and any(party in m.roles for m in instance.meetings for party in splitting)
        and any(track.chairs for track in instance.tracks)
    )


def load_is_limited(instance: Instance) -> bool:
    load = instance.load
    day = load.meetings_per_day, load.in_a_row, load.rest, load.meal
    return None not in day and any(quota.most is not None for quota in instance.quotas.values())


def something_is_pinned(instance: Instance) -> bool:
    pins = [a.pin for a in instance.activities]
    past = [p for p in instance.baseline if instance.programme.now and p.start < instance.programme.now]
    return (
        any(p.start for p in pins) and any(p.room for p in pins) and any(p.table for p in pins) and any(past)
    )


def order_matters(instance: Instance) -> bool:
    order = instance.precedences
    days = {relation.day.value for relation in instance.day_relations}
    return any(p.min_gap for p in order) and any(p.max_gap for p in order) and days == {"same", "different"}


USES = {
    RuleName.PLACEMENT: lambda i: (
        any(m.mandatory for m in i.meetings) and any(not s.mandatory for s in i.sessions)
    ),
    RuleName.WINDOWS: windows_say_something,
    RuleName.ROOM: rooms_say_something,
    RuleName.PERSON: lambda i: len(i.activities) > len(i.people),
    RuleName.AVAILABILITY: people_are_away,
    RuleName.DELEGATION: parties_split,
    RuleName.TRAVEL: lambda i: (
        any(link.departures for link in i.travel.links) and any(c.transfer for c in i.cities)
    ),
    RuleName.PLENARY: lambda i: any(EVERYBODY in s.audience for s in i.sessions),
    RuleName.PRECEDENCE: order_matters,
    RuleName.PINS: something_is_pinned,
    RuleName.LOAD: load_is_limited,
    RuleName.INTERPRETERS: lambda i: (
        any(p.available for p in i.interpreters) and any(not p.city for p in i.interpreters)
    ),
    RuleName.FAIRNESS: lambda i: None not in (i.fairness.breaks, i.fairness.granted_percent),
    RuleName.NEVER: lambda i: bool(i.never),
}


@pytest.mark.parametrize("rule", list(RuleName))
def test_every_rule_gives_each_rule_something_to_say(every: Instance, rule: RuleName) -> None:
    assert USES[rule](every)
