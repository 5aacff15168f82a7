"""Who sees pages, and what keeps others out of them."""

import pytest
from lxml import html
from support.forum import FORUM, forum
from support.served import API, serving, settings_in, uploaded

import scheduler
from scheduler.service.instances import solution_json
from scheduler.service.pages import agenda, boards, jobs, logins, programmes, publishing
from scheduler.service.pages.guarding import COOKIE, is_own_path


@pytest.fixture
def client(tmp_path):
    with serving(settings_in(tmp_path, auth=True, jobs=0)) as client:
        yield client


def keys(client):
    return client.app.state.service.store.keys


def token(client, path="/"):
    return html.fromstring(client.get(path).text).xpath("string(//input[@name='csrf']/@value)")


def log_in(client, scope="admin", programme=None, back="/"):
    _, text = keys(client).add("test", scope, programme)
    return client.post("/login", data={"csrf": token(client, "/login"), "key": text, "next": back})


def test_without_a_session_one_is_led_to_the_login_and_back(client):
    asked_for = client.get("/programmes/abc?x=1")
    assert asked_for.url.path == "/login"
    assert (
        html.fromstring(asked_for.text).xpath("string(//input[@name='next']/@value)") == "/programmes/abc?x=1"
    )
    assert log_in(client, back="/?here").url.query == b"here"


def test_a_key_begins_a_session_in_a_cookie_that_scripts_do_not_see(client):
    answer = log_in(client)
    assert answer.status_code == 200
    assert html.fromstring(answer.text).xpath("string(//h1)") == "Programmes"
    head = answer.history[0].headers["set-cookie"].lower()
    assert "httponly" in head
    assert "samesite=strict" in head
    assert "sk_" not in head


def test_a_wrong_key_begins_none(client):
    sent = {"csrf": token(client, "/login"), "key": "sk_ffffffffffff_x", "next": "/"}
    answer = client.post("/login", data=sent)
    assert answer.status_code == 403
    assert "no such key" in answer.text
    assert client.get("/").url.path == "/login"


def test_a_session_ends_with_its_key_and_when_one_logs_out(client):
    log_in(client)
    (key,) = keys(client).all()
    keys(client).revoke(key.id)
    assert client.get("/").url.path == "/login"
    log_in(client)
    assert client.get("/").url.path == "/"
    client.post("/logout", data={"csrf": token(client)})
    assert client.get("/").url.path == "/login"


@pytest.mark.parametrize("change", [lambda c: c[:-1] + "x", lambda c: "x" + c, lambda c: "..", lambda c: "é"])
def test_a_cookie_that_was_tampered_with_is_none(client, change):
    log_in(client)
    cookie = client.cookies[COOKIE]
    client.cookies.clear()
    assert client.get("/", headers={b"cookie": f"{COOKIE}={change(cookie)}".encode()}).url.path == "/login"


def test_no_other_site_sends_our_forms(client):
    log_in(client)
    sent = {"programme": ("forum.yaml", FORUM.encode())}
    mine = token(client)
    assert client.post("/programmes", files=sent).status_code == 403
    assert client.post("/programmes", data={"csrf": "0" * 64}, files=sent).status_code == 403
    elsewhere = {"origin": "https://evil.example"}
    assert client.post("/programmes", data={"csrf": mine}, files=sent, headers=elsewhere).status_code == 403
    assert client.post("/programmes", data={"csrf": mine}, files=sent).status_code == 200


def test_a_token_is_of_one_session_only(client):
    log_in(client)
    mine = token(client)
    client.cookies.clear()
    log_in(client)
    assert client.post("/logout", data={"csrf": mine}).status_code == 403


def test_who_may_only_read_has_nothing_to_press(client):
    log_in(client)
    made = client.post(
        "/programmes", data={"csrf": token(client)}, files={"programme": ("forum.yaml", FORUM.encode())}
    )
    path = made.url.path
    client.cookies.clear()
    log_in(client, "read")
    page = html.fromstring(client.get(path).text)
    assert [form.get("action") for form in page.xpath("//main//form")] == []
    assert client.post(f"{path}/solves", data={"csrf": token(client)}).status_code == 403


def test_a_key_of_another_programme_sees_nothing_of_this_one(client):
    log_in(client)

    def upload(name):
        text = FORUM.replace("id: forum", f"id: {name}")
        sent = {"programme": ("forum.yaml", text.encode())}
        return client.post("/programmes", data={"csrf": token(client)}, files=sent).url.path

    mine, other = upload("mine"), upload("other")
    client.cookies.clear()
    log_in(client, "plan", mine.rpartition("/")[2])
    assert client.get(mine).status_code == 200
    assert client.get(other).status_code == 404
    assert "other" not in client.get("/").text


# -- every page, those that come later too ----------------------------------------------------------

