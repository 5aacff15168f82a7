"""A service on a free port of this machine, with something of everything in it, for hostile visitors."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

import httpx2 as httpx
import uvicorn
from support.served import API, INSTANCES, serving, solved, uploaded

from scheduler.service.app import create_app
from scheduler.service.connections import BoundedProtocol
from scheduler.service.store import open_store

FORUM = INSTANCES / "asia-innova-2017.yaml"
_START_SECONDS = 60


@dataclass(frozen=True)
class Seeded:
    """What is in a service.

    Attributes
    ----------
    keys : dict of str to str
        A key of each scope, and ``other``: one for the other programme only.
    known : dict of str to str
        What can stand in paths: a programme, its job, schedule, edition, feed and so on.
    other : str
        Another programme.
    """

    keys: dict
    known: dict
    other: str


def seed(settings):
    """Fill the store of some settings; jobs are run while it is done."""
    store = open_store(settings.database)
    keys = {scope: store.keys.add(scope, scope)[1] for scope in ("read", "plan", "admin")}
    with serving(settings) as client:
        client.headers["Authorization"] = f"Bearer {keys['admin']}"
        programme = uploaded(client)["id"]
        job = solved(client, programme, seed=1)
        sent = {"schedule": job["schedule"], "note": "the first"}
        client.post(f"{API}/programmes/{programme}/publications", json=sent).raise_for_status()
        feeds = client.get(f"{API}/programmes/{programme}/feeds").json()
        other = uploaded(client)["id"]
        files = client.get(f"{API}/programmes/{programme}/publications/1/files").json()
        activity = client.get(f"{API}/schedules/{job['schedule']}").json()["solution"]["placements"][0]
    keys["other"] = store.keys.add("other", "admin", other)[1]
    keys["revoked"] = store.keys.add("revoked", "admin")[1]
    store.keys.revoke(keys["revoked"].split("_")[1])
    spare, _ = store.keys.add("spare", "read")
    store.close()
    known = {
        "programme": programme,
        "job": job["id"],
        "schedule": job["schedule"],
        "feed": feeds[0]["id"],
        "key": spare.id,
        "secret": feeds[0]["address"].rpartition("/")[2].removesuffix(".ics"),
        "number": "1",
        "edition": "1",
        "path": files[0]["path"],
        "activity": activity["activity"],
        "format_": "ical",
    }
    return Seeded(keys, known, other)


@contextmanager
def listening(settings):
    """Have a service listen on a free port of 127.0.0.1, in a thread; give its address."""
    config = uvicorn.Config(
        create_app(settings), host="127.0.0.1", port=0, http=BoundedProtocol, log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = monotonic() + _START_SECONDS
    while not server.started:
        assert thread.is_alive(), "the service has not started"
        assert monotonic() < until, "the service does not start"
        sleep(0.02)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


def bearer(key):
    """Return what a request with a key says."""
    return {"Authorization": f"Bearer {key}".encode("latin-1")}


def is_problem(answer: httpx.Response) -> bool:
    """Whether an answer is a whole problem, of the right kind, that names its own status."""
    if answer.headers.get("content-type") != "application/problem+json":
        return False
    told = answer.json()
    return {"type", "title", "status", "detail", "errors"} <= set(told) and told[
        "status"
    ] == answer.status_code
