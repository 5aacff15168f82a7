"""Reads uploads, in a process of its own: ``python -m`` this module.

A file from a stranger can keep its reader at work for long, or have it fill the memory, and not all that
reads is Python: some of it ends the whole process where it can go no further. So the system holds this
process to a time and a memory, and whatever becomes of it, the server goes on.

On its input stands a task a line, as JSON, and on its output the answer to each; it ends with its input. Only
what reading needs is imported: a process is there in a third of a second.
"""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from scheduler.domain import Instance
from scheduler.reading import InputError, InputFault, load, load_solution, load_workbook
from scheduler.reading.packed import DAMAGED
from scheduler.service.texts import counts_in, instance_json, solution_json

MOST_TOLD = 1000
"""So many things that are wrong are told; more are counted."""
BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TABLES = (".csv", ".tsv", ".txt")
_LONGEST_TEXT = 1000
_LONGEST_KEY = 100
_LONGEST_PATH = 400
_LARGE = 400_000_000
"""Bytes: a process that has grown so far ends after its answer, to give them back."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be read.

    Attributes
    ----------
    kind : str
        ``programme`` or ``schedule``.
    folder : str
        Where the uploaded files are; nothing elsewhere is read.
    name : str
        The one that is read first.
    seconds : float
        Processor time that it may take.
    memory : int
        Bytes of data that the process may hold; 0: no limit.
    unpacked : int
        Bytes that a workbook may have when it is unpacked.
    """

    kind: str
    folder: str
    name: str
    seconds: float = 30.0
    memory: int = 0
    unpacked: int = 40 * 1024 * 1024

    def line(self) -> str:
        """Return it as a line."""
        return json.dumps(asdict(self)) + "\n"


def main() -> None:
    """Do what stands on the input."""
    output = _own_output()
    for line in sys.stdin:
        task = Task(**json.loads(line))
        _limit(task)
        answer = answered(task)
        last = _grown()
        output.write(json.dumps({**answer, "last": last}) + "\n")
        output.flush()
        if last:
            return


def answered(task: Task) -> dict[str, Any]:
    """Return what came of a task.

    Returns
    -------
    dict
        ``read``, or ``faults`` (the first of ``count``), or ``refused``: a word for the reason, or
        ``broken``: a fault of the program.
    """
    try:
        return {"read": _KINDS[task.kind](task)}
    except InputError as error:
        return _told(error.faults, task.folder)
    except _TooLargeError:
        return {"refused": "unpacked"}
    except MemoryError:
        return {"refused": "memory"}
    except Exception:
        return {"broken": traceback.format_exc()}
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how readers that are written in Rust give up
            raise
        return {"refused": "damaged"}


def _programme(task: Task) -> dict[str, Any]:
    instance = _instance(task)
    return {
        "key": instance.programme.id,
        "title": instance.programme.label,
        "instance": instance_json(instance),
        "counts": counts_in(instance),
    }


def _instance(task: Task) -> Instance:
    path, ending = Path(task.folder) / task.name, PurePosixPath(task.name).suffix.lower()
    if ending in BOOKS:
        return load_workbook(_book(path, task.unpacked), name=task.name).instance
    if ending in TABLES:
        return load_workbook(Path(task.folder), name="upload").instance
    return load(path, confined=True)


def _book(path: Path, most: int) -> bytes:
    """Return the contents of a workbook; most are packed files, some of which lie about their size.

    What lies is found out by the memory that it takes, or by its checksum.
    """
    data = path.read_bytes()
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                if sum(entry.file_size for entry in packed.infolist()) > most:
                    raise _TooLargeError
        except DAMAGED:
            return data  # what reads it says what is wrong
    return data


class _TooLargeError(Exception):
    """A workbook would be too large when it is unpacked."""


def _schedule(task: Task) -> str:
    return solution_json(load_solution(Path(task.folder) / task.name))


_KINDS: dict[str, Callable[[Task], Any]] = {"programme": _programme, "schedule": _schedule}


# -- what is wrong -----------------------------------------------------------------------------------


def _told(faults: Iterable[InputFault], folder: str) -> dict[str, Any]:
    """Return the first of some faults, each short, with files named as they were uploaded."""
    every = list(faults)
    return {"count": len(every), "faults": [_brief(fault, f"{folder}/") for fault in every[:MOST_TOLD]]}


def _brief(fault: InputFault, inside: str) -> dict[str, Any]:
    value = fault.value if isinstance(fault.value, str | int | float) else None
    if isinstance(value, str):
        value = value[:_LONGEST_TEXT].replace(inside, "")
    return {
        "file": fault.file.removeprefix(inside),
        "line": fault.line,
        "column": fault.column,
        "path": _brief_path(fault.path),
        "value": value,
        "message": fault.message[:_LONGEST_TEXT].replace(inside, ""),
        "sheet": fault.sheet,
    }


def _brief_path(path: tuple[str | int, ...]) -> list[str | int]:
    """Return a path of keys, without what is beyond any use: a key may have a million letters."""
    brief: list[str | int] = []
    length = 0
    for step in path:
        short = step if isinstance(step, int) else step[:_LONGEST_KEY]
        length += len(str(short)) + 1
        if length > _LONGEST_PATH:
            break
        brief.append(short)
    return brief


# -- the process -------------------------------------------------------------------------------------


def _own_output() -> IO[str]:
    """Keep the output for answers: whatever else is printed goes to the errors."""
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return own


def _limit(task: Task) -> None:
    """Have the system hold this process to what the task allows."""
    try:
        import resource
    except ImportError:  # Windows has none of it
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + task.seconds) + 1)
    _set(resource.RLIMIT_CORE, 0)
    if task.memory:
        _set(resource.RLIMIT_DATA, task.memory)


def _set(which: int, most: int) -> None:
    import resource

    hard = resource.getrlimit(which)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (least, hard))


def _grown() -> bool:
    """Return whether this process holds more than is worth keeping; False where the system does not say.

    Not asked of ``getrusage``: what it knows of a process begins with the most that its parent ever held.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return False
    return pages * os.sysconf("SC_PAGE_SIZE") > _LARGE


if __name__ == "__main__":
    main()
