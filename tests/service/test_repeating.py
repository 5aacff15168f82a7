"""Requests that are made again with the same idempotency key."""

import asyncio
import threading

import pytest
from sqlalchemy.exc import OperationalError
from support.served import API, TINY, YAML, asked, serving, settings_in, uploaded
from support.stores import age

from scheduler.service.repeating import Repeats

KEY = "Idempotency-Key"
AGAIN = "Idempotency-Replayed"


@pytest.fixture(scope="module")
def keyed(tmp_path_factory):
    """A service that asks for keys, and runs no jobs."""
    with serving(settings_in(tmp_path_factory.mktemp("keyed"), auth=True, jobs=0)) as client:
        yield client


@pytest.fixture(scope="module")
def store(keyed):
    return keyed.app.state.service.store


@pytest.fixture
def anna(store):
    return {"Authorization": f"Bearer {store.keys.add('Anna', 'plan')[1]}"}


@pytest.fixture(scope="module")
def programme(keyed, store):
    _, text = store.keys.add("first", "admin")
    return uploaded(keyed, Authorization=f"Bearer {text}")["id"]


def solving(client, programme, who, key, **body):
    return client.post(f"{API}/programmes/{programme}/solves", json=body, headers={**who, KEY: key})


def jobs(client, programme, who):
    return len(client.get(f"{API}/programmes/{programme}/jobs", headers=who).json())


def test_the_same_request_is_answered_as_it_was_and_done_once(keyed, programme, anna):
    before = jobs(keyed, programme, anna)
    first = solving(keyed, programme, anna, "k1", seed=4)
    again = [solving(keyed, programme, anna, "k1", seed=4) for _ in range(3)]
    assert first.status_code == 202
    assert AGAIN not in first.headers
    for answer in again:
        assert (answer.status_code, answer.content) == (202, first.content)
        assert answer.headers["location"] == first.headers["location"] == f"{API}/jobs/{first.json()['id']}"
        assert answer.headers["content-type"] == first.headers["content-type"]
        assert answer.headers[AGAIN] == "true"
    assert jobs(keyed, programme, anna) == before + 1


def test_without_a_key_it_is_done_each_time(keyed, programme, anna):
    path = f"{API}/programmes/{programme}/solves"
    made = {keyed.post(path, json={}, headers=anna).json()["id"] for _ in range(2)}
    assert len(made) == 2


def test_uploads_in_forms_are_the_same_whatever_separates_their_parts(keyed, anna):
    files = {"programme": ("tiny.yaml", TINY)}
    answers = [
        keyed.post(f"{API}/programmes", files=files, headers={**anna, KEY: "upload"}) for _ in range(2)
    ]
    sent = [answer.request.headers["content-type"] for answer in answers]
    assert sent[0] != sent[1]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize("change", ["body", "path", "query"])
