"""Who may do what, asked of every operation that the OpenAPI document has: a new one is asked too."""

import re
import secrets
from uuid import uuid4

import pytest
from support.besieged import bearer, is_problem, seed
from support.served import API, TINY, serving, settings_in

from scheduler.service import pages
from scheduler.service.app import create_app
from scheduler.service.pages.guarding import COOKIE, HEADER, begun
from scheduler.service.settings import Settings

DOCUMENT = create_app(Settings(database="sqlite://", auth=True)).openapi()
OPERATIONS = [
    (method, path) for path, each in DOCUMENT["paths"].items() for method in each if path.startswith(API)
]
OPEN = {("get", f"{API}/health")}
"""What needs no key."""
OF_NO_PROGRAMME = {("get", f"{API}/programmes"), ("post", f"{API}/programmes/validate")}
"""What a key for another programme may do as well: it sees its own programme, or nothing that is kept."""
BODIES = {
    "solves": {},
    "replans": {"schedule": "SCHEDULE"},
    "explanations": {},
    "why-nots": {"schedule": "SCHEDULE", "activity": "turin-lyon"},
    "suggestions": {"schedule": "SCHEDULE", "parties": ["turin", "lyon"]},
    "publications": {"schedule": "SCHEDULE"},
    "moves": {"activity": "turin-lyon", "start": "2017-11-20T09:00+01:00", "room": "ROOM"},
    "pins": {"activity": "turin-lyon"},
    "unpins": {"activity": "turin-lyon"},
    "keys": {"name": "x", "scope": "read"},
}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A service with keys that runs no jobs, and what is in it."""
    folder = tmp_path_factory.mktemp("guarded")
    seeded = seed(settings_in(folder, auth=True))
    with serving(settings_in(folder, auth=True, jobs=0)) as client:
        yield client, seeded


def sent(client, method, path, known, key=None, query=""):
    """Send a request that is right but for its key."""
    address = re.sub(r"{(\w+)}", lambda found: known[found[1]], path) + query
    last = path.rpartition("/")[2]
    head = {} if key is None else bearer(key)
    if last in BODIES:
        body = {
            name: known["schedule"] if said == "SCHEDULE" else said for name, said in BODIES[last].items()
        }
        return client.request(method, address, json=body, headers=head)
    content = TINY if method == "post" else None
    return client.request(
        method, address, content=content, headers={**head, "Content-Type": "application/yaml"}
    )


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda each: each.removeprefix(API))
def test_everything_but_the_open_needs_a_key(guarded, method, path):
    client, seeded = guarded
    for key in (
        None,
        "",
        "sk_",
        "sk_x_y",
        f"sk_{'0' * 12}_{'x' * 43}",
        "x" * 10_000,
        "\u00e9",
        seeded.keys["revoked"],
    ):
        answer = sent(client, method, path, seeded.known, key)
        if (method, path) in OPEN:
            assert answer.status_code == 200
            continue
        assert answer.status_code == 401, (key, answer.text)
        assert is_problem(answer)
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda each: each.removeprefix(API))
def test_a_key_of_another_programme_is_told_that_there_is_no_such_thing(guarded, method, path):
    client, seeded = guarded
    if (method, path) in OPEN | OF_NO_PROGRAMME:
        return
    query = f"?old={seeded.known['schedule']}" if path.endswith("/diff") else ""
    answer = sent(client, method, path, seeded.known, seeded.keys["other"], query)
    assert answer.status_code in (403, 404), answer.text
    assert is_problem(answer)
    if "{" in path:  # as for an id that there is not: not even this is told, that there is something
        nothing = {
            **seeded.known,
            **dict.fromkeys(("programme", "job", "schedule", "feed", "key"), str(uuid4())),
        }
        unknown = sent(client, method, path, nothing, seeded.keys["other"], query)
        assert (unknown.status_code, unknown.json()) == (answer.status_code, answer.json())


def test_a_key_of_another_programme_names_nothing_of_this_one_in_what_it_sends(guarded):
    client, seeded = guarded
    mine = {**seeded.known, "programme": seeded.other}
    for what in ("replans", "why-nots", "suggestions", "publications"):
        path = f"{API}/programmes/{{programme}}/{what}"
        answer = sent(client, "post", path, mine, seeded.keys["other"])
        assert answer.status_code == 404, (what, answer.text)
    listed = client.get(f"{API}/programmes", headers=bearer(seeded.keys["other"])).json()
    assert [each["id"] for each in listed] == [seeded.other]


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda each: each.removeprefix(API))
def test_a_key_to_read_changes_nothing(guarded, method, path):
    client, seeded = guarded
    answer = sent(client, method, path, seeded.known, seeded.keys["read"], "?old=" + seeded.known["schedule"])
    if method == "get" or path.endswith(("/validate", "/checks")):
        assert answer.status_code != 401
        return
    assert answer.status_code == 403, answer.text


def test_only_a_key_of_an_administrator_deletes(guarded):
    client, seeded = guarded
    path = f"{API}/programmes/{seeded.known['programme']}"
    assert client.delete(path, headers=bearer(seeded.keys["plan"])).status_code == 403
    assert client.get(path, headers=bearer(seeded.keys["read"])).status_code == 200


# -- pages -------------------------------------------------------------------------------------------

PAGES = [
    (method.lower(), route.path)
    for part in pages._PARTS
    for route in part.router.routes
    for method in sorted(route.methods)
]
OPEN_PAGES = {("get", "/login"), ("post", "/login"), ("post", "/logout"), ("get", "/agenda/{secret}")}
PAGES_OF_NO_PROGRAMME = {("get", "/"), ("get", "/template.xlsx"), ("post", "/programmes")}


def visited(client, method, path, known, visit=None):
    """Ask for a page, with the session of a visit; forms have its token."""
    address = re.sub(r"{(\w+)(:path)?}", lambda found: known[found[1]], path)
    head = {} if visit is None else {"Cookie": f"{COOKIE}={visit.cookie}", HEADER: visit.csrf}
    return client.request(method, address, headers=head, follow_redirects=False)


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_pages_need_a_session(guarded, method, path):
    client, seeded = guarded
    if (method, path) in OPEN_PAGES:
        return
    answer = visited(client, method, path, seeded.known)
    if method == "get":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=/")
    else:
        assert answer.status_code in (303, 403)


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_pages_of_another_programme_are_not_there(guarded, method, path):
    client, seeded = guarded
    if (method, path) in OPEN_PAGES | PAGES_OF_NO_PROGRAMME:
        return
    service = client.app.state.service
    key = next(each for each in service.store.keys.all() if each.name == "other")
    mine, none = (
        visited(client, method, path, known, begun(service, key.id))
        for known in (seeded.known, {**seeded.known, **dict.fromkeys(seeded.known, str(uuid4()))})
    )
    assert mine.status_code in (403, 404, 422), mine.text
    assert none.status_code in (403, 404, 422)
    assert seeded.known["programme"] not in mine.text.replace(f"/programmes/{seeded.known['programme']}", "")


def test_a_session_is_not_made_up(guarded):
    client, _ = guarded
    service = client.app.state.service
    key = next(each for each in service.store.keys.all() if each.name == "admin")
    value, _, signature = begun(service, key.id).cookie.rpartition(".")
    for cookie in (
        value,
        f"{value}.",
        f"{value}.{signature[:-1]}{'0' if signature[-1] != '0' else '1'}",
        f"{key.id}.99999999999.x.{signature}",
        f"{'9' * 5000}.1.1.{signature}",
        "...",
    ):
        answer = client.get("/", headers={"Cookie": f"{COOKIE}={cookie}"}, follow_redirects=False)
        assert answer.status_code == 303, cookie
    revoked = next(each for each in service.store.keys.all() if each.name == "revoked")
    cookie = begun(service, revoked.id).cookie
    answer = client.get("/", headers={"Cookie": f"{COOKIE}={cookie}"}, follow_redirects=False)
    assert answer.status_code == 303


# -- secrets -----------------------------------------------------------------------------------------


def test_secrets_have_so_many_bits_that_nobody_guesses_them(guarded):
    _, seeded = guarded
    secret = seeded.keys["admin"].split("_", 2)[2]
    assert len(secret) * 6 >= 256
    assert (
        len(seeded.known["secret"]) - 22
    ) * 6 >= 190  # the rest is the id of the feed: 128 bits of its own


def test_of_a_secret_that_is_nearly_right_nothing_is_told(guarded):
    client, seeded = guarded
    secret = seeded.known["secret"]
    assert client.get(f"/feeds/{secret}.ics").status_code == 200
    last = "B" if secret[-1] != "B" else "C"
    wrong = [
        secret[:-1],
        secret[:-1] + last,
        secret[:30],
        secret + "A",
        secret + "=",
        secret.swapcase(),
        secrets.token_urlsafe(40),
        "A" * 10_000,
        "..%2f" + secret,
        secret + "%00",
        "%FF",
        "",
    ]
    told = {client.get(f"/feeds/{each}.ics").text for each in wrong}
    assert len(told) == 1, told
    assert {client.get(f"/feeds/{each}.ics").status_code for each in wrong} == {404}


def test_a_flood_of_wrong_keys_costs_little(guarded):
    client, seeded = guarded
    path = f"{API}/programmes/{seeded.known['programme']}"
    prefix = seeded.keys["admin"].split("_")[1]
    for _ in range(300):  # no slow hash: of 256 random bits there is nothing to be tried out
        wrong = f"sk_{prefix}_{secrets.token_urlsafe(32)}"
        assert client.get(path, headers=bearer(wrong)).status_code == 401
    assert client.get(path, headers=bearer(seeded.keys["read"])).status_code == 200


def test_keys_are_kept_as_digests_only(guarded, tmp_path_factory):
    _, seeded = guarded
    folder = next(tmp_path_factory.getbasetemp().glob("guarded*"))
    kept = b"".join(path.read_bytes() for path in folder.glob("s.db*"))
    for key in seeded.keys.values():
        assert key.split("_", 2)[2].encode() not in kept
    assert seeded.known["secret"].encode() not in kept


# -- what stands in the path or the head -------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        f"/jobs/{2**63}",
        "/jobs/%00",
        "/jobs/..%2f..%2fetc%2fpasswd",
        "/programmes/PROGRAMME/versions/9223372036854775808/instance",
        "/programmes/PROGRAMME/versions/-1/instance",
        "/programmes/PROGRAMME/versions/2147483647/instance",
        "/programmes/PROGRAMME/publications/99999999999999999999",
        "/programmes/PROGRAMME/publications/1/files/..%2f..%2fetc%2fpasswd",
        "/programmes/PROGRAMME/publications/1/files/%2fetc%2fpasswd",
        "/programmes/PROGRAMME/publications/1/files/%00",
        "/programmes/PROGRAMME/publications/1/files/%FF",
        "/programmes/PROGRAMME/jobs?kind=%00",
        "/schedules/SCHEDULE/exports/..%2fical",
        "/schedules/SCHEDULE/exports/ical?by=nobody",
        "/schedules/SCHEDULE/places/%00",
        "/schedules/SCHEDULE/diff?old=1",
        "/jobs/JOB/events?after=9223372036854775808",
        "/jobs/JOB/events?after=-1",
    ],
)
def test_numbers_and_names_that_there_are_not(guarded, path):
    client, seeded = guarded
    for name in ("programme", "schedule", "job"):
        path = path.replace(name.upper(), seeded.known[name])
    answer = client.get(f"{API}{path}", headers=bearer(seeded.keys["admin"]))
    assert answer.status_code in (404, 422), answer.text
    assert is_problem(answer)
    assert "root:" not in answer.text


@pytest.mark.parametrize("last", ["9" * 4000, "-1", "1e9", "\u00b2", "", "0x10", "9223372036854775808"])
def test_any_last_event_is_taken(guarded, last):
    client, seeded = guarded
    head = {**bearer(seeded.keys["read"]), "Last-Event-ID": last.encode("latin-1")}
    assert client.get(f"{API}/jobs/{seeded.known['job']}/events", headers=head).status_code in (200, 204)


@pytest.mark.parametrize("key", ["x" * 200, "\u00e9\u00ff", "a\tb", "'; DROP TABLE jobs; --"])
def test_any_idempotency_key_is_taken(guarded, key):
    client, seeded = guarded
    head = {**bearer(seeded.keys["plan"]), "Idempotency-Key": key.encode("latin-1")}
    path = f"{API}/programmes/{seeded.known['programme']}/solves"
    first, second = (client.post(path, json={}, headers=head) for _ in range(2))
    assert first.status_code in (202, 400, 422), first.text
    assert second.status_code == first.status_code
    if first.status_code == 202:
        assert first.json()["id"] == second.json()["id"]


@pytest.mark.parametrize("path", ["/programmes", "/health", "/jobs/x", "/openapi.json"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND"])
def test_methods_that_there_are_not(guarded, method, path):
    client, _ = guarded
    answer = client.request(method, f"{API}{path}")
    assert answer.status_code in (401, 405)
    assert is_problem(answer)


def test_names_do_not_get_into_heads(guarded):
    client, seeded = guarded
    evil = TINY.replace(b"id: tiny", b'id: "tiny\\r\\nSet-Cookie: a=b\\"; x"', 1)
    answer = client.post(
        f"{API}/programmes",
        content=evil,
        headers={**bearer(seeded.keys["plan"]), "Content-Type": "text/yaml"},
    )
    assert answer.status_code == 422  # ids are letters, digits, '.', '_' and '-'
    named = client.get(
        f"{API}/schedules/{seeded.known['schedule']}/exports/ical?by=participant%0d%0aX: y",
        headers=bearer(seeded.keys["read"]),
    )
    assert named.status_code == 422
    assert "x" not in named.headers


def test_answers_are_kept_by_nobody_and_are_what_they_say(guarded):
    client, seeded = guarded
    for method, path in OPERATIONS:
        if method == "get":
            answer = sent(client, method, path, seeded.known, seeded.keys["read"])
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "no-" in answer.headers["cache-control"]
            assert "server" not in answer.headers
            assert "default-src 'none'" in answer.headers["content-security-policy"]
