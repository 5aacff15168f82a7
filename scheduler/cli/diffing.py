"""``scheduler diff``: two schedules, with the programmes they were made for, and what they differ in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.domain import ActivityId, Solution
from scheduler.exports import Change, Changes, Edition, changes_between, write_files
from scheduler.exports.changes_files import changes_csv, changes_json, counted, named, was_and_is
from scheduler.reading import load, load_solution


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``diff``; the command line's options, one to one."""

    old: Path
    new: Path
    instances: tuple[Path, ...] = ()
    format_: str = "text"
    by: str = "activity"
    output: Path | None = None


def run(order: Order) -> ExitCode:
    """Print what two schedules differ in, or write it to a file."""
    if len(order.instances) > 2:
        raise click.UsageError("--instance is given at most twice: the old programme, and the new one.")
    old, new = _editions(order)
    try:
        changes = changes_between(old, new)
    except ValueError as error:
        raise Refused(str(error)) from None
    if order.format_ == "text" and order.output is None:
        print_changes(Terminal(), changes, order.by)
    else:
        _write(order, changes)
    return ExitCode.DONE


def print_changes(
    terminal: Terminal, changes: Changes, by: str = "activity", told_of: Changes | None = None
) -> None:
    """Print changes as one table, or one for each party or city; the counts may be those of more."""
    told = counted(told_of or changes)
    terminal.print(changes.title, style="bold")
    terminal.print(f"{told[:1].upper()}{told[1:]}.")
    shown = {change.activity: change for change in changes.changes if not change.with_session}
    if by == "activity" and shown:
        terminal.print()
        terminal.print(_table(shown.values()))
    for name, found in _groups(changes, by, shown):
        terminal.heading(name)
        terminal.print(_table(found))
    along = len(changes.changes) - len(shown)
    if along:
        terminal.print()
        terminal.print(
            f"{along} of these only went along with a session, as its talks do, and are not shown."
        )


def _groups(changes: Changes, by: str, shown: dict[ActivityId, Change]) -> Iterator[tuple[str, list[Change]]]:
    groups = {"party": changes.by_party, "city": changes.by_city}
    for group in groups[by]() if by in groups else ():
        found = [shown[activity] for activity in group.activities if activity in shown]
        if found:
            yield group.name[:1].upper() + group.name[1:], found


def _table(changes: Iterable[Change]) -> Sheet:
    made = Sheet("", "What", "Was", "Is", whole=("",))
    for change in changes:
        made.add(change.kind.value, named(change), *was_and_is(change))
    return made


def _write(order: Order, changes: Changes) -> None:
    if order.format_ == "text":
        text = _as_text(changes, order.by)
    else:
        text = changes_json(changes) if order.format_ == "json" else changes_csv(changes)
    if order.output is None:
        click.echo(text, nl=False)
    else:
        write_files(order.output.parent, {order.output.name: text.encode("utf-8")})


def _as_text(changes: Changes, by: str) -> str:
    terminal = Terminal()
    with terminal.capture() as captured:
        print_changes(terminal, changes, by)
    return captured.get()


# -- what is compared ----------------------------------------------------------------------------------


def _editions(order: Order) -> tuple[Edition, Edition]:
    """Read both schedules, each with its programme."""
    given: tuple[Path | None, Path | None] = (None, None)
    if order.instances:
        given = (order.instances[0], order.instances[-1])
    return _edition(order.old, given[0]), _edition(order.new, given[1])


def _edition(path: Path, instance: Path | None) -> Edition:
    solution_path = _solution_at(path)
    solution = load_solution(solution_path)
    instance_path = instance or _instance_of(solution_path, solution)
    edition = Edition(load(instance_path), solution)
    if edition.instance.programme.id != solution.programme:
        raise Refused(
            f"{solution_path}: is a schedule of {solution.programme!r}, but {instance_path} is the "
            f"programme {edition.instance.programme.id!r}"
        )
    return edition


def _solution_at(path: Path) -> Path:
    """Return the solution that is meant by a file, a published version, or the folder of all versions."""
    if not path.is_dir():
        return path
    from scheduler.publishing import solution_in

    found = solution_in(path)
    if found is None:
        raise Refused(f"{path}: is a folder, but nothing is published in it")
    return found


def _instance_of(path: Path, solution: Solution) -> Path:
    """Return where a solution says that its instance is."""
    if not solution.instance:
        raise Refused(f"{path}: does not say which instance it is of; name that with --instance")
    found = path.parent / solution.instance
    if not found.is_file():
        raise Refused(
            f"{path}: says that its instance is {solution.instance}, and there is no such file; name it "
            "with --instance"
        )
    return found
