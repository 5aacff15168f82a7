"""What is granted, to whom, and why the rest is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scheduler.domain import HostedActivity, Instance, ParticipantId, PartyId, ReasonKind, is_mandatory
from scheduler.reporting.indicators import Granted, Held, Refusals, Refused, Requests
from scheduler.reporting.measuring.scene import Scene


def requests(scene: Scene) -> Requests:
    """Return what is granted by priority and by party."""
    hosted = _hosted(scene.instance)
    return Requests(
        by_priority=tuple(
            _granted(
                scene, name, name, [a for a in hosted if not is_mandatory(a) and a.priority == name], worth
            )
            for name, worth in scene.instance.priorities.items()
        ),
        mandatory=_granted(scene, "mandatory", "mandatory", [a for a in hosted if is_mandatory(a)]),
        by_party=tuple(
            _granted(scene, party, scene.instance.party_label(PartyId(party)), meetings)
            for party, meetings in _by_party(scene.instance).items()
            if meetings
        ),
    )


def _granted(
    scene: Scene, id_: str, label: str, activities: Iterable[HostedActivity], weight: int | None = None
) -> Granted:
    placed = [scene.is_placed(activity.id) for activity in activities]
    return Granted(id_, label, len(placed), sum(placed), weight)


def _hosted(instance: Instance) -> list[HostedActivity]:
    return [activity for activity in instance.activities if isinstance(activity, HostedActivity)]


def _by_party(instance: Instance) -> dict[str, list[HostedActivity]]:
    """Return each delegation's meetings, and each participant's who has none; a meeting once for each."""
    found: dict[str, list[HostedActivity]] = {d.id: [] for d in instance.delegations}
    for meeting in instance.meetings:
        for party in dict.fromkeys(_whose(instance, party) for party in meeting.parties):
            found.setdefault(party, []).append(meeting)
    return found


def _whose(instance: Instance, party: PartyId) -> str:
    if instance.delegation(party) is not None:
        return party
    return instance.person(ParticipantId(party)).delegation or party


def refused(scene: Scene) -> tuple[Refused, ...]:
    """Return what has no place, the most urgent first, otherwise in the order of the instance."""
    reasons = {item.activity: item for item in scene.solution.unscheduled}
    worth = scene.instance.priorities
    missing = [activity for activity in _hosted(scene.instance) if not scene.is_placed(activity.id)]
    missing.sort(key=lambda activity: (not is_mandatory(activity), -worth[activity.priority]))
    found = []
    for activity in missing:
        said = reasons.get(activity.id)
        found.append(
            Refused(
                id=activity.id,
                label=activity.label,
                parties=" - ".join(scene.instance.party_label(party) for party in activity.parties),
                priority="mandatory" if is_mandatory(activity) else activity.priority,
                kind=said.kind if said else None,
                reason=said.reason if said else "",
            )
        )
    return tuple(found)


def refusals(missing: Iterable[Refused]) -> tuple[Refusals, ...]:
    """Return how many have a reason of each kind, the most frequent first."""
    counted = Counter(one.kind for one in missing)
    order: list[ReasonKind | None] = [*ReasonKind, None]
    kinds = sorted(counted, key=lambda kind: (-counted[kind], order.index(kind)))
    return tuple(Refusals(kind, counted[kind]) for kind in kinds)


def held(scene: Scene) -> tuple[Held, ...]:
    """Return how many meetings each party holds that asks for a least or a most number."""
    return tuple(
        Held(
            id=party,
            label=scene.instance.party_label(party),
            held=len(scene.schedule.meetings_held(party)),
            least=quota.least,
            most=quota.most,
        )
        for party, quota in scene.instance.quotas.items()
    )
