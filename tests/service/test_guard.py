import pytest
from support.besieged import is_problem
from support.served import API, TINY, YAML, serving, settings_in

PATHS = [f"{API}/health", f"{API}/programmes", "/", "/feeds/x.ics", "/static/pages.css"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:127",
        "127.0.0.1@evil.example",
        "",
        "[",
        "0.0.0.0",
    ],
)
def test_without_keys_no_other_name_leads_here(client, path, host):
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 403
    assert is_problem(answer)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "127.1.2.3"]
)
def test_without_keys_this_machine_is_served_by_all_its_names(client, host):
    assert client.get(f"{API}/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example", "[", "http://127.0.0.1:1"]
)
def test_without_keys_no_other_site_sends_anything(client, origin):
    head = {"Content-Type": "text/plain", "Origin": origin}  # what a form may send without being asked
    before = client.get(f"{API}/programmes").json()
    answer = client.post(f"{API}/programmes", content=TINY, headers=head)
    assert answer.status_code == 403
    assert is_problem(answer)
    assert client.get(f"{API}/programmes").json() == before
    assert client.get(f"{API}/programmes", headers=head).status_code == 403


def test_our_own_pages_may_send(client):
    head = {**YAML, "Origin": "http://127.0.0.1"}
    assert client.post(f"{API}/programmes/validate", content=TINY, headers=head).status_code == 200


def test_with_keys_any_name_may_lead_here(tmp_path):
    with serving(settings_in(tmp_path, auth=True, jobs=0)) as client:
        head = {"Host": "schedules.example", "Origin": "http://other.example"}
        assert client.get(f"{API}/health", headers=head).status_code == 200
        answer = client.get(f"{API}/programmes", headers=head)
        assert answer.status_code == 401
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/health", "/nothing", "/programmes/x", "/openapi.json"])
def test_answers_of_the_interface_are_no_pages_and_are_kept_by_nobody(client, path):
    heads = client.get(f"{API}{path}").headers
    assert heads["x-content-type-options"] == "nosniff"
    assert heads["cache-control"] == "no-store"
    assert heads["referrer-policy"] == "no-referrer"
    assert "sandbox" in heads["content-security-policy"]
