"""Every page, empty and full, held against the checker of HTML."""

import csv
import io

from lxml import html
from support.forum import FORUM, forum
from support.given_out import entered, sent
from support.html import html_faults
from support.served import serving, settings_in

import scheduler
from scheduler.explain.answers import suggestions_data
from scheduler.service.store.queue import Ending
from scheduler.service.store.records import State


def token(client):
    return html.fromstring(client.get("/").text).xpath("string(//meta[@name='csrf-token']/@content)")


def told_where(client, schedule, solution):
    """Return the page on which places for a new meeting are told."""
    form = {"csrf": token(client), "parties": ["lyon", "turin"], "moves": "1"}
    job = client.post(f"/schedules/{schedule}/suggestions", data=form).url.path
    wanted = scheduler.NewMeeting(parties=("lyon", "turin"))
    found = scheduler.suggest(forum(), solution, wanted, top=2, moves=1)
    queue = client.app.state.service.store.queue
    while (claimed := queue.claim("a test")).id != job.removeprefix("/jobs/"):
        queue.end(claimed, Ending(State.CANCELLED))
    queue.end(claimed, Ending(State.DONE, result=suggestions_data(found)))
    return client.get(job)


def test_pages_are_valid_html(tmp_path):
    solution = scheduler.solve(forum(), scheduler.SolveOptions(deterministic=True)).solution
    pages = {}
    with serving(settings_in(tmp_path, jobs=0)) as client:
        form = {"csrf": token(client)}
        pages["empty"] = client.get("/")
        wrong = {"programme": ("forum.yaml", FORUM.replace("porto]", "porta]").encode())}
        pages["wrong"] = client.post("/programmes", data=form, files=wrong)
        programme, schedule = entered(client, forum(), solution)
        pages["new"] = client.get(f"/programmes/{programme}")
        pages["no-addresses"] = client.get(f"/programmes/{programme}/addresses")
        pages["job"] = client.post(f"/programmes/{programme}/solves", data=form)
        pages["board"] = client.get(f"/schedules/{schedule}")
        pages["people"] = client.get(f"/schedules/{schedule}/people")
        pages["places"] = told_where(client, schedule, solution)
        pages["publish"] = client.get(f"/schedules/{schedule}/publish")
        pages["edition"] = client.post(f"/schedules/{schedule}/publish", data=form)
        fewer = solution.model_copy(update={"placements": solution.placements[1:]})
        broken = sent(client, programme, fewer)
        pages["broken"] = client.get(f"/schedules/{broken}")
        pages["diff"] = client.get(f"/schedules/{broken}/diff?old={schedule}")
        pages["publish-broken"] = client.get(f"/schedules/{broken}/publish")
        pages["edition-2"] = client.post(f"/schedules/{broken}/publish", data={**form, "force": "true"})
        pages["addresses"] = client.get(f"/programmes/{programme}/addresses")
        table = csv.DictReader(io.StringIO(client.get(f"/programmes/{programme}/addresses.csv").text))
        for row in table:
            pages[f"agenda-{row['kind']}-{row['id']}"] = client.get(row["agenda"])
        pages["no-agenda"] = client.get("/agenda/nothing")
        pages["programme"] = client.get(f"/programmes/{programme}")
        pages["index"] = client.get("/")
        pages["problem"] = client.get("/programmes/nothing")
    with serving(settings_in(tmp_path, jobs=0, auth=True)) as client:
        pages["login"] = client.get("/")
    for name, answer in pages.items():
        assert answer.headers["content-type"].startswith("text/html"), name
        (tmp_path / f"{name}.html").write_bytes(answer.content)
    assert html_faults(sorted(tmp_path.glob("*.html"))) == []
    assert len(pages) > 25
