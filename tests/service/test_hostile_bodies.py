"""Bodies that nobody sends in good faith, refused in words: paths that lead elsewhere, bombs and others."""

import io
import json
import stat
import zipfile

import pytest
from support.besieged import is_problem
from support.served import API, TINY, YAML

from scheduler.service.settings import Limits

JSON = {"Content-Type": "application/json"}
ZIP = {"Content-Type": "application/zip"}
XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
SECRET = "root:x:0:0"
OUTSIDE = ["../outside.csv", "/etc/passwd", "a/../../outside.csv", "..", "C:/outside.csv", "\\\\host\\share"]


@pytest.fixture(scope="module")
def refused(client):
    """Validate an upload that is refused; return the problem."""

    def validated(content, head=YAML, status=422, **rest):
        answer = client.post(f"{API}/programmes/validate", content=content, headers=head, **rest)
        assert answer.status_code == status, answer.text
        assert is_problem(answer)
        assert SECRET not in answer.text
        assert "/tmp" not in answer.text
        assert "Traceback" not in answer.text
        return answer.json()

    return validated


def packed(files, method=zipfile.ZIP_DEFLATED):
    """Return a ZIP of files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


# -- nothing of the server is read -------------------------------------------------------------------


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize(
    "written",
    [
        "participants: {table: NAME}",
        "meetings: {table: NAME}",
        "availability: {table: NAME}",
        "baseline: {solution: NAME}",
        "base: NAME\nchanges: {}",
        "base: NAME\nchanges: {participants: {table: NAME}}",
    ],
)
def test_a_programme_names_no_file_of_the_server(refused, written, name):
    whole = "" if written.startswith("base:") else TINY.decode().replace("meetings:", "more:")
    told = refused(f"{whole}\n{written}\n".replace("NAME", json.dumps(name)).encode())
    assert any(
        words in each["message"]
        for each in told["errors"]
        for words in (
            "leads out of the folder",
            "relative to the folder",
            "does not exist",
        )
    )


def form(parts, boundary="b"):
    """Return a form of parts (what the head of each says, and its content), and the head of it all."""
    written = [
        b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (boundary.encode(), said, content)
        for said, content in parts
    ]
    head = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return b"".join(written) + b"--%b--\r\n" % boundary.encode(), head


MAIN = (b'name="programme"; filename="p.yaml"', TINY)


@pytest.mark.parametrize(
    "name",
    [b"../x.csv", b"/etc/passwd", b"a/../../x", b"..", b"C:/x", b"a\0b", b"a\tb", b".", b"a//b", b"x" * 300],
)
def test_files_of_a_form_stay_in_their_folder(refused, name):
    assert "name" in refused(*form([MAIN, (b'name="files"; filename="%b"' % name, b"id\nx\n")]))["detail"]


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [(b'name="programme"', TINY)],
        [(b'name="files"; filename="p.yaml"', TINY)],
        [MAIN, MAIN],
        [MAIN, (b'name="\xff\xfe"; filename="q.csv"', b"x")],
        [MAIN, (b'name="files"; filename="P.YAML"', b"x")],
        [MAIN, *[(b'name="files"; filename="%d.csv"' % n, b"x") for n in range(30)]],
        [(b'name="programme"; filename="people.csv"', b"\xff\xfe\x00")],
        [(b"no name at all", TINY)],
    ],
)
def test_forms_that_are_none_of_ours(client, parts):
    content, head = form(parts)
    answer = client.post(f"{API}/programmes/validate", content=content, headers=head)
    assert answer.status_code in (400, 422), answer.text
    assert is_problem(answer)


@pytest.mark.parametrize(
    "head",
    ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "x" * 5000],
)
@pytest.mark.parametrize("content", [b"", b"--\r\n", b"\0" * 1000, b"--b\r\n" * 1000])
def test_forms_without_an_end(client, head, content):
    answer = client.post(f"{API}/programmes/validate", content=content, headers={"Content-Type": head})
    assert answer.status_code in (400, 422), answer.text
    assert is_problem(answer)


@pytest.mark.parametrize("name", [*OUTSIDE, "a\nb.yaml", "x" * 300])
def test_files_of_an_archive_stay_in_their_folder(refused, name):
    assert "name" in refused(packed({"programme.yaml": TINY, name: b"id\nx\n"}), ZIP)["detail"]


def test_links_in_an_archive_are_files_like_others(refused):
    link = zipfile.ZipInfo("people.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "programme.yaml", b"participants: people.csv\n" + TINY.replace(b"participants:", b"x:")
        )
        archive.writestr(link, "/etc/passwd")
    assert refused(held.getvalue(), ZIP)["errors"]


# -- bombs -------------------------------------------------------------------------------------------


def test_an_archive_that_is_small_only_while_it_is_packed(refused):
    many = b"\0" * (Limits().unpacked // 2 + 1)
    assert "too large" in refused(packed({"programme.yaml": many, "a.csv": many}), ZIP)["detail"]


def test_an_archive_that_lies_about_its_size(refused):
    content = bytearray(packed({"programme.yaml": b"#" * 100_000_000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.index(mark) + at
        content[start : start + 4] = (1000).to_bytes(4, "little")
    assert "damaged" in refused(bytes(content), ZIP)["detail"]


@pytest.mark.parametrize("count", [21, 3000, 20_000])
def test_an_archive_of_very_many_files(refused, count):
    assert "too many" in refused(packed({f"{n}.csv": b"" for n in range(count)}), ZIP)["detail"]


def test_an_archive_in_an_archive_is_not_opened(refused):
    inner = packed({"programme.yaml": TINY})
    assert refused(packed({"programme.zip": inner}), ZIP)["errors"]


def test_a_workbook_that_is_small_only_while_it_is_packed(refused):
    content = packed({"xl/workbook.xml": b" " * (Limits().unpacked + 1)})
    assert "too large" in refused(content, XLSX)["detail"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "alias"),
        (b"a: &a {b: *a}\n", "alias"),
        (b"[" * 1_000_000, "nested"),
        (b"{a: " * 100_000, "nested"),
        (b"- " * 100_000, "nested"),
        (b"? " * 100_000, "nested"),
        (b"a: 1\n" * 300_000, "second time"),
        (b"".join(b"k%d: 1\n" % n for n in range(60_000)), "more than"),
        (b"programme: " + b"9" * 1_000_000, "should be"),
        (b"programme: !!python/object/apply:os.system [id]", "tag"),
        (b"programme: {id: a, id: b}", "second time"),
        (b"a: \xff\xfe", "UTF-8"),
        (b"a: \x07", "not allowed"),
        (b"a: \0", "UTF-8"),
        (b'programme: "\\ud800"\n', ""),
        (b"<<: {a: b}", "merge"),
        (b"--- a\n--- b\n", "second document"),
        (b"", "empty"),
    ],
)
def test_texts_that_are_more_than_they_seem(refused, content, words):
    told = refused(content)
    assert told["errors"]
    assert len(told["errors"]) <= 1000
    assert words in " ".join(each["message"] for each in told["errors"])
    assert all(each["file"] == "programme.yaml" for each in told["errors"])


def test_of_very_many_things_that_are_wrong_the_first_are_told_and_all_are_counted(refused):
    told = refused(b"a: 1\n" * 20_000)
    assert len(told["errors"]) == 1000
    assert "; the first 1000 are listed" in told["detail"]
    assert int(told["detail"].split()[0]) >= 19_999


def test_a_key_that_is_very_long_is_not_told_again_and_again(client):
    content = b"? " + b"k" * 100_000 + b"\n: [" + b"*a, " * 2000 + b"]\n"
    answer = client.post(f"{API}/programmes/validate", content=content, headers=YAML)
    assert answer.status_code == 422
    assert len(answer.content) < 1_000_000


# -- what is no file of its kind ---------------------------------------------------------------------


@pytest.mark.parametrize("head", [ZIP, XLSX, JSON, YAML], ids=lambda head: head["Content-Type"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x05\x06" + b"\0" * 18,
        b"\0" * 1000,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000,
        b"%PDF-1.7",
    ],
)
def test_files_of_another_kind(refused, content, head):
    refused(content, head)


def test_a_kind_that_is_not_read(refused):
    refused(TINY, {"Content-Type": "application/x-python-pickle"}, 415)
    refused(TINY, {"Content-Type": "\u00e9".encode("latin-1")}, 415)


# -- JSON --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"seed": NaN}',
        b'{"time_limit": Infinity}',
        b'{"time_limit": 1e999}',
        b'{"seed": ' + b"9" * 5000 + b"}",
        b'{"seed": 9223372036854775808}',
        b'{"version": -1}',
        b'{"seed": 1.5}',
        b'{"seed": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"seed": "\\u0000"}',
        b"\xff\xfe{}",
        b"{",
        b"",
        b"null",
        b"[]",
    ],
)
def test_json_that_is_none_of_ours(client, tiny, content):
    answer = client.post(f"{API}/programmes/{tiny[0]}/solves", content=content, headers=JSON)
    assert answer.status_code in (400, 422), answer.text
    assert is_problem(answer)


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 201, ""])
@pytest.mark.parametrize("field", ["now", "pin", "free"])
def test_texts_that_no_database_keeps(client, tiny, field, text):
    body = {"schedule": tiny[1], field: text if field == "now" else [text]}
    answer = client.post(
        f"{API}/programmes/{tiny[0]}/replans", content=json.dumps(body).encode(), headers=JSON
    )
    assert answer.status_code in (400, 422), answer.text
    assert is_problem(answer)


@pytest.mark.parametrize("note", ["%00", "%ED%A0%80", "%F0%9F%98%80", "%FF"])
def test_notes_are_kept_as_far_as_they_can_be(client, note):
    answer = client.post(f"{API}/programmes?note={note}", content=TINY, headers=YAML)
    assert answer.status_code in (201, 422), answer.text


def test_a_schedule_that_is_none(client, tiny):
    for content in (b"[" * 100_000, b"a: 1\n" * 10_000, b"\xff", b"", b"placements: 7"):
        for what in ("schedules", "checks"):
            answer = client.post(f"{API}/programmes/{tiny[0]}/{what}", content=content, headers=YAML)
            assert answer.status_code == 422, answer.text
            assert is_problem(answer)
            assert "/tmp" not in answer.text


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("head", [ZIP, XLSX], ids=["archive", "workbook"])
def test_what_is_packed_badly_in_any_way(refused, head, method):
    for at in range(0, 60, 4):
        content = bytearray(packed({"xl/workbook.xml": TINY, "xl/_rels/workbook.xml.rels": TINY}, method))
        start = content.index(b".xml") + 4 + at
        content[start : start + 4] = b"\xff\x00\xff\xff"
        refused(bytes(content), head)
