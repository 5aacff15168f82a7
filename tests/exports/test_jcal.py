"""jCal beside the calendars that it repeats, and read by a library."""

from __future__ import annotations

import json
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.exported import instances, relaxed, solutions
from support.hand_made import facts, hand_made, hand_placed
from support.names import names
from support.rfc5545 import Component, Property, read

from scheduler.domain import Instance, Solution
from scheduler.exports import jcal
from scheduler.exports.formats import Manner
from scheduler.exports.ical import files as calendars
from scheduler.exports.views import By

HAND_MADE = hand_made()
MOMENTS = ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED")
KINDS = {
    **dict.fromkeys(MOMENTS, "date-time"),
    **dict.fromkeys(("TZOFFSETFROM", "TZOFFSETTO"), "utc-offset"),
    **dict.fromkeys(("ORGANIZER", "ATTENDEE"), "cal-address"),
    "SEQUENCE": "integer",
    "X-WR-CALNAME": "unknown",
}


def value_of(prop: Property) -> Any:
    """Return a value as RFC 7265 (3.6) writes it."""
    raw = prop.value
    match KINDS.get(prop.name, "text"):
        case "date-time":
            return f"{raw[:4]}-{raw[4:6]}-{raw[6:11]}:{raw[11:13]}:{raw[13:]}"
        case "utc-offset":
            return f"{raw[:3]}:{raw[3:5]}" + (f":{raw[5:]}" if raw[5:] else "")
        case "integer":
            return int(raw)
        case "text":
            return prop.text
        case _:
            return raw


def repeated(of: Component) -> list[Any]:
    """Return what jCal should say of a component of a calendar."""
    properties = [
        [
            p.name.lower(),
            {name.lower(): value for name, value in p.params.items()},
            KINDS.get(p.name, "text"),
            value_of(p),
        ]
        for p in of.properties
    ]
    return [of.name.lower(), properties, [repeated(part) for part in of.components]]


def both(instance: Instance, solution: Solution, by: By = By.PROGRAMME) -> list[tuple[bytes, bytes]]:
    manner = Manner(by, sequence=2)
    ours, theirs = jcal.files(instance, solution, manner), calendars(instance, solution, manner)
    assert [name.removesuffix(".jcal") for name in ours] == [name.removesuffix(".ics") for name in theirs]
    return list(zip(ours.values(), theirs.values(), strict=True))


@pytest.mark.parametrize("by", list(By))
def test_each_property_of_a_calendar_is_repeated(by: By) -> None:
    for ours, theirs in both(HAND_MADE, hand_placed(), by):
        assert json.loads(ours) == repeated(read(theirs))


@relaxed
@given(instances(), solutions(), st.sampled_from([By.PROGRAMME, By.DELEGATION]))
def test_so_it_is_whatever_the_schedule_is(instance: Instance, solution: Solution, by: By) -> None:
    for ours, theirs in both(instance, solution, by):
        assert json.loads(ours) == repeated(read(theirs))


@relaxed
@given(st.lists(names(), min_size=3, max_size=3))
def test_a_library_reads_the_same_events(given_names: list[str]) -> None:
    given_ = facts()
    given_["sessions"][0]["title"], given_["participants"][0]["name"], office = given_names
    given_["programme"]["organizer"]["name"] = office
    for ours, theirs in both(Instance.model_validate(given_), hand_placed()):
        found = icalendar.Calendar.from_jcal(json.loads(ours)).walk("VEVENT")
        wanted = icalendar.Calendar.from_ical(theirs).walk("VEVENT")
        assert len(found) == len(wanted) == 4
        for one, other in zip(found, wanted, strict=True):
            assert (one["DTSTART"].dt, one["DTEND"].dt) == (other["DTSTART"].dt, other["DTEND"].dt)
            assert (str(one["SUMMARY"]), str(one["UID"])) == (str(other["SUMMARY"]), str(other["UID"]))
            assert one["ORGANIZER"].params["CN"] == other["ORGANIZER"].params["CN"]


def test_what_has_no_type_keeps_its_value_as_it_stands() -> None:
    (document, _), *_ = both(HAND_MADE, hand_placed())
    properties = {name: (kind, value) for name, _, kind, value in json.loads(document)[1]}
    assert properties["name"] == ("text", 'Open cities, "by hand"')
    assert properties["x-wr-calname"] == ("unknown", 'Open cities\\, "by hand"')


def test_the_caret_in_a_name_is_one_again() -> None:
    given_ = facts()
    given_["programme"]["organizer"]["name"] = "up ^ and ^n"
    (document, _), *_ = both(Instance.model_validate(given_), hand_placed())
    events = [part for part in json.loads(document)[2] if part[0] == "vevent"]
    names_ = {params["cn"] for _, found, _ in events for name, params, *_ in found if name == "organizer"}
    assert names_ == {"up ^ and ^n"}
