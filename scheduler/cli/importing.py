"""``scheduler import``: files in other formats, written as instance files."""

from __future__ import annotations

from pathlib import Path

from scheduler.cli import words
from scheduler.cli.console import Terminal
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.domain import Instance
from scheduler.exports import write_instance
from scheduler.reading import load_b2b


def run_b2b(source: Path, target: Path, fairness: int | None) -> ExitCode:
    """Import a benchmark of bilateral meetings."""
    instance = load_b2b(source, fairness)
    return _write(instance, source, target)


def refuse_same(source: Path, target: Path) -> None:
    """Refuse to write over the file that is to be imported."""
    if target.exists() and source.exists() and target.samefile(source):
        raise Refused(f"{target}: is the file that is to be imported; name another one with -o")


def _write(instance: Instance, source: Path, target: Path) -> ExitCode:
    """Write an instance made of another file, and say what is in it."""
    refuse_same(source, target)
    write_instance(instance, target, f"Imported from {source.name}.")
    meetings = words.counted(len(instance.meetings), "meeting")
    participants = words.counted(len(instance.participants), "participant")
    Terminal().print(f"{target}: {meetings} of {participants}", soft_wrap=True)
    return ExitCode.DONE
