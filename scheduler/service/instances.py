"""Programmes and schedules of the store as values; the last few are kept, since to make one takes a while."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from scheduler.domain import Instance, Solution
from scheduler.reading import instance_from
from scheduler.service.store import Store
from scheduler.service.store.records import Schedule
from scheduler.service.texts import instance_json, solution_json

__all__ = ["Instances", "instance_json", "solution_json"]

_T = TypeVar("_T")
_KEPT = 8
"""So many of each are kept: a large one takes some hundred megabytes."""


class Instances:
    """Instances and solutions by what they are stored under; neither ever changes there."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._instances: _Kept[Instance] = _Kept()
        self._solutions: _Kept[Solution] = _Kept()

    def instance(self, programme: str, version: int) -> Instance | None:
        """Return a version of a programme; None if there is none."""

        def made() -> Instance | None:
            text = self._store.programmes.instance(programme, version)
            return None if text is None else instance_from(json.loads(text))

        return self._instances.get(f"{programme}/{version}", made)

    def solution(self, schedule: str) -> Solution | None:
        """Return a schedule; None if there is none."""

        def made() -> Solution | None:
            text = self._store.schedules.solution(schedule)
            return None if text is None else Solution.model_validate_json(text)

        return self._solutions.get(schedule, made)

    def both(self, schedule: Schedule) -> tuple[Instance, Solution] | None:
        """Return a schedule with its programme; None if either is gone."""
        instance = self.instance(schedule.programme, schedule.version)
        solution = self.solution(schedule.id)
        return None if instance is None or solution is None else (instance, solution)


class _Kept(OrderedDict[str, _T]):
    """The values that were asked for last."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()

    def get(self, name: str, make: Callable[[], _T | None]) -> _T | None:  # type: ignore[override]
        """Return a value, made if it is not there; two may make the same at the same time."""
        with self._lock:
            if name in self:
                self.move_to_end(name)
                return self[name]
        made = make()
        if made is not None:
            with self._lock:
                self[name] = made
                while len(self) > _KEPT:
                    self.popitem(last=False)
        return made
