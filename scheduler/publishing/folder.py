"""Where versions are: a folder that holds each of them whole or not at all.

``versions/3`` is there under this name only once everything in it is written and on the disk: a version is
prepared in a folder of another name, and that is renamed. What a kill or a power cut leaves behind is a
folder of such a name, which the next publish takes away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

SOLUTION = "solution.yaml"
INSTANCE = "instance.yaml"
STATE = "state.json"
VERSION = "version.json"
CHANGELOG = "CHANGES.md"
CHANGES = "changes.json"
MESSAGES = "messages.json"
CALENDARS = "calendars"
LETTERS = "messages"
POINTER = "current.json"
LINK = "current"

_BEING_MADE = ".tmp-"
_LOCK = ".lock"
_WRITERS = 8


class BusyError(Exception):
    """Somebody else is publishing to the same folder."""


class Folder:
    """The versions of one programme.

    Parameters
    ----------
    path : pathlib.Path
        It need not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def last(self) -> int:
        """The number of the last version; 0: none."""
        return max(self.numbers(), default=0)

    def numbers(self) -> Iterator[int]:
        """Yield the numbers of the versions there are."""
        for path in self._versions.iterdir() if self._versions.is_dir() else ():
            if path.name.isascii() and path.name.isdigit() and path.is_dir():
                yield int(path.name)

    def version(self, number: int) -> Path:
        """Return the folder of a version."""
        return self._versions / str(number)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from publishing to the folder, which is made if need be.

        The lock is the system's: it ends with the process, however that ends.

        Raises
        ------
        BusyError
            If somebody else has the lock.
        OSError
            If the folder cannot be made or written to.
        """
        self._versions.mkdir(parents=True, exist_ok=True)
        with (self.path / _LOCK).open("a+b") as file:
            _lock(file.fileno())
            self._clean()
            yield

    def _clean(self) -> None:
        """Take away what publishing that was cut off has left."""
        for place in (self.path, self._versions):
            for path in place.glob(f"{_BEING_MADE}*"):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def add(self, number: int, contents: Mapping[str, bytes]) -> Path:
        """Write a version and make it the current one.

        Parameters
        ----------
        number : int
            The version's.
        contents : mapping of str to bytes
            Its files by their paths in it, with slashes.

        Raises
        ------
        OSError
            If that fails; there is no such version then.
        """
        making = self._versions / f"{_BEING_MADE}{number}-{uuid4().hex}"
        try:
            _write_all(making, contents)
            making.rename(self.version(number))
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        _sync_folder(self._versions)
        self.point(number)
        return self.version(number)

    def point(self, number: int) -> None:
        """Let ``current.json`` say which version is the current one, and ``current`` lead there.

        Both are replaced at once. Where links cannot be made (on Windows, mostly), the file alone says it.
        """
        told = f'{{"version": {number}, "folder": "versions/{number}"}}\n'.encode()
        pointer, link = self.path / POINTER, self.path / LINK
        if not pointer.is_file() or pointer.read_bytes() != told:
            made = self.path / f"{_BEING_MADE}{uuid4().hex}"
            _write(made, told)
            made.replace(pointer)
        if _leads_to(link) != f"versions/{number}" and (link.is_symlink() or not link.exists()):
            made = self.path / f"{_BEING_MADE}{uuid4().hex}"
            try:
                made.symlink_to(f"versions/{number}", target_is_directory=True)
                made.replace(link)
            except (OSError, NotImplementedError):
                made.unlink(missing_ok=True)
        _sync_folder(self.path)

    @property
    def _versions(self) -> Path:
        return self.path / "versions"


def solution_in(path: Path) -> Path | None:
    """Return the solution file of a version, or of the last version in a folder of versions."""
    if (path / VERSION).is_file():
        return path / SOLUTION
    folder = Folder(path)
    return folder.version(folder.last) / SOLUTION if folder.last else None


def _leads_to(link: Path) -> str:
    return link.readlink().as_posix() if link.is_symlink() else ""


def _write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a new folder; all of it is on the disk before this returns."""
    folder.mkdir()
    inside = sorted({(folder / name).parent for name in contents})
    for path in inside:
        path.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_WRITERS) as pool:  # a disk takes several files in the time of one
        for _ in pool.map(lambda item: _write(folder / item[0], item[1]), contents.items()):
            pass
    for path in {folder, *inside}:
        _sync_folder(path)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk, where the system lets one ask for that."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise BusyError from None