FREE = {"/login", "/logout", "/agenda/{secret}"}
"""What is there for whoever has no session."""


def routes():
    """Yield the method and path of every page that needs a session."""
    parts = (programmes, jobs, boards, publishing, logins, agenda)
    for route in (route for part in parts for route in part.router.routes):
        for method in route.methods:
            if route.path not in FREE:
                yield method, route.path


def filled(path, ids):
    """Return a path with ids in it; the rest is anything."""
    usual = {"{activity}": "one", "{edition}": "1", "{path:path}": "CHANGES.md"}
    for name, value in (ids | usual).items():
        path = path.replace(name, value)
    assert "{" not in path, f"a test has to know what stands for {path}"
    return path


ROUTES = sorted(set(routes()))
OF_SOMETHING = [route for route in ROUTES if "{" in route[1]]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A service with keys, and the ids of a programme and of what belongs to it."""
    with serving(settings_in(tmp_path_factory.mktemp("guarded"), auth=True, jobs=0)) as client:
        _, text = keys(client).add("test", "admin")
        head = {"Authorization": f"Bearer {text}"}
        programme = uploaded(client, FORUM.encode(), **head)["id"]
        base = f"{API}/programmes/{programme}"
        solution = scheduler.solve(forum(), scheduler.SolveOptions(deterministic=True)).solution
        made = client.post(f"{base}/schedules", content=solution_json(solution), headers=head)
        schedule = made.json()["id"]
        assert (
            client.post(f"{base}/publications", json={"schedule": schedule}, headers=head).status_code == 201
        )
        job = client.post(f"{base}/solves", json={}, headers=head).json()["id"]
        other = uploaded(client, FORUM.replace("id: forum", "id: other").encode(), **head)["id"]
        yield client, {"{programme}": programme, "{schedule}": schedule, "{job}": job}, other


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_page_is_shown_without_a_session(guarded, method, path):
    client, ids, _ = guarded
    client.cookies.clear()
    answer = client.request(method, filled(path, ids), follow_redirects=False)
    if method == "GET":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=")
    else:
        assert answer.status_code in (303, 403)


@pytest.mark.parametrize(("method", "path"), OF_SOMETHING)
def test_no_page_is_shown_to_a_key_of_another_programme(guarded, method, path):
    client, ids, other = guarded
    client.cookies.clear()
    assert log_in(client, "plan", other).status_code == 200
    sent = {"csrf": token(client), "activity": "one", "note": "x", "rotate": "x"}
    if path.endswith("/moves"):
        body = {"json": {"activity": "one", "start": "2025-03-10T11:00Z", "room": "area"}}
    elif path.endswith("/versions"):
        body = {"data": sent, "files": {"programme": ("forum.yaml", FORUM.encode())}}
    else:
        body = {"data": sent} if method == "POST" else {}
    head = {"x-csrf-token": sent["csrf"]} if "json" in body else {}
    answer = client.request(method, filled(path, ids), headers=head, **body)
    assert answer.status_code == 404, answer.text
    assert "Forum of Cities" not in answer.text.replace(other, "") or path == "/"


@pytest.mark.parametrize(("method", "path"), [each for each in ROUTES if each[0] == "POST"])
def test_nothing_is_done_for_whoever_may_only_read(guarded, method, path):
    client, ids, _ = guarded
    client.cookies.clear()
    log_in(client, "read")
    head = {"x-csrf-token": token(client)}
    assert client.request(method, filled(path, ids), headers=head, data={}).status_code == 403


@pytest.mark.parametrize(("method", "path"), [each for each in ROUTES if each[0] == "POST"])
def test_nothing_is_done_that_is_not_sent_from_our_pages(guarded, method, path):
    client, ids, _ = guarded
    client.cookies.clear()
    log_in(client)
    assert client.request(method, filled(path, ids), data={}).status_code == 403


def test_pages_take_nothing_from_elsewhere_and_are_in_no_frame(client):
    heads = client.get("/login").headers
    policy = heads["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert heads["x-content-type-options"] == "nosniff"
    assert heads["cache-control"] == "no-store"


def test_without_keys_only_names_of_this_machine_are_served(tmp_path):
    with serving(settings_in(tmp_path, jobs=0)) as client:
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"host": "localhost:8000"}).status_code == 200
        assert client.get("/", headers={"host": "[::1]:8000"}).status_code == 200
        assert client.get("/", headers={"host": "rebound.example:8000"}).status_code == 403


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/", True),
        ("/a?b=1", True),
        ("//evil.example", False),
        ("https://evil.example", False),
        ("/\\evil", False),
        ("/a\nb", False),
        ("", False),
    ],
)
def test_a_login_leads_nowhere_else(path, own):
    assert is_own_path(path) is own
