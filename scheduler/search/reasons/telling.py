"""What was found at the places of a request, as one true sentence and its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.domain import ActivityId, ReasonKind, Unscheduled
from scheduler.search.reasons.obstacles import FITS, rank

NOWHERE = (
    "there is no place and time at all: its windows, the rooms and everybody's availability have nothing "
    "in common"
)
NOT_EXAMINED = "it has no place in this schedule; the time was over before the reason was worked out"
_HEADS = {
    ReasonKind.NO_COMMON_TIME: "no common free slot is left",
    ReasonKind.TABLES_FULL: "tables or rooms are full at all its common free slots",
    ReasonKind.LOAD: "it would be over a daily limit at all that is left",
}
_NAMED = 3
"""So many activities are named in a sentence."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Who holds all places of a request.

    Attributes
    ----------
    activities : tuple of ActivityId
        Of at least its priority; they bar all its places by themselves. None where nothing is lost so.
    higher : bool
        Whether all of them are of higher priority, or mandatory.
    """

    activities: tuple[ActivityId, ...] = ()
    higher: bool = False


def unscheduled(
    activity: ActivityId, counted: Counter[tuple[ReasonKind, str]], lost: Lost = Lost()
) -> Unscheduled:
    """Return why an activity has no place.

    Parameters
    ----------
    counted : Counter
        At how many of its places what is in the way, each place counted once.
    """
    if not counted:
        return Unscheduled(activity=activity, reason=NOWHERE, kind=ReasonKind.NO_PLACE)
    kind = max((kind for kind, _ in counted), key=rank)
    where = where_words(counted)
    if kind in FITS or not lost.activities:
        head = f"{_HEADS[kind]}: " if kind in _HEADS else ""
        return Unscheduled(activity=activity, reason=head + where, kind=kind)
    if lost.higher:
        reason = f"lost to what is mandatory or of higher priority ({named(lost.activities)}): {where}"
        return Unscheduled(activity=activity, reason=reason, kind=ReasonKind.LOST_TO, lost_to=lost.activities)
    head = f"{_HEADS[kind]}; " if kind in _HEADS else ""
    reason = (
        f"{head}requests of at least its priority hold all its places ({named(lost.activities)}): {where}"
    )
    return Unscheduled(activity=activity, reason=reason, kind=kind, lost_to=lost.activities)


def impossible(activity: ActivityId, counted: Counter[tuple[ReasonKind, str]]) -> Unscheduled:
    """Return why an activity has no place even in a schedule without anything else."""
    if not counted:
        return unscheduled(activity, counted)
    kind = max((kind for kind, _ in counted), key=rank)
    reason = f"even if nothing else were placed: {where_words(counted)}"
    return Unscheduled(activity=activity, reason=reason, kind=kind)


def not_examined(activity: ActivityId) -> Unscheduled:
    """Return that the time was over."""
    return Unscheduled(activity=activity, reason=NOT_EXAMINED, kind=ReasonKind.NOT_EXAMINED)


def named(activities: Sequence[ActivityId]) -> str:
    """Return some ids in a row; of many the first, and how many more."""
    if len(activities) <= _NAMED + 1:
        return ", ".join(activities)
    return f"{', '.join(activities[:_NAMED])} and {len(activities) - _NAMED} more"


def where_words(counted: Counter[tuple[ReasonKind, str]]) -> str:
    """Say at how many places what is in the way."""
    words: Counter[str] = Counter()
    for (_, said), count in counted.items():
        words[said] += count
    ways = words.total()
    if len(words) == 1:
        return f"at each of its {ways} possible places and times {next(iter(words))}"
    return f"of its {ways} possible places and times, {_listed(words.most_common())}"


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"at {count} {said}" for said, count in counts)
