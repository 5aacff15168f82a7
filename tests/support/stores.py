"""A store for tests: something in it, and time that passes when a test says so."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import sqlalchemy as sa

from scheduler.service.store.records import Draft, Kind, Source, new_id, new_job
from scheduler.service.store.tables import METADATA, idempotency, jobs


def draft(text="{}", **changes):
    """Return what is entered as a programme; nothing looks into it here."""
    usual = {
        "sha256": sha256(text.encode()).hexdigest(),
        "title": "Forum",
        "files": (Source("p.yaml", b"x"),),
    }
    return Draft(text, **{**usual, **changes})


def programme_in(store, key="forum"):
    """Enter a programme; return its id."""
    return store.programmes.add(new_id(), key, draft()).id


def job_in(store, programme, owner="", most=None, **request):
    """Enter a solve; return it."""
    return store.jobs.add(new_job(programme, 1, Kind.SOLVE, request, owner), most)


def put_back(store, table, column, seconds, where):
    """Have something have happened some seconds earlier than it did."""
    with store.database.writing() as connection:
        now = store.database.now(connection)
        values = {column: now - dt.timedelta(seconds=seconds)}
        assert connection.execute(sa.update(table).where(where).values(**values)).rowcount


def lapse(store, job):
    """Have the lease of a job be over: its server has given no sign of life."""
    put_back(store, jobs, "lease_until", 1, jobs.c.id == job.id)


def age(store, key, seconds):
    """Have an idempotency key have come some seconds earlier."""
    put_back(store, idempotency, "created", seconds, idempotency.c.key == key)


def emptied(store):
    """Take everything out of a store."""
    with store.database.writing() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(sa.delete(table))


def at_once(count, call):
    """Call something with 0, 1 ... in as many threads, all at the same moment; return what they return."""
    barrier = Barrier(count)

    def called(number):
        barrier.wait()
        return call(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(called, range(count)))


def states(store, job):
    """Return the states that a job has been in, by its events."""
    return [event.data["state"] for event in store.jobs.events(job.id) if event.kind == "state"]
