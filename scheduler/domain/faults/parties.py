"""Delegations that split or do not, and what meetings ask of parties."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.activities import Meeting
from scheduler.domain.faults.doubt import Kind, Path
from scheduler.domain.faults.facts import Facts
from scheduler.domain.faults.spelling import hint
from scheduler.domain.ids import ParticipantId, PartyId
from scheduler.domain.instance import Fault, Instance
from scheduler.domain.people import Split


def splits(facts: Facts) -> Iterator[Fault]:
    """Yield delegations that split into nobody, and limits on what one that does not split does at once."""
    for i, delegation in enumerate(facts.instance.delegations):
        path: Path = ("delegations", i)
        if facts.doubt.touches(*path):
            continue
        if delegation.split is Split.TOGETHER:
            if delegation.parallel is not None:
                message = "belongs to a delegation that splits: set `split: members`, or leave it out"
                yield Fault((*path, "parallel"), delegation.parallel, message)
        elif not (facts.instance.people_of(delegation.id) or facts.doubt.touches("participants")):
            message = "splits but has no members: name some, or set `parallel` to its number of teams"
            yield Fault(path, delegation.id, message)


def meeting_parties(facts: Facts) -> Iterator[Fault]:
    """Yield parties that are named twice, or would sit on both sides of the table."""
    for path, hosted in facts.hosted:
        seen: set[PartyId] = set()
        for i, party in enumerate(hosted.parties):
            if party in seen and (isinstance(hosted, Meeting) or facts.instance.splits(party)):
                yield Fault((*path, "parties", i), party, "is named twice")
            seen.add(party)
        if isinstance(hosted, Meeting):
            yield from _both_sides(facts, path, hosted)


def _both_sides(facts: Facts, path: Path, meeting: Meeting) -> Iterator[Fault]:
    """Yield members who are sure to come as their delegation, which is a party too."""
    instance = facts.instance
    delegations = {party for party in meeting.parties if instance.delegation(party)}
    if not delegations or len(delegations) == len(meeting.parties) or _in_doubt(facts):
        return
    for i, party in enumerate(meeting.parties):
        home = _home(instance, party)
        if home not in delegations:
            continue
        if not instance.splits(home) or len(instance.people_of(home)) == 1:
            message = f'comes as a member of "{home}" anyway, which is a party of this meeting'
            yield Fault((*path, "parties", i), party, message)


def _in_doubt(facts: Facts) -> bool:
    """Return whether it is not known who is a member of what."""
    return facts.doubt.touches("participants") or facts.doubt.touches("delegations")


def _home(instance: Instance, party: PartyId) -> PartyId | None:
    if instance.delegation(party):
        return None  # its stand-in bears the same id
    person = ParticipantId(party)
    return instance.person(person).delegation if instance.has_person(person) else None


def roles(facts: Facts) -> Iterator[Fault]:
    """Yield roles that are asked of a party that sends nobody, or that no member has."""
    for path, hosted in facts.hosted:
        if not hosted.roles or facts.doubt.touches(*path):
            continue
        for party, role in hosted.roles.items():
            if party not in hosted.parties:
                which = f'"{party}", which is none of the parties of this activity'
                message = f"is asked of {which}{hint(party, hosted.parties)}"
                yield Fault((*path, "roles", party), role, message)
            elif message := _role_fault(facts, party, role):
                yield Fault((*path, "roles", party), role, message)


def _role_fault(facts: Facts, party: PartyId, role: str) -> str:
    """Return what is wrong with a role asked of a party, if anything."""
    instance = facts.instance
    if not facts.knows(Kind.PARTY, party) or _in_doubt(facts):
        return ""
    delegation = instance.delegation(party)
    if delegation is None:
        return f'is asked of "{party}", who is one person: only a delegation that splits sends somebody'
    if delegation.split is Split.TOGETHER:
        return f'is asked of "{party}", which travels together: only one that splits sends somebody'
    offered = {offer for member in instance.people_of(party) for offer in member.roles}
    if role in offered:
        return ""
    return f'is a role that no member of "{party}" has{hint(role, offered)}'
