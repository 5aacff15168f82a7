"""An instance file as a layer of data, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from scheduler.reading.beside import Beside
from scheduler.reading.errors import InputError, InputFault
from scheduler.reading.judge import Losses
from scheduler.reading.messages import Finding
from scheduler.reading.origins import Origin, Origins, YamlOrigin
from scheduler.reading.text import read_text
from scheduler.reading.yaml_data import parse

BASE, CHANGES = "base", "changes"
"""The keys of a file that changes another one."""

_NO_MAPPING = Finding(
    (), None, "should be a mapping: the keys `programme`, `cities` and so on, with their values"
)


@dataclass(frozen=True, slots=True)
class Layer:
    """The data of an instance before it is judged.

    Attributes
    ----------
    data : dict
        Tables and baseline read in, changes merged.
    origin : Origin
        Where the data is written.
    losses : Losses
        What is missing from it for reasons that are among the faults.
    faults : tuple of InputFault
    """

    data: dict[str, Any]
    origin: Origin
    losses: Losses
    faults: tuple[InputFault, ...]


class File(NamedTuple):
    """A file that is read.

    Attributes
    ----------
    path : pathlib.Path
    name : str
        How errors name it.
    root : pathlib.Path or None
        The folder that bases must stand in or below; None: they may stand anywhere.
    above : tuple of pathlib.Path
        The overlays, resolved, that it is the base of.
    """

    path: FilePath
    name: str
    root: FilePath | None
    above: tuple[FilePath, ...] = ()


def read_layer(path: FilePath, name: str, *, confined: bool) -> Layer:
    """Read an instance file, and the files that it is made of.

    Parameters
    ----------
    path : pathlib.Path
    name : str
        How errors name it.
    confined : bool
        Whether bases and baselines must stand in its folder or below.

    Raises
    ------
    InputError
        If the file, or a base, says nothing at all of an instance.
    """
    return read(File(path, name, path.parent if confined else None))


def read(file: File) -> Layer:
    """Read a file as :func:`read_layer` does."""
    text = read_text(file.path, file.name)
    parsed = parse(text, file.name)
    main = YamlOrigin(file.name, text)
    if not isinstance(parsed.data, dict):
        raise InputError(parsed.faults or main.located([_NO_MAPPING]))
    if BASE in parsed.data or CHANGES in parsed.data:
        from scheduler.reading.overlays import Overlay  # few files change others

        return Overlay(file, text, parsed, main).layer()
    origins = Origins(main)
    beside = Beside(file.path.parent, parsed.data, origins, confined=file.root is not None)
    losses = Losses(frozenset(beside.lost), frozenset(parsed.refused), frozenset(beside.partly))
    return Layer(beside.data, origins, losses, (*parsed.faults, *beside.faults))
