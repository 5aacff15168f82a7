import pytest
from support.served import API, serving, settings_in


def test_a_key_is_made_used_listed_and_revoked(house):
    made = house.ask("POST", "/keys", json={"name": "Anna", "scope": "plan", "programme": house.programme})
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    told = made.json()
    head = {"Authorization": f"Bearer {told['key']}"}
    assert [each["id"] for each in house.ask("GET", "/programmes", None, headers=head).json()] == [
        house.programme
    ]
    listed = house.ask("GET", "/keys").json()
    assert listed[0] == {name: value for name, value in told.items() if name != "key"}
    assert told["key"].split("_", 2)[2] not in str(listed)
    assert house.ask("DELETE", f"/keys/{told['id']}").status_code == 204
    assert house.ask("GET", "/keys").json()[0]["revoked"]
    assert house.ask("GET", "/programmes", None, headers=head).status_code == 401


def test_its_text_is_not_kept_for_those_who_ask_again(house):
    head = {"Idempotency-Key": "a-key-for-ben"}
    before = len(house.ask("GET", "/keys").json())
    first = house.ask("POST", "/keys", json={"name": "Ben", "scope": "read"}, headers=head)
    again = house.ask("POST", "/keys", json={"name": "Ben", "scope": "read"}, headers=head)
    assert (first.status_code, again.status_code) == (201, 409)
    assert "told only once" in again.json()["detail"]
    assert len(house.ask("GET", "/keys").json()) == before + 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "", "scope": "read"}, 422),
        ({"name": "x" * 201, "scope": "read"}, 422),
        ({"name": "x\0", "scope": "read"}, 422),
        ({"name": "x", "scope": "all"}, 422),
        ({"name": "x", "scope": "read", "programme": "x"}, 422),
        ({"name": "x", "scope": "read", "more": 1}, 422),
        ({"name": "x", "scope": "read", "programme": "00000000-0000-4000-8000-000000000000"}, 404),
    ],
)
def test_what_is_wanted_is_looked_at(house, body, status):
    answer = house.ask("POST", "/keys", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_key_that_is_not_there(house):
    assert house.ask("DELETE", "/keys/00000000-0000-4000-8000-000000000000").status_code == 404
    assert house.ask("DELETE", "/keys/x").status_code == 422


@pytest.mark.parametrize("key", ["read", "plan", "read:one", "plan:one", "admin:one"])
def test_only_who_may_do_everything_sees_keys(house, key):
    for method, path in (("GET", "/keys"), ("POST", "/keys"), ("DELETE", f"/keys/{house.programme}")):
        body = {"json": {"name": "x", "scope": "admin"}} if method == "POST" else {}
        assert house.ask(method, path, key, **body).status_code == 403
        assert house.ask(method, path, None, **body).status_code == 401


def test_a_service_makes_its_first_key_itself_and_once(tmp_path):
    with serving(settings_in(tmp_path, jobs=0)) as client:
        keys = client.app.state.service.store.keys
        text = keys.add_first()
        assert keys.find(text).scope == "admin"
        assert keys.add_first() is None
        assert [key["name"] for key in client.get(f"{API}/keys").json()] == ["first"]
