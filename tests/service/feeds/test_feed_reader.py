import asyncio
import datetime as dt
import threading

import pytest
from support.stores import programme_in

from scheduler.service.feeds import reader as reading
from scheduler.service.feeds.reader import FeedReader
from scheduler.service.store.records import Publication, new_id

NOW = dt.datetime(2025, 2, 1, tzinfo=dt.UTC)


def publish(store, programme, edition, *texts):
    """Publish calendars ``city-0``, ``city-1`` ... as an edition."""
    made = Publication(programme, edition, new_id(), 1, NOW + edition * dt.timedelta(days=1), "", {})
    files = {f"calendars/city-{n}.ics": text for n, text in enumerate(texts)}
    store.publications.add(made, files, [f"city-{n}" for n in range(len(texts))])


@pytest.fixture
def programme(store):
    programme = programme_in(store)
    publish(store, programme, 1, b"first", b"other")
    return programme


@pytest.fixture
def secret(store, programme):
    return store.feeds.secret(store.feeds.of_stem(programme, "city-0"))


@pytest.fixture
def counted(store, monkeypatch):
    """How often the store is asked for what a secret leads to."""
    asked = []
    find = type(store.feeds).find

    def noted(feeds, secret):
        asked.append(secret)
        return find(feeds, secret)

    monkeypatch.setattr(type(store.feeds), "find", noted)
    return asked


def test_who_asks_at_the_same_time_waits_for_one_look(store, secret, counted):
    async def all_ask():
        reader = FeedReader(store)
        return await asyncio.gather(*(reader.calendar(secret) for _ in range(50)))

    found = asyncio.run(all_ask())
    assert {each.data for each in found} == {b"first"}
    assert counted == [secret]


def test_what_is_kept_is_found_without_the_store(store, secret, counted):
    async def ask_again():
        reader = FeedReader(store)
        return [(await reader.calendar(secret)).data for _ in range(5)]

    assert asyncio.run(ask_again()) == [b"first"] * 5
    assert counted == [secret]


def test_secrets_that_lead_nowhere_are_not_kept(store, programme, counted):
    async def ask():
        reader = FeedReader(store)
        return [await reader.calendar("nobody") for _ in range(3)]

    assert asyncio.run(ask()) == [None] * 3
    assert len(counted) == 3


@pytest.mark.parametrize("told", [True, False])
def test_what_is_changed_is_seen(store, programme, secret, monkeypatch, told):
    """At once by the process that changes it, by another one when it looks again."""

    async def ask(reader):
        if told:
            reader.look_again()
        else:
            monkeypatch.setattr(reading, "_FRESH_SECONDS", 0.0)
            monkeypatch.setattr(reading, "_STALE_SECONDS", 0.0)
        found = await reader.calendar(secret)
        return None if found is None else found.data

    async def all_that_happens():
        reader = FeedReader(store)
        feed = store.feeds.of_stem(programme, "city-0").id
        assert await ask(reader) == b"first"
        publish(store, programme, 2, b"second", b"other")
        assert await ask(reader) == b"second"
        store.feeds.revoke(feed)
        assert await ask(reader) is None
        store.feeds.restore(feed)
        assert await ask(reader) == b"second"
        store.feeds.rotate(feed)
        assert await ask(reader) is None
        store.programmes.delete(programme)
        assert await ask(reader) is None

    asyncio.run(all_that_happens())


def test_what_was_looked_up_before_a_change_is_not_kept(store, programme, secret, monkeypatch):
    find, began, go_on = reading._find, threading.Event(), threading.Event()

    def slow(store, secret):
        found = find(store, secret)
        began.set()
        go_on.wait(10)
        return found

    async def change_meanwhile():
        reader = FeedReader(store)
        monkeypatch.setattr(reading, "_find", slow)
        early = asyncio.create_task(reader.calendar(secret))
        await asyncio.to_thread(began.wait, 10)
        monkeypatch.setattr(reading, "_find", find)
        await asyncio.to_thread(publish, store, programme, 2, b"second", b"other")
        reader.look_again()
        late = await reader.calendar(secret)
        go_on.set()
        return (await early).data, late.data, (await reader.calendar(secret)).data

    assert asyncio.run(change_meanwhile()) == (b"first", b"second", b"second")


def test_a_reader_who_goes_away_takes_nothing_from_others(store, secret):
    async def one_leaves():
        reader = FeedReader(store)
        leaving = asyncio.create_task(reader.calendar(secret))
        staying = asyncio.create_task(reader.calendar(secret))
        await asyncio.sleep(0)
        leaving.cancel()
        return (await staying).data

    assert asyncio.run(one_leaves()) == b"first"


def test_only_so_much_is_kept(store, programme, monkeypatch, counted):
    monkeypatch.setattr(reading, "_KEPT_BYTES", 40)  # one of them, with its compressed form
    first, second = (store.feeds.secret(feed) for feed in store.feeds.of(programme))

    async def in_turn():
        reader = FeedReader(store)
        return [(await reader.calendar(each)).data for each in (first, second, first, first)]

    assert asyncio.run(in_turn()) == [b"first", b"other", b"first", b"first"]
    assert counted == [first, second, first]
