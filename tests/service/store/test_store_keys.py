import pytest
import sqlalchemy as sa
from support.stores import at_once, programme_in

from scheduler.service.store.records import new_id
from scheduler.service.store.tables import api_keys


def test_a_key_is_found_by_its_text(store):
    programme = programme_in(store)
    made, text = store.keys.add("Anna", "plan", programme)
    assert store.keys.find(text) == made
    assert (made.name, made.scope, made.programme, made.revoked) == ("Anna", "plan", programme, False)
    assert text.startswith(f"sk_{made.prefix}_")
    assert store.keys.all() == [made]
    assert store.keys.get(made.id) == made
    assert store.keys.get(new_id()) is None


def test_its_text_is_kept_nowhere(store):
    _, text = store.keys.add("Anna", "plan")
    secret = text.split("_", 2)[2]
    with store.database.reading() as connection:
        row = connection.execute(sa.select(api_keys)).one()
    assert not any(secret in str(value) for value in row)
    assert len(secret) >= 43, "256 bits"


def test_no_two_are_alike(store):
    assert len({store.keys.add("Anna", "plan")[1] for _ in range(20)}) == 20


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text + "x",
        lambda text: text.upper(),
        lambda text: text.removeprefix("sk_"),
        lambda text: text.replace("sk_", "pk_", 1),
        lambda text: "_".join(text.split("_")[:2]) + "_",
        lambda text: "sk_" + "0" * 12 + "_" + text.split("_", 2)[2],
        lambda text: "sk_%_" + text.split("_", 2)[2],
        lambda text: text.replace("_", "_\udcff", 2),
        lambda text: "",
    ],
)
def test_a_text_that_is_nearly_a_key_is_none(store, change):
    _, text = store.keys.add("Anna", "plan")
    assert store.keys.find(change(text)) is None


@pytest.mark.parametrize("named", ["id", "prefix"])
def test_a_key_that_is_revoked_is_none(store, named):
    made, text = store.keys.add("Anna", "plan")
    _, other = store.keys.add("Ben", "plan")
    assert store.keys.get(made.id) == made
    assert store.keys.revoke(getattr(made, named))
    assert store.keys.find(text) is None
    assert store.keys.find(other) is not None
    assert store.keys.get(made.id) is None
    assert [key.revoked for key in store.keys.all()] == [False, True]


def test_a_key_that_is_not_there_is_not_revoked(store):
    assert not store.keys.revoke(new_id())


def test_a_key_goes_with_its_programme(store):
    programme = programme_in(store)
    _, text = store.keys.add("Anna", "plan", programme)
    store.programmes.delete(programme)
    assert store.keys.find(text) is None


def test_the_first_key_is_made_once_whoever_begins_at_once(store):
    made = [text for text in at_once(4, lambda _: store.keys.add_first()) if text is not None]
    (key,) = store.keys.all()
    assert len(made) == 1
    assert store.keys.find(made[0]) == key
    assert (key.scope, key.programme) == ("admin", None)
    assert store.keys.add_first() is None
