"""Random schedules of the programme made by hand, right or wrong: exports write them all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from support.hand_made import FACTS, facts, solution_of
from support.names import names

from scheduler.domain import Instance, Solution
from scheduler.domain.times import UTC

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from(list(",;:\"\\\n\r\t^ =+-@'Nn\u2028\x85\x07中😀é")),
    max_size=60,
)
"""Texts with all that formats trip over (no NUL: YAML has none)."""

relaxed = settings(deadline=None, max_examples=50)
"""For laws over whole programmes: no wall time, and fewer examples than the default."""

_ROOMS = ["noble-hall", "lisbon-tables", "hall", "madrid-tables"]
_CHOOSABLE = {
    "islands": ["delegate-1", "delegate-2"],
    "refused": ["delegate-1", "delegate-2"],
    "ecosystem-session": ["chair", "late"],
}
_ACTIVITIES = [
    part["id"]
    for activity in (*FACTS["sessions"], *FACTS["meetings"])
    for part in (activity, *activity.get("talks", ()))
]
# Two nights and the days around them, the hour that is skipped among them.
_MINUTES = st.integers(0, 3 * 24 * 60 - 1)
_FIRST = dt.datetime(2025, 3, 28, 22, tzinfo=UTC)


@st.composite
def instances(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Instance:
    """Return the programme made by hand under other names and titles."""
    given = facts()
    for activity in (*given["sessions"], *given["meetings"]):
        for part in (activity, *activity.get("talks", ())):
            part["title"] = draw(texts)
    for thing in (*given["cities"], *given["participants"], *given["delegations"], given["programme"]):
        thing["name" if "title" not in thing else "title"] = draw(texts)
    for venue in (venue for city in given["cities"] for venue in city["venues"]):
        for place in (venue, *venue["rooms"]):
            place["name"] = draw(texts)
    return Instance.model_validate(given)


def named_instances() -> st.SearchStrategy[Instance]:
    """Return a strategy of the programme made by hand with names of every script (:mod:`support.names`)."""
    return instances(names())


@st.composite
def placements(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return placements of some activities anywhere at any minute."""
    return [
        {
            "activity": activity,
            "start": (_FIRST + dt.timedelta(minutes=draw(_MINUTES))).isoformat(timespec="minutes"),
            "room": draw(st.sampled_from(_ROOMS)),
            "table": draw(st.none() | st.integers(1, 9)),
            "attendees": draw(st.sets(st.sampled_from(_CHOOSABLE[activity])))
            if activity in _CHOOSABLE
            else (),
            "interpreter": draw(st.none() | st.just({"pool": "chinese", "unit": 2})),
        }
        for activity in draw(st.lists(st.sampled_from(_ACTIVITIES), unique=True))
    ]


def solutions() -> st.SearchStrategy[Solution]:
    """Return a strategy of schedules."""
    return placements().map(solution_of)
