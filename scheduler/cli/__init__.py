"""The command line: a thin face over what the Python API does."""

from scheduler.cli.commands import main

__all__ = ["main"]
