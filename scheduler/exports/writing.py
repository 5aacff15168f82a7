"""Files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4


def write_files(directory: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write files into a directory, which is made if need be.

    Everything is written beside its place first and renamed into it once all of it is there, so a full
    disk or an interrupt leaves every file as it was, or new and whole.

    Parameters
    ----------
    directory : pathlib.Path
        Where.
    contents : mapping of str to bytes
        The files' names and contents; a name may have folders in it.

    Returns
    -------
    list of pathlib.Path
        The files, in the order given.

    Raises
    ------
    OSError
        If the directory cannot be made or written to.
    """
    directory.mkdir(parents=True, exist_ok=True)
    waiting: dict[Path, Path] = {}
    try:
        for name, content in contents.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            # Not tempfile's: its files are for their owner alone, and so would be the ones renamed.
            waiting[path] = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
            waiting[path].write_bytes(content)
        for path, temporary in waiting.items():
            temporary.replace(path)
    finally:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)
    return list(waiting)
