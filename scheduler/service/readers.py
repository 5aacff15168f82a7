"""Uploads are read in processes of their own, which are kept and asked here.

:mod:`scheduler.service.reader` is what they do.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.concurrency import run_in_threadpool

from scheduler.domain import Solution
from scheduler.reading import InputFault
from scheduler.service.problems import ManyFaultsError, ProblemError, ProblemItem
from scheduler.service.reader import BOOKS, Task
from scheduler.service.settings import Limits
from scheduler.service.store.records import Source

_PATIENCE = 3
"""The clock may show so many times the processor time of a task: the machine has other things to do."""
_REFUSALS = {
    "damaged": "the file is damaged",
    "memory": "to read this takes more memory than an upload may have",
    "unpacked": "the workbook is too large when it is unpacked",
    "died": "to read this takes more time or memory than an upload may have",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """An uploaded programme that is right.

    Attributes
    ----------
    key, title : str
        Its own id, and what people call it.
    instance : str
        As JSON, as it is stored.
    counts : dict of str to int
        How much of everything there is.
    files : tuple of Source
        What it was read from, the one that is read first.
    """

    key: str
    title: str
    instance: str
    counts: dict[str, int]
    files: tuple[Source, ...]


class Readers:
    """Processes that read uploads: as many as are needed at a time, up to a number, and kept for the next.

    Parameters
    ----------
    limits : Limits
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turn = asyncio.Semaphore(limits.readers)
        self._lock = threading.Lock()
        self._idle: list[_Reader] = []
        self._closed = False

    async def programme(self, files: Sequence[Source]) -> Loaded:
        """Return the programme that uploaded files describe.

        Parameters
        ----------
        files : sequence of Source
            The one that is read first comes first.

        Raises
        ------
        InputError
            With everything that is wrong, each thing at its place in the file that was uploaded.
        ProblemError
            If the programme is too large, or takes too much to read, or the readers are all at work.
        """
        is_book = PurePosixPath(files[0].name).suffix.lower() in BOOKS
        taken = files[:1] if is_book else files
        found = Loaded(**await self._read("programme", taken), files=tuple(taken))
        count = found.counts["sessions"] + found.counts["meetings"]
        if count > self._limits.activities:
            told = f"the programme has {count} activities; at most {self._limits.activities} are taken"
            raise ProblemError(422, told)
        return found

    async def schedule(self, content: bytes, name: str = "schedule.yaml") -> Solution:
        """Return the schedule that an uploaded file holds, YAML or JSON.

        Raises
        ------
        InputError
            With everything that is wrong, each thing at its place.
        ProblemError
            If it takes too much to read, or the readers are all at work.
        """
        text: str = await self._read("schedule", [Source(name, content)])
        return Solution.model_validate_json(text)

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.close()

    async def _read(self, kind: str, files: Sequence[Source]) -> Any:
        try:
            await asyncio.wait_for(self._turn.acquire(), self._limits.reading * _PATIENCE)
        except TimeoutError:
            told = "too many uploads are being read just now"
            raise ProblemError(503, told, headers={"Retry-After": "10"}) from None
        try:
            return await run_in_threadpool(self._in_folder, kind, files)
        finally:
            self._turn.release()

    def _in_folder(self, kind: str, files: Sequence[Source]) -> Any:
        limits = self._limits
        with TemporaryDirectory(prefix="scheduler-upload-") as folder:
            _write(Path(folder), files)
            task = Task(kind, folder, files[0].name, limits.reading, limits.reading_memory, limits.unpacked)
            return _result(self._asked(task))

    def _asked(self, task: Task) -> dict[str, Any]:
        with self._lock:
            reader = self._idle.pop() if self._idle else None
        if reader is None or not reader.is_alive:
            reader = _Reader()
        answer = reader.ask(task)
        with self._lock:
            if not answer.get("last", True) and not self._closed:
                self._idle.append(reader)
                return answer
        reader.close()
        return answer


class _Reader:
    """A process that reads."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "scheduler.service.reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for the server
        )

    @property
    def is_alive(self) -> bool:
        """Whether it is there."""
        return self._process.poll() is None

    def ask(self, task: Task) -> dict[str, Any]:
        """Return what came of a task; ``refused`` if the process did not live to tell."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        timer = threading.Timer(task.seconds * _PATIENCE, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            self._process.stdin.write(task.line())
            self._process.stdin.flush()
            found: dict[str, Any] = json.loads(self._process.stdout.readline())
            return found
        except (OSError, ValueError):
            return {"refused": "died"}
        finally:
            timer.cancel()

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue


def _result(answer: dict[str, Any]) -> Any:
    if "broken" in answer:
        raise RuntimeError(f"an upload could not be read: {answer['broken']}")
    if "refused" in answer:
        raise ProblemError(422, _REFUSALS[answer["refused"]])
    if "faults" in answer:
        faults = [InputFault(**{**fault, "path": tuple(fault["path"])}) for fault in answer["faults"]]
        raise ManyFaultsError(faults, answer["count"])
    return answer["read"]


def _write(folder: Path, files: Iterable[Source]) -> None:
    for file in files:
        path = folder / file.name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
        except OSError:
            item = ProblemItem(file=file.name, message="has a name that cannot be used beside the others")
            raise ProblemError(422, "a file has a name that cannot be used", [item]) from None
