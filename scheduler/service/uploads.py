"""From a request to the files that it uploads; :mod:`scheduler.service.readers` has them read.

What is uploaded is written to a folder of its own and read from there, confined to it: nothing that an upload
names (a table, a base, a baseline) is looked for anywhere else.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from scheduler.reading.packed import DAMAGED
from scheduler.service.problems import ProblemError
from scheduler.service.settings import Limits
from scheduler.service.store.records import Source

YAML_TYPES = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain")
JSON_TYPE = "application/json"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP_TYPES = ("application/zip", "application/x-zip-compressed")
FORM_TYPE = "multipart/form-data"
_MAIN = "programme"
_TEXTS = (".yaml", ".yml", ".json")
_NAME = re.compile(r"[^/\\\x00-\x1f\x7f<>:\"|?*]{1,100}")
_LONGEST = 200
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 10_000
"""To open an archive takes a while for each entry; beyond so many it is not even opened."""
_NAMES = {JSON_TYPE: "programme.json", XLSX_TYPE: "programme.xlsx"} | dict.fromkeys(
    ZIP_TYPES, "programme.zip"
)
BODIES = {
    "required": True,
    "content": {
        "application/yaml": {"schema": {"type": "string"}},
        JSON_TYPE: {"schema": {"type": "object"}},
        XLSX_TYPE: {"schema": {"type": "string", "format": "binary"}},
        ZIP_TYPES[0]: {"schema": {"type": "string", "format": "binary"}},
        FORM_TYPE: {
            "schema": {
                "type": "object",
                "properties": {
                    _MAIN: {
                        "type": "string",
                        "format": "binary",
                        "description": "YAML, JSON, a workbook, or a ZIP of YAML or CSV files.",
                    },
                    "files": {
                        "type": "array",
                        "items": {"type": "string", "format": "binary"},
                        "description": "The tables that it names.",
                    },
                },
                "required": [_MAIN],
            }
        },
    },
}
"""What the documentation says of the body of an upload."""


async def files_of(request: Request, limits: Limits) -> list[Source]:
    """Return the files that a request uploads, archives unpacked; the one that is read comes first.

    Raises
    ------
    ProblemError
        If there is none, or there are too many, or they have bad names.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == FORM_TYPE:
        return await run_in_threadpool(unpacked, await _form(request, limits), limits)
    if kind not in (*YAML_TYPES, *_NAMES, ""):
        raise ProblemError(415, f"send {', '.join((YAML_TYPES[0], *_NAMES, FORM_TYPE))}, not {kind[:80]}")
    sent = Source(_NAMES.get(kind, "programme.yaml"), await request.body())
    return await run_in_threadpool(unpacked, [sent], limits)


async def _form(request: Request, limits: Limits) -> list[Source]:
    async with request.form(max_files=limits.files, max_fields=limits.files) as form:
        found: list[Source] = []
        for key, value in form.multi_items():
            if key not in (_MAIN, "files") or not isinstance(value, UploadFile):
                raise ProblemError(422, f"the form has a part {_MAIN!r}, which is a file, and parts 'files'")
            source = Source(checked_name(value.filename or "programme.yaml"), await value.read())
            found = [source, *found] if key == _MAIN else [*found, source]
            if key == _MAIN and sum(name == _MAIN for name, _ in form.multi_items()) > 1:
                raise ProblemError(422, f"the form has more than one part {_MAIN!r}")
    if _MAIN not in form:
        raise ProblemError(422, f"the form has no part {_MAIN!r}")
    return found


def unpacked(files: list[Source], limits: Limits) -> list[Source]:
    """Return files with what an archive holds in its place; the one that is read comes first.

    Raises
    ------
    ProblemError
        If there are too many, or two of one name, or the archive is damaged.
    """
    if files[0].name.lower().endswith(".zip"):
        files = [*_of_archive(files[0].content, limits), *files[1:]]
    names = [file.name.casefold() for file in files]
    if len(set(names)) < len(names):
        raise ProblemError(422, "two of the files have the same name")
    if len(files) > limits.files:
        raise ProblemError(422, f"at most {limits.files} files are read")
    return files


def _of_archive(content: bytes, limits: Limits) -> list[Source]:
    if content.count(_ENTRY) > _MOST_ENTRIES:
        raise ProblemError(422, "the archive holds too many files, or too large ones")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if len(members) > limits.files or sum(each.file_size for each in members) > limits.unpacked:
                raise ProblemError(422, "the archive holds too many files, or too large ones")
            found = [Source(checked_name(each.filename), _member(archive, each)) for each in members]
    except DAMAGED:
        raise ProblemError(422, "the archive is damaged, or protected by a password") from None
    if not found:
        raise ProblemError(422, "the archive is empty")
    return sorted(found, key=_rank)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a file of an archive: not more of it than the archive says that there is."""
    with archive.open(member) as file:
        return file.read(member.file_size)


def _rank(file: Source) -> tuple[bool, int, bool, str]:
    """Return what sorts the file that is read first: a text at the top, then by name."""
    path = PurePosixPath(file.name)
    text = path.suffix.lower() in _TEXTS
    return (not text, len(path.parts), path.stem.lower() != _MAIN, file.name)


def checked_name(name: str) -> str:
    """Return the name of a file, which leads nowhere but into its folder.

    Raises
    ------
    ProblemError
        If it might lead elsewhere.
    """
    parts = name.split("/")
    fine = len(name) <= _LONGEST and all(_NAME.fullmatch(part) and part.strip(". ") for part in parts)
    try:
        name.encode()
    except UnicodeEncodeError:
        fine = False
    if not fine:
        raise ProblemError(422, "a file has a name that is not allowed: letters, digits, '.', '_' and '-'")
    return name
