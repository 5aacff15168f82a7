import datetime as dt
import gzip
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from icalendar import Calendar
from sqlalchemy.exc import OperationalError
from support.given_out import address, entered, events, feeds, path, published, sent
from support.hand_made import facts, hand_made, hand_placed
from support.names import REAL
from support.rfc5545 import read
from support.served import API, serving, settings_in

from scheduler.domain import Instance, Solution
from scheduler.exports.events import Revision
from scheduler.exports.ical import ical_files
from scheduler.service.publications import KINDS


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with serving(settings_in(tmp_path_factory.mktemp("feeds"), jobs=0)) as client:
        yield client


@pytest.fixture(scope="module")
def programme(client):
    programme, schedule = entered(client, hand_made(), hand_placed())
    published(client, programme, schedule)
    return programme


@pytest.fixture
def where(client, programme):
    return address(client, programme, "participant", "delegate-1")


def test_everything_and_everybody_has_a_feed(client, programme):
    instance = hand_made()
    expected = {
        f"{kind.value}-{name.removesuffix('.ics').partition('-')[2]}".rstrip("-")
        for kind in KINDS
        for name in ical_files(instance, hand_placed(), kind)
    }
    assert set(feeds(client, programme)) == expected
    assert len({each["address"] for each in feeds(client, programme).values()}) == len(expected)


def test_a_feed_says_what_the_exported_calendar_says(client, programme):
    stamp = Revision(dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    exported = {
        name: content
        for kind in KINDS
        for name, content in ical_files(hand_made(), hand_placed(), kind, stamp).items()
    }
    for stem, feed in feeds(client, programme).items():
        mine, other = read(client.get(path(feed)).content), read(exported[f"{stem}.ics"])
        assert mine["NAME"].text == other["NAME"].text
        for uid, event in events(other).items():
            for name in ("SUMMARY", "LOCATION", "DTSTART", "DTEND", "STATUS", "CATEGORIES"):
                assert events(mine)[uid][name].value == event[name].value


def test_a_feed_is_a_published_calendar(client, programme):
    seen = 0
    for feed in feeds(client, programme).values():
        answer = client.get(path(feed))
        calendar = read(answer.content)
        assert (calendar["REFRESH-INTERVAL"].value, calendar["REFRESH-INTERVAL"].params) == (
            "PT1H",
            {"VALUE": "DURATION"},
        )
        assert calendar["X-PUBLISHED-TTL"].value == "PT1H"
        found = events(calendar)
        seen += len(found)
        # RFC 5545, 3.7.2: the method stands in both or in neither; RFC 5546, 3.2.1: it needs an event
        assert ("METHOD" in calendar) is bool(found)
        method = "; method=PUBLISH" if found else ""
        assert answer.headers["content-type"] == f"text/calendar; charset=utf-8{method}"
        for event in found.values():  # RFC 5546, 3.2.1
            assert "ATTENDEE" not in event
            assert event["ORGANIZER"].value == "mailto:office@open-cities.example"
            for name in ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "LAST-MODIFIED", "STATUS"):
                assert event[name].value
        assert not Calendar.from_ical(answer.content).errors
    assert seen


def test_a_programme_without_an_organizer_stands_for_one(client):
    given = facts()
    del given["programme"]["organizer"]
    programme, schedule = entered(client, Instance.model_validate(given), hand_placed())
    published(client, programme, schedule)
    (organizer, *_) = {
        event["ORGANIZER"].value
        for event in events(read(client.get(address(client, programme, "programme")).content)).values()
    }
    assert organizer == f"urn:uuid:{programme}"


@pytest.mark.parametrize("name", REAL)
def test_names_in_all_scripts(client, name):
    given = facts()
    given["participants"][0]["name"] = name
    given["programme"]["title"] = name
    given["programme"].pop("organizer")
    instance = Instance.model_validate(given)
    programme, schedule = entered(client, instance, hand_placed())
    published(client, programme, schedule)
    answer = client.get(address(client, programme, "participant", "delegate-1"))
    assert instance.participants[0].name.split("\n")[0] in read(answer.content)["NAME"].text
    assert Calendar.from_ical(answer.content)["NAME"]
    assert answer.headers["content-disposition"] == 'inline; filename="participant-delegate-1.ics"'


