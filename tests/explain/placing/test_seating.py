"""Tables handed out again, held against trying every way to seat."""

import random
from itertools import product

from scheduler.explain.placing.seating import Seated, seat


def overlap(a, b):
    return a.start < b.end and b.start < a.end


def can_be_seated(meetings, tables):
    free = [m for m in meetings if not m.stays]
    fixed = {m.key: m.table for m in meetings if m.stays}
    ways = (
        fixed | dict(zip((m.key for m in free), way, strict=True))
        for way in product(range(1, tables + 1), repeat=len(free))
    )
    return any(is_seated(meetings, way) for way in ways)


def is_seated(meetings, given):
    return all(
        given[a.key] != given[b.key] for a in meetings for b in meetings if a.key < b.key and overlap(a, b)
    )


def test_as_trying_every_way():
    chance = random.Random(3)
    found = {True: 0, False: 0}
    for _ in range(400):
        tables = chance.choice((1, 2, 3))
        others = []
        for key in range(chance.randint(0, 5)):
            start = chance.randint(0, 6)
            one = Seated(
                key, start, start + chance.randint(1, 4), chance.randint(1, tables), chance.random() < 0.3
            )
            if not any(overlap(one, o) and o.table == one.table for o in others):
                others.append(one)
        start = chance.randint(0, 6)
        table, stays = chance.choice(((None, False), (1, False), (1, True)))
        newcomer = Seated(-1, start, start + chance.randint(1, 4), table, stays)
        given = seat(newcomer, others, tables)
        possible = can_be_seated([newcomer, *others], tables)
        assert (given is not None) == possible, (newcomer, others, tables, given)
        found[possible] += 1
        if given is not None:
            assert is_seated([newcomer, *others], {o.key: o.table for o in others} | given)
            assert all(given[o.key] == o.table for o in others if o.stays and o.key in given)
    assert min(found.values()) > 50


def test_nobody_moves_where_a_table_is_free():
    others = [Seated(0, 0, 30, 1), Seated(1, 0, 30, 2)]
    assert seat(Seated(-1, 0, 30, 3), others, 4) == {-1: 3}
    assert seat(Seated(-1, 0, 30, 1), others, 4) == {-1: 3}
