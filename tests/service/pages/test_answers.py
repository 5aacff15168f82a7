"""Questions in the pages: asked, and answered in words."""

from pathlib import Path

import pytest
from lxml import html
from support.forum import FORUM, forum
from support.given_out import entered
from support.html import html_faults
from support.served import serving, settings_in, uploaded

import scheduler
from scheduler.explain.answers import why_not_data
from scheduler.explain.explanation import why_infeasible
from scheduler.reading import instance_from, load_with_places
from scheduler.service.pages.answers import called, why_not
from scheduler.service.store.queue import Ending
from scheduler.service.store.records import State

INSTANCES = Path(__file__).parents[3] / "instances"
OPTIONS = scheduler.SolveOptions(deterministic=True)


@pytest.fixture
def client(tmp_path):
    with serving(settings_in(tmp_path, jobs=0)) as client:
        yield client


@pytest.fixture(scope="module")
def full():
    """A programme in which not everything has a place, and a schedule of it."""
    instance = scheduler.load(INSTANCES / "over-full.yaml")
    return instance, scheduler.solve(instance, OPTIONS).solution


def token(client):
    return html.fromstring(client.get("/").text).xpath("string(//meta[@name='csrf-token']/@content)")


def answered(client, job, result):
    """Have a job end with a result; return its page."""
    queue = client.app.state.service.store.queue
    claimed = queue.claim("a test")
    assert claimed.id == job.url.path.removeprefix("/jobs/")
    queue.end(claimed, Ending(State.DONE, result=result))
    return client.get(job.url.path)


def told(answer):
    return " ".join(html.fromstring(answer.text).text_content().split())


def test_what_it_would_cost_is_told_with_names(client, full, tmp_path):
    instance, solution = full
    _, schedule = entered(client, instance, solution)
    board = html.fromstring(client.get(f"/schedules/{schedule}").text)
    (activity,) = board.xpath("//button[@form='ask'][@value='ghent-cracow']/@value")
    job = client.post(f"/schedules/{schedule}/why-nots", data={"csrf": token(client), "activity": activity})
    title = html.fromstring(job.text).xpath("string(//h1)")
    assert title == "Why not: Ghent City Council \u2013 Cracow (Old town traffic)"
    result = why_not_data(scheduler.why_not(*full, scheduler.Asked(activity=activity), OPTIONS), None)
    answer = answered(client, job, result)
    (tmp_path / "price.html").write_bytes(answer.content)
    assert html_faults([tmp_path / "price.html"]) == []
    words = told(answer)
    assert "No schedule that grants it costs less: that is proven." in words
    assert "Cracow is engaged: " in words
    assert "Thu 18 Sep 14:00" in words
    for other in result["displaced"]:
        assert called(instance, other) in words
    assert (
        client.post(
            f"/schedules/{schedule}/why-nots", data={"csrf": token(client), "activity": "ghost"}
        ).status_code
        == 404
    )


def test_what_cannot_be_granted_is_told_with_what_is_against_it(client, tmp_path):
    solution = scheduler.solve(forum(), OPTIONS).solution
    _, schedule = entered(client, forum(), solution)
    job = client.post(f"/schedules/{schedule}/why-nots", data={"csrf": token(client), "activity": "late"})
    (tmp_path / "forum.yaml").write_text(FORUM)
    instance, places = load_with_places(tmp_path / "forum.yaml")
    answer = scheduler.why_not(instance, solution, scheduler.Asked(activity="late"), OPTIONS)
    words = told(answered(client, job, why_not_data(answer, places)))
    assert "It cannot be granted" in words
    assert "Ghent (ghent) leaves on Mon 10 Mar at 11:00" in words
    assert "Take back any one of these" in words


def test_why_there_is_no_schedule_is_told_with_what_would_help(client):
    text = (INSTANCES / "infeasible.yaml").read_bytes()
    programme = uploaded(client, text)["id"]
    solve = client.post(f"/programmes/{programme}/solves", data={"csrf": token(client)})
    page = html.fromstring(answered(client, solve, {"status": "infeasible", "levels": [], "notes": []}).text)
    (form,) = page.xpath("//form[contains(@action, '/explanations')]")
    job = client.post(form.get("action"), data={"csrf": token(client), "version": "1"})
    instance, places = load_with_places(INSTANCES / "infeasible.yaml")
    found = why_infeasible(instance, OPTIONS, repairs=1).data(places)
    words = told(answered(client, job, found))
    assert "'Signing in Madrid' (oslo-madrid) must take place" in words
    assert "What would help" in words
    assert found["repairs"][0]["steps"][0]["sentence"] in words


def test_what_the_programme_no_longer_has_is_called_by_its_id(full):
    assert called(full[0], "gone") == "gone"


def test_places_at_which_the_same_is_in_the_way_stand_together():
    instance = instance_from(
        {
            "programme": {"id": "p", "grid": "30min"},
            "cities": [
                {
                    "id": "porto",
                    "time_zone": "Europe/Lisbon",
                    "opening": [{"date": "2025-07-01", "from": "09:00", "to": "10:00"}],
                    "venues": [{"id": "v", "rooms": [{"id": "a", "tables": 1}, {"id": "b", "tables": 1}]}],
                }
            ],
            "participants": [{"id": "x"}, {"id": "y"}],
            "meetings": [{"id": "m", "parties": ["x", "y"]}, {"id": "n", "parties": ["x", "y"]}],
        }
    )
    way = {"start": "2025-07-01T10:00+02:00", "words": "x is engaged", "blockers": ["n"], "kind": "k"}
    result = {
        "in_the_way": [{**way, "room": "a"}, {**way, "room": "b"}],
        **{key: [] for key in ("levels", "displaced", "moved", "granted", "because")},
        "outcome": "unknown",
        "conflict": None,
    }
    (row,) = why_not(instance, result).ways
    assert (row.when, row.where) == ("Tue 1 Jul 09:00", "a, porto; b, porto")
    assert row.words == "x is engaged: x \u2013 y"
