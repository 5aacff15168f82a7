"""Shared by all tests: what they may import, and the browser."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from support.browser import browser  # noqa: F401 - a fixture, found here by its name
