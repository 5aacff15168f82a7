import datetime as dt

import pytest
import sqlalchemy as sa
from support.stores import at_once, programme_in

from scheduler.service.store import open_store
from scheduler.service.store.records import Publication, new_id
from scheduler.service.store.tables import METADATA


@pytest.fixture
def feed(store):
    programme = programme_in(store)
    edition = Publication(programme, 1, new_id(), 1, dt.datetime(2025, 2, 1, tzinfo=dt.UTC), "", {})
    store.publications.add(edition, {}, ["participant-anna"])
    return store.feeds.of_stem(programme, "participant-anna")


def test_a_feed_is_found_by_its_secret(store, feed):
    secret = store.feeds.secret(feed)
    assert store.feeds.find(secret) == feed
    assert len(secret) > 50
    assert secret.replace("-", "").replace("_", "").isalnum(), "it can stand in an address"


def test_there_is_none_to_change_that_is_not_there(store):
    for change in (store.feeds.rotate, store.feeds.revoke, store.feeds.restore):
        assert change(new_id()) is None


@pytest.mark.parametrize("place", [0, 10, 30, -1])
def test_a_secret_with_one_letter_changed_is_none(store, feed, place):
    secret = store.feeds.secret(feed)
    letter = "A" if secret[place] != "A" else "B"
    changed = list(secret)
    changed[place] = letter
    assert store.feeds.find("".join(changed)) is None


@pytest.mark.parametrize(
    "told", ["", "A", "A" * 54, "A" * 10_000, "../../etc", "\x00", "ä" * 54, "====", "%00"]
)
def test_what_is_no_secret_is_none(store, feed, told):
    assert store.feeds.find(told) is None


def test_of_several_spellings_one_is_a_secret(store, feed):
    secret = store.feeds.secret(feed)
    for other in (secret + "=", secret + "==", secret + "\n", " " + secret, secret + "A"):
        assert store.feeds.find(other) is None


def test_no_secret_is_kept(store, feed):
    secret = store.feeds.secret(feed)
    with store.database.reading() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(sa.select(table)):
                assert not any(secret in str(value) for value in row)


def test_secrets_are_the_same_for_all_servers_of_a_database(store, feed, database_url):
    other = open_store(database_url)
    assert other.feeds.secret(feed) == store.feeds.secret(feed)
    assert other.feeds.find(store.feeds.secret(feed)) == feed
    other.close()


def test_servers_that_need_the_first_secret_at_once_agree(database_url):
    stores = [open_store(database_url) for _ in range(4)]
    assert len(set(at_once(4, lambda number: stores[number].secrets.feed_key()))) == 1
    for each in stores:
        each.close()
