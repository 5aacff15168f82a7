import io
import json
import zipfile

import pytest
from support.command_line import run as command
from support.served import API, INSTANCES, TINY, uploaded

from scheduler import load
from scheduler.reading import InputError
from scheduler.service.uploads import XLSX_TYPE

WRONG = TINY.replace(b"size: 3", b"size: many").replace(b"parties: [turin, lyon]", b"parties: [turin, lion]")
NOBODY = "00000000-0000-4000-8000-000000000000"


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def sent(client, content, kind, path="/programmes"):
    return client.post(f"{API}{path}", content=content, headers={"Content-Type": kind})


def tables():
    return [("files", (path.name, path.read_bytes())) for path in sorted(INSTANCES.glob("tables-*.csv"))]


def test_a_programme_is_uploaded_found_listed_and_deleted(client):
    made = uploaded(client)
    counts = {"cities": 1, "rooms": 2, "sessions": 1, "meetings": 3, "delegations": 3, "participants": 0}
    assert (made["key"], made["title"], made["counts"]) == ("tiny", "A morning in Valencia", counts)
    assert (made["version"]["number"], len(made["version"]["sha256"])) == (1, 64)
    path = f"{API}/programmes/{made['id']}"
    assert client.get(path).json() == made
    assert client.get(f"{API}/programmes").json()[0]["id"] == made["id"]
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == client.delete(path).status_code == 404
    assert made["id"] not in [each["id"] for each in client.get(f"{API}/programmes").json()]


def test_the_answer_says_where_it_is(client):
    answer = sent(client, TINY, "text/yaml")
    assert answer.status_code == 201
    assert client.get(answer.headers["location"]).json() == answer.json()


def test_what_is_uploaded_is_what_is_read(client, tmp_path):
    made = uploaded(client, (INSTANCES / "every-rule.yaml").read_bytes())["id"]
    back = client.get(f"{API}/programmes/{made}/versions/1/instance")
    assert back.headers["content-type"] == "application/json"
    (tmp_path / "back.json").write_bytes(back.content)
    assert load(tmp_path / "back.json") == load(INSTANCES / "every-rule.yaml")


def test_json_is_read(client):
    made = sent(
        client,
        client.get(f"{API}/programmes/{uploaded(client)['id']}/versions/1/instance").content,
        "application/json; charset=utf-8",
    )
    assert (made.status_code, made.json()["key"]) == (201, "tiny")


def test_tables_come_in_the_same_form(client):
    main = ("programme", ("tables.yaml", (INSTANCES / "tables.yaml").read_bytes()))
    answer = client.post(f"{API}/programmes", files=[main, *tables()])
    assert answer.status_code == 201, answer.text
    assert answer.json()["counts"]["participants"] == len(load(INSTANCES / "tables.yaml").participants)


def test_tables_come_in_the_same_archive(client):
    files = {path.name: path.read_bytes() for path in INSTANCES.glob("tables*")}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    answer = sent(client, packed.getvalue(), "application/zip")
    assert (answer.status_code, answer.json()["key"]) == (201, load(INSTANCES / "tables.yaml").programme.id)


def test_a_table_that_did_not_come_along_is_missed_where_it_is_named(client):
    answer = client.post(
        f"{API}/programmes", files={"programme": ("tables.yaml", (INSTANCES / "tables.yaml").read_bytes())}
    )
    assert answer.status_code == 422
    told = answer.json()["errors"]
    assert {each["file"] for each in told} == {"tables.yaml"}
    assert all(each["line"] for each in told)


def test_workbooks_are_read_and_told_of_by_sheet(client, tmp_path):
    path = tmp_path / "tiny.xlsx"
    assert command("template", INSTANCES / "tiny.yaml", "-o", path).exit_code == 0
    answer = sent(client, path.read_bytes(), XLSX_TYPE)
    assert (answer.status_code, answer.json()["key"]) == (201, "tiny")
    wrong = sent(client, b"PK\x03\x04 no workbook", XLSX_TYPE)
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["file"] == "programme.xlsx"


