"""``scheduler suggest``: read, find places for a new meeting, tell."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError

from scheduler.cli import words
from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.outcome import ExitCode, Refused
from scheduler.cli.pairing import load_pair
from scheduler.cli.stopping import stoppable
from scheduler.cli.why_not import refuse_broken
from scheduler.domain import Instance, Solution
from scheduler.search import SolveOptions

if TYPE_CHECKING:
    from scheduler.explain.suggest import NewMeeting, Suggestions


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of ``suggest``; the command line's options, one to one."""

    instance: Path
    solution: Path
    parties: str
    duration: str = "30min"
    city: str | None = None
    top: int = 5
    moves: int = 0
    as_json: bool = False
    time_limit: float | None = None
    workers: int | None = None


def run(order: Order) -> ExitCode:
    """Find places for a new meeting."""
    instance, solution = load_pair(order.instance, order.solution)
    from scheduler.explain.suggest import suggest  # not before the files are known to be right

    wanted = _wanted(order)
    refuse_broken(instance, solution, order.solution)
    options = SolveOptions(order.time_limit, order.workers)
    with stoppable(lambda: None) as stop:
        try:
            found = suggest(
                instance, solution, wanted, top=order.top, moves=order.moves, options=options, stop=stop
            )
        except ValueError as error:
            raise Refused(str(error)) from None
    if order.as_json:
        from scheduler.explain.answers import suggestions_data

        click.echo(json.dumps(suggestions_data(found), indent=2, ensure_ascii=False))
    else:
        added = instance.changed(meetings=(*instance.meetings, found.meeting))
        _print(Terminal(), added, solution, found, order.moves)
    return ExitCode.DONE if found.found else ExitCode.NOTHING_FOUND


def _wanted(order: Order) -> NewMeeting:
    from scheduler.explain.suggest import NewMeeting

    parties = [party.strip() for party in order.parties.split(",") if party.strip()]
    try:
        return NewMeeting.model_validate({"parties": parties, "duration": order.duration, "city": order.city})
    except ValidationError as error:
        said = "; ".join(str(detail["msg"]) for detail in error.errors())
        raise click.BadParameter(said, param_hint="'--duration'") from None


def _print(
    terminal: Terminal, instance: Instance, solution: Solution, found: Suggestions, moves: int
) -> None:
    from scheduler.cli.pricing import effects, print_differences, when, where, who
    from scheduler.explain.telling import room_for_it

    who_meets = " and ".join(instance.party_label(party) for party in found.meeting.parties)
    terminal.print(f"A new meeting of {who_meets}", style="bold")
    terminal.print(room_for_it(found.possible, found.fitting, moves, ": --moves 1 tries that"))
    if found.found:
        terminal.print()
        made = Sheet("", "When", "Where", "Who comes", "Effect", whole=("When",))
        for number, suggestion in enumerate(found.found, 1):
            at = suggestion.placement
            spot = where(instance, at.room, at.table)
            made.add(f"{number}.", when(instance, at), spot, who(instance, at), effects(suggestion.levels))
        terminal.print(made)
        _print_legend(terminal, instance)
    for number, suggestion in enumerate(found.found, 1):
        if suggestion.differences != type(suggestion.differences)():
            terminal.heading(f"For place {number}")
            new = suggestion.moved_to
            print_differences(terminal, instance, solution, new, suggestion.differences)
    for note in found.notes:
        terminal.print(f"Note: {note}.")


def _print_legend(terminal: Terminal, instance: Instance) -> None:
    for level in sorted({term.level for term in instance.objective}):
        terminal.print(f"Level {level}: {words.level_words(instance, level)}.", style="dim")
