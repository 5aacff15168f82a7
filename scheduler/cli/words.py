"""Plain words for what the program calls by short names."""

from __future__ import annotations

import unicodedata

from scheduler.domain import ActivityKind, Instance, Status
from scheduler.exports.in_words import LEVEL_STATUS as LEVEL_STATUS
from scheduler.exports.in_words import TERMS as TERMS
from scheduler.exports.in_words import clock as clock
from scheduler.exports.in_words import clock_hours, kind_words
from scheduler.exports.in_words import counted as counted
from scheduler.exports.in_words import long_date as long_date
from scheduler.exports.in_words import percent as percent
from scheduler.exports.in_words import short_date as short_date
from scheduler.exports.in_words import window as window

hours = clock_hours
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}

RESULT: dict[Status, str] = {
    Status.OPTIMAL: "Proven optimal: no better schedule exists.",
    Status.FEASIBLE: "A valid schedule, not proven to be the best: the time was over.",
    Status.INTERRUPTED: "Stopped early: this is the best schedule found so far.",
    Status.INFEASIBLE: "Proven infeasible: no schedule keeps all the rules.",
    Status.UNKNOWN: "No schedule was found within the time limit. There may still be one: allow more time.",
    Status.INVALID: (
        "The search returned a schedule that fails the check. This is a fault of the program, "
        "not of your files; please report it."
    ),
    Status.CONTRADICTION: (
        "Two runs of the search contradict each other, so nothing is claimed. This is a fault of the "
        "program, not of your files; please report it."
    ),
}
_MOST_TERMS = 3
"""How many terms of a level are named."""
STOPPED_EMPTY = "Stopped before a schedule was found."


def level_words(instance: Instance, level: int) -> str:
    """Return what counts on a level of the objective; of much, the first and how much else."""
    terms = [TERMS[term.term] for term in instance.objective if term.level == level]
    if len(terms) > _MOST_TERMS:
        terms[_MOST_TERMS - 1 :] = [f"{len(terms) - _MOST_TERMS + 1} more"]
    return "; ".join(terms)


def kind(name: ActivityKind) -> str:
    """Return a kind of activity in words."""
    return kind_words(name)


def line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def note(text: str) -> str:
    """Return what a reader should know besides, as such."""
    return f"Note: {text}"


def seconds(length: float) -> str:
    """Return a length of time as ``3.2 s`` or ``2 min 05 s``."""
    if length < 60:
        return f"{length:.1f} s"
    minutes, rest = divmod(round(length), 60)
    return f"{minutes} min {rest:02d} s"


def seen(text: str) -> str:
    """Return a text with a space for every character that is none to be seen (line ends stay)."""
    if text.isprintable():
        return text
    return "".join(c if c == "\n" or unicodedata.category(c) not in _UNSEEN else " " for c in text)
