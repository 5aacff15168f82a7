"""What is said of several activities together, of interpreters, of fairness and of the past."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import DayRule, Precedence
from scheduler.explain import wording as words
from scheduler.explain.requirements.base import Kind, Requirement
from scheduler.explain.requirements.rewriting import Path, put, take_out
from scheduler.explain.requirements.scope import Scope


def of_limits(scope: Scope) -> Iterator[Requirement]:
    """Yield all of these."""
    yield from _order(scope)
    yield from _never(scope)
    yield from _interpreters(scope)
    yield from _fairness(scope)
    yield from _past(scope)


def _order(scope: Scope) -> Iterator[Requirement]:
    instance = scope.instance
    for i, precedence in enumerate(instance.precedences):
        sentence = (
            f"{words.activity(instance, precedence.before)} comes before "
            f"{words.activity(instance, precedence.after)}{_gaps(precedence)}"
        )
        about = (precedence.before, precedence.after)
        at: Path = ("precedences", i)
        yield Requirement(Kind.PRECEDENCE, at, about, sentence, (take_out(at),))
    for i, relation in enumerate(instance.day_relations):
        who = words.listed(words.activity(instance, activity) for activity in relation.activities)
        on = "the same date" if relation.day is DayRule.SAME else "different dates"
        at = ("day_relations", i)
        yield Requirement(Kind.DAY_RELATION, at, relation.activities, f"{who} are on {on}", (take_out(at),))


def _never(scope: Scope) -> Iterator[Requirement]:
    instance = scope.instance
    for i, pair in enumerate(instance.never):
        if all(any(p.id in scope.people for p in instance.people_of(party)) for party in pair):
            who = words.listed(words.party(instance, party) for party in pair)
            at: Path = ("never", i)
            yield Requirement(Kind.NEVER, at, pair, f"{who} are never to meet", (take_out(at),))


def _gaps(precedence: Precedence) -> str:
    least, most = precedence.min_gap, precedence.max_gap
    parts = [f"at least {words.length(least)} earlier"] if least else []
    parts += [f"at most {words.length(most)} earlier"] if most is not None else []
    return f", {words.listed(parts)}" if parts else ""


def _interpreters(scope: Scope) -> Iterator[Requirement]:
    instance = scope.instance
    meetings = sum(path[0] == "meetings" for path, _ in scope.hosted)
    for i, pool in enumerate(instance.interpreters):
        path: Path = ("interpreters", i)
        name = f"the pool {pool.id} ({words.listed(sorted(pool.languages))})"
        if pool.count < meetings:
            at = (*path, "count")
            sentence = f"{name} has {words.counted(pool.count, 'interpreter')}"
            yield Requirement(Kind.INTERPRETERS, at, (pool.id,), sentence, (put(at, meetings),))
        if pool.available:
            at = (*path, "available")
            when = words.listed((words.stretch(span.start, span.end) for span in pool.available), "or")
            sentence = f"{name} works on {when} alone"
            yield Requirement(Kind.INTERPRETERS_TIMES, at, (pool.id,), sentence, (put(at, ()),))
        if pool.city is not None and len(instance.cities) > 1:
            at = (*path, "city")
            sentence = f"{name} works in {instance.city(pool.city).label} alone"
            yield Requirement(Kind.INTERPRETERS_CITY, at, (pool.id,), sentence, (put(at, None),))


def _fairness(scope: Scope) -> Iterator[Requirement]:
    bound, path = scope.instance.fairness, ("fairness",)
    if bound.breaks is not None:
        at: Path = (*path, "breaks")
        sentence = f"the numbers of breaks of any two people differ by at most {bound.breaks}"
        yield Requirement(Kind.FAIR_BREAKS, at, (), sentence, (put(at, None),))
    if bound.granted_percent:
        at = (*path, "granted_percent")
        sentence = f"every party is granted at least {bound.granted_percent} % of its meetings"
        yield Requirement(Kind.FAIR_SHARES, at, (), sentence, (put(at, None),))


def _past(scope: Scope) -> Iterator[Requirement]:
    now = scope.instance.programme.now
    if now is not None:
        at: Path = ("programme", "now")
        sentence = f"nothing new starts before now, {words.moment(now)}, and what began stays"
        yield Requirement(Kind.NOW, at, (), sentence, (put(at, None),))
