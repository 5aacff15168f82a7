"""``scheduler show``: what is asked for, read and handed to the page that suits it."""

from __future__ import annotations

from pathlib import Path

from scheduler.checker import check
from scheduler.cli import words
from scheduler.cli.choosing import chosen
from scheduler.cli.console import Terminal
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.cli.pairing import load_pair
from scheduler.cli.programme import print_programme
from scheduler.cli.timetable import print_timetable
from scheduler.reading import load


def run(instance_path: Path, solution_path: Path | None, city: str | None, party: str | None) -> ExitCode:
    """Print a programme or a schedule of it."""
    if solution_path is None:
        instance = load(instance_path)
        print_programme(Terminal(), instance, chosen(instance, city, party))
        return ExitCode.DONE
    instance, solution = load_pair(instance_path, solution_path)
    choice = chosen(instance, city, party)
    terminal = Terminal()
    try:
        print_timetable(terminal, instance, solution, choice)
    except ValueError as error:
        raise Refused(f"{solution_path}: {error}") from None
    broken = len(check(instance, solution).violations)
    if broken:
        terminal.heading(f"This schedule breaks the rules in {words.counted(broken, 'place')}.")
        terminal.print(f"`scheduler check {instance_path} {solution_path}` names them.", soft_wrap=True)
    return ExitCode.DONE
