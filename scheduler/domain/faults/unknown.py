"""Names that nothing in the programme has."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.activities import Activity, HostedActivity, Session
from scheduler.domain.faults.doubt import Kind, Path
from scheduler.domain.faults.facts import Facts
from scheduler.domain.instance import EVERYBODY, Fault


def unknown_names(facts: Facts) -> Iterator[Fault]:
    """Yield every name that should be somebody's or something's and is not."""
    yield from _of_people(facts)
    yield from _of_travel(facts)
    for path, hosted in facts.hosted:
        yield from _of_hosted(facts, path, hosted)
    for i, session in enumerate(facts.instance.sessions):
        yield from _of_session(facts, ("sessions", i), session)
    for path, talk in facts.talks:
        yield from _of_activity(facts, path, talk)
        yield from _one(facts, (*path, "speaker"), Kind.PARTICIPANT, talk.speaker)
        yield from _one(facts, (*path, "track"), Kind.TRACK, talk.track)
    yield from _of_relations(facts)


def _one(facts: Facts, path: Path, kind: Kind, name: str | None) -> Iterator[Fault]:
    if name is not None and not facts.knows(kind, name):
        yield facts.no_such(path, kind, name)


def _of_people(facts: Facts) -> Iterator[Fault]:
    instance = facts.instance
    for i, delegation in enumerate(instance.delegations):
        yield from facts.unknown(("delegations", i, "cities"), Kind.CITY, delegation.cities)
    for i, participant in enumerate(instance.participants):
        yield from facts.unknown(("participants", i, "cities"), Kind.CITY, participant.cities)
        yield from _one(facts, ("participants", i, "delegation"), Kind.DELEGATION, participant.delegation)
    for i, pool in enumerate(instance.interpreters):
        yield from _one(facts, ("interpreters", i, "city"), Kind.CITY, pool.city)
    for i, track in enumerate(instance.tracks):
        yield from facts.unknown(("tracks", i, "chairs"), Kind.PARTICIPANT, track.chairs)


def _of_travel(facts: Facts) -> Iterator[Fault]:
    for i, link in enumerate(facts.instance.travel.links):
        yield from _one(facts, ("travel", "links", i, "from"), Kind.CITY, link.start)
        yield from _one(facts, ("travel", "links", i, "to"), Kind.CITY, link.end)


def _of_activity(facts: Facts, path: Path, activity: Activity) -> Iterator[Fault]:
    yield from _one(facts, (*path, "day_part"), Kind.DAY_PART, activity.day_part)
    yield from _one(facts, (*path, "pin", "room"), Kind.ROOM, activity.pin.room)
    prefer = activity.prefer
    if prefer.cities or prefer.rooms:
        yield from facts.unknown((*path, "prefer", "cities"), Kind.CITY, prefer.cities)
        yield from facts.unknown((*path, "prefer", "rooms"), Kind.ROOM, prefer.rooms)


def _of_hosted(facts: Facts, path: Path, hosted: HostedActivity) -> Iterator[Fault]:
    yield from _of_activity(facts, path, hosted)
    yield from facts.unknown((*path, "cities"), Kind.CITY, hosted.cities)
    yield from facts.unknown((*path, "venues"), Kind.VENUE, hosted.venues)
    yield from facts.unknown((*path, "rooms"), Kind.ROOM, hosted.rooms)
    yield from facts.unknown((*path, "parties"), Kind.PARTY, hosted.parties)
    # What a mandatory activity is worth is never asked, so only a priority that is written matters.
    if "priority" in hosted.model_fields_set or not (hosted.mandatory or hosted.pin.start):
        yield from _one(facts, (*path, "priority"), Kind.PRIORITY, hosted.priority)


def _of_session(facts: Facts, path: Path, session: Session) -> Iterator[Fault]:
    for key in ("audience", "interest"):
        for i, party in enumerate(getattr(session, key)):
            if party != EVERYBODY:
                yield from _one(facts, (*path, key, i), Kind.PARTY, party)
    for i, speaker in enumerate(session.speakers):
        yield from _one(facts, (*path, "speakers", i, "participant"), Kind.PARTICIPANT, speaker.participant)
    yield from _one(facts, (*path, "track"), Kind.TRACK, session.track)


def _of_relations(facts: Facts) -> Iterator[Fault]:
    for i, pair in enumerate(facts.instance.never):
        yield from facts.unknown(("never", i), Kind.PARTY, pair)
    for i, precedence in enumerate(facts.instance.precedences):
        yield from _one(facts, ("precedences", i, "before"), Kind.ACTIVITY, precedence.before)
        yield from _one(facts, ("precedences", i, "after"), Kind.ACTIVITY, precedence.after)
    for i, relation in enumerate(facts.instance.day_relations):
        yield from facts.unknown(("day_relations", i, "activities"), Kind.ACTIVITY, relation.activities)