def test_a_program_that_has_it_already_is_told_so(client, where):
    answer = client.get(where, headers={"Accept-Encoding": "identity"})
    tag, changed = answer.headers["etag"], answer.headers["last-modified"]
    moment = parsedate_to_datetime(changed)
    for said in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"x", W/{tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": changed},
        {"If-Modified-Since": format_datetime(moment + dt.timedelta(days=1), usegmt=True)},
        {"If-None-Match": tag, "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ):
        known = client.get(where, headers=said)
        assert (known.status_code, known.content) == (304, b"")
        assert known.headers["last-modified"] == changed
        assert {"etag", "cache-control", "vary"} <= set(known.headers)
        assert "content-length" not in known.headers
    for said in (
        {"If-None-Match": '"another"'},
        {"If-None-Match": tag.strip('"')},
        {"If-None-Match": '"another"', "If-Modified-Since": changed},
        {"If-Modified-Since": format_datetime(moment - dt.timedelta(seconds=1), usegmt=True)},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": ""},
    ):
        assert client.get(where, headers=said).status_code == 200


def test_a_calendar_is_compressed_for_who_takes_that(client, where):
    plain = client.get(where, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with client.stream("GET", where, headers={"Accept-Encoding": "br;q=1, GZIP;q=0.5"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert len(raw) == int(packed.headers["content-length"]) < len(plain.content)
    assert gzip.decompress(raw) == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    for answer in (plain, packed):
        assert answer.headers["vary"] == "Accept-Encoding"
    for accepted, coding in (("*", "gzip"), ("gzip;q=0", None), ("gzip; q=0.000, *", None), ("br", None)):
        answer = client.get(where, headers={"Accept-Encoding": accepted})
        assert answer.headers.get("content-encoding") == coding
    for tag in (plain.headers["etag"], packed.headers["etag"]):
        assert client.get(where, headers={"If-None-Match": tag}).status_code == 304


def test_head_says_what_get_would(client, where):
    answer, head = client.get(where), client.head(where)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == answer.headers
    assert client.head(where, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_nothing_else_can_be_done_with_a_feed(client, where):
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.request(method, where)
        assert answer.status_code == 405
        assert answer.headers["content-type"] == "application/problem+json"


def test_an_answer_is_kept_by_nobody_between(client, where):
    answer = client.get(where)
    assert answer.headers["cache-control"].startswith("private, max-age=")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"].startswith("noindex")
    assert "set-cookie" not in answer.headers


def test_secrets_that_lead_nowhere_look_alike(client, programme):
    unknown = client.get("/feeds/nobody-knows.ics")
    assert unknown.status_code == 404
    assert unknown.headers["content-type"] == "application/problem+json"
    (rotated,) = feeds(client, programme, by="city", subject="lisbon").values()
    (revoked,) = feeds(client, programme, by="city", subject="madrid").values()
    base = f"{API}/programmes/{programme}/feeds"
    fresh = client.post(f"{base}/{rotated['id']}/rotate").json()
    client.post(f"{base}/{revoked['id']}/revoke")
    right = path(fresh)
    guesses = [right[:-5] + ("A" if right[-5] != "A" else "B") + ".ics", right[:-6] + ".ics"]
    guesses += ["/feeds/" + "A" * 54 + ".ics", "/feeds/" + "ü" * 54 + ".ics", "/feeds/" + "A" * 4000 + ".ics"]
    guesses += ["/feeds/..%2f..%2fscheduler.db.ics", "/feeds/%00.ics", "/feeds/participant-delegate-1.ics"]
    for there in (path(rotated), path(revoked), *guesses):
        answer = client.get(there)
        assert (answer.status_code, answer.content) == (404, unknown.content)
        assert answer.headers == unknown.headers
    assert client.get(right).status_code == 200
    restored = client.post(f"{base}/{revoked['id']}/restore").json()
    assert restored == revoked
    assert client.get(path(revoked)).status_code == 200
    assert fresh == {**rotated, "address": fresh["address"]}


def test_feeds_of_other_programmes_are_not_seen(client, programme):
    other, _ = entered(client, hand_made(), hand_placed())
    (feed,) = feeds(client, programme, by="programme").values()
    assert feeds(client, other) == {}
    for what in ("rotate", "revoke", "restore"):
        assert client.post(f"{API}/programmes/{other}/feeds/{feed['id']}/{what}").status_code == 404
    assert client.get(f"{API}/programmes/{other}/feeds/{feed['id']}").status_code == 404
    assert client.get(f"{API}/programmes/{programme}/feeds/{feed['id']}").json() == feed


def test_the_calendar_of_somebody_who_does_not_come_after_all_stays(client):
    programme, schedule = entered(client, hand_made(), hand_placed())
    published(client, programme, schedule)
    there = address(client, programme, "participant", "late")
    nothing = Solution(programme=hand_made().programme.id)
    assert published(client, programme, sent(client, programme, nothing))["edition"] == 2
    shown = events(read(client.get(there).content))
    assert {event["STATUS"].value for event in shown.values()} <= {"CANCELLED"}


def test_a_service_that_is_called_otherwise_says_so(tmp_path):
    settings = settings_in(tmp_path, jobs=0, base_url="https://calendars.example/deep/")
    with serving(settings) as client:
        programme, schedule = entered(client, hand_made(), hand_placed())
        published(client, programme, schedule)
        (feed,) = feeds(client, programme, by="programme").values()
        assert feed["address"].startswith("https://calendars.example/deep/feeds/")


def test_a_store_that_does_not_answer_is_told_of(client, where, monkeypatch):
    service = client.app.state.service
    monkeypatch.setattr(type(service.store.feeds), "revision", _fail)
    service.feeds.look_again()
    answer = client.get(where)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    monkeypatch.undo()
    assert client.get(where).status_code == 200


def _fail(_feeds):
    raise OperationalError("select", {}, Exception("gone"))
