"""From files to instances and solutions."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path as FilePath

from scheduler.domain import Instance, Solution
from scheduler.reading.beside import read_solution
from scheduler.reading.errors import InputError, Path, in_order
from scheduler.reading.judge import judge
from scheduler.reading.layers import read_layer
from scheduler.reading.messages import Finding
from scheduler.reading.origins import NoOrigin, Origin
from scheduler.reading.plain import plain


def load(path: str | PathLike[str], *, confined: bool = False) -> Instance:
    """Read an instance from a YAML file and the tables beside it.

    Parameters
    ----------
    path : str or path
        A UTF-8 file of at most ``MAX_BYTES``. Tables that it names stand in its folder or below; a
        baseline (``baseline: {solution: file}``) may stand anywhere relative to it, since solutions
        usually have a folder of their own, and so may the instance that it changes (``base: file``).
    confined : bool
        Whether baseline and base, too, must stand in the file's folder or below: for files from strangers.

    Returns
    -------
    Instance
        Every name resolved, every time with its offset.

    Raises
    ------
    InputError
        With everything that is wrong, each thing at its file, line and column (in a table: row and
        column).
    """
    return load_with_places(path, confined=confined)[0]


def load_with_places(path: str | PathLike[str], *, confined: bool = False) -> tuple[Instance, Places]:
    """Read an instance as :func:`load` does, and return with it where each of its parts is written."""
    with without_collector():
        return _load(FilePath(path), str(path), confined=confined)


class Places:
    """Where the parts of an instance are written: file, line and column (in a table: row and column)."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin

    def of(self, paths: Sequence[Path]) -> list[str]:
        """Return the place of each path of keys and positions, ``file:line:column``.

        A key that is not written (a default) has the place of what it would stand in.
        """
        found = self._origin.located([Finding(path, None, "") for path in paths])
        return [f"{fault.file}:{fault.line}:{fault.column}" for fault in found]


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the garbage collector from looking through a large instance again and again while it grows."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _load(path: FilePath, name: str, *, confined: bool) -> tuple[Instance, Places]:
    layer = read_layer(path, name, confined=confined)
    instance, found = judge(layer.data, layer.losses)
    faults = in_order([*layer.faults, *layer.origin.located(found)], name)
    if faults or instance is None:
        raise InputError(faults)
    return instance, Places(layer.origin)


def load_solution(path: str | PathLike[str]) -> Solution:
    """Read a solution from a YAML file.

    Parameters
    ----------
    path : str or path
        A UTF-8 file of at most ``MAX_BYTES``, in the shape of :class:`Solution`; times have offsets.

    Raises
    ------
    InputError
        With everything that is wrong with its shape, each thing at its file, line and column. Whether
        it fits an instance is for the checker to say.
    """
    return read_solution(FilePath(path), str(path), None).solution


def instance_from(data: Mapping[str, object]) -> Instance:
    """Return the instance that data means, for those who have a dict.

    Parameters
    ----------
    data : mapping
        In the shape of an instance file (keys as there: ``from``, ``to``), without tables. Values may
        be texts as in the file, or dates, times, durations and parts of an instance.

    Raises
    ------
    InputError
        With everything that is wrong, each thing with its path.
    """
    instance, found = judge(plain(data))
    if instance is None:
        raise InputError(NoOrigin().located(found))
    return instance