def test_another_request_with_the_same_key_is_refused(keyed, programme, anna, change):
    solving(keyed, programme, anna, "k2")
    path = f"{API}/programmes/{programme}/{'replans' if change == 'path' else 'solves'}"
    answer = keyed.post(
        path,
        json={"seed": 9} if change == "body" else {},
        params={"x": 1} if change == "query" else {},
        headers={**anna, KEY: "k2"},
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert "another request" in answer.json()["detail"]


def test_a_key_of_somebody_else_is_another_key(keyed, store, programme, anna):
    ben = {"Authorization": f"Bearer {store.keys.add('Ben', 'plan')[1]}"}
    first, second = (solving(keyed, programme, who, "k3") for who in (anna, ben))
    assert first.json()["id"] != second.json()["id"]
    assert AGAIN not in second.headers


def test_who_is_nobody_learns_nothing(keyed, store, programme, anna):
    assert solving(keyed, programme, anna, "k4").status_code == 202
    assert solving(keyed, programme, {}, "k4").status_code == 401
    store.keys.revoke(store.keys.all()[0].id)
    assert solving(keyed, programme, anna, "k4").status_code == 401


def test_what_was_refused_may_be_asked_again(keyed, programme, anna):
    assert solving(keyed, programme, anna, "k5", time_limit=1e9).status_code == 422
    answer = solving(keyed, programme, anna, "k5", time_limit=5)
    assert answer.status_code == 202
    assert AGAIN not in answer.headers


def test_while_it_is_being_answered_others_wait(keyed, store, programme, anna, monkeypatch):
    entered, release = threading.Event(), threading.Event()
    adding = type(store.jobs).add

    def slowly(*arguments):
        entered.set()
        release.wait(20)
        return adding(*arguments)

    monkeypatch.setattr(type(store.jobs), "add", slowly)
    answers = []
    thread = threading.Thread(
        target=lambda: answers.append(solving(keyed, programme, anna, "k6")), daemon=True
    )
    thread.start()
    assert entered.wait(20)
    early = solving(keyed, programme, anna, "k6")
    assert (early.status_code, early.headers["retry-after"]) == (409, "1")
    assert solving(keyed, programme, anna, "k6", seed=1).status_code == 422
    release.set()
    thread.join(20)
    assert answers[0].status_code == 202
    assert solving(keyed, programme, anna, "k6").json() == answers[0].json()


def test_what_was_done_by_a_server_that_died_before_it_answered_is_not_done_twice(
    keyed, store, programme, anna, monkeypatch
):
    def dies(*_arguments):
        raise OperationalError("UPDATE", {}, Exception("gone"))

    with monkeypatch.context() as patched:
        patched.setattr(type(store.idempotency), "end", dies)
        assert solving(keyed, programme, anna, "k7").status_code == 503
    before = jobs(keyed, programme, anna)
    assert solving(keyed, programme, anna, "k7").status_code == 409
    age(store, "k7", 61)
    answer = solving(keyed, programme, anna, "k7")
    assert answer.status_code == 202
    assert AGAIN not in answer.headers
    assert jobs(keyed, programme, anna) == before


def test_a_fault_is_not_kept(keyed, store, programme, anna, monkeypatch):
    def fails(*_arguments):
        raise RuntimeError("a fault")

    with monkeypatch.context() as patched:
        patched.setattr(type(store.jobs), "add", fails)
        with pytest.raises(RuntimeError):
            solving(keyed, programme, anna, "k8")
    assert solving(keyed, programme, anna, "k8").status_code == 202


@pytest.mark.parametrize("key", ["", " ", "a b", "ü", "x" * 201])
def test_keys_have_a_form(keyed, programme, anna, key):
    answer = solving(keyed, programme, anna, key.encode())
    assert answer.status_code == 422
    assert KEY in answer.json()["detail"]


def test_other_methods_take_no_key(keyed, programme, anna):
    for _ in range(2):
        answer = keyed.get(f"{API}/programmes/{programme}", headers={**anna, KEY: "k9"})
        assert (answer.status_code, AGAIN in answer.headers) == (200, False)


def test_a_body_that_is_too_large_is_refused_all_the_same(keyed, anna):
    def parts():
        for _ in range(12):
            yield b"x" * 2**20

    answer = keyed.post(f"{API}/programmes", content=parts(), headers={**anna, **YAML, KEY: "k10"})
    assert answer.status_code == 413


def scope_of(keyed, *headers):
    return {
        "type": "http",
        "method": "POST",
        "path": f"{API}/programmes",
        "query_string": b"",
        "headers": [(b"idempotency-key", b"k11"), *headers],
        "app": keyed.app,
    }


async def never(*_arguments):
    raise AssertionError("there is nobody to listen to, or to answer")


def test_who_has_gone_is_not_answered(keyed, anna):
    async def gone():
        return {"type": "http.disconnect"}

    scope = scope_of(keyed, (b"authorization", anna["Authorization"].encode()))
    asyncio.run(Repeats(never, f"{API}/")(scope, gone, never))


def test_who_is_nobody_is_not_listened_to(keyed):
    answered = []

    async def send(message):
        answered.append(message.get("status"))

    asyncio.run(Repeats(never, f"{API}/")(scope_of(keyed), never, send))
    assert answered == [401, None]


def test_every_post_says_that_it_takes_a_key(keyed):
    paths = keyed.get(f"{API}/openapi.json").json()["paths"]
    posts = [operations["post"] for operations in paths.values() if "post" in operations]
    assert len(posts) > 10
    for post in posts:
        assert KEY in [parameter["name"] for parameter in post["parameters"]]
        assert {"409", "422"} <= set(post["responses"])
        done = [response for status, response in post["responses"].items() if status < "400"]
        assert done
        assert all(AGAIN in response["headers"] for response in done)


def test_a_service_without_keys_keeps_answers_too(client):
    programme = uploaded(client, TINY, **{KEY: "same"})["id"]
    assert uploaded(client, TINY, **{KEY: "same"})["id"] == programme
    assert asked(client, programme, "solves")["id"] != asked(client, programme, "solves")["id"]
