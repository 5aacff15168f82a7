"""What an engine is told of a job, and what comes back: plain values that pass between processes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Protocol

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that is needed to run a job, wherever it runs.

    Attributes
    ----------
    job : str
        Its id.
    kind : str
        A :class:`~scheduler.service.store.records.Kind`.
    request : dict
        What was asked for; the keys of the request's body.
    instance : dict
        As :func:`scheduler.instance_from` takes it.
    files : dict of str to str
        The uploaded texts by name, the one that is read first: to say where things are written. Empty
        where the upload was no text.
    solution : dict or None
        The schedule that the job is about.
    time_limit : float
        Seconds.
    memory : int
        Bytes of data; 0: no limit.
    """

    job: str
    kind: str
    request: Data
    instance: Data
    files: dict[str, str] = field(default_factory=dict)
    solution: Data | None = None
    time_limit: float = 60.0
    memory: int = 0

    def data(self) -> Data:
        """Return it as plain data."""
        return asdict(self)


class NewsKind(StrEnum):
    """What a running job tells of."""

    LEVEL = "level"
    """A level's value or bound has changed."""
    BEST = "best"
    """There is a better schedule: ``solution``."""
    RESULT = "result"
    """The job has come to its end: ``result``, perhaps with a ``solution``."""
    ERROR = "error"
    """It cannot be done, and why: ``message``."""
    WAITING = "waiting"
    """There is no room for it yet where it is to run; its time begins with ``BEGUN``."""
    BEGUN = "begun"
    """There is room for it now."""


@dataclass(frozen=True, slots=True)
class News:
    """Something that a running job tells."""

    kind: NewsKind
    data: Data


class Running(Protocol):
    """A job that an engine has started."""

    def news(self) -> Iterator[News]:
        """Yield what happens until the job ends; the last is ``RESULT`` or ``ERROR``, unless it was killed.

        Raises
        ------
        DiedError
            If what ran it died without a word.
        """

    def stop(self) -> None:
        """Ask it to end and to keep the best it has; returns at once."""

    def kill(self) -> None:
        """End it now."""


class Engine(Protocol):
    """Something that runs jobs."""

    def start(self, order: Order) -> Running:
        """Start a job; returns as soon as it is under way."""

    def close(self) -> None:
        """End everything that runs."""


class DiedError(Exception):
    """What ran a job died: killed, out of memory, or its machine is gone. The text says what is known."""
