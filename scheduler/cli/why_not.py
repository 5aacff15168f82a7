"""``scheduler explain INSTANCE SOLUTION --why-not``: read, find out what it would cost, tell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli import words
from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.moments import moment
from scheduler.cli.outcome import Broken, ExitCode, Refused
from scheduler.cli.pairing import load_pair
from scheduler.cli.stopping import stoppable
from scheduler.domain import Instance, Solution, Status
from scheduler.reading import Places, load_with_places
from scheduler.search import SolveOptions

if TYPE_CHECKING:
    from scheduler.explain.why_not import Asked, InTheWay, WhyNot

_SHOWN = 15
"""So many rows of what is in the way are printed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked; the command line's options, one to one."""

    instance: Path
    solution: Path
    why_not: str
    at: str | None = None
    city: str | None = None
    as_json: bool = False
    time_limit: float | None = None
    workers: int | None = None


def run(order: Order) -> ExitCode:
    """Say what stands in the way of a meeting, and what granting it would cost."""
    instance, solution = load_pair(order.instance, order.solution)
    from scheduler.explain.why_not import why_not  # not before the files are known to be right

    asked = _asked(order, instance)
    refuse_broken(instance, solution, order.solution)
    with stoppable(lambda: None) as stop:
        try:
            answer = why_not(instance, solution, asked, SolveOptions(order.time_limit, order.workers), stop)
        except ValueError as error:
            raise Refused(str(error)) from None
    places = load_with_places(order.instance)[1] if answer.conflict is not None else None
    if order.as_json:
        from scheduler.explain.answers import why_not_data

        click.echo(json.dumps(why_not_data(answer, places), indent=2, ensure_ascii=False))
    else:
        _print(Terminal(), instance, solution, answer, places)
    return _ending(answer)


def refuse_broken(instance: Instance, solution: Solution, path: Path) -> None:
    """Refuse a schedule that breaks a rule.

    Raises
    ------
    Broken
        If it does.
    """
    from scheduler.checker import check

    if violations := check(instance, solution).violations:
        raise Broken(f"{path}: breaks the rules ({violations[0].message}); `scheduler check` tells all of it")


def _asked(order: Order, instance: Instance) -> Asked:
    from scheduler.explain.why_not import Asked

    at = None if order.at is None else moment(order.at, instance, "--at", order.city)
    return Asked.model_validate({"activity": order.why_not, "at": at, "city": order.city})


def _ending(answer: WhyNot) -> ExitCode:
    from scheduler.explain.why_not import Outcome

    return ExitCode.NOTHING_FOUND if answer.outcome is Outcome.UNKNOWN else ExitCode.DONE


# -- words ---------------------------------------------------------------------------------------


def _print(
    terminal: Terminal, instance: Instance, solution: Solution, answer: WhyNot, places: Places | None
) -> None:
    from scheduler.cli.pricing import name
    from scheduler.explain.why_not import Outcome

    what = _what(instance, answer.asked)
    if answer.outcome is Outcome.HAS_IT:
        terminal.print(f"{what}: the schedule grants it already.", style="bold")
        return
    terminal.print(what, style="bold")
    _print_in_the_way(terminal, instance, answer, name)
    terminal.print()
    if answer.outcome is Outcome.PRICED:
        _print_price(terminal, instance, solution, answer)
    elif answer.outcome is Outcome.IMPOSSIBLE:
        _print_impossible(terminal, answer, places)
    else:
        stopped = answer.status is Status.INTERRUPTED
        terminal.print(words.STOPPED_EMPTY if stopped else words.RESULT[answer.status], style="bold")
    for note in answer.notes:
        terminal.print(f"Note: {note}.")


def _what(instance: Instance, asked: Asked) -> str:
    """Return what is asked for, as a headline."""
    from scheduler.cli.pricing import name
    from scheduler.explain.wording import first_upper

    city = "" if asked.city is None else f" in {instance.city(asked.city).label}"
    at = "" if asked.at is None else f" on {words.short_date(asked.at.date())} at {asked.at:%H:%M}"
    return first_upper(name(instance, asked.activity)) + at + city


def _print_in_the_way(terminal: Terminal, instance: Instance, answer: WhyNot, name: Any) -> None:
    terminal.heading("What is in the way now, at each place and time it could have")
    rows = _rows(instance, answer.in_the_way, name)
    if not rows:
        terminal.print("It could not be anywhere, whatever else is placed.")
        return
    made = Sheet("When", "Where", "What is in the way", whole=("When",))
    for row in rows[:_SHOWN]:
        made.add(*row)
    terminal.print(made)
    if len(rows) > _SHOWN:
        terminal.print(f"... and {len(rows) - _SHOWN} more.")
    if not answer.all_seen:
        terminal.print("There was no time to look at all of them.")


def _rows(instance: Instance, ways: Iterable[InTheWay], name: Any) -> list[tuple[str, str, str]]:
    """Return a row for each time, places at which the same is in the way together."""
    from scheduler.cli.pricing import where

    rows = []
    for start, there in groupby(ways, key=lambda way: way.start):
        local = f"{words.short_date(start.date())} {start:%H:%M}"
        for (said, blockers), same in groupby(there, key=lambda way: (way.words, way.blockers)):
            rooms = "; ".join(where(instance, way.room) for way in same)
            by = "; ".join(name(instance, blocker) for blocker in blockers[:2])
            more = f" and {len(blockers) - 2} more" if len(blockers) > 2 else ""
            rows.append((local, rooms, f"{said}: {by}{more}" if by else said))
    return rows


def _print_price(terminal: Terminal, instance: Instance, solution: Solution, answer: WhyNot) -> None:
    from scheduler.cli.pricing import price_table, print_differences, when, where

    assert answer.solution is not None
    mine = next(p for p in answer.solution.placements if p.activity == answer.asked.activity)
    spot = f"{when(instance, mine)} in {where(instance, mine.room)}"
    terminal.print(f"It can be granted: {spot}.", style="bold")
    terminal.print(_price_words(answer))
    terminal.print()
    terminal.print(price_table(instance, answer.levels))
    terminal.print()
    print_differences(terminal, instance, solution, answer.solution.placements, answer.differences)
    gone = answer.differences
    if not (gone.displaced or gone.moved or gone.granted):
        terminal.print("Nothing else has to move.")
    elif answer.fewest:
        terminal.print("No schedule of this price moves or displaces fewer.")
    terminal.print(_standing(answer))


def _price_words(answer: WhyNot) -> str:
    """Return what it comes to, in a sentence."""
    changes = [level.change for level in answer.levels if level.change]
    if not changes:
        return "It costs nothing."
    if changes[0] < 0:
        return "The schedule would even be better than the given one."
    return "This is the price:" if answer.proven else "This is the price, as far as it is known:"


def _standing(answer: WhyNot) -> str:
    """Return what the price is compared to, and how certain it is."""
    known = (
        "The given schedule is proven to be the best, as its file says."
        if answer.given_is_best
        else "The price is against the given schedule, of which it is not known that none is better."
    )
    if answer.proven:
        return f"Proven: no schedule that grants it costs less.\n{known}"
    return f"Not proven: a schedule that grants it for less may exist.\n{known}"


def _print_impossible(terminal: Terminal, answer: WhyNot, places: Places | None) -> None:
    because = f", because {'; '.join(answer.because)}" if answer.because else ""
    terminal.print(f"It cannot be granted{because}.", style="bold")
    if answer.conflict is None or places is None:
        return
    from scheduler.cli.explaining import print_conflict

    print_conflict(terminal, answer.conflict, places)
