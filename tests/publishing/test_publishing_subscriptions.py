from __future__ import annotations

import datetime as dt

from support.hand_made import facts, hand_made, hand_placed
from support.rfc5545 import Component, read

from scheduler.domain import Instance
from scheduler.exports import Edition
from scheduler.publishing.drafting import Draft, Manner
from scheduler.publishing.subscriptions import Subscription

STAMP = dt.datetime(2025, 2, 1, 12, tzinfo=dt.UTC)


def calendars(subscribed: bool, organizer: bool = True) -> dict[str, Component]:
    """Return the calendars of a first version."""
    given = facts()
    if not organizer:
        del given["programme"]["organizer"]
    instance = Instance.model_validate(given)
    subscription = Subscription.to(instance.programme, "urn:x:forum") if subscribed else None
    draft = Draft(Edition(instance, hand_placed()), None, STAMP, Manner(subscription=subscription))
    files = draft.files(draft.version("", 0))
    return {name: read(content) for name, content in files.items() if name.startswith("calendars/")}


def said(calendar: Component, *but: str) -> list[list[tuple[str, str]]]:
    """Return what events say, some properties apart."""
    return [
        [(each.name, each.value) for each in event.properties if each.name not in but]
        for event in calendar.parts("VEVENT")
    ]


def test_events_are_those_of_files_but_for_who_attends() -> None:
    files, subscribed = calendars(subscribed=False), calendars(subscribed=True)
    assert set(files) == set(subscribed)
    for name, calendar in subscribed.items():
        assert said(calendar, "ORGANIZER") == said(files[name], "ATTENDEE", "ORGANIZER")
        for event in calendar.parts("VEVENT"):
            assert event["ORGANIZER"].value == "mailto:office@open-cities.example"
    assert any("ATTENDEE" in event for each in files.values() for event in each.parts("VEVENT"))


def test_files_say_nothing_of_subscriptions() -> None:
    for calendar in calendars(subscribed=False).values():
        assert not {"METHOD", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"} & {
            each.name for each in calendar.properties
        }


def test_a_programme_stands_for_the_organizer_that_it_does_not_name() -> None:
    for calendar in calendars(subscribed=True, organizer=False).values():
        for event in calendar.parts("VEVENT"):
            assert event["ORGANIZER"].value == "urn:x:forum"
            assert event["ORGANIZER"].params["CN"] == hand_made().programme.label.replace('"', "'")
