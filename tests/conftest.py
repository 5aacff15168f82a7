"""Shared by all tests: what they may import."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
