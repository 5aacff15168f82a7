"""What is said of people: when they are there, where, what they speak, how many go at a time, who chairs."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Delegation, Participant, ParticipantId, PartyId, Split
from scheduler.explain import wording as words
from scheduler.explain.requirements.base import Kind, Requirement
from scheduler.explain.requirements.rewriting import Edit, Path, put, take_out
from scheduler.explain.requirements.scope import Scope
from scheduler.problem.discretising import people_behind


def of_people(scope: Scope) -> Iterator[Requirement]:
    """Yield what is said of delegations and participants who may be engaged."""
    instance = scope.instance
    for i, delegation in enumerate(instance.delegations):
        if delegation.id in scope.parties:
            members = {person.id for person in instance.people_of(delegation.id)}
            yield from _presence(scope, ("delegations", i), delegation, members)
            yield from _languages(scope, ("delegations", i), delegation)
            yield from _parallel(scope, ("delegations", i), delegation)
    for i, participant in enumerate(instance.participants):
        if participant.id in scope.people:
            yield from _presence(scope, ("participants", i), participant, {participant.id})
            if participant.delegation is None:
                yield from _languages(scope, ("participants", i), participant)
    yield from _chairs(scope)


def _presence(
    scope: Scope, path: Path, party: Delegation | Participant, people: set[ParticipantId]
) -> Iterator[Requirement]:
    """Yield when and where somebody is there.

    Whoever is there longer may also hear more, and be engaged by it. Where breaks are bounded that could
    break the bound, so that it is no requirement there that people in an audience could be rid of.
    """
    if scope.fair_breaks and people & _listening(scope):
        return
    name = words.party(scope.instance, party.id)

    def made(kind: Kind, key: str, sentence: str, nothing: object) -> Requirement:
        at = (*path, key)
        return Requirement(kind, at, (party.id,), f"{name} {sentence}", (put(at, nothing),))

    if party.arrival is not None:
        yield made(Kind.ARRIVAL, "arrival", f"arrives on {words.moment(party.arrival)}", None)
    if party.departure is not None:
        yield made(Kind.DEPARTURE, "departure", f"leaves on {words.moment(party.departure)}", None)
    for k, absence in enumerate(party.absences):
        at = (*path, "absences", k)
        sentence = f"{name} is away on {words.stretch(absence.start, absence.end)}"
        yield Requirement(Kind.ABSENCE, at, (party.id,), sentence, (take_out(at),))
    if party.cities:
        cities = words.listed((scope.instance.city(city).label for city in party.cities), "or")
        yield made(Kind.ALLOWED_CITIES, "cities", f"can only be in {cities}", ())


def _listening(scope: Scope) -> set[ParticipantId]:
    sessions = scope.instance.sessions
    return {p.id for session in sessions for p in people_behind(scope.instance, session.audience)}


def _languages(scope: Scope, path: Path, party: Delegation | Participant) -> Iterator[Requirement]:
    """Yield what is spoken: a party whose languages are not known needs no interpreter."""
    if not scope.instance.interpreters and len(_tongues(scope)) < 2:
        return
    spoken, edits = set(party.languages), [put((*path, "languages"), frozenset())]
    first = (*path, "languages")
    for i, member in enumerate(scope.instance.participants):
        if member.delegation == party.id and member.languages:
            first = first if spoken else ("participants", i, "languages")
            spoken |= member.languages
            edits.append(put(("participants", i, "languages"), frozenset()))
    if spoken:
        name = words.party(scope.instance, party.id)
        sentence = f"{name} speaks {words.listed(sorted(spoken))}"
        yield Requirement(Kind.LANGUAGE, first, (party.id,), sentence, tuple(edits))


def _tongues(scope: Scope) -> set[frozenset[str]]:
    return {person.languages for person in scope.people.values() if person.languages}


def _parallel(scope: Scope, path: Path, delegation: Delegation) -> Iterator[Requirement]:
    if delegation.split is not Split.MEMBERS or delegation.parallel is None:
        return
    asked = sum(delegation.id in activity.parties for _, activity in scope.hosted)
    if asked <= delegation.parallel:
        return
    stand_ins = scope.instance.people_of(delegation.id)[0].stand_in
    if stand_ins and scope.fair_breaks:  # a further team without a break would be one more to compare with
        return
    at = (*path, "parallel")
    name = words.party(scope.instance, delegation.id)
    sentence = f"{name} can be in {words.counted(delegation.parallel, 'place')} at a time"
    edit = put(at, asked if stand_ins else None)
    yield Requirement(Kind.PARALLEL, at, (delegation.id,), sentence, (edit,))


def _chairs(scope: Scope) -> Iterator[Requirement]:
    instance = scope.instance
    chaired = {getattr(activity, "track", None) for _, activity in scope.hosted}
    for i, track in enumerate(instance.tracks):
        if track.chairs and track.id in chaired and not scope.fair_breaks:
            at = ("tracks", i, "chairs")
            who = words.listed((words.party(instance, PartyId(chair)) for chair in track.chairs), "or")
            name = words.named(track.name or track.id, track.id)
            sentence = f"{who} chairs each session of the track {name}"
            edits: tuple[Edit, ...] = (put(at, ()),)
            yield Requirement(Kind.CHAIRS, at, (track.id,), sentence, edits)
