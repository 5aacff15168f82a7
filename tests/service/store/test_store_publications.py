import datetime as dt

import pytest
import sqlalchemy as sa
from support.stores import at_once, programme_in

from scheduler.service.store.publications import TakenError
from scheduler.service.store.records import Publication, new_id
from scheduler.service.store.tables import contents, settings

NOW = dt.datetime(2025, 2, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def edition(programme, number):
    return Publication(programme, number, new_id(), 1, NOW + number * DAY, "", {"counts": {}})


def kept(store):
    with store.database.reading() as connection:
        return set(connection.execute(sa.select(contents.c.data)).scalars())


def test_an_edition_is_found_again(store):
    programme = programme_in(store)
    first, second = edition(programme, 1), edition(programme, 2)
    store.publications.add(first, {"a": b"1"})
    store.publications.add(second, {"a": b"2"})
    assert store.publications.of(programme) == [second, first]
    assert store.publications.get(programme) == second
    assert store.publications.get(programme, 1) == first
    assert store.publications.get(programme, 3) is None
    assert store.publications.file(programme, 1, "a").data == b"1"
    assert store.publications.file(programme, 1, "b") is None


def test_what_stays_is_kept_once_and_says_since_when(store):
    programme = programme_in(store)
    store.publications.add(edition(programme, 1), {"a": b"same", "b": b"old", "c": b"same"})
    store.publications.add(edition(programme, 2), {"a": b"same", "b": b"new", "d": b"same"})
    assert kept(store) == {b"same", b"old", b"new"}
    changed = {each.path: each.changed for each in store.publications.files(programme, 2)}
    assert changed == {"a": NOW + DAY, "b": NOW + 2 * DAY, "d": NOW + 2 * DAY}


def test_of_those_who_publish_at_the_same_time_one_does(store):
    programme = programme_in(store)

    def try_to(number):
        try:
            store.publications.add(edition(programme, 1), {"a": b"%d" % number}, ["city-a", f"city-{number}"])
        except TakenError:
            return None
        return number

    (winner,) = (each for each in at_once(8, try_to) if each is not None)
    assert store.publications.file(programme, 1, "a").data == b"%d" % winner
    assert {feed.stem for feed in store.feeds.of(programme)} == {"city-a", f"city-{winner}"}
    assert kept(store) == {b"%d" % winner}


def test_an_edition_of_a_programme_that_is_gone(store):
    with pytest.raises(TakenError):
        store.publications.add(edition(new_id(), 1), {"a": b"1"})
    assert kept(store) == set()


def test_what_no_edition_has_goes_with_its_programme(store):
    one, other = programme_in(store), programme_in(store)
    store.publications.add(edition(one, 1), {"a": b"one", "b": b"both"}, ["city-a"])
    store.publications.add(edition(other, 1), {"a": b"other", "b": b"both"}, ["city-a"])
    assert store.programmes.delete(one)
    assert kept(store) == {b"other", b"both"}
    assert store.feeds.of(one) == []
    assert len(store.feeds.of(other)) == 1


def test_a_feed_stays_from_one_edition_to_the_next(store):
    programme = programme_in(store)
    store.publications.add(edition(programme, 1), {"calendars/city-a.ics": b"1"}, ["city-a"])
    (feed,) = store.feeds.of(programme)
    files = {"calendars/city-a.ics": b"2", "calendars/city-b.ics": b"3"}
    store.publications.add(edition(programme, 2), files, ["city-a", "city-b"])
    assert store.feeds.of(programme)[0] == feed == store.feeds.get(feed.id)
    assert store.publications.calendar(feed).data == b"2"
    assert store.feeds.of_stem(programme, "city-b").generation == 1
    assert store.feeds.of_stem(programme, "city-c") is None


def test_secrets_lead_to_their_feeds_alone(store):
    programme = programme_in(store)
    store.publications.add(edition(programme, 1), {"a": b"1"}, ["city-a", "city-b"])
    one, other = store.feeds.of(programme)
    first = store.feeds.secret(one)
    assert store.feeds.find(first) == one
    assert store.feeds.find(store.feeds.secret(other)) == other
    rotated = store.feeds.rotate(one.id)
    assert store.feeds.find(first) is None
    second = store.feeds.secret(rotated)
    assert store.feeds.find(second) == rotated
    store.feeds.revoke(one.id)
    assert store.feeds.find(second) is None
    assert store.feeds.find(store.feeds.secret(store.feeds.restore(one.id))) == rotated
    assert store.feeds.find(first) is None
    store.feeds.revoke(one.id)
    third = store.feeds.secret(store.feeds.rotate(one.id))
    assert third not in (first, second)
    assert store.feeds.find(third).generation == 3
    for guess in ("", "x", first[:-1], first + "=", first + "A", first.swapcase(), "é" * 54, "A" * 100_000):
        assert store.feeds.find(guess) is None
    with store.database.reading() as connection:
        known = "\n".join(connection.execute(sa.select(settings.c.value)).scalars())
    assert third not in known


def test_whatever_happens_to_feeds_changes_their_revision(store):
    programme = programme_in(store)
    seen = [store.feeds.revision()]
    store.publications.add(edition(programme, 1), {"a": b"1"}, ["city-a"])
    seen.append(store.feeds.revision())
    (feed,) = store.feeds.of(programme)
    for change in (store.feeds.rotate, store.feeds.revoke, store.feeds.restore):
        assert change(feed.id) is not None
        seen.append(store.feeds.revision())
    store.programmes.delete(programme)
    seen.append(store.feeds.revision())
    assert len(set(seen)) == len(seen)
    assert store.feeds.revision() == seen[-1]


def test_feeds_can_be_changed_by_several_at_once(store):
    programme = programme_in(store)
    store.publications.add(edition(programme, 1), {"a": b"1"}, [f"city-{n}" for n in range(4)])
    feeds = store.feeds.of(programme)
    at_once(8, lambda n: store.feeds.rotate(feeds[n % 4].id))
    assert [feed.generation for feed in store.feeds.of(programme)] == [3] * 4


def test_editions_may_have_many_files_or_none(store):
    programme = programme_in(store)
    store.publications.add(edition(programme, 1), {f"{n}.ics": b"%d" % (n % 7) for n in range(500)})
    assert len(kept(store)) == 7
    assert len(store.publications.files(programme, 1)) == 500
    store.publications.add(edition(programme, 2), {})
    assert store.publications.files(programme, 2) == []
