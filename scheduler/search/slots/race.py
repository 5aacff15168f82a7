"""Exact methods at work on one level at the same time, until one has proven it."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from scheduler.search.slots.news import Board, Ending, Entrant, News

_POLL_SECONDS = 0.05
_INFINITE = float("inf")
_CONFIRM_SECONDS = 4.0
"""Somebody else has at least so long to prove the same as well, or as long as it took."""

MIDDLING = 10_000
"""Places of meetings in slots beyond which local search is not called off for a second exact method."""

MOST_PLACES = 80_000
"""Places of meetings in slots beyond which no clauses are made: local search goes on until the limit."""

ALONE = "what each person must bear alone"
"""Who proves a bound that needs no search."""


@dataclass(slots=True)
class Standing:
    """What is known of one level.

    Attributes
    ----------
    value : int or None
        What the best schedule costs on this level.
    schedule : tuple of int or None
        The best schedule.
    bound : int
        Proven lower bound.
    infeasible : bool
        Whether there is no schedule.
    provers : list of str
        Who has proven the bound, or that there is no schedule.
    bounds : dict of str to int
        What each entrant has proven by itself.
    """

    value: int | None = None
    schedule: tuple[int, ...] | None = None
    bound: int = 0
    infeasible: bool = False
    provers: list[str] = field(default_factory=list)
    bounds: dict[str, int] = field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether there is nothing left to be found out."""
        return self.infeasible or (self.value is not None and self.value <= self.bound)

    @property
    def agreed(self) -> list[str]:
        """Who has proven the value, or that there is no schedule, each by itself."""
        if self.infeasible:
            return self.provers
        return [who for who, bound in self.bounds.items() if bound == self.value]

    @property
    def rests_on_one(self) -> bool:
        """Whether what is proven is one run's word: no term is negative, and ``ALONE`` is no run."""
        known = self.value == 0 or self.provers == [ALONE]
        return self.proven and len(self.agreed) < 2 and (self.infeasible or not known)


class Later(NamedTuple):
    """An entrant that begins only after a while: what is easy ends without it.

    Attributes
    ----------
    after : float
        Seconds after the others.
    make : callable
        Returns the entrant, or None where somebody is only called off.
    instead : tuple of Entrant
        Those who make room for it.
    unless : callable
        Returns whether, by then, all stays as it is.
    """

    after: float
    make: Callable[[], Entrant | None]
    instead: tuple[Entrant, ...] = ()
    unless: Callable[[], bool] = lambda: False


class Race:
    """One race.

    Parameters
    ----------
    standing : Standing
        What is known before; it is kept up to date.
    value_of : callable
        Returns what a schedule costs on the level; None if an earlier level loses by it.
    changed : callable
        Called whenever the standing has become better.
    stop : threading.Event
        Ends the race.
    deadline : float or None
        The same, by :func:`time.perf_counter`.
    second : callable or None
        Returns somebody else to prove again what one has proven; None: nobody does so in this race.
    """

    def __init__(
        self,
        standing: Standing,
        value_of: Callable[[tuple[int, ...]], int | None],
        changed: Callable[[], None],
        stop: threading.Event,
        deadline: float | None,
        second: Callable[[], Entrant] | None = None,
    ) -> None:
        self._standing = standing
        self._value_of = value_of
        self._changed = changed
        self._stop = stop
        self._deadline = _INFINITE if deadline is None else deadline
        self._second = second
        self._asked = False
        self._board: Board = queue.SimpleQueue()
        self._running: dict[str, Entrant] = {}
        self._began = 0.0
        self.log: list[str] = []

    def run(self, entrants: Iterable[Entrant], later: Iterable[Later] = ()) -> None:
        """Let the entrants work until the level is proven, all have ended, or it is over."""
        began = self._began = time.perf_counter()
        waiting = sorted(later, key=lambda entrant: entrant.after)
        try:
            for entrant in entrants:
                self._start(entrant)
            while not self._over() and (self._running or waiting):
                now = time.perf_counter()
                if waiting and (now >= began + waiting[0].after or not self._running):
                    self._enter(waiting.pop(0))
                until = began + waiting[0].after if waiting else _INFINITE
                self._hear(min(_POLL_SECONDS, max(0.001, min(until, self._deadline) - now)))
                if self._standing.rests_on_one and not self._asked:
                    waiting = []
                    self._ask()
        finally:
            for entrant in self._running.values():
                entrant.stop()

    def _over(self) -> bool:
        proven = self._standing.proven and not self._may_be_confirmed()
        return proven or self._stop.is_set() or time.perf_counter() >= self._deadline

    def _may_be_confirmed(self) -> bool:
        """Return whether somebody is still at work, or to be asked, who may prove the same as well."""
        if not self._standing.rests_on_one or not (self._standing.infeasible or self._second):
            return False
        to_be_asked = self._second is not None and not self._asked
        return to_be_asked or any(entrant.proves for entrant in self._running.values())

    def _ask(self) -> None:
        """Let a second one prove what one has proven.

        Whoever is at it already goes on, and that there is no schedule at all nobody sees later than another
        who begins only now.
        """
        self._asked = True
        now = time.perf_counter()
        self._deadline = min(self._deadline, now + max(_CONFIRM_SECONDS, now - self._began))
        for name, entrant in list(self._running.items()):
            if not entrant.proves:
                entrant.stop()
                del self._running[name]
        if self._second is not None and not (self._standing.infeasible and self._running):
            self._start(self._second())

    def _start(self, entrant: Entrant) -> None:
        self._running[entrant.name] = entrant
        entrant.start(self._board)

    def _enter(self, later: Later) -> None:
        if later.unless():
            return
        for entrant in later.instead:
            if self._running.pop(entrant.name, None) is not None:
                entrant.stop()
        if (joining := later.make()) is not None:
            self._start(joining)

    def _hear(self, seconds: float) -> None:
        with suppress(queue.Empty):
            self._take(self._board.get(timeout=seconds))
            while not self._over():
                self._take(self._board.get_nowait())

    def _take(self, news: News) -> None:
        """Note what is better than what is known."""
        before = (self._standing.value, self._standing.bound)
        if news.schedule is not None:
            self._found(news.schedule)
        if news.bound is not None:
            self._bounded(news.who, news.bound)
        if news.ending is not None:
            self._ended(news)
        if before != (self._standing.value, self._standing.bound):
            self._changed()

    def _bounded(self, who: str, bound: int) -> None:
        self._standing.bounds[who] = max(bound, self._standing.bounds.get(who, 0))
        if bound > self._standing.bound:
            self._standing.bound, self._standing.provers = bound, [who]

    def _found(self, schedule: tuple[int, ...]) -> None:
        value = self._value_of(schedule)
        known = self._standing.value
        if value is not None and (known is None or value < known):
            self._standing.value, self._standing.schedule = value, schedule

    def _ended(self, news: News) -> None:
        self._running.pop(news.who, None)
        if news.log:
            self.log.append(news.log)
        if news.ending is Ending.INFEASIBLE:
            provers = self._standing.provers if self._standing.infeasible else []
            self._standing.infeasible, self._standing.provers = True, [*provers, news.who]
