"""For every hard rule an instance, a schedule that keeps all rules, and one that breaks this rule alone."""

from __future__ import annotations

from typing import NamedTuple

from support.making import city, hold, hours, make, meeting, moment, put, schedule, session

from scheduler.domain import Instance, RuleName, Solution


class Doctored(NamedTuple):
    """A schedule before and after somebody changed it for the worse."""

    rule: RuleName
    instance: Instance
    kept: Solution
    """Violates nothing."""
    broken: Solution
    """Violates ``rule`` and nothing else."""


def _placement() -> Doctored:
    """A mandatory meeting is left out."""
    instance = make("porto", "turin", meetings=[meeting("m", "porto", "turin", mandatory=True)])
    return Doctored(RuleName.PLACEMENT, instance, schedule(put("m", "10:00")), schedule())


def _windows() -> Doctored:
    """A meeting reaches into its forbidden time."""
    lunch = hours("13:00", "14:00")
    instance = make(
        "porto", "turin", meetings=[meeting("m", "porto", "turin", duration="1h", forbidden=[lunch])]
    )
    kept, broken = schedule(put("m", "12:00")), schedule(put("m", "12:30"))
    return Doctored(RuleName.WINDOWS, instance, kept, broken)


def _room() -> Doctored:
    """Two meetings overlap in an area of one table."""
    instance = make(
        *("porto", "turin", "lyon", "graz"),
        cities=[city("madrid", {"id": "area", "tables": 1})],
        meetings=[meeting("m1", "porto", "turin", duration="1h"), meeting("m2", "lyon", "graz")],
    )
    kept = schedule(put("m1", "10:00"), put("m2", "11:00"))
    broken = schedule(put("m1", "10:00"), put("m2", "10:30"))
    return Doctored(RuleName.ROOM, instance, kept, broken)


def _person() -> Doctored:
    """Porto is in two meetings that overlap in part."""
    instance = make(
        *("porto", "turin", "lyon"),
        meetings=[meeting("m1", "porto", "turin", duration="1h"), meeting("m2", "porto", "lyon")],
    )
    kept = schedule(put("m1", "10:00"), put("m2", "11:00", table=2))
    broken = schedule(put("m1", "10:00"), put("m2", "10:30", table=2))
    return Doctored(RuleName.PERSON, instance, kept, broken)


def _availability() -> Doctored:
    """A meeting starts before one of its parties has arrived."""
    porto = {"id": "porto", "arrival": moment("10:00")}
    instance = make("turin", delegations=[porto], meetings=[meeting("m", "porto", "turin")])
    return Doctored(RuleName.AVAILABILITY, instance, schedule(put("m", "10:00")), schedule(put("m", "09:30")))


def _delegation() -> Doctored:
    """A delegation that splits sends somebody without the role that is asked for."""
    members = [
        {"id": "mayor", "delegation": "porto", "roles": ["mayor"]},
        {"id": "aide", "delegation": "porto"},
    ]
    instance = make(
        "turin",
        delegations=[{"id": "porto", "split": "members"}],
        participants=members,
        meetings=[meeting("m", "porto", "turin", roles={"porto": "mayor"})],
    )
    kept = schedule(put("m", "10:00", "area", 1, "mayor"))
    broken = schedule(put("m", "10:00", "area", 1, "aide"))
    return Doctored(RuleName.DELEGATION, instance, kept, broken)


def _travel() -> Doctored:
    """A meeting in the other city starts before the next train is there."""
    link = {
        "from": "madrid",
        "to": "lisbon",
        "duration": "2h",
        "access": "30min",
        "egress": "30min",
        "departures": ["11:00", "13:00"],
    }
    lisbon = city("lisbon", {"id": "lisbon-area", "tables": 1}, zone="Europe/Lisbon")
    instance = make(
        *("porto", "turin", "lyon"),
        cities=[city(), lisbon],
        travel={"links": [link]},
        meetings=[meeting("m1", "porto", "turin"), meeting("m2", "porto", "lyon")],
    )
    first = put("m1", "10:30")  # ends at 11:00: the train of 13:00 is in Lisbon at 14:00 on its clock
    kept = schedule(first, put("m2", "14:30", "lisbon-area", zone="Europe/Lisbon"))
    broken = schedule(first, put("m2", "14:00", "lisbon-area", zone="Europe/Lisbon"))
    return Doctored(RuleName.TRAVEL, instance, kept, broken)


