"""Changes by hand over the programming interface: places, moves, pins."""

import pytest
from support.served import API, asked, ended, solved, uploaded

MEETING = "turin-lyon"


@pytest.fixture(scope="module")
def programme(client):
    return uploaded(client)["id"]


@pytest.fixture(scope="module")
def schedule(client, programme):
    return solved(client, programme)["schedule"]


@pytest.fixture(scope="module")
def places(client, schedule):
    answer = client.get(f"{API}/schedules/{schedule}/places/{MEETING}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def placement(client, schedule, activity=MEETING):
    placements = client.get(f"{API}/schedules/{schedule}").json()["solution"]["placements"]
    return next(each for each in placements if each["activity"] == activity)


def moved(client, schedule, place, **more):
    return client.post(f"{API}/schedules/{schedule}/moves", json={"activity": MEETING, **place, **more})


def elsewhere(client, schedule, places):
    """Return a legal place in which the meeting is not now."""
    now = placement(client, schedule)
    return next(each for each in places["legal"] if each["start"] != now["start"])


def test_every_place_is_legal_or_forbidden_by_a_rule_in_words(places):
    assert places["activity"] == MEETING
    legal = {(each["start"], each["room"]) for each in places["legal"]}
    refused = {(each["start"], each["room"]) for said in places["forbidden"] for each in said["places"]}
    assert legal
    assert refused
    assert not legal & refused
    assert all(said["rule"] and said["words"] for said in places["forbidden"])
    assert len({(said["rule"], said["words"]) for said in places["forbidden"]}) == len(places["forbidden"])


def test_a_legal_move_makes_a_schedule_that_keeps_the_rules(client, schedule, places):
    place = elsewhere(client, schedule, places)
    answer = moved(client, schedule, place)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["origin"] == "edit"
    assert made["parent"] == schedule
    now = placement(client, made["id"])
    assert (now["start"], now["room"]) == (place["start"], place["room"])
    assert client.get(f"{API}/schedules/{made['id']}/check").json()["valid"]


def test_a_forbidden_place_is_refused_in_the_words_that_places_has_for_it(client, schedule, places):
    said = places["forbidden"][0]
    answer = moved(client, schedule, said["places"][0])
    assert answer.status_code == 409
    assert answer.json()["detail"] == said["words"]


def test_what_was_moved_by_hand_stays_once_it_is_pinned(client, programme, schedule, places):
    place = elsewhere(client, schedule, places)
    by_hand = moved(client, schedule, place).json()["id"]
    version = client.post(f"{API}/schedules/{by_hand}/pins")
    assert version.status_code == 201
    job = asked(client, programme, "replans", schedule=by_hand, version=version.json()["number"])
    again = ended(client, job["id"])["schedule"]
    kept = placement(client, again)
    assert (kept["start"], kept["room"]) == (place["start"], place["room"])
    free = client.post(f"{API}/schedules/{again}/unpins", json={"activity": MEETING})
    assert free.status_code == 201
    assert free.json()["version"] > version.json()["number"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"activity": "ghost"}, 404),
        ({"room": "ghost"}, 404),
        ({"start": "2017-11-20T08:00"}, 422),
        ({"start": "0001-01-01T00:00+14:00"}, 422),
        ({"start": "9999-12-31T23:59-12:00"}, 422),
        ({"table": 0}, 422),
        ({"more": 1}, 422),
    ],
)
def test_what_the_programme_does_not_have_is_told(client, schedule, places, body, status):
    answer = moved(client, schedule, {**places["legal"][0], **body})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_nothing_is_to_be_placed_that_is_not_there(client, schedule):
    assert client.get(f"{API}/schedules/{schedule}/places/ghost").status_code == 404
    assert client.post(f"{API}/schedules/{schedule}/unpins", json={"activity": "ghost"}).status_code == 404
