"""Questions in the pages: asked, and answered in words."""

from pathlib import Path

import pytest
from lxml import html
from support.forum import FORUM, forum
from support.given_out import entered
from support.html import html_faults
from support.served import API, serving, settings_in, uploaded

import scheduler
from scheduler.explain.answers import suggestions_data, why_not_data
from scheduler.explain.explanation import why_infeasible
from scheduler.explain.telling import effects, room_for_it, spot, when
from scheduler.reading import instance_from, load_with_places
from scheduler.service.pages.answers import called, meeting_of, suggested, why_not
from scheduler.service.pages.boards import new_meeting
from scheduler.service.store.queue import Ending
from scheduler.service.store.records import State

INSTANCES = Path(__file__).parents[3] / "instances"
EMPTY = scheduler.Solution(programme="forum", placements=())
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


# -- places for a new meeting ------------------------------------------------------------------------


def asked_where(client, schedule, parties, **more):
    """Ask where a meeting would fit, as the form does."""
    form = {"csrf": token(client), "parties": parties, "minutes": "30", "moves": "0", **more}
    return client.post(f"/schedules/{schedule}/suggestions", data=form)


def test_a_new_meeting_is_asked_for_by_name(client, full):
    _, schedule = entered(client, *full)
    page = html.fromstring(client.get(f"/schedules/{schedule}/people?party=espoo").text)
    (form,) = page.xpath("//form[contains(@action, '/suggestions')]")
    names = {box.get("value"): box.getparent().text_content().strip() for box in form.xpath(".//li//input")}
    assert names["aarhus"] == full[0].party_label("aarhus")
    assert set(names) == {party.id for party in (*full[0].delegations, *full[0].participants)}
    assert form.xpath(".//li//input[@checked]/@value") == ["espoo"]
    job = asked_where(client, schedule, ["espoo", "aarhus"], moves="1")
    assert html.fromstring(job.text).xpath("string(//h1)") == "Places for a new meeting: Espoo and Aarhus"
    (request,) = [each["request"] for each in jobs_of(client, schedule)]
    wanted = {"parties": ["espoo", "aarhus"], "duration": "30min", "moves": 1, "schedule": schedule}
    assert request.items() >= wanted.items()
    assert "city" not in request


def jobs_of(client, schedule):
    programme = client.get(f"{API}/schedules/{schedule}").json()["programme"]
    return client.get(f"{API}/programmes/{programme}/jobs").json()


REFUSED = (
    (["lyon"], {}, 422, "choose who meets: two or more"),
    (["lyon", "lyon"], {}, 422, "choose who meets: two or more"),
    (["lyon", "atlantis"], {}, 404, "There is no such thing"),
    (["lyon", "porto"], {"city": "atlantis"}, 404, "There is no such thing"),
    (["lyon", "porto"], {"minutes": "45"}, 422, "takes a multiple of 30 minutes"),
    (["lyon", "porto"], {"moves": "101"}, 404, "There is no such thing"),
)


def test_what_no_new_meeting_can_be_is_said(client):
    _, schedule = entered(client, forum(), EMPTY)
    for parties, more, status, said in REFUSED:
        answer = asked_where(client, schedule, parties, **more)
        assert (answer.status_code, said in told(answer)) == (status, True), (parties, more)
    assert jobs_of(client, schedule) == []


def test_a_new_meeting_is_asked_for_in_one_city(client):
    _, schedule = entered(client, forum(), EMPTY)
    asked_where(client, schedule, ["lyon", "porto"], city="valencia", minutes="90")
    (request,) = [each["request"] for each in jobs_of(client, schedule)]
    assert (request["city"], request["duration"]) == ("valencia", "90min")


def test_no_new_meeting_is_asked_for_where_rules_are_broken_or_nobody_could_meet(client):
    _, schedule = entered(client, forum(), EMPTY)  # nothing has a place, though the opening must have one
    assert "/suggestions" not in client.get(f"/schedules/{schedule}/people").text
    alone = forum().changed(delegations=(), participants=(), meetings=())
    assert new_meeting(alone) is None


def test_a_new_meeting_is_as_long_as_most_and_a_multiple_of_the_grid():
    form = new_meeting(forum())
    assert (form.grid, form.usual) == (30, 30)
    coarse = new_meeting(forum(FORUM.partition("meetings:")[0].replace("30min", "20min")))
    assert (coarse.grid, coarse.usual) == (20, 40)


