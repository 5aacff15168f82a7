"""Schedules that a service has published, for tests: programmes and schedules are sent in, not solved."""

from support.served import API, uploaded

from scheduler.exports.instance_file import instance_text
from scheduler.service.instances import solution_json


def entered(client, instance, solution):
    """Send in a programme and a schedule of it; return both ids."""
    programme = uploaded(client, instance_text(instance).encode())["id"]
    return programme, sent(client, programme, solution)


def sent(client, programme, solution):
    """Send in another schedule of a programme; return its id."""
    answer = client.post(f"{API}/programmes/{programme}/schedules", content=solution_json(solution))
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def published(client, programme, schedule, status=201, **asked):
    """Publish a schedule; return what is answered."""
    body = {"schedule": schedule, "force": True, **asked}
    answer = client.post(f"{API}/programmes/{programme}/publications", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def feeds(client, programme, **asked):
    """Return the feeds of a programme by the stems of their files."""
    found = client.get(f"{API}/programmes/{programme}/feeds", params=asked).json()
    return {f"{each['by']}-{each['subject']}".rstrip("-"): each for each in found}


def path(feed):
    """Return the address of a feed, as it is below that of the service."""
    return feed["address"].removeprefix("http://127.0.0.1")


def address(client, programme, by, subject=""):
    """Return the address of one feed."""
    (found,) = feeds(client, programme, by=by, subject=subject).values()
    return path(found)


def events(calendar):
    """Return the events of a calendar (as :func:`support.rfc5545.read` reads it) by their UIDs."""
    return {event["UID"].value: event for event in calendar.parts("VEVENT")}
