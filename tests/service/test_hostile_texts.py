"""Names that databases, calendars, heads and pages do not like: kept or refused, on both databases."""

import io
import zipfile

import pytest
from support.besieged import is_problem
from support.served import API, TINY, YAML, serving, settings_in, solved

NASTY = [
    "a\\0b",
    "a\\x07b",
    "a\\r\\nSet-Cookie: x=y",
    "<script>alert(1)</script>",
    '\\"; filename=x.exe',
    "\\u202egpj.exe",
    "\\uffff",
    "\\U0001F600",
    "=cmd|' /C calc'!A0",
    "n" * 5000,
]
"""As they stand in quotes in YAML."""
NAMED = "A morning in Valencia"


@pytest.fixture
def service(database_url, tmp_path):
    """A service on either database."""
    with serving(settings_in(tmp_path, database=database_url)) as client:
        yield client


def test_names_come_through_or_are_refused(service):
    taken = []
    for name in NASTY:
        answer = service.post(f"{API}/programmes/validate", content=titled(name), headers=YAML)
        assert answer.status_code in (200, 422), (name, answer.text)
        if answer.status_code == 200:
            taken.append(name)
        else:
            assert is_problem(answer)
    answer = service.post(f"{API}/programmes", content=titled(" ".join(taken)), headers=YAML)
    assert answer.status_code == 201, answer.text
    programme = answer.json()["id"]
    job = solved(service, programme)
    assert job["state"] == "done", job["message"]
    sent = {"schedule": job["schedule"], "note": "x\r\ny"}
    published = service.post(f"{API}/programmes/{programme}/publications", json=sent)
    assert published.status_code == 201, published.text
    _looked_at(service, programme, job["schedule"])


def titled(name):
    """Return the programme with this name in quotes, and a delegation of this name."""
    text = TINY.decode()
    assert text.count(NAMED) == 1
    return text.replace(NAMED, f'"{name}"').replace("name: City Hall", f'name: "{name}"').encode()


def _looked_at(service, programme, schedule):
    """Look at all that shows a name."""
    feeds = service.get(f"{API}/programmes/{programme}/feeds").json()
    pages = [f"/programmes/{programme}", f"/schedules/{schedule}", f"/schedules/{schedule}/people", "/"]
    paths = [f"{API}/programmes/{programme}", f"{API}/programmes", *(feed["address"] for feed in feeds[:2])]
    paths += [
        f"{API}/schedules/{schedule}/exports/{each}" for each in ("ical", "csv", "xlsx", "site", "solution")
    ]
    for path in [*pages, *paths]:
        answer = service.get(path)
        assert answer.status_code == 200, (path, answer.text)
        assert "set-cookie: x=y" not in str(answer.headers).lower()
        assert "x" not in answer.cookies
        if answer.headers["content-type"].startswith("text/html"):
            assert "<script>alert" not in answer.text
        if answer.headers["content-type"].startswith("application/zip"):
            names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
            assert all(not name.startswith("/") and ".." not in name for name in names)
