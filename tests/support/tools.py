"""Programs that some tests need: there, named in an environment variable, or the test is skipped."""

from __future__ import annotations

import os
import shutil

import pytest


def tool(usual: str, variable: str, called: str, needed: str) -> str:
    """Return the path of a program, the one that a variable names or the usual one.

    Where it is named and missing the test fails; where it is only missing, the test is skipped.
    """
    named = os.environ.get(variable)
    found = shutil.which(named or usual)
    if found is None and named:
        pytest.fail(f"there is no {called}{named!r}, which {variable} names")
    if found is None:
        pytest.skip(f"needs {needed} in {variable}")
    return found
