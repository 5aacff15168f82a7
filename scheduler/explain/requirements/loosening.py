"""What is to be put right in an instance from which requirements were taken out."""

from __future__ import annotations

from scheduler.domain import (
    EVERYBODY,
    City,
    Instance,
    Opening,
    ParticipantId,
    PartyId,
    Person,
    Session,
)
from scheduler.explain.requirements.rewriting import Edit, put, rewritten, take_out
from scheduler.explain.requirements.scope import Scope, all_hosted, parts_of
from scheduler.problem import Option, Problem, discretise
from scheduler.problem.admissible.availability import presence_of
from scheduler.problem.admissible.room import attendance
from scheduler.problem.discretising import people_behind


def lean(instance: Instance) -> Instance:
    """Return an instance without activities that need not take place, where that makes no difference.

    With a bound of fairness it does: a meeting may fill somebody's break, or a share.
    """
    scope = Scope(instance)
    if scope.fair:
        return instance
    left_out = [(path, hosted) for path, hosted in all_hosted(instance) if not scope.must(hosted)]
    gone = {part for _, hosted in left_out for part in parts_of(hosted)}
    edits = [take_out(path) for path, _ in left_out]
    edits += [
        take_out(("precedences", i))
        for i, precedence in enumerate(instance.precedences)
        if precedence.before in gone or precedence.after in gone
    ]
    for i, relation in enumerate(instance.day_relations):
        there = tuple(activity for activity in relation.activities if activity not in gone)
        at = ("day_relations", i)
        edits.append(put((*at, "activities"), there) if len(there) > 1 else take_out(at))
    meetings = len(instance.meetings) - sum(path[0] == "meetings" for path, _ in left_out)
    if not instance.baseline:
        edits += _fewer_interpreters(instance, max(1, meetings))
    return rewritten(instance, edits)


def _fewer_interpreters(instance: Instance, meetings: int) -> list[Edit]:
    """Return as many interpreters as there are meetings: more have nothing to do."""
    return [
        put(("interpreters", i, "count"), meetings)
        for i, pool in enumerate(instance.interpreters)
        if pool.count > meetings
    ]


def tidied(before: Instance, after: Instance) -> Instance:
    """Return a loosened instance put right.

    A date on which a city is open all day is open all day once. And loosening engages nobody more than
    before: whoever is in an audience and is there at other times than before hears what they would
    have heard before, as far as that can be said; else they are no longer of that audience.

    Parameters
    ----------
    before, after : Instance
        The instance as it was written, and what is left of it.
    """
    edits = [
        put(("cities", i, "opening"), opening)
        for i, city in enumerate(after.cities)
        if (opening := _all_day_once(city)) != city.opening
    ]
    after = rewritten(after, edits) if edits else after
    listening = [(i, session) for i, session in enumerate(after.sessions) if session.audience]
    changes = _Audiences(before, after).edits(listening) if listening else []
    return rewritten(after, changes) if changes else after


def _all_day_once(city: City) -> tuple[Opening, ...]:
    whole = {opening.date: opening for opening in city.opening if opening.start == opening.end}
    if not whole:
        return city.opening
    return tuple(dict.fromkeys(whole.get(opening.date, opening) for opening in city.opening))


class _Audiences:
    """Who is in the audiences of a loosened instance."""

    def __init__(self, before: Instance, after: Instance) -> None:
        self._before = before
        self._after = after
        self._more = {person.id for person in after.people if not self._as_before(person)}

    def _as_before(self, person: Person) -> bool:
        """Return whether somebody is there when they were before (a further team was not there at all)."""
        if not self._before.has_person(person.id):
            return False
        then = self._before.person(person.id)
        return (then.arrival, then.departure, then.absences, then.cities) == (
            person.arrival,
            person.departure,
            person.absences,
            person.cities,
        )

    def edits(self, sessions: list[tuple[int, Session]]) -> list[Edit]:
        """Return what is to be changed of sessions with an audience."""
        if not self._more:
            return []
        problem, original = discretise(self._after), discretise(self._before)
        found: list[Edit] = []
        for i, session in sessions:
            out = self._out(problem, session)
            if not out:
                continue
            seats = session.attendance
            if seats is None:
                seats = max(1, attendance(self._before, original.by_id[session.id]))
            found.append(put(("sessions", i, "attendance"), seats))
            found.append(put(("sessions", i, "audience"), self._but(session, out)))
        return found

    def _out(self, problem: Problem, session: Session) -> set[ParticipantId]:
        """Return who leaves a session's audience: all of whom it is not sure that they hear what they did."""
        task = problem.by_id[session.id]
        return {
            person.id
            for person in people_behind(self._after, session.audience)
            if person.id in self._more and not self._hears_it_anyway(problem, person, task.options)
        }

    def _hears_it_anyway(self, problem: Problem, person: Person, options: list[Option]) -> bool:
        if not self._before.has_person(person.id):
            return False
        presence = presence_of(problem.clock, self._before.person(person.id))
        return all(presence.allows(o.start, o.end, o.place.city.id) for o in options)

    def _but(self, session: Session, out: set[ParticipantId]) -> tuple[PartyId, ...]:
        """Return an audience without some people; where all of a party stay, it is named as before."""
        named: list[PartyId] = []
        parties = session.audience
        if EVERYBODY in parties:
            parties = self._everybody()
        for party in parties:
            people = self._after.people_of(party)
            if not any(person.id in out for person in people):
                named.append(party)
            else:
                named += [PartyId(p.id) for p in people if p.id not in out and not p.stand_in]
        return tuple(dict.fromkeys(named))

    def _everybody(self) -> tuple[PartyId, ...]:
        alone = [PartyId(p.id) for p in self._after.participants if p.delegation is None]
        return (*(d.id for d in self._after.delegations), *alone)
