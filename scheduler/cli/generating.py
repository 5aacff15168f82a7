"""``scheduler generate``: a large programme made up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scheduler.cli import words
from scheduler.cli.console import Terminal
from scheduler.cli.outcome import ExitCode
from scheduler.exports import instance_files, write_files
from scheduler.generating import GenerateSpec, generate


def run(directory: Path, given: Mapping[str, Any]) -> ExitCode:
    """Write a programme with its tables, and say what is in it."""
    spec = GenerateSpec(**given)
    instance = generate(spec)
    options = " ".join(f"--{key} {value}" for key, value in given.items())
    head = f"Made up: scheduler generate {options}"
    written = write_files(directory, instance_files(instance, spec.name, head))
    meetings = words.counted(len(instance.meetings), "meeting")
    parties = words.counted(len(instance.delegations), "delegation")
    people = words.counted(len(instance.people), "person", "people")
    Terminal().print(f"{written[0]}: {meetings}, {parties}, {people}", soft_wrap=True)
    return ExitCode.DONE