def test_everything_that_is_wrong_is_told_at_the_places_of_the_command_line(client, tmp_path):
    (tmp_path / "programme.yaml").write_bytes(WRONG)
    with pytest.raises(InputError) as found:
        load(tmp_path / "programme.yaml")
    for path in ("/programmes", "/programmes/validate"):
        answer = sent(client, WRONG, "application/yaml", path)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        told = answer.json()
        assert (told["title"], told["status"]) == ("What was sent is not right", 422)
        assert told["detail"] == f"{len(found.value.faults)} errors found"
        places = [(each["file"], each["line"], each["column"], each["path"]) for each in told["errors"]]
        assert places == [
            ("programme.yaml", fault.line, fault.column, ".".join(map(str, fault.path)))
            for fault in found.value.faults
        ]
        assert all(
            str(fault).endswith(each["message"])
            for fault, each in zip(found.value.faults, told["errors"], strict=True)
        )
        assert str(tmp_path) not in answer.text


def test_places_are_those_of_the_upload_not_of_the_server(client):
    files = {"programme": ("forum.yaml", TINY.replace(b"title:", b"titel:"))}
    told = client.post(f"{API}/programmes", files=files).json()["errors"]
    assert {each["file"] for each in told} == {"forum.yaml"}


def test_an_upload_may_be_looked_at_without_being_kept(client):
    before = len(client.get(f"{API}/programmes").json())
    answer = sent(client, TINY, "application/yaml", "/programmes/validate")
    assert (answer.status_code, answer.json()["key"]) == (200, "tiny")
    assert answer.json()["counts"]["meetings"] == 3
    assert len(client.get(f"{API}/programmes").json()) == before


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/pdf", b"%PDF", 415),
        ("application/yaml", b"", 422),
        ("application/yaml", b"\xff\xfe\x00", 422),
        ("application/json", b"{", 422),
        ("application/zip", b"PK", 422),
        ("application/zip", zipped(), 422),
        ("multipart/form-data", b"x", 400),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--b--\r\n',
            422,
        ),
    ],
)
def test_what_is_no_programme_is_refused(client, kind, content, status):
    answer = sent(client, content, kind)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_versions_count_on_and_the_same_contents_make_none(client):
    made = uploaded(client)
    path = f"/programmes/{made['id']}/versions"
    same = sent(client, TINY, "application/yaml", path)
    assert (same.status_code, same.json()) == (201, made["version"])
    changed = TINY.replace(b"A morning in Valencia", b"A long morning")
    second = sent(client, changed, "application/yaml", f"{path}?note=longer").json()
    assert (second["number"], second["note"]) == (2, "longer")
    assert [each["number"] for each in client.get(f"{API}{path}").json()] == [2, 1]
    now = client.get(f"{API}/programmes/{made['id']}").json()
    assert (now["title"], now["version"]) == ("A long morning", second)
    first = json.loads(client.get(f"{API}{path}/1/instance").content)
    assert first["programme"]["title"] == "A morning in Valencia"
    assert client.get(f"{API}{path}/3/instance").status_code == 404


def test_a_version_is_of_the_same_programme(client):
    made = uploaded(client)["id"]
    other = TINY.replace(b"id: tiny", b"id: small")
    answer = sent(client, other, "application/yaml", f"/programmes/{made}/versions")
    assert answer.status_code == 409
    assert answer.json()["detail"] == "this is the programme 'small', not 'tiny'"


@pytest.mark.parametrize("path", ["", "/versions", "/versions/1/instance", "/jobs", "/schedules", "/feeds"])
def test_what_is_not_there_is_not_found(client, path):
    answer = client.get(f"{API}/programmes/{NOBODY}{path}")
    assert (answer.status_code, answer.json()["detail"]) == (404, "there is no such programme")
    assert client.get(f"{API}/programmes/x{path}").status_code == 422


def test_a_way_that_leads_nowhere(client):
    for method, path, status in (("GET", "/nothing", 404), ("PUT", "/programmes", 405)):
        answer = client.request(method, f"{API}{path}")
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_the_service_says_that_it_is_well(client):
    answer = client.get(f"{API}/health")
    assert answer.json()["status"] == "ok"
    assert answer.json()["version"] == client.get(f"{API}/openapi.json").json()["info"]["version"]
