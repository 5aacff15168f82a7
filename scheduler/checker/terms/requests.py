"""What is granted, how evenly, and to whom too little."""

from __future__ import annotations

from scheduler.checker.schedule import Schedule


def requests(schedule: Schedule) -> int:
    """Return the priorities of the optional sessions and meetings that are not placed, summed."""
    worth = schedule.instance.priorities
    return sum(worth[a.priority] for a in schedule.facts.optional if a.id not in schedule.by_id)


def fairness_spread(schedule: Schedule) -> int:
    """Return the largest less the smallest share of meetings that a party is granted, in whole percent."""
    shares = [
        100 * schedule.meetings_granted(meetings) // len(meetings)
        for meetings in schedule.facts.requests.values()
    ]
    return max(shares) - min(shares) if shares else 0


def too_few_meetings(schedule: Schedule) -> int:
    """Return how many meetings parties miss of those that they hold at the least, summed."""
    return sum(
        max(0, quota.least - len(schedule.meetings_held(party)))
        for party, quota in schedule.instance.quotas.items()
    )
