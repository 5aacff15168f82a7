import threading

import pytest
from support.given_out import address, entered, events, feeds, path, published, sent
from support.hand_made import PLACEMENTS, hand_made, hand_placed, solution_of
from support.rfc5545 import read
from support.served import API, serving, settings_in

from scheduler.exports import Edition
from scheduler.exports.instance_file import instance_text
from scheduler.publishing import publish
from scheduler.service import publications
from scheduler.service.store.publications import Publications


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with serving(settings_in(tmp_path_factory.mktemp("publications"), jobs=0)) as client:
        yield client


@pytest.fixture
def given(client):
    return entered(client, hand_made(), hand_placed())


def without(activity):
    return solution_of([each for each in PLACEMENTS if each["activity"] != activity])


def test_the_first_edition_says_what_the_command_line_says(client, given, tmp_path):
    programme, schedule = given
    made = published(client, programme, schedule, note="The first one")
    assert (made["edition"], made["new"], made["schedule"], made["version"]) == (1, True, schedule, 1)
    apart = publish(hand_made(), hand_placed(), tmp_path, force=True, note="The first one").data()
    for key in ("title", "note", "broken", "counts", "changes", "notes"):
        assert made[key] == apart[key]
    assert [each["address"] for each in made["messages"]] == [each["address"] for each in apart["messages"]]
    assert client.get(f"{API}/programmes/{programme}/publications/1").json() == {**made, "new": False}
    (listed,) = client.get(f"{API}/programmes/{programme}/publications").json()
    assert listed == {key: made[key] for key in listed}


