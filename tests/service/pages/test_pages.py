"""The pages, asked in this process: what they show, and what they do."""

import datetime as dt
import json

import pytest
from lxml import html
from support.forum import FORUM
from support.served import serving, settings_in

import scheduler
from scheduler.reading import instance_from

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def client(tmp_path):
    with serving(settings_in(tmp_path, jobs=0)) as client:
        yield client


def tree(response, status=200):
    assert response.status_code == status, response.text[:500]
    return html.fromstring(response.text)


def token(client):
    return tree(client.get("/")).xpath("string(//meta[@name='csrf-token']/@content)")


def upload(client, text=FORUM, name="forum.yaml", path="/programmes"):
    return client.post(
        path, data={"csrf": token(client)}, files={"programme": (name, text.encode(), "application/yaml")}
    )


@pytest.fixture
def programme(client):
    return upload(client).url.path.removeprefix("/programmes/")


@pytest.fixture(scope="module")
def solution(tmp_path_factory):
    path = tmp_path_factory.mktemp("forum") / "forum.yaml"
    path.write_text(FORUM)
    return scheduler.solve(scheduler.load(path), scheduler.SolveOptions(deterministic=True)).solution


@pytest.fixture
def board(client, programme, solution):
    """The id of a schedule of the forum."""
    made = client.post(f"/api/v1/programmes/{programme}/schedules", content=solution.model_dump_json())
    return made.json()["id"]


def service(client):
    return client.app.state.service


# -- programmes --------------------------------------------------------------------------------------


def test_an_upload_has_a_page(client):
    page = tree(upload(client))
    assert page.xpath("string(//h1)") == "Forum of Cities"
    assert "4 meetings" in page.text_content()
    assert "Forum of Cities" in tree(client.get("/")).text_content()


def test_what_is_wrong_with_an_upload_is_listed_where_it_stands(client):
    wrong = upload(
        client, FORUM.replace("parties: [lyon, porto]", "parties: [lyon, porta]").replace("1h", "1x")
    )
    page = tree(wrong, 422)
    told = [item.text_content() for item in page.xpath("//ol[@class='faults']/li")]
    assert len(told) == 2
    assert all(item.startswith("forum.yaml:") for item in told)
    assert any("porta" in item for item in told)
    assert tree(client.get("/")).xpath("//p[contains(., 'There is no programme yet')]")


def test_an_upload_without_a_file_says_so(client):
    answer = client.post("/programmes", data={"csrf": token(client)}, files={"files": ("", b"")})
    assert "choose a file" in tree(answer, 422).text_content()


def test_a_new_version_is_entered_and_another_programme_refused(client, programme):
    path = f"/programmes/{programme}/versions"
    assert "Version 2" in tree(upload(client, FORUM.replace("Forum of", "Fair of"), path=path)).text_content()
    assert (
        "not 'forum'"
        in tree(upload(client, FORUM.replace("id: forum", "id: fair"), path=path), 409).text_content()
    )


def test_names_are_shown_as_they_are_written(client):
    page = tree(upload(client, FORUM.replace("Forum of Cities", "'<script>alert(1)</script>'")))
    assert page.xpath("string(//h1)") == "<script>alert(1)</script>"
    assert not page.xpath("//script[not(@src)]")


def test_a_page_that_is_not_there(client):
    assert tree(client.get("/programmes/nothing"), 404).xpath("string(//h1)") == "There is no such thing"
    assert client.get("/schedules/nothing").status_code == 404
    assert client.get("/jobs/nothing").status_code == 404


# -- jobs --------------------------------------------------------------------------------------------


def test_a_solve_is_begun_and_has_a_page_and_is_ended(client, programme):
    page = tree(client.post(f"/programmes/{programme}/solves", data={"csrf": token(client), "time_limit": 5}))
    assert page.xpath("string(//*[@id='state'])").strip() == "queued"
    assert [each.get("data-level") for each in page.xpath("//article[@class='level']")] == ["1", "2"]
    (form,) = page.xpath("//form[contains(@action, '/cancel')]")
    ended = tree(client.post(form.get("action"), data={"csrf": token(client)}))
    assert ended.xpath("string(//*[@id='state'])").strip() == "cancelled"


