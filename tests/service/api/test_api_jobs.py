import json

import pytest
from support.served import API, asked, ended, solved, uploaded


def test_a_solve_ends_with_a_checked_schedule(client, tiny):
    programme, _ = tiny
    job = solved(client, programme, time_limit=20, workers=1, seed=3)
    assert job["state"] == "done"
    assert job["kind"] == "solve"
    assert job["request"] == {"time_limit": 20.0, "workers": 1, "seed": 3, "deterministic": False}
    assert job["attempts"] == 1
    assert job["result"]["status"] == "optimal"
    assert [level["status"] for level in job["result"]["levels"]] == ["optimal"] * len(
        job["result"]["levels"]
    )
    verdict = client.get(f"{API}/schedules/{job['schedule']}/check").json()
    assert verdict["valid"]
    assert [level["value"] for level in verdict["levels"]] == [
        level["value"] for level in job["result"]["levels"]
    ]
    so_far = client.get(f"{API}/jobs/{job['id']}/schedule").json()
    assert so_far["placements"]


def test_its_events_can_be_followed_and_taken_up_again(client, tiny):
    programme, _ = tiny
    job = asked(client, programme, "solves")["id"]
    with client.stream("GET", f"{API}/jobs/{job}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        text = "".join(stream.iter_text())
    events = [
        dict(line.split(": ", 1) for line in block.splitlines()) for block in text.split("\n\n") if block
    ]
    assert [int(event["id"]) for event in events] == list(range(1, len(events) + 1))
    states = [json.loads(event["data"])["state"] for event in events if event["event"] == "state"]
    assert states == ["queued", "running", "done"]
    levels = [json.loads(event["data"]) for event in events if event["event"] == "level"]
    assert all({"level", "value", "bound", "gap", "status", "seconds"} <= set(level) for level in levels)
    assert levels[-1]["status"] == "optimal"
    last = events[-1]["id"]
    rest = client.get(f"{API}/jobs/{job}/events", headers={"Last-Event-ID": str(int(last) - 1)})
    assert rest.text.startswith(f"id: {last}\n")
    assert client.get(f"{API}/jobs/{job}/events", headers={"Last-Event-ID": last}).status_code == 204


@pytest.mark.parametrize(
    ("what", "body", "key"),
    [
        ("explanations", {}, "requirements"),
        ("why-nots", {"activity": "turin-lyon"}, "outcome"),
        ("suggestions", {"parties": ["turin", "lyon"], "top": 2}, "suggestions"),
        ("replans", {"pin": ["turin-lyon"]}, "kept"),
    ],
)
def test_questions_are_answered_in_the_forms_of_the_command_line(client, tiny, what, body, key):
    programme, schedule = tiny
    about = {} if what == "explanations" else {"schedule": schedule}
    job = ended(client, asked(client, programme, what, **about, **body)["id"])
    assert (job["state"], job["message"]) == ("done", "")
    assert key in job["result"]


def test_what_cannot_be_done_is_told(client, tiny):
    programme, schedule = tiny
    job = asked(client, programme, "why-nots", schedule=schedule, activity="nobody-knows")
    told = ended(client, job["id"])
    assert told["state"] == "failed"
    assert "nobody-knows" in told["message"]


def test_an_infeasible_programme_is_explained_with_the_places_of_the_upload(client):
    from support.served import INSTANCES

    programme = uploaded(client, (INSTANCES / "infeasible.yaml").read_bytes())["id"]
    assert solved(client, programme)["result"]["status"] == "infeasible"
    job = ended(client, asked(client, programme, "explanations", repairs=1)["id"])
    places = [requirement["place"] for requirement in job["result"]["requirements"]]
    assert places
    assert all(place.startswith("programme.yaml:") for place in places)


def test_a_cancelled_solve_keeps_its_best(client):
    from support.served import INSTANCES

    programme = uploaded(client, (INSTANCES / "asia-innova-2017.yaml").read_bytes())["id"]
    job = asked(client, programme, "solves", workers=1)["id"]
    with client.stream("GET", f"{API}/jobs/{job}/events") as stream:
        for line in stream.iter_lines():
            if line == "event: best":
                break
    assert client.get(f"{API}/jobs/{job}/schedule").json()["placements"]
    assert client.delete(f"{API}/jobs/{job}").json()["cancel_asked"]
    told = ended(client, job)
    assert told["state"] == "cancelled"
    assert client.get(f"{API}/schedules/{told['schedule']}/check").json()["valid"]


def test_a_job_that_waits_is_cancelled_at_once(client, tiny):
    programme, _ = tiny
    jobs = [asked(client, programme, "solves")["id"] for _ in range(3)]
    assert client.delete(f"{API}/jobs/{jobs[-1]}").json()["state"] == "cancelled"
    assert [ended(client, job)["state"] for job in jobs] == ["done", "done", "cancelled"]


@pytest.mark.parametrize(
    "body", [{"time_limit": 1e9}, {"time_limit": -1}, {"workers": 0}, {"version": 0}, {"unknown": 1}]
)
def test_what_is_asked_for_is_looked_at(client, tiny, body):
    answer = client.post(f"{API}/programmes/{tiny[0]}/solves", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_jobs_of_a_version_that_is_not_there(client, tiny):
    assert client.post(f"{API}/programmes/{tiny[0]}/solves", json={"version": 9}).status_code == 404
