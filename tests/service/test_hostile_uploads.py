"""Uploads made at random: whatever is sent is read or refused in words, and nothing breaks.

SCHEDULER_SIEGE=500 tries so many of each kind; a few are tried in the usual run.
"""

import io
import json
import os
import zipfile

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.besieged import is_problem
from support.served import API, INSTANCES, TINY, YAML

from scheduler.exports.workbook import workbook_bytes, workbook_tables
from scheduler.reading import instance_from
from scheduler.reading.yaml_data import parse

MANY = int(os.environ.get("SCHEDULER_SIEGE", "20"))
QUIET = settings(
    max_examples=MANY, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
JSON = "application/json"
ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = [
    YAML["Content-Type"],
    JSON,
    ZIP,
    XLSX,
    "text/plain; charset=utf-16",
    "multipart/form-data; boundary=b",
    "",
]
PLAIN = parse((INSTANCES / "every-rule.yaml").read_text(), "").data
INSTANCE = instance_from(parse(TINY.decode(), "").data)
BOOK = workbook_bytes(INSTANCE)


def packed(files, method=zipfile.ZIP_DEFLATED):
    """Return a ZIP of files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


TABLES = packed(workbook_tables(INSTANCE))


@pytest.fixture(scope="module")
def taken(client):
    """Validate an upload; look at what is answered."""

    def validated(content, kind):
        head = {"Content-Type": kind} if kind else {}
        answer = client.post(f"{API}/programmes/validate", content=content, headers=head)
        assert answer.status_code in (200, 400, 415, 422), answer.text
        if answer.status_code != 200:
            assert is_problem(answer), answer.text
            assert "/tmp" not in answer.text
            assert "Traceback" not in answer.text
        return answer

    return validated


# -- bytes -------------------------------------------------------------------------------------------


@QUIET
@given(content=st.binary(max_size=500), kind=st.sampled_from(KINDS))
def test_bytes(taken, content, kind):
    taken(content, kind)


@QUIET
@given(content=st.text(st.characters(codec="utf-8"), max_size=300), kind=st.sampled_from(KINDS[:2]))
def test_texts(taken, content, kind):
    answer = taken(content.encode(), kind)
    assert answer.status_code == 422
    assert answer.json()["errors"]


@st.composite
def spoilt(draw, whole):
    """A file of which bytes are turned over, put in, or lost."""
    spoiled = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(spoiled) - 1)))
        match draw(st.sampled_from(["flip", "cut", "put", "drop", "twice"])):
            case "flip" if spoiled:
                spoiled[at] ^= draw(st.integers(1, 255))
            case "cut":
                del spoiled[at:]
            case "put":
                spoiled[at:at] = draw(st.binary(max_size=8))
            case "drop":
                del spoiled[at : at + draw(st.integers(1, 40))]
            case "twice":
                spoiled[at:at] = spoiled[at : at + draw(st.integers(1, 40))]
    return bytes(spoiled)


@QUIET
@given(content=spoilt(TINY), kind=st.sampled_from(KINDS[:2]))
def test_a_programme_of_which_bytes_are_wrong(taken, content, kind):
    taken(content, kind)


@QUIET
@given(content=spoilt(BOOK))
def test_a_workbook_of_which_bytes_are_wrong(taken, content):
    taken(content, XLSX)


@QUIET
@given(content=spoilt(TABLES))
def test_an_archive_of_which_bytes_are_wrong(taken, content):
    taken(content, ZIP)


# -- trees -------------------------------------------------------------------------------------------

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["a" * 200, "2017-11-20", "09:30", "90min", "../x", "Europe/Madrid", 2**63, -(2**200), 1e308]
    )
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


def places(data, path=()):
    """Yield every place in a tree."""
    if path:
        yield path
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


PLACES = list(places(PLAIN))


@st.composite
def disturbed(draw):
    """A whole programme in which some values are replaced, lost, or said under another key."""
    data = json.loads(json.dumps(PLAIN, default=str))
    for path in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4)):
        part = data
        for step in path[:-1]:
            part = part[step] if isinstance(part, dict | list) and _has(part, step) else None
        if not isinstance(part, dict | list) or not _has(part, path[-1]):
            continue
        match draw(st.sampled_from(["other", "lost", "elsewhere", "within"])):
            case "other":
                part[path[-1]] = draw(TREES)
            case "lost":
                del part[path[-1]]
            case "elsewhere" if isinstance(part, dict):
                part[draw(st.text(max_size=8))] = part.pop(path[-1])
            case "within":
                part[path[-1]] = [part[path[-1]]]
    return data


def _has(part, step):
    return step in part if isinstance(part, dict) else isinstance(step, int) and step < len(part)


@QUIET
@given(tree=TREES, as_json=st.booleans())
def test_trees(taken, tree, as_json):
    answer = taken(*written(tree, as_json))
    assert answer.status_code == 422
    assert all(each["line"] for each in answer.json()["errors"])


@QUIET
@given(tree=disturbed(), as_json=st.booleans())
@example(tree=PLAIN, as_json=False)
def test_a_programme_of_which_parts_are_wrong(taken, tree, as_json):
    answer = taken(*written(tree, as_json))
    if answer.status_code != 200:
        assert answer.json()["errors"]
        assert all(each["file"] for each in answer.json()["errors"])
        assert all(each["line"] for each in answer.json()["errors"])


def written(tree, as_json):
    """Return a tree as it is sent, and its kind."""
    if as_json:
        return json.dumps(tree, default=str).encode(), JSON
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode("utf-8", "replace"), KINDS[0]


# -- archives and forms ------------------------------------------------------------------------------

NAMES = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "programme.yaml",
        "p.json",
        "people.csv",
        "meetings.csv",
        "p.xlsx",
        "p.zip",
        "a/b.csv",
        "..",
        "a\\b",
        "CON",
    ]
)
CONTENTS = st.binary(max_size=60) | st.sampled_from([TINY, BOOK, TABLES, b"name,city\nx,y\n", b"id\n", b"{}"])


@QUIET
@given(
    files=st.dictionaries(NAMES.filter(lambda name: name and name[0] != "\0"), CONTENTS, max_size=4),
    stored=st.booleans(),
)
def test_archives_of_anything(taken, files, stored):
    taken(packed(files, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED), ZIP)


@QUIET
@given(
    parts=st.lists(
        st.tuples(st.sampled_from(["programme", "files", "note", ""]), NAMES | st.none(), CONTENTS),
        max_size=4,
    ),
    end=st.sampled_from([b"--b--\r\n", b"--b--", b"--b", b""]),
)
def test_forms_of_anything(taken, parts, end):
    written = b""
    for field, name, content in parts:
        file = "" if name is None else f'; filename="{name}"'
        said = f'--b\r\nContent-Disposition: form-data; name="{field}"{file}\r\n\r\n'
        written += said.encode() + content + b"\r\n"
    taken(written + end, "multipart/form-data; boundary=b")


@QUIET
@given(
    content=spoilt(b"programme: tiny\nplacements:\n- {activity: x, start: 2017-11-20T09:00+01:00, room: r}\n")
)
def test_schedules(client, tiny, content):
    answer = client.post(f"{API}/programmes/{tiny[0]}/checks", content=content, headers=YAML)
    assert answer.status_code in (200, 409, 422), answer.text
    assert answer.status_code == 200 or is_problem(answer)
