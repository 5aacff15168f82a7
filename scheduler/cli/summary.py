"""What a solve came to, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.cli import words
from scheduler.cli.console import Sheet, Terminal
from scheduler.domain import (
    HostedActivity,
    Instance,
    LevelReport,
    Solution,
    TermValue,
    is_mandatory,
)
from scheduler.search import Result

_SHOWN = 25
"""So many refused requests are printed."""


def print_schedule(terminal: Terminal, instance: Instance, result: Result) -> None:
    """Print how good a schedule is, what it grants and refuses, and the checker's verdict."""
    assert result.solution is not None
    assert result.verdict is not None
    terminal.print(words.RESULT[result.status], style="bold")
    terminal.print()
    terminal.print(levels_table(result.levels, result.verdict.terms))
    print_granted(terminal, instance, result.solution)
    terminal.print()
    terminal.print("Checked: it keeps every rule, and its costs, worked out again, are the same.")
    print_notes(terminal, result.notes)


def print_notes(terminal: Terminal, notes: Iterable[str]) -> None:
    """Print what a reader should know besides."""
    for note in notes:
        terminal.print(words.note(note))


def levels_table(levels: Iterable[LevelReport], terms: Sequence[TermValue]) -> Sheet:
    """Return value, bound and gap of each level, and below it what its terms add to it."""
    made = Sheet("Level", "What counts", "Value", "Bound", "Gap", "Proof", right=("Value", "Bound", "Gap"))
    for level in levels:
        parts = [term for term in terms if term.level == level.level]
        what = words.TERMS[parts[0].term] if len(parts) == 1 else "together"
        status = "proven twice" if level.confirmed else words.LEVEL_STATUS[level.status]
        made.add(str(level.level), what, str(level.value), str(level.bound), words.percent(level.gap), status)
        if len(parts) > 1:
            for part in parts:
                made.add("", f"  {words.TERMS[part.term]}", product(part), style="dim")
    return made


def product(term: TermValue) -> str:
    """Return a term's value, with its weight where it has one."""
    return str(term.value) if term.weight == 1 else f"{term.value} x {term.weight}"


def print_granted(terminal: Terminal, instance: Instance, solution: Solution) -> None:
    """Print how many requests are granted, and each that is not, with the reason."""
    missing = refused(instance, solution)
    hosted = [activity for activity in instance.activities if isinstance(activity, HostedActivity)]
    terminal.print()
    for fixed, what in ((False, "Requests granted"), (True, "Mandatory sessions and meetings placed")):
        asked = sum(is_mandatory(activity) is fixed for activity in hosted)
        lacking = sum(is_mandatory(activity) is fixed for activity in missing)
        if asked:
            terminal.print(f"{what}: {asked - lacking} of {asked}", style="bold")
    if missing:
        terminal.print()
        terminal.print(refused_table(instance, missing[:_SHOWN], solution))
        if len(missing) > _SHOWN:
            terminal.print(
                f"... and {len(missing) - _SHOWN} more; the solution file lists all, with the reasons."
            )


def refused(instance: Instance, solution: Solution) -> list[HostedActivity]:
    """Return the sessions and meetings without a place, the most urgent first."""
    placed = {placement.activity for placement in solution.placements}
    missing = [a for a in instance.activities if isinstance(a, HostedActivity) and a.id not in placed]
    return sorted(missing, key=lambda a: (not is_mandatory(a), -instance.priorities[a.priority]))


def refused_table(instance: Instance, missing: Iterable[HostedActivity], solution: Solution) -> Sheet:
    """Return what has no place: how urgent it is, for whom, and why it has none."""
    reasons = {item.activity: item.reason for item in solution.unscheduled}
    made = Sheet("Priority", "Not scheduled", whole=("Priority",))
    for activity in missing:
        labels = " - ".join(instance.party_label(party) for party in activity.parties)
        what = words.line(activity.label) + (f" ({words.line(labels)})" if labels else "")
        made.add("mandatory" if is_mandatory(activity) else activity.priority, what)
        if why := words.line(reasons.get(activity.id, "")):
            made.add("", why, style="dim")
    return made
