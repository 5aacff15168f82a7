import asyncio
import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from support.served import TINY

from scheduler.reading import InputError
from scheduler.service import readers as module
from scheduler.service.problems import ProblemError
from scheduler.service.reader import Task, answered
from scheduler.service.readers import Readers
from scheduler.service.settings import MEBIBYTE, Limits
from scheduler.service.store.records import Source

LIMITS = Limits()
GOOD = [Source("programme.yaml", TINY)]
SLOW = [
    Source(
        "programme.yaml",
        b"meetings:\n" + b"".join(b"- {id: m%d, parties: [x%d, y]}\n" % (n, n) for n in range(100_000)),
    )
]
"""It takes half a minute to say all that is wrong with it."""


def sheet(cells):
    """Return a workbook of one sheet, with these cells."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="people" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="a" Type="{office}/worksheet" Target="worksheets/a.xml"/></Relationships>',
        "xl/worksheets/a.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.fixture
def read():
    """Read programmes one after another, with some limits; ends the processes."""
    opened = []

    def programmes(limits, *uploads):
        async def done():
            readers = Readers(limits)
            opened.append(readers)
            return [await _outcome(readers, files) for files in uploads]

        return asyncio.run(done())

    yield programmes
    for readers in opened:
        readers.close()


async def _outcome(readers, files):
    try:
        return await readers.programme(files)
    except (ProblemError, InputError, RuntimeError) as error:
        return error


def test_one_process_reads_one_upload_after_another(read, monkeypatch):
    begun = []
    monkeypatch.setattr(module, "_Reader", lambda kind=module._Reader: begun.append(1) or kind())
    outcomes = read(LIMITS, GOOD, [Source("programme.yaml", b"a: 1")], GOOD)
    assert [getattr(each, "key", None) for each in outcomes] == ["tiny", None, "tiny"]
    assert isinstance(outcomes[1], InputError)
    assert {fault.file for fault in outcomes[1].faults} == {"programme.yaml"}
    assert len(begun) == 1


@pytest.mark.skipif(os.name != "posix", reason="the system has no such limits")
def test_what_takes_too_long_is_ended_and_the_next_is_read(read):
    slow, good = read(replace(LIMITS, reading=1.0), SLOW, GOOD)
    assert isinstance(slow, ProblemError)
    assert slow.problem.status == 422
    assert "more time or memory" in slow.problem.detail
    assert good.key == "tiny"


@pytest.mark.skipif(os.name != "posix", reason="the system has no such limits")
@pytest.mark.parametrize(
    "content",
    [
        sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>' * 400_000),
        sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ],
    ids=["many cells", "two cells far apart"],
)
def test_a_workbook_that_would_fill_the_memory_ends_its_reader_only(read, content):
    limits = replace(LIMITS, reading_memory=150 * MEBIBYTE, unpacked=100 * MEBIBYTE)
    outcome, good = read(limits, [Source("a.xlsx", content)], GOOD)
    assert isinstance(outcome, ProblemError | InputError)
    assert good.key == "tiny"


def test_a_workbook_that_grows_when_it_is_unpacked(read):
    outcome, good = read(replace(LIMITS, unpacked=1000), [Source("a.xlsx", sheet("x" * 2000))], GOOD)
    assert "too large when it is unpacked" in outcome.problem.detail
    assert good.key == "tiny"


def test_a_programme_of_too_many_activities(read):
    (outcome,) = read(replace(LIMITS, activities=3), GOOD)
    assert outcome.problem.detail == "the programme has 4 activities; at most 3 are taken"


def test_readers_that_are_all_at_work_are_waited_for_only_so_long():
    async def both():
        readers = Readers(replace(LIMITS, readers=1, reading=0.1))
        await readers._turn.acquire()
        try:
            return await _outcome(readers, GOOD)
        finally:
            readers.close()

    outcome = asyncio.run(both())
    assert outcome.problem.status == 503
    assert outcome.headers["Retry-After"]


def test_a_reader_that_was_ended_by_somebody_is_replaced():
    async def twice():
        readers = Readers(LIMITS)
        try:
            first = await _outcome(readers, GOOD)
            readers._idle[0]._process.kill()
            readers._idle[0]._process.wait()
            return first, await _outcome(readers, GOOD)
        finally:
            readers.close()

    assert [each.key for each in asyncio.run(twice())] == ["tiny", "tiny"]


def test_names_that_cannot_be_beside_each_other(read):
    files = [*GOOD, Source("a", b""), Source("a/b.csv", b"")]
    assert read(LIMITS, files)[0].problem.status == 422


# -- what a reader says ------------------------------------------------------------------------------


def test_a_fault_of_the_program_is_told_to_the_server(tmp_path, monkeypatch):
    def broken(*_given, **_named):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("scheduler.service.reader.load", broken)
    assert "ZeroDivisionError: oh" in answered(Task("programme", str(tmp_path), "p.yaml"))["broken"]
    with pytest.raises(RuntimeError, match="could not be read"):
        module._result({"broken": "Traceback ..."})


def test_readers_written_in_rust_may_give_up(tmp_path, monkeypatch):
    class PanicException(BaseException):
        pass

    def panicked(*_given, **_named):
        raise PanicException

    monkeypatch.setattr("scheduler.service.reader.load", panicked)
    assert answered(Task("programme", str(tmp_path), "p.yaml")) == {"refused": "damaged"}


def test_too_little_memory_is_told(tmp_path, monkeypatch):
    def full(*_given, **_named):
        raise MemoryError

    monkeypatch.setattr("scheduler.service.reader.load", full)
    assert answered(Task("programme", str(tmp_path), "p.yaml")) == {"refused": "memory"}


def test_faults_are_short_whatever_they_are_about(tmp_path):
    key = "k" * 5000
    (tmp_path / "p.yaml").write_text(f"? {key}\n: {{? {key}\n: [*a, *b]}}\n")
    told = answered(Task("programme", str(tmp_path), "p.yaml"))
    assert told["count"] >= 2
    assert all(len(".".join(map(str, each["path"]))) <= 410 for each in told["faults"])
    assert all(each["file"] == "p.yaml" for each in told["faults"])


def test_a_reader_of_a_large_server_is_not_taken_for_large_itself(tmp_path):
    (tmp_path / "tiny.yaml").write_bytes(TINY)
    task = Task("programme", str(tmp_path), "tiny.yaml")
    command = [sys.executable, "-m", "scheduler.service.reader"]
    server = f"import subprocess; held = bytearray(500_000_000); subprocess.run({command!r}, check=True)"
    told = subprocess.run(
        [sys.executable, "-c", server], input=task.line(), capture_output=True, text=True, check=True
    )
    assert json.loads(told.stdout)["last"] is False
