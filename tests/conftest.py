"""Shared by all tests: what they may import, the browser, and a cluster."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from support.browser import browser  # noqa: F401 - a fixture, found here by its name
from support.ray_cluster import cluster  # noqa: F401 - another