def test_the_events_of_a_job_are_told(client, programme):
    job = client.post(f"/programmes/{programme}/solves", data={"csrf": token(client)}).url.path
    client.post(f"{job}/cancel", data={"csrf": token(client)})
    told = client.get(f"{job}/events")
    assert told.headers["content-type"].startswith("text/event-stream")
    assert [line for line in told.text.splitlines() if line.startswith("event")] == ["event: state"] * 2
    assert client.get(f"{job}/events", headers={"last-event-id": "2"}).status_code == 204


def test_the_best_schedule_so_far_is_shown(client, programme, solution):
    job = client.post(f"/programmes/{programme}/solves", data={"csrf": token(client)}).url.path
    assert client.get(f"{job}/board").status_code == 404
    store = service(client).store
    claimed = store.queue.claim("a test")
    placements = json.loads(solution.model_dump_json(exclude_none=True))["placements"]
    best = {"programme": "forum", "placements": placements}
    store.queue.tell(claimed, [("best", {"placements": len(placements)})], best)
    page = tree(client.get(f"{job}/board"))
    assert page.xpath("//*[@id='a-opening']")
    assert not page.xpath("//*[@draggable]")


# -- the board ---------------------------------------------------------------------------------------


def test_the_board_shows_cards_slots_and_the_tray(client, board):
    page = tree(client.get(f"/schedules/{board}"))
    assert {card.get("data-activity") for card in page.xpath("//table//button")} >= {"opening"}
    assert page.xpath("//aside//button/@data-activity") == ["late"]
    assert page.xpath("string(//aside//*[@class='card-reason'])")
    assert page.xpath("//table//td[@data-start='2025-03-10T08:00Z' and @data-room='hall']")
    assert [link.text_content().split() for link in page.xpath("//nav[@aria-label='Days']//a")] == [
        ["Mon", "10", "Mar", "Valencia"],
        ["Tue", "11", "Mar", "Valencia"],
    ]


def places(client, board, activity):
    return client.get(f"/schedules/{board}/places/{activity}", headers={"accept": "application/json"}).json()


def move(client, board, activity, start, room="area", **more):
    return client.post(
        f"/schedules/{board}/moves",
        json={"activity": activity, "start": start, "room": room, **more},
        headers={"x-csrf-token": token(client), "accept": "application/json"},
    )


def free_slot(client, board, activity, day="2025-03-11"):
    """Return the first place on a day where something may go and is not now."""
    placed = client.get(f"/api/v1/schedules/{board}").json()["solution"]["placements"]
    now = next(dt.datetime.fromisoformat(p["start"]) for p in placed if p["activity"] == activity)
    legal = [cell for cell in places(client, board, activity)["cells"] if cell[2] == -1]
    return next(c for c in legal if c[0].startswith(day) and dt.datetime.fromisoformat(c[0]) != now)


def test_where_something_may_go_and_why_not_elsewhere(client, board):
    found = places(client, board, "one")
    said = {(start, room): number for start, room, number in found["cells"]}
    assert len(said) == 2 * 12
    refused = found["rules"][said["2025-03-10T08:00Z", "area"]]
    assert refused["rule"] == "plenary"
    assert "'Opening'" in refused["words"]
    assert sum(found["days"].values()) == sum(number == -1 for number in said.values())
    assert (
        "no meeting"
        in client.get(f"/schedules/{board}/places/ghost", headers={"accept": "application/json"}).json()[
            "detail"
        ]
    )


def test_a_move_makes_a_schedule_with_undo_and_a_pin_that_a_replan_keeps(client, board):
    start, room, _ = free_slot(client, board, "one")
    made = move(client, board, "one", start, room, table=2).json()
    page = tree(client.get(f"/schedules/{made['schedule']}"))
    assert "moved to" in page.xpath("string(//*[contains(@class, 'note')])")
    assert page.xpath("string(//*[@id='undo']/@href)").startswith(f"/schedules/{board}")
    day = tree(client.get(f"/schedules/{made['schedule']}?day=2025-03-11-valencia"))
    assert "pinned" in day.xpath("string(//*[@id='a-one'])")
    assert "1 pin kept" in day.text_content()
    job = client.post(f"/schedules/{made['schedule']}/replans", data={"csrf": token(client)})
    assert "Re-plan" in tree(job).xpath("string(//h1)")
    store = service(client).store
    replan = store.jobs.get(job.url.path.removeprefix("/jobs/"))
    assert (replan.kind, replan.version, replan.request["schedule"]) == ("replan", 2, made["schedule"])
    kept = instance_from(json.loads(store.programmes.instance(replan.programme, 2)))
    (pin,) = [m.pin for m in kept.meetings if m.pin.start is not None]
    assert pin.start.isoformat().startswith("2025-03-11")
    assert store.programmes.version(replan.programme).note == "Pinned by hand: Lyon \u2013 Porto"


