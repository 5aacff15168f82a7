"""Who may do what: every operation with every kind of key, as the documentation and the scopes have it."""

import re

import pytest
from support.served import API, TINY, YAML

from scheduler.service.store.records import Origin, new_id

NOBODY = "00000000-0000-4000-8000-000000000000"
OPEN = {("get", "/health")}
"""What needs no key."""
FOR_ADMINS = {
    ("delete", "/programmes/{programme}"),
    ("get", "/keys"),
    ("post", "/keys"),
    ("delete", "/keys/{key}"),
}
FOR_READERS = {("post", "/programmes/validate"), ("post", "/programmes/{programme}/checks")}
"""What only looks, though something is sent."""


def operations(house):
    """Yield method and path of every operation of the interface."""
    for path, methods in house.client.get(f"{API}/openapi.json").json()["paths"].items():
        if path.startswith(API):
            yield from ((method, path.removeprefix(API)) for method in methods)


def needed(method, path):
    if (method, path) in FOR_ADMINS:
        return "admin"
    return "read" if method == "get" or (method, path) in FOR_READERS else "plan"


def filled(path, **names):
    """Return a path with something in each place: what is named, or what is not there."""
    values = {"number": 1, "edition": 1, "format_": "ical", "activity": "x", "path": "x"} | names
    return re.sub(r"\{(\w+)(:path)?\}", lambda found: str(values.get(found[1], NOBODY)), path)


def test_without_a_key_or_with_a_wrong_one_nothing_is_told(house):
    for method, path in operations(house):
        if (method, path) in OPEN:
            continue
        for head in ({}, {"Authorization": "Bearer sk_x_y"}, {"Authorization": house.keys["admin"]}):
            answer = house.ask(method, filled(path), None, headers=head)
            assert answer.status_code == 401, (method, path)
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("scope", "rank"), [("read", 0), ("plan", 1), ("admin", 2)])
def test_each_scope_allows_what_it_says_and_no_more(house, scope, rank):
    for method, path in operations(house):
        if (method, path) in OPEN:
            continue
        allowed = rank >= ("read", "plan", "admin").index(needed(method, path))
        answer = house.ask(method, filled(path), scope)
        if allowed:
            assert answer.status_code not in (401, 403), (method, path)
        else:  # whether it is there is not told to those who may not touch it, or that it is not
            assert answer.status_code in (403, 404, 422), (method, path)


def test_what_may_not_be_done_is_refused_also_where_it_is_there(house):
    made = f"/programmes/{house.programme}"
    assert house.ask("POST", f"{made}/solves", "read", json={}).status_code == 403
    assert house.ask("POST", f"{made}/versions", "read", content=b"x").status_code == 403
    assert house.ask("POST", "/programmes", "read", content=b"x").status_code == 403
    assert house.ask("DELETE", made, "plan").status_code == 403
    assert "scope admin" in house.ask("DELETE", made, "plan").json()["detail"]
    assert house.ask("GET", made, "admin").status_code == 200


@pytest.mark.parametrize("key", ["read:one", "plan:one", "admin:one"])
def test_a_key_of_one_programme_sees_nothing_of_another(house, key):
    job = house.ask("POST", f"/programmes/{house.other}/solves", "plan", json={})
    job_id = (
        job.json()["id"]
        if job.status_code == 202
        else house.ask("GET", f"/programmes/{house.other}/jobs").json()[0]["id"]
    )
    for method, path in operations(house):
        if "{programme}" in path or "{job}" in path:
            asked = filled(path, programme=house.other, job=job_id)
            answer = house.ask(method, asked, key)
            assert answer.status_code in (403, 404, 422), (method, path)
            if method == "get":
                assert answer.status_code == 404, (method, path)
    assert [each["id"] for each in house.ask("GET", "/programmes", key).json()] == [house.programme]
    assert house.ask("GET", f"/programmes/{house.programme}", key).status_code == 200


def test_a_key_of_one_programme_uploads_no_other(house):
    answer = house.ask("POST", "/programmes", "admin:one", content=b"x")
    assert answer.status_code == 403
    assert "one programme only" in answer.json()["detail"]


def test_a_schedule_of_another_programme_is_not_there(house):
    service = house.client.app.state.service
    made = service.store.schedules.add(new_id(), house.other, 1, "{}", Origin.UPLOAD)
    schedule = made.id
    for path in ("", "/check", "/exports/ical", "/board"):
        assert house.ask("GET", f"/schedules/{schedule}{path}", "read:one").status_code == 404
    replan = {"schedule": schedule}
    path = f"/programmes/{house.programme}/replans"
    assert house.ask("POST", path, "plan:one", json=replan).status_code == 404
    assert house.ask("POST", path, "plan", json=replan).status_code == 404


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer"])
def test_the_scheme_is_written_as_one_likes(house, scheme):
    head = {"Authorization": f"{scheme} {house.keys['read']}"}
    assert house.ask("GET", "/programmes", None, headers=head).status_code == 200


def test_a_programme_that_is_deleted_while_a_job_is_asked_for(house, monkeypatch):
    service = house.client.app.state.service
    gone = house.ask("POST", "/programmes", content=TINY, headers=YAML).json()["id"]
    entering = type(service.store.jobs).add

    def late(jobs, *arguments):
        service.store.programmes.delete(gone)
        return entering(jobs, *arguments)

    monkeypatch.setattr(type(service.store.jobs), "add", late)
    answer = house.ask("POST", f"/programmes/{gone}/solves", json={})
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    monkeypatch.undo()
    assert house.ask("POST", f"/programmes/{gone}/solves", json={}).status_code == 404
