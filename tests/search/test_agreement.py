"""Trying everything and the solver agree, on feasibility and on every level of the best schedule.

This is what catches a model that forbids too much: it would find a worse schedule, or none.
"""

import random

import pytest
from support.bruteforce import best
from support.tiny import tiny_instance

from scheduler.domain import Status
from scheduler.search import SolveOptions
from scheduler.search.solve import solve

CHUNK = 20
FIXED = range(400)
FURTHER = random.Random(20171120).sample(range(10**3, 10**6), 40)
"""Some more, from all over."""

CHUNKS = [seeds[n : n + CHUNK] for seeds in (FIXED, FURTHER) for n in range(0, len(seeds), CHUNK)]


def disagreements(seeds, options):
    """Return what brute force and the solver say of instances on which they differ."""
    found = {seed: (expected(seed), solved(seed, options)) for seed in seeds}
    return {seed: said for seed, said in found.items() if said[0] != said[1]}


def expected(seed):
    optimum = best(tiny_instance(seed))
    return (Status.INFEASIBLE, None) if optimum is None else (Status.OPTIMAL, optimum.levels)


def solved(seed, options):
    result = solve(tiny_instance(seed), options)
    assert all(level.value == level.bound and level.confirmed for level in result.levels)
    return result.status, None if result.solution is None else tuple(level.value for level in result.levels)


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"from-{seeds[0]}")
def test_one_worker(seeds):
    assert disagreements(seeds, SolveOptions(workers=1)) == {}


@pytest.mark.parametrize(
    "seeds", [range(1000, 1020), range(1020, 1040)], ids=lambda seeds: f"from-{seeds[0]}"
)
def test_two_workers(seeds):
    assert disagreements(seeds, SolveOptions(workers=2)) == {}
