"""What was found as plain data: the forms that ``--json`` prints and the service answers with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scheduler.domain import ActivityId
from scheduler.explain.explanation import Explanation
from scheduler.explain.repairs import Repairs
from scheduler.explain.replan import Replanned
from scheduler.explain.suggest import Suggestion, Suggestions
from scheduler.explain.why_not import WhyNot
from scheduler.exports.changes_files import changes_data
from scheduler.reading import Places


def suggestions_data(found: Suggestions) -> dict[str, Any]:
    """Return places for a new meeting (docs/explain.md says what the keys mean)."""
    return {
        "meeting": found.meeting.model_dump(mode="json", include={"id", "parties", "duration", "cities"}),
        "possible": found.possible,
        "fitting": found.fitting,
        "suggestions": [_suggestion(suggestion) for suggestion in found.found],
        "notes": list(found.notes),
    }


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "placement": suggestion.placement.model_dump(mode="json", exclude_none=True),
        "levels": [
            {"level": level.level, "before": level.before, "after": level.after, "change": level.change}
            for level in suggestion.levels
        ],
        **suggestion.differences.model_dump(mode="json"),
        "moved_to": [
            placement.model_dump(mode="json", exclude_none=True) for placement in suggestion.moved_to
        ],
        "proven": suggestion.proven,
    }


def why_not_data(answer: WhyNot, places: Places | None) -> dict[str, Any]:
    """Return why a request has no place (docs/explain.md); ``places`` say where its conflict is written."""
    placements = () if answer.solution is None else answer.solution.placements
    return {
        "asked": answer.asked.model_dump(mode="json"),
        "outcome": answer.outcome.value,
        "status": answer.status.value,
        "in_the_way": [way.model_dump(mode="json") for way in answer.in_the_way],
        "all_seen": answer.all_seen,
        "levels": [level.model_dump(mode="json") | {"change": level.change} for level in answer.levels],
        **answer.differences.model_dump(mode="json"),
        "fewest": answer.fewest,
        "given_is_best": answer.given_is_best,
        "because": list(answer.because),
        "conflict": _conflict(answer, places),
        "schedule": [placement.model_dump(mode="json", exclude_none=True) for placement in placements],
        "notes": list(answer.notes),
    }


def _conflict(answer: WhyNot, places: Places | None) -> dict[str, Any] | None:
    if answer.conflict is None:
        return None
    whole = Explanation(answer.conflict, Repairs()).data(places)
    return {key: whole[key] for key in ("headline", "requirements", "shown", "notes")}


def replanned_data(replanned: Replanned, places: Places | None) -> dict[str, Any]:
    """Return what a re-plan came to (docs/replan.md); ``places`` say where what breaks rules is written."""
    result, solution = replanned.result, replanned.solution
    told: dict[str, Any] = {
        "programme": replanned.instance.programme.id,
        "status": result.status.value,
        "engagements": len(replanned.engagements),
        "bound": replanned.bound,
        "levels": [level.model_dump(mode="json") for level in result.levels],
        "fixed": [
            {"place": place, **violation.model_dump(mode="json")}
            for place, violation in zip(_at(replanned, places), replanned.fixed, strict=True)
        ],
        "impossible": [each.model_dump(mode="json") for each in replanned.impossible],
        "withdrawn": list(replanned.withdrawn),
        "notes": list(result.notes),
        "seconds": {name: round(length, 3) for name, length in result.seconds.items()},
    }
    if solution is not None and replanned.changes is not None:
        told |= {
            "kept": list(replanned.kept),
            "moved": list(replanned.moved),
            "dropped": [{"activity": a, "reason": why} for a, why in why_dropped(replanned).items()],
            "added": list(replanned.added),
            "people_affected": replanned.people_affected,
            "changes": changes_data(replanned.changes),
        }
    return told


def why_dropped(replanned: Replanned) -> dict[ActivityId, str]:
    """Return why each engagement of the baseline that has no place any more has none."""
    assert replanned.solution is not None
    reasons = {item.activity: item.reason for item in replanned.solution.unscheduled}
    return {activity: reasons.get(activity, "") for activity in replanned.dropped}


def _at(replanned: Replanned, places: Places | None) -> Sequence[str | None]:
    return [None] * len(replanned.fixed) if places is None else fixed_places(replanned, places)


def fixed_places(replanned: Replanned, places: Places) -> list[str]:
    """Return where the first activity of each breach by the past or by pins is written."""
    paths: dict[ActivityId, tuple[str | int, ...]] = {}
    for n, session in enumerate(replanned.instance.sessions):
        paths[session.id] = ("sessions", n)
        paths |= {talk.id: ("sessions", n, "talks", k) for k, talk in enumerate(session.talks)}
    paths |= {meeting.id: ("meetings", n) for n, meeting in enumerate(replanned.instance.meetings)}
    return places.of([paths.get(v.activities[0], ()) if v.activities else () for v in replanned.fixed])
