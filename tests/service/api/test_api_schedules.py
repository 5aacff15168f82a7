import io
import zipfile

import pytest
from support.served import API, TINY, uploaded

from scheduler.exports.formats import FORMATS

OTHER = TINY.replace(b"id: tiny", b"id: small")


@pytest.fixture(scope="module")
def solution(client, tiny):
    """The schedule of the small programme, as a file."""
    return client.get(f"{API}/schedules/{tiny[1]}/exports/solution").content


def sent(client, programme, content, query="", what="schedules"):
    return client.post(f"{API}/programmes/{programme}/{what}{query}", content=content)


def test_a_schedule_that_is_uploaded_is_the_one_that_is_there(client, tiny, solution):
    answer = sent(client, tiny[0], solution)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["origin"], made["version"], made["job"], made["parent"]) == ("upload", 1, None, None)
    found = client.get(f"{API}/schedules/{made['id']}").json()
    before = client.get(f"{API}/schedules/{tiny[1]}").json()
    assert found["solution"]["placements"] == before["solution"]["placements"]
    assert before["origin"] == "job"
    listed = [each["id"] for each in client.get(f"{API}/programmes/{tiny[0]}/schedules").json()]
    assert listed[0] == made["id"]
    assert tiny[1] in listed


def test_a_schedule_that_breaks_rules_may_be_uploaded_and_is_checked(client, tiny, solution):
    broken = solution.replace(b"10:30", b"09:00")
    assert broken != solution
    made = sent(client, tiny[0], broken).json()
    kept = client.get(f"{API}/schedules/{made['id']}/check").json()
    passing = sent(client, tiny[0], broken, what="checks")
    assert passing.status_code == 200
    assert passing.json() == kept
    assert not kept["valid"]
    assert all(violation["message"] for violation in kept["violations"])
    assert sent(client, tiny[0], solution, what="checks").json()["valid"]


def test_what_differs_between_two_schedules_is_told(client, tiny, solution):
    moved = sent(client, tiny[0], solution.replace(b"table: 1", b"table: 2")).json()["id"]
    same = client.get(f"{API}/schedules/{tiny[1]}/diff", params={"old": tiny[1]})
    assert same.status_code == 200
    changed = client.get(f"{API}/schedules/{moved}/diff", params={"old": tiny[1]})
    assert changed.json() != same.json()
    other = sent(client, uploaded(client, OTHER)["id"], solution.replace(b"tiny", b"small")).json()["id"]
    assert client.get(f"{API}/schedules/{other}/diff", params={"old": tiny[1]}).status_code == 404


def test_a_schedule_of_another_programme_is_refused(client, solution):
    other = uploaded(client, OTHER)["id"]
    for what in ("schedules", "checks"):
        answer = sent(client, other, solution, what=what)
        assert (answer.status_code, answer.json()["detail"]) == (
            409,
            "this is a schedule of 'tiny', not of 'small'",
        )


@pytest.mark.parametrize("content", [b"", b"{", b"programme: tiny\nplacements: 3", b"\xff"])
def test_what_is_no_schedule_is_told_at_its_place(client, tiny, content):
    for what in ("schedules", "checks"):
        answer = sent(client, tiny[0], content, what=what)
        assert answer.status_code == 422, answer.text
        assert {each["file"] for each in answer.json()["errors"]} == {"schedule.yaml"}


def test_a_schedule_of_a_version_that_is_not_there(client, tiny, solution):
    assert sent(client, tiny[0], solution, "?version=1").status_code == 201
    assert sent(client, tiny[0], solution, "?version=9").status_code == 404
    assert sent(client, tiny[0], solution, "?version=0").status_code == 422


@pytest.mark.parametrize(
    ("format_", "by", "kind", "begins"),
    [
        ("ical", "programme", "text/calendar", b"BEGIN:VCALENDAR"),
        ("solution", "programme", "application/yaml", b"# Check it: scheduler check"),
        ("jsonld", "programme", "application/ld+json", b"{"),
        ("xlsx", "programme", "application/vnd.openxmlformats", b"PK"),
        ("ical", "delegation", "application/zip", b"PK"),
        ("csv", "room", "application/zip", b"PK"),
        ("site", "programme", "application/zip", b"PK"),
    ],
)
def test_agendas_are_one_file_or_an_archive_of_several(client, tiny, format_, by, kind, begins):
    answer = client.get(f"{API}/schedules/{tiny[1]}/exports/{format_}", params={"by": by})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.content.lstrip().startswith(begins)
    if kind == "application/zip":
        names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert len(names) > 1
        assert not any(name.startswith("/") or ".." in name for name in names)


def test_a_form_that_is_not_known_is_told(client, tiny):
    answer = client.get(f"{API}/schedules/{tiny[1]}/exports/icla")
    assert answer.status_code == 422
    assert "ical" in answer.json()["detail"]
    assert client.get(f"{API}/schedules/{tiny[1]}/exports/ical?by=x").status_code == 422
    assert "ical" in FORMATS
