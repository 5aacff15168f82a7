"""What may go wrong with people: who is ill, late or gone, who cancels, and who asks for more."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import combinations

from scheduler.benchmarking.mishaps.scene import Attempt, Engagement, Scene, most_at_once, named, on
from scheduler.domain import Delegation, Instance, Meeting, Participant, PartyId, PoolId, Session
from scheduler.domain.ids import ParticipantId
from scheduler.domain.times import DAY, Interval, elapsed

_REQUESTS = 20
_FEWEST = 3
"""So many granted meetings at the least has a party that cancels."""


# -- ill ------------------------------------------------------------------------------------------------


def illness(scene: Scene) -> Iterator[Attempt]:
    """Yield people who are ill on a date of theirs, the busy ones first; sessions are held without them."""
    days = [
        (person, date, count)
        for person in scene.instance.participants
        for date, count in Counter(e.date for e in scene.by_person.get(person.id, ())).items()
    ]
    speaking = {talk.speaker for session in scene.instance.sessions for talk in session.talks}
    for person, date, _ in sorted(scene.shuffled(days), key=lambda day: -min(day[2], 3)):
        if person.id not in speaking:
            engagement = next(e for e in scene.by_person[person.id] if e.date == date)
            what = f"{named(person.label, person.id)} is ill on {on(date)}."
            yield Attempt(what, partial(_ill, scene.instance, person, engagement))


def _ill(instance: Instance, person: Participant, engagement: Engagement) -> Instance:
    zone = engagement.start.tzinfo
    midnight = dt.datetime.combine(engagement.date, dt.time(0), zone)
    away = Interval(start=midnight, end=dt.datetime.combine(engagement.date + DAY, dt.time(0), zone))
    ill = person.model_copy(update={"absences": (*person.absences, away)})
    return instance.changed(
        participants=tuple(ill if each.id == ill.id else each for each in instance.participants),
        sessions=tuple(_unspoken(session, ill.id) for session in instance.sessions),
    )


def _unspoken(session: Session, person: ParticipantId) -> Session:
    """Return a session without one of its speakers."""
    left = tuple(speaker for speaker in session.speakers if speaker.participant != person)
    return session if left == session.speakers else session.model_copy(update={"speakers": left})


# -- late, and gone -------------------------------------------------------------------------------------


def delegation_late(scene: Scene) -> Iterator[Attempt]:
    """Yield delegations that arrive a day later than they should, and after their first engagement."""
    for party, engagements in _travelling(scene):
        first = engagements[0]
        morning = dt.datetime.combine(first.date + DAY, dt.time(8), first.start.tzinfo)
        arrival = party.arrival + DAY if party.arrival is not None else morning
        if elapsed(first.start, arrival) > dt.timedelta(0) and _is_before(arrival, party.departure):
            what = f"{named(party.label, party.id)} arrives a day late, on {on(arrival.date())}."
            late = party.model_copy(update={"arrival": arrival})
            yield Attempt(what, partial(_with_delegation, scene.instance, late))


def delegation_leaves_early(scene: Scene) -> Iterator[Attempt]:
    """Yield delegations that leave a day earlier than they should, before their last engagement is over."""
    for party, engagements in _travelling(scene):
        last = engagements[-1]
        evening = dt.datetime.combine(last.date - DAY, dt.time(20), last.start.tzinfo)
        departure = party.departure - DAY if party.departure is not None else evening
        if elapsed(departure, last.end) > dt.timedelta(0) and _is_before(party.arrival, departure):
            what = f"{named(party.label, party.id)} leaves a day early, on {on(departure.date())}."
            early = party.model_copy(update={"departure": departure})
            yield Attempt(what, partial(_with_delegation, scene.instance, early))


def _travelling(scene: Scene) -> Iterator[tuple[Delegation, list[Engagement]]]:
    """Yield delegations with engagements on two dates or more, by time; those that arrive or leave first."""
    parties = scene.shuffled(scene.instance.delegations)
    for party in sorted(parties, key=lambda party: party.arrival is None and party.departure is None):
        people = scene.instance.people_of(party.id)
        engagements = [e for person in people for e in scene.by_person.get(person.id, ())]
        if len({e.date for e in engagements}) > 1:
            yield party, sorted(engagements, key=lambda e: e.start.timestamp())


def _is_before(start: dt.datetime | None, end: dt.datetime | None) -> bool:
    return start is None or end is None or elapsed(start, end) > dt.timedelta(0)


def _with_delegation(instance: Instance, party: Delegation) -> Instance:
    return instance.changed(
        delegations=tuple(party if each.id == party.id else each for each in instance.delegations)
    )


# -- asked for, and called off --------------------------------------------------------------------------


def new_requests(scene: Scene) -> Iterator[Attempt]:
    """Yield twenty requests (or as many as there are pairs) of parties who have not asked for each other."""
    instance = scene.instance
    parties = sorted({party for meeting in instance.meetings for party in meeting.parties})
    asked = {frozenset(meeting.parties) for meeting in instance.meetings}
    pairs = (pair for pair in combinations(parties, 2) if frozenset(pair) not in asked)
    chosen = scene.shuffled(pair for pair in pairs if _can_meet(instance, *pair))[:_REQUESTS]
    if chosen:
        meetings = tuple(_request(instance, number, pair) for number, pair in enumerate(chosen, 1))
        what = f"{len(chosen)} new requests come in on the last evening before the programme."
        change = partial(instance.changed, meetings=(*instance.meetings, *meetings))
        yield Attempt(what, change, breaks=False)


def _can_meet(instance: Instance, one: PartyId, other: PartyId) -> bool:
    """Return whether two parties have some people who share a language and may be in one city."""
    return any(
        not a.languages.isdisjoint(b.languages)
        and (a.cities is None or b.cities is None or not set(a.cities).isdisjoint(b.cities))
        and a.id != b.id
        for a in instance.people_of(one)
        for b in instance.people_of(other)
    )


def _request(instance: Instance, number: int, parties: tuple[PartyId, PartyId]) -> Meeting:
    """Return a request like most: of the usual length, and of the middle priority."""
    (duration, _), *_ = Counter(meeting.duration for meeting in instance.meetings).most_common(1)
    priorities = sorted(instance.priorities, key=lambda name: instance.priorities[name])
    return Meeting.model_validate(
        {
            "id": f"last-evening-{number}",
            "parties": parties,
            "duration": duration,
            "priority": priorities[len(priorities) // 2],
        }
    )


def party_cancels(scene: Scene) -> Iterator[Attempt]:
    """Yield parties with several granted meetings, who do not come and speak nowhere."""
    instance = scene.instance
    placed = {e.activity for engagements in scene.by_room.values() for e in engagements}
    granted = Counter(p for meeting in instance.meetings if meeting.id in placed for p in meeting.parties)
    speaking = {s.participant for session in instance.sessions for s in session.speakers}
    speaking |= {talk.speaker for session in instance.sessions for talk in session.talks}
    for party in scene.shuffled(p for p in sorted(granted) if granted[p] >= _FEWEST):
        if speaking.isdisjoint(person.id for person in instance.people_of(party)):
            label = named(instance.party_label(party), party)
            what = f"{label} cancels: its {granted[party]} granted meetings fall away."
            yield Attempt(what, partial(_cancelled, instance, party), breaks=False)


def _cancelled(instance: Instance, party: PartyId) -> Instance:
    gone = {meeting.id for meeting in instance.meetings if party in meeting.parties}
    related = (
        relation.model_copy(update={"activities": left})
        for relation in instance.day_relations
        if len(left := tuple(a for a in relation.activities if a not in gone)) > 1
    )
    return instance.changed(
        meetings=tuple(meeting for meeting in instance.meetings if meeting.id not in gone),
        sessions=tuple(_without_party(session, party) for session in instance.sessions),
        precedences=tuple(p for p in instance.precedences if gone.isdisjoint((p.before, p.after))),
        day_relations=tuple(related),
    )


def _without_party(session: Session, party: PartyId) -> Session:
    keys = ("parties", "audience", "interest")
    update: dict[str, object] = {
        key: tuple(p for p in getattr(session, key) if p != party)
        for key in keys
        if party in getattr(session, key)
    }
    if party in session.roles:
        update["roles"] = {p: role for p, role in session.roles.items() if p != party}
    return session.model_copy(update=update) if update else session


# -- interpreters ---------------------------------------------------------------------------------------


def interpreters_lost(scene: Scene) -> Iterator[Attempt]:
    """Yield pools that have one interpreter fewer than are used at the same time."""
    for pool in scene.shuffled(pool for pool in scene.instance.interpreters if pool.id in scene.by_pool):
        left = most_at_once(scene.by_pool[pool.id]) - 1
        said = f"{left} of {pool.count}" if left else f"none of {pool.count}"
        speaking = " and ".join(sorted(pool.languages))
        what = f"Of the interpreters of {speaking} ({pool.id}) {said} can come."
        yield Attempt(what, partial(_with_interpreters, scene.instance, pool.id, left))


def _with_interpreters(instance: Instance, pool: PoolId, count: int) -> Instance:
    fewer = (
        each.model_copy(update={"count": count}) if each.id == pool else each
        for each in instance.interpreters
    )
    return instance.changed(interpreters=tuple(each for each in fewer if each.id != pool or count))
