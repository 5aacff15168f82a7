"""``scheduler check``: every breach of a rule, and every cost worked out again."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from rich.padding import Padding

from scheduler.checker import Verdict, check
from scheduler.cli import words
from scheduler.cli.console import Sheet, Terminal
from scheduler.cli.outcome import ExitCode
from scheduler.cli.pairing import load_pair
from scheduler.cli.summary import product
from scheduler.domain import Instance, RuleName, Solution, Violation


def run(instance_path: Path, solution_path: Path) -> ExitCode:
    """Check a schedule and print the verdict."""
    instance, solution = load_pair(instance_path, solution_path)
    verdict = check(instance, solution)
    terminal = Terminal()
    if verdict.valid:
        terminal.print(f"Valid: the schedule keeps all {len(RuleName)} rules.", style="bold green")
    else:
        _print_violations(terminal, instance, verdict)
    terminal.print()
    terminal.print(costs(verdict))
    _print_false_claims(terminal, solution, verdict)
    return ExitCode.DONE if verdict.valid else ExitCode.BROKEN


def costs(verdict: Verdict) -> Sheet:
    """Return every term of the objective, and what each level comes to."""
    made = Sheet("Level", "What counts", "Value", "Cost", right=("Value", "Cost"))
    for level in verdict.levels:
        parts = [term for term in verdict.terms if term.level == level.level]
        for part in parts:
            made.add(str(level.level), words.TERMS[part.term], product(part), str(part.cost))
        if len(parts) > 1:
            made.add(str(level.level), "together", "", str(level.value), style="bold")
    return made


def _print_violations(terminal: Terminal, instance: Instance, verdict: Verdict) -> None:
    count = words.counted(len(verdict.violations), "place")
    terminal.print(f"Invalid: the schedule breaks the rules in {count}.", style="bold red")
    for rule, found in groupby(verdict.violations, key=lambda violation: violation.rule):
        terminal.heading(f"Rule {list(RuleName).index(rule) + 1}, {rule}")
        for violation in found:
            terminal.print(Padding(violation.message, (0, 0, 0, 2), expand=False))
            for line in _facts(instance, violation):
                terminal.print(Padding(line, (0, 0, 0, 4), expand=False), style="dim")


def _facts(instance: Instance, violation: Violation) -> list[str]:
    """Return what, who, where and when, as far as the violation says."""
    facts = []
    if violation.activities:
        facts.append("what: " + ", ".join(violation.activities))
    if violation.parties:
        facts.append("who: " + "; ".join(_party(instance, party) for party in violation.parties))
    if violation.room is not None:
        facts.append("where: " + _room(instance, violation))
    if violation.start is not None and violation.end is not None:
        date = words.long_date(violation.start.date())
        facts.append(f"when: {date}, {words.hours(violation.start, violation.end)}")
    return facts


def _party(instance: Instance, party: str) -> str:
    try:
        return instance.party_label(party)  # type: ignore[arg-type]
    except KeyError:
        return party  # one that the instance does not know is what the rule is about


def _room(instance: Instance, violation: Violation) -> str:
    room = violation.room
    if room is None or not instance.has_room(room):
        return str(room)
    return f"{instance.room(room).label}, {instance.venue_of(room).label}, {instance.city_of(room).label}"


def _print_false_claims(terminal: Terminal, solution: Solution, verdict: Verdict) -> None:
    """Say where the file claims something else than the schedule comes to."""
    values = {level.level: level.value for level in verdict.levels}
    for claim in solution.levels:
        value = values.get(claim.level)
        if value is not None and value != claim.value:
            terminal.print(f"Note: the file claims {claim.value} on level {claim.level}; it is {value}.")
        elif value is not None and value < claim.bound:
            terminal.print(
                f"Note: the file claims that nothing is below {claim.bound} on level {claim.level}; "
                f"the schedule has {value}."
            )
