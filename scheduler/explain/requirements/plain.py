"""An instance in plain form: it means the same, and each requirement can be taken out of it by itself."""

from __future__ import annotations

from scheduler.domain import Instance, Load, is_mandatory
from scheduler.explain.requirements.rewriting import Edit, put, rewritten


def plain(instance: Instance) -> Instance:
    """Return an instance that means the same.

    What is pinned to a start says that it is mandatory; each participant (and each delegation without
    members) has all limits of load that hold for them, and nobody else has any; nothing is to be minimised.
    """
    edits = [put(("objective",), ()), put(("load",), Load())]
    for part, hosted in (("sessions", instance.sessions), ("meetings", instance.meetings)):
        edits += [
            put((part, i, "mandatory"), True)
            for i, activity in enumerate(hosted)
            if is_mandatory(activity) and not activity.mandatory
        ]
    return rewritten(instance, [*edits, *_loads(instance)])


def _loads(instance: Instance) -> list[Edit]:
    of_people = [
        put(("participants", i, "load"), instance.person(person.id).load)
        for i, person in enumerate(instance.participants)
    ]
    return of_people + [
        put(("delegations", i, "load"), party.load.over(instance.load) if stand_ins else Load())
        for i, party in enumerate(instance.delegations)
        for stand_ins in [instance.people_of(party.id)[0].stand_in]
    ]