def test_places_for_a_new_meeting_are_told_as_on_the_command_line(client):
    instance = forum()
    solution = scheduler.solve(instance, OPTIONS).solution
    _, schedule = entered(client, instance, solution)
    found = scheduler.suggest(instance, solution, scheduler.NewMeeting(parties=("lyon", "turin")), top=3)
    job = asked_where(client, schedule, ["lyon", "turin"])
    answer = answered(client, job, suggestions_data(found))
    page = html.fromstring(answer.text)
    told_first = page.xpath("string(//section[@aria-labelledby='answer']/p[@class='lead'])")
    assert told_first == room_for_it(found.possible, found.fitting, 0)
    assert len(page.xpath("//tbody/tr")) == len(found.found) == 3
    first = found.found[0].placement
    assert page.xpath("string(//tbody/tr[1]/th)") == when(instance, first, found.meeting.duration)
    assert page.xpath("string(//tbody/tr[1]/td[2])") == f"Meeting area, table {first.table}, Valencia"
    assert page.xpath("string(//tbody/tr[1]/td[3])") == effects(found.found[0].levels)
    (link,) = page.xpath("//tbody/tr[1]/th/a/@href")
    assert "breaks rules" not in told(client.get(link))
    assert link.endswith(f"?day={first.start.astimezone(instance.cities[0].zone).date()}-valencia")
    assert "No other place is better: that is proven." in told(answer)
    assert "Level 2: breaks in people's days." in told(answer)
    assert "{" not in told(answer)


def test_what_moves_for_a_new_meeting_is_told_with_names(client, full):
    instance, solution = full
    _, schedule = entered(client, instance, solution)
    wanted = scheduler.NewMeeting(parties=("aarhus", "espoo"))
    found = scheduler.suggest(instance, solution, wanted, top=1, moves=1, options=OPTIONS)
    (best,) = found.found
    result = suggestions_data(found)
    words = told(answered(client, asked_where(client, schedule, ["aarhus", "espoo"], moves="1"), result))
    assert "at most 1 other may move or lose a place." in words
    assert "For place 1" in words
    (gone,) = (*best.differences.displaced, *best.differences.moved)
    assert called(instance, gone) in words
    shown = suggested(instance, solution, result, 1)
    (fit,) = shown.fits
    assert fit.changes
    before = next(each for each in solution.placements if each.activity == gone)
    assert spot(instance, before) in " ".join((*fit.displaced, *fit.moved))
    unproven = {**result, "suggestions": [{**result["suggestions"][0], "proven": False}]}
    assert not suggested(instance, solution, unproven, 1).proven


def test_that_a_new_meeting_fits_nowhere_is_told(client):
    instance = forum()
    solution = scheduler.solve(instance, OPTIONS).solution
    _, schedule = entered(client, instance, solution)
    meeting = {"id": "suggested", "parties": ["lyon", "ghent"], "duration": "30min", "cities": []}
    none = {"meeting": meeting, "possible": 2, "fitting": 0, "suggestions": [], "notes": []}
    words = told(answered(client, asked_where(client, schedule, ["lyon", "ghent"]), none))
    assert "It has 2 possible places and times, and fits at none unless something else moves." in words
    assert "--moves" not in words
    nowhere = suggested(instance, solution, {**none, "possible": 0}, 1)
    assert nowhere.sentence.startswith("There is no place and time at all")
    assert nowhere.sentence.endswith("agree.")
    moving = {**none, "fitting": None}
    assert suggested(instance, solution, moving, 2).sentence.endswith("lose a place. There is none.")
    short = suggested(instance, solution, {**moving, "notes": ["the time was over"]}, 2)
    assert short.sentence.endswith("lose a place. None was found.")


def test_who_comes_and_interprets_is_told_where_it_is_chosen():
    placement = {"activity": "suggested", "start": "2025-03-10T11:00+01:00", "room": "area", "table": 1}
    chosen = {**placement, "attendees": ["luc"], "interpreter": {"pool": "french", "unit": 2}}
    empty = {"levels": [], "displaced": [], "moved": [], "granted": [], "moved_to": [], "proven": True}
    result = {
        "meeting": {"id": "suggested", "parties": ["lyon", "ghent"], "duration": "1h", "cities": []},
        "possible": 2,
        "fitting": 2,
        "suggestions": [{**empty, "placement": placement}, {**empty, "placement": chosen}],
    }
    found = suggested(forum(), EMPTY, result, 0)
    assert found.told_who
    assert [fit.who for fit in found.fits] == ["", "Luc Petit; interpreter french 2"]
    assert {fit.when for fit in found.fits} == {"Mon 10 Mar 11:00-12:00"}
    assert {fit.effect for fit in found.fits} == {"costs nothing"}


def test_who_is_not_there_any_more_is_called_by_the_id():
    assert meeting_of(forum(), ["lyon", "atlantis", "ana"]) == "Lyon, atlantis and Ana Reis"
