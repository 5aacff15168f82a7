"""``scheduler solve --report FILE``: how a solve went, as JSON for other programs."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import scheduler
from scheduler.domain.times import UTC
from scheduler.exports.writing import write_files
from scheduler.search import Progress, Result


class Diary:
    """Keeps each moment of a search at which a value or a bound changed."""

    def __init__(self) -> None:
        self._began = dt.datetime.now(UTC)
        self._moments: list[Progress] = []

    def note(self, progress: Progress) -> None:
        """Take a moment of the search down; called from its threads, one at a time."""
        if not self._moments:
            self._began = dt.datetime.now(UTC) - dt.timedelta(seconds=progress.elapsed)
        if not self._moments or _known(self._moments[-1]) != _known(progress):
            self._moments.append(progress)

    def facts(self, result: Result) -> dict[str, Any]:
        """Return what happened, ready for JSON.

        Returns
        -------
        dict
            ``began`` is the instant from which ``trace`` counts its seconds. ``levels`` is empty when there
            is no schedule.
        """
        return {
            "version": scheduler.__version__,
            "began": self._began.isoformat(),
            "status": result.status.value,
            "levels": [level.model_dump(mode="json") for level in result.levels],
            "seconds": {name: round(length, 4) for name, length in result.seconds.items()},
            "notes": list(result.notes),
            "trace": [{"seconds": round(moment.elapsed, 4), **_known(moment)} for moment in self._moments],
        }

    def write(self, path: Path, result: Result) -> None:
        """Write what happened to a file.

        Raises
        ------
        OSError
            If the file cannot be written.
        """
        text = json.dumps(self.facts(result), indent=1, ensure_ascii=False) + "\n"
        write_files(path.parent, {path.name: text.encode("utf-8")})


def _known(moment: Progress) -> dict[str, Any]:
    return {
        "level": moment.level,
        "value": moment.value,
        "bound": moment.bound,
        "status": moment.status.value,
    }
