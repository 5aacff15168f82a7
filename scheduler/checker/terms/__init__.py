"""The objective's terms, recomputed from a schedule alone."""

from collections.abc import Callable

from scheduler.checker.schedule import Schedule
from scheduler.checker.terms import days, moves, requests, sessions, tracks, wishes
from scheduler.domain import TermName

TERMS: dict[TermName, Callable[[Schedule], int]] = {
    TermName.REQUESTS: requests.requests,
    TermName.BREAKS: days.breaks,
    TermName.IDLE_MINUTES: days.idle_minutes,
    TermName.CITY_CHANGES: days.city_changes,
    TermName.ROOM_CHANGES: days.room_changes,
    TermName.PREFERENCES: wishes.preferences,
    TermName.PARALLEL_SESSIONS: sessions.parallel_sessions,
    TermName.FAIRNESS_SPREAD: requests.fairness_spread,
    TermName.TOO_FEW_MEETINGS: requests.too_few_meetings,
    TermName.LATENESS: wishes.lateness,
    TermName.TRACK_PARALLEL: tracks.track_parallel,
    TermName.TRACK_ROOMS: tracks.track_rooms,
    TermName.TRACK_GAPS: tracks.track_gaps,
    TermName.TALK_ORDER: sessions.talk_order,
    TermName.MOVED: moves.moved,
    TermName.MOVED_START: moves.moved_start,
    TermName.MOVED_ROOM: moves.moved_room,
    TermName.MOVED_CITY: moves.moved_city,
    TermName.PEOPLE_AFFECTED: moves.people_affected,
}
"""How each term is computed, in the order of ``docs/meaning.md``."""

__all__ = ["TERMS"]