def test_its_files_are_there(client, given):
    programme, schedule = given
    made = published(client, programme, schedule)
    base = f"{API}/programmes/{programme}/publications/1/files"
    listed = {each["path"]: each for each in client.get(base).json()}
    calendars = {name.partition("/")[2] for name in listed if name.startswith("calendars/")}
    assert len(calendars) == made["calendars"] == len(feeds(client, programme))
    assert {f"{stem}.ics" for stem in feeds(client, programme)} == calendars
    assert {each["file"] for each in made["messages"]} == {
        name.partition("/")[2] for name in listed if name.startswith("messages/")
    }
    for name in ("CHANGES.md", "instance.yaml", "solution.yaml", "calendars/programme.ics"):
        answer = client.get(f"{base}/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].endswith(f'filename="{name.rpartition("/")[2]}"')
    calendar = client.get(f"{base}/calendars/programme.ics").content
    assert calendar == client.get(address(client, programme, "programme")).content


def test_what_has_not_changed_makes_no_edition(client, given):
    programme, schedule = given
    first = published(client, programme, schedule)
    again = published(client, programme, sent(client, programme, hand_placed()), status=200)
    assert again == {**first, "new": False}
    assert len(client.get(f"{API}/programmes/{programme}/publications").json()) == 1


def test_an_edition_follows_the_one_before(client, given):
    programme, schedule = given
    published(client, programme, schedule)
    before = feeds(client, programme)
    old = {stem: client.get(path(feed)) for stem, feed in before.items()}
    gone = "islands"
    made = published(client, programme, sent(client, programme, without(gone)))
    assert (made["edition"], made["counts"]["cancelled"]) == (2, 1)
    assert {each["method"] for each in made["messages"]} == {"CANCEL"}
    assert feeds(client, programme) == before
    new = {stem: client.get(path(feed)) for stem, feed in before.items()}
    touched = {stem for stem in new if new[stem].content != old[stem].content}
    assert touched
    assert touched < set(new)
    for stem in new:
        assert (new[stem].headers["etag"] != old[stem].headers["etag"]) is (stem in touched)
        assert (new[stem].headers["last-modified"] != old[stem].headers["last-modified"]) is (stem in touched)
    uid = f"{gone}@{hand_made().programme.id}.scheduler"
    for stem in touched:
        was, now = (events(read(each[stem].content))[uid] for each in (old, new))
        assert (was["STATUS"].value, now["STATUS"].value) == ("CONFIRMED", "CANCELLED")
        assert (was["SEQUENCE"].value, now["SEQUENCE"].value) == ("0", "1")
        assert was["DTSTAMP"].value < now["DTSTAMP"].value
        assert was["DTSTART"].value == now["DTSTART"].value


def test_what_was_cancelled_can_be_left_out(client, given):
    programme, schedule = given
    published(client, programme, schedule)
    published(client, programme, sent(client, programme, without("islands")), cancelled=False)
    shown = events(read(client.get(address(client, programme, "programme")).content))
    assert shown
    assert all(event["STATUS"].value == "CONFIRMED" for event in shown.values())


def test_a_schedule_that_breaks_rules_is_published_only_by_force(client, given):
    programme, _ = given
    broken = sent(client, programme, solution_of([*PLACEMENTS[1:]]))
    told = published(client, programme, broken, status=409, force=False)
    assert told["detail"].startswith("the schedule breaks the rules in ")
    assert told["errors"][0]["message"]
    assert client.get(f"{API}/programmes/{programme}/publications").json() == []
    assert published(client, programme, broken)["broken"] >= len(told["errors"])


def test_schedules_of_other_programmes_are_not_seen(client, given):
    other, schedule = entered(client, hand_made(), hand_placed())
    told = published(client, given[0], schedule, status=404)
    assert told["detail"] == "there is no such schedule"
    assert client.get(f"{API}/programmes/{other}/publications").json() == []


@pytest.mark.parametrize(
    "asked", [{"note": "\0"}, {"note": "x" * 501}, {"cancelled": 3}, {"to": "/etc"}, {"by": ["city"]}]
)
def test_what_is_asked_for_is_looked_at(client, given, asked):
    programme, schedule = given
    assert published(client, programme, schedule, status=422, **asked)["errors"]


@pytest.mark.parametrize(
    "there", ["2", "1/files/x", "1/files/../../../etc/passwd", "1/files/%00", "9/files", "1/files/%2e%2e/x"]
)
def test_what_is_not_there(client, given, there):
    published(client, *given)
    assert client.get(f"{API}/programmes/{given[0]}/publications/{there}").status_code == 404


def test_a_changed_programme_is_followed(client, given):
    programme, schedule = given
    published(client, programme, schedule)
    renamed = hand_made().model_copy(update={"meetings": hand_made().meetings[1:]})
    answer = client.post(
        f"{API}/programmes/{programme}/versions",
        content=instance_text(renamed).encode(),
        headers={"Content-Type": "application/yaml"},
    )
    assert answer.json()["number"] == 2
    gone = hand_made().meetings[0].id
    made = published(client, programme, sent(client, programme, without(gone)))
    assert (made["edition"], made["version"]) == (2, 2)
    shown = events(read(client.get(address(client, programme, "programme")).content))
    cancelled = {uid for uid, event in shown.items() if event["STATUS"].value == "CANCELLED"}
    assert cancelled == {f"{gone}@{renamed.programme.id}.scheduler"}


def test_a_deleted_programme_leaves_nothing(client, given):
    programme, schedule = given
    published(client, programme, schedule)
    where = address(client, programme, "programme")
    assert client.get(where).status_code == 200
    assert client.delete(f"{API}/programmes/{programme}").status_code == 204
    assert client.get(where).status_code == 404


def test_only_keys_that_plan_publish_and_see_addresses(tmp_path):
    with serving(settings_in(tmp_path, jobs=0, auth=True)) as client:
        store = client.app.state.service.store
        keys = {scope: store.keys.add("k", scope)[1] for scope in ("read", "plan", "admin")}
        heads = {scope: {"Authorization": f"Bearer {text}"} for scope, text in keys.items()}
        client.headers.update(heads["plan"])
        programme, schedule = entered(client, hand_made(), hand_placed())
        body = {"schedule": schedule, "force": True}
        base = f"{API}/programmes/{programme}"
        assert client.post(f"{base}/publications", json=body, headers=heads["read"]).status_code == 403
        assert client.post(f"{base}/publications", json=body).status_code == 201
        seen = {scope: client.get(f"{base}/feeds", headers=head).json() for scope, head in heads.items()}
        assert {each["address"] for each in seen["read"]} == {None}
        assert all(each["address"] for each in seen["plan"])
        assert seen["plan"] == seen["admin"]
        feed = seen["plan"][0]
        for what in ("rotate", "revoke", "restore"):
            there = f"{base}/feeds/{feed['id']}/{what}"
            assert client.post(there, headers=heads["read"]).status_code == 403
        del client.headers["Authorization"]
        assert client.get(path(feed)).status_code == 200
        assert client.get(f"{base}/feeds").status_code == 401


def test_few_wait_until_they_may_publish(client, given, monkeypatch):
    monkeypatch.setattr(publications, "_WAITING", threading.BoundedSemaphore(1))
    monkeypatch.setattr(publications, "_WAIT_SECONDS", 0.0)
    with publications._turn():
        told = published(client, *given, status=503)
    assert told["detail"] == "somebody else is publishing just now; try again after that"
    with publications._TURN:
        assert published(client, *given, status=503) == told
    assert published(client, *given)["edition"] == 1


def test_of_several_servers_each_follows_the_others(client, given, monkeypatch):
    programme, schedule = given
    service, add = client.app.state.service, Publications.add
    other = service.store.schedules.get(sent(client, programme, without("islands")))
    others = iter([other])

    def late(store, *asked):
        for quicker in others:
            of = service.store.programmes.get(programme), quicker, Edition(*service.instances.both(quicker))
            publications._Publishing(service, *of).outcome(publications.Order(), 0)
        return add(store, *asked)

    monkeypatch.setattr(Publications, "add", late)
    assert published(client, programme, schedule)["edition"] == 2
    found = client.get(f"{API}/programmes/{programme}/publications").json()
    assert [(each["edition"], each["schedule"]) for each in found] == [(2, schedule), (1, other.id)]
    shown = events(read(client.get(address(client, programme, "programme")).content))
    assert shown[f"islands@{hand_made().programme.id}.scheduler"]["STATUS"].value == "CONFIRMED"