def _plenary() -> Doctored:
    """A meeting overlaps a session that one of its parties is the audience of."""
    instance = make(
        *("porto", "turin"),
        sessions=[session("opening", audience=["porto"])],
        meetings=[meeting("m", "porto", "turin")],
    )
    opening = hold("opening", "10:00")
    kept, broken = schedule(opening, put("m", "11:00")), schedule(opening, put("m", "10:30"))
    return Doctored(RuleName.PLENARY, instance, kept, broken)


def _precedence() -> Doctored:
    """A workshop follows its opening too soon."""
    instance = make(
        "porto",
        sessions=[session("opening"), session("workshop")],
        precedences=[{"before": "opening", "after": "workshop", "min_gap": "1h"}],
    )
    opening = hold("opening", "10:00")
    kept, broken = schedule(opening, hold("workshop", "12:00")), schedule(opening, hold("workshop", "11:30"))
    return Doctored(RuleName.PRECEDENCE, instance, kept, broken)


def _pins() -> Doctored:
    """A session is not where the organiser has put it."""
    rooms = ({"id": "hall"}, {"id": "chamber"})
    instance = make(
        cities=[city("madrid", *rooms)],
        sessions=[session("opening", pin={"start": moment("10:00"), "room": "hall"})],
    )
    kept, broken = schedule(hold("opening", "10:00")), schedule(hold("opening", "10:00", "chamber"))
    return Doctored(RuleName.PINS, instance, kept, broken)


def _load() -> Doctored:
    """Porto has three meetings on a day that should have two."""
    instance = make(
        *("turin", "lyon", "graz"),
        delegations=[{"id": "porto", "load": {"meetings_per_day": 2}}],
        meetings=[
            meeting("m1", "porto", "turin"),
            meeting("m2", "porto", "lyon"),
            meeting("m3", "porto", "graz"),
        ],
    )
    two = (put("m1", "10:00"), put("m2", "11:00"))
    return Doctored(RuleName.LOAD, instance, schedule(*two), schedule(*two, put("m3", "12:00")))


def _interpreters() -> Doctored:
    """Two parties without a common language are left without an interpreter."""
    instance = make(
        delegations=[{"id": "seoul", "languages": ["ko"]}, {"id": "madrid-council", "languages": ["es"]}],
        interpreters=[{"id": "korean", "languages": ["ko", "es"], "city": "madrid"}],
        meetings=[meeting("m", "seoul", "madrid-council")],
    )
    kept, broken = schedule(put("m", "10:00", interpreter=("korean", 1))), schedule(put("m", "10:00"))
    return Doctored(RuleName.INTERPRETERS, instance, kept, broken)


def _fairness() -> Doctored:
    """Lyon is granted none of its two meetings, when everybody should have half of them."""
    instance = make(
        *("porto", "turin", "lyon"),
        meetings=[
            meeting("m1", "porto", "turin"),
            meeting("m2", "porto", "lyon"),
            meeting("m3", "turin", "lyon"),
        ],
        fairness={"granted_percent": 50},
    )
    kept = schedule(put("m1", "10:00"), put("m2", "11:00"))
    return Doctored(RuleName.FAIRNESS, instance, kept, schedule(put("m1", "10:00")))


def _never() -> Doctored:
    """Porto sends the one of its two who is never to meet Turin."""
    instance = make(
        "turin",
        delegations=[{"id": "porto", "split": "members"}],
        participants=[{"id": "porto-1", "delegation": "porto"}, {"id": "porto-2", "delegation": "porto"}],
        meetings=[meeting("m", "porto", "turin")],
        never=[["turin", "porto-1"]],
    )
    kept, broken = (schedule(put("m", "10:00", "area", 1, f"porto-{n}")) for n in (2, 1))
    return Doctored(RuleName.NEVER, instance, kept, broken)


CASES: tuple[Doctored, ...] = (
    _placement(),
    _windows(),
    _room(),
    _person(),
    _availability(),
    _delegation(),
    _travel(),
    _plenary(),
    _precedence(),
    _pins(),
    _load(),
    _interpreters(),
    _fairness(),
    _never(),
)
"""One for each rule, in the order of the rules."""
