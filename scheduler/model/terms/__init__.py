"""The objective's terms: each file gives values, exactly as ``docs/meaning.md`` defines them."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.domain import TermName
from scheduler.model.context import Context
from scheduler.model.logic import Linear
from scheduler.model.terms import baseline, engagements, placements, requests, sessions, tracks

TERMS: dict[TermName, Callable[[Context], Linear]] = {
    TermName.REQUESTS: requests.not_granted,
    TermName.FAIRNESS_SPREAD: requests.fairness_spread,
    TermName.TOO_FEW_MEETINGS: requests.too_few_meetings,
    TermName.BREAKS: engagements.breaks,
    TermName.IDLE_MINUTES: engagements.idle_minutes,
    TermName.CITY_CHANGES: engagements.city_changes,
    TermName.ROOM_CHANGES: engagements.room_changes,
    TermName.PREFERENCES: placements.preferences,
    TermName.LATENESS: placements.lateness,
    TermName.PARALLEL_SESSIONS: sessions.parallel_sessions,
    TermName.TALK_ORDER: sessions.talk_order,
    TermName.TRACK_PARALLEL: tracks.track_parallel,
    TermName.TRACK_ROOMS: tracks.track_rooms,
    TermName.TRACK_GAPS: tracks.track_gaps,
    TermName.MOVED: baseline.moved,
    TermName.MOVED_START: baseline.moved_start,
    TermName.MOVED_ROOM: baseline.moved_room,
    TermName.MOVED_CITY: baseline.moved_city,
    TermName.PEOPLE_AFFECTED: baseline.people_affected,
}
