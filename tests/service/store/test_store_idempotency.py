import pytest
from support.stores import age, at_once

DAY = 24 * 3600


@pytest.fixture
def kept(store):
    return store.idempotency


def test_the_first_request_of_a_key_is_answered_and_its_answer_kept(kept):
    entry, is_mine = kept.begin("anna", "k1", "print")
    assert is_mine
    assert (entry.status, entry.fingerprint) == (None, "print")
    kept.end("anna", "k1", 201, {"location": "/x"}, b"\x00\xff")
    again, is_mine = kept.begin("anna", "k1", "print")
    assert not is_mine
    assert (again.status, again.headers, again.body) == (201, {"location": "/x"}, b"\x00\xff")
    assert again.fresh == entry.fresh


def test_another_request_with_the_key_sees_that_it_is_another(kept):
    kept.begin("anna", "k1", "print")
    for _ in range(2):
        entry, is_mine = kept.begin("anna", "k1", "another")
        assert (entry.fingerprint, is_mine) == ("print", False)
        kept.end("anna", "k1", 200, {}, b"")


def test_keys_of_others_are_others(kept):
    first, _ = kept.begin("anna", "k1", "print")
    second, is_mine = kept.begin("ben", "k1", "print")
    assert is_mine
    assert first.fresh != second.fresh
    kept.end("ben", "k1", 200, {}, b"ben")
    assert kept.begin("anna", "k1", "print")[0].status is None


def test_a_request_that_came_to_nothing_may_be_made_again(kept):
    kept.begin("anna", "k1", "print")
    kept.drop("anna", "k1")
    assert kept.begin("anna", "k1", "another")[1]


def test_what_was_never_answered_is_made_again_under_the_same_id(store, kept):
    first, _ = kept.begin("anna", "k1", "print")
    age(store, "k1", 30)
    assert not kept.begin("anna", "k1", "print")[1]
    age(store, "k1", 61)
    assert not kept.begin("anna", "k1", "another")[1]
    again, is_mine = kept.begin("anna", "k1", "print")
    assert is_mine
    assert again.fresh == first.fresh, "what its server may have made is not made twice"
    assert not kept.begin("anna", "k1", "print")[1]


def test_an_answer_is_kept_for_a_day(store, kept):
    first, _ = kept.begin("anna", "k1", "print")
    kept.end("anna", "k1", 201, {}, b"")
    age(store, "k1", DAY - 60)
    assert not kept.begin("anna", "k1", "print")[1]
    age(store, "k1", DAY + 60)
    again, is_mine = kept.begin("anna", "k1", "another")
    assert is_mine
    assert again.fresh != first.fresh


def test_of_many_that_come_at_once_one_is_answered(store, kept):
    assert sum(is_mine for _, is_mine in at_once(8, lambda _number: kept.begin("anna", "k1", "print"))) == 1
    age(store, "k1", 61)
    assert sum(is_mine for _, is_mine in at_once(8, lambda _number: kept.begin("anna", "k1", "print"))) == 1