def test_several_moves_one_after_the_other_are_all_pinned(client, board):
    first = move(client, board, "one", *free_slot(client, board, "one")[:2]).json()["schedule"]
    second = move(client, first, "two", *free_slot(client, first, "two")[:2]).json()["schedule"]
    again = move(client, second, "one", *free_slot(client, second, "one", "2025-03-10")[:2]).json()[
        "schedule"
    ]
    page = tree(client.get(f"/schedules/{again}"))
    assert "2 pins kept" in page.text_content()
    found = service(client).store.schedules.get(again)
    assert (found.origin, found.parent) == ("edit", second)


def test_an_illegal_move_says_which_rule(client, board):
    refused = move(client, board, "one", "2025-03-10T08:00Z")
    assert refused.status_code == 409
    assert "'Opening'" in refused.json()["detail"]
    assert refused.json()["errors"]
    assert move(client, board, "one", "2025-03-10T11:00Z", "cellar").status_code == 409
    assert move(client, board, "one", "yesterday").status_code == 404


def test_what_the_programme_pins_stays_until_it_is_unpinned(client, board):
    found = places(client, board, "opening")
    assert [cell[:2] for cell in found["cells"] if cell[2] == -1] == [["2025-03-10T08:00Z", "hall"]]
    page = client.post(f"/schedules/{board}/unpins", data={"csrf": token(client), "activity": "opening"})
    other = page.url.path.removeprefix("/schedules/")
    assert "not pinned" in tree(page).text_content()
    assert sum(cell[2] == -1 for cell in places(client, other, "opening")["cells"]) > 1


def test_a_schedule_that_breaks_rules_is_shown_and_not_moved(client, programme, solution):
    broken = solution.model_copy(update={"placements": solution.placements[1:]})
    made = client.post(f"/api/v1/programmes/{programme}/schedules", content=broken.model_dump_json()).json()[
        "id"
    ]
    page = tree(client.get(f"/schedules/{made}"))
    assert "breaks rules" in page.text_content()
    assert not page.xpath("//*[@draggable]")
    assert "breaks a rule" in move(client, made, "one", "2025-03-10T11:00Z").json()["detail"]


def test_everybody_has_a_view(client, board):
    page = tree(client.get(f"/schedules/{board}/people?party=porto"))
    assert page.xpath("string(//h1)") == "Porto"
    assert [head.text_content() for head in page.xpath("(//table)[1]//thead//th")][1:] == ["Ana Reis"]
    assert page.xpath("//table//a[contains(@href, '#a-one')]")
    assert "Luc Petit" in tree(client.get(f"/schedules/{board}/people?party=luc")).xpath("string(//h1)")
    assert client.get(f"/schedules/{board}/people?party=nobody").status_code == 404


def test_what_differs_is_told(client, board):
    made = move(client, board, "one", *free_slot(client, board, "one")[:2]).json()["schedule"]
    page = tree(client.get(f"/schedules/{made}/diff"))
    assert "1 moved" in page.xpath("string(//*[@class='lead'])")
    (row,) = page.xpath("//tbody/tr")
    assert row.xpath("string(td[1])").strip() == "moved"
    assert "11 Mar" in row.xpath("string(td[3])") or "Tue" in row.xpath("string(td[3])")
    back = tree(client.get(f"/schedules/{board}/diff?old={made}"))
    assert "1 moved" in back.xpath("string(//*[@class='lead'])")
    assert client.get(f"/schedules/{board}/diff?old=nothing").status_code == 404
