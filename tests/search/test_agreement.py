"""Trying everything and the solver agree, on feasibility and on every level of the best schedule.

This is what catches a model that forbids too much: it would find a worse schedule, or none.
"""

import datetime as dt
import random

import pytest
from support.bruteforce import best
from support.tiny import tiny_instance

from scheduler.domain import Instance, InterpreterSeat, Status, TermName
from scheduler.search import SolveOptions
from scheduler.search.solve import solve

CHUNK = 20
FIXED = range(400)
FURTHER = random.Random(20171120).sample(range(10**3, 10**6), 40)
"""Some more, from all over."""

CHUNKS = [seeds[n : n + CHUNK] for seeds in (FIXED, FURTHER) for n in range(0, len(seeds), CHUNK)]


def disagreements(seeds, options, instance_of=tiny_instance):
    """Return what brute force and the solver say of instances on which they differ."""
    made = {seed: instance_of(seed) for seed in seeds}
    found = {seed: (expected(i), solved(i, options)) for seed, i in made.items() if i is not None}
    return {seed: said for seed, said in found.items() if said[0] != said[1]}


def expected(instance):
    optimum = best(instance)
    return (Status.INFEASIBLE, None) if optimum is None else (Status.OPTIMAL, optimum.levels)


def solved(instance, options):
    result = solve(instance, options)
    assert all(level.value == level.bound for level in result.levels)
    assert all(level.confirmed for level in result.levels) or not options.deterministic
    return result.status, None if result.solution is None else tuple(level.value for level in result.levels)


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"from-{seeds[0]}")
def test_one_worker(seeds):
    assert disagreements(seeds, SolveOptions(deterministic=True)) == {}


@pytest.mark.parametrize(
    "seeds", [range(1000, 1020), range(1020, 1040)], ids=lambda seeds: f"from-{seeds[0]}"
)
def test_two_workers(seeds):
    assert disagreements(seeds, SolveOptions(workers=2)) == {}


# -- after a while, again ------------------------------------------------------------------------

MOVES = (
    TermName.MOVED,
    TermName.MOVED_START,
    TermName.MOVED_ROOM,
    TermName.MOVED_CITY,
    TermName.PEOPLE_AFFECTED,
)


def replanned(seed):
    """Return a tiny instance in the middle of its best schedule, of which somebody may have changed a bit."""
    instance, chance = tiny_instance(seed), random.Random(seed)
    optimum = best(instance)
    if optimum is None or not optimum.solution.placements:
        return None
    baseline = list(optimum.solution.placements)
    starts = sorted((p.start for p in baseline), key=dt.datetime.timestamp)
    now = chance.choice(starts) + dt.timedelta(minutes=chance.choice((0, 1)))
    changed = chance.randrange(len(baseline))
    baseline[changed] = baseline[changed].model_copy(update=_change(chance, instance, baseline[changed]))
    terms = [{"term": TermName.REQUESTS}, *({"term": term, "level": 2} for term in MOVES)]
    given = {name: getattr(instance, name) for name in Instance.model_fields}
    given |= {"baseline": baseline, "objective": terms}
    return Instance.model_validate(given | {"programme": instance.programme.model_copy(update={"now": now})})


def _change(chance, instance, placement):
    """Return what is different of a placement, possibly nothing; it need not have been possible."""
    kind = chance.choice(("interpreter", "interpreter", "table", "attendees", "nothing", "nothing"))
    if kind == "interpreter" and instance.interpreters:
        pool = instance.interpreters[0]
        return {"interpreter": InterpreterSeat(pool=pool.id, unit=chance.randint(1, pool.count + 1))}
    if kind == "table":
        return {"table": chance.choice((None, 1, 2))}
    return {"attendees": placement.attendees[:-1]} if kind == "attendees" else {}


@pytest.mark.parametrize(
    "seeds", [range(n, n + 40) for n in range(2000, 2200, 40)], ids=lambda s: f"from-{s[0]}"
)
def test_replanned(seeds):
    assert disagreements(seeds, SolveOptions(deterministic=True), replanned) == {}
