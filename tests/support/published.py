"""Published data, which is no part of the repository: the folder is in SCHEDULER_DATA."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VARIABLE = "SCHEDULER_DATA"


def published(pattern: str) -> list[object]:
    """Return the published files of a pattern as parameters of a test, skipped where there are none."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return [pytest.param(None, id="none", marks=pytest.mark.skip(f"{VARIABLE} names no folder of data"))]
    found = sorted(Path(folder).glob(pattern))
    if not found:
        reason = f"{pattern} is not in the folder that {VARIABLE} names ({folder})"
        return [pytest.param(None, id="none", marks=pytest.mark.skip(reason))]
    return [pytest.param(path, id=path.stem) for path in found]
