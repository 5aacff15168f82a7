"""A service in this process, for tests: its own store in a folder, jobs in child processes, no network."""

from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from fastapi.testclient import TestClient

from scheduler.service.app import create_app
from scheduler.service.settings import Settings

API = "/api/v1"
INSTANCES = Path(__file__).parents[2] / "instances"
TINY = (INSTANCES / "tiny.yaml").read_bytes()
YAML = {"Content-Type": "application/yaml"}
ENDED = ("done", "failed", "cancelled")


def settings_in(folder, **changes):
    """Return settings for a test: a store in a folder, no keys unless asked for, quick beats."""
    usual = {"database": f"sqlite:///{folder}/s.db", "auth": False, "jobs": 1, "poll": 0.05}
    return Settings(**{**usual, "lease": 2.0, "heartbeat": 0.5, "grace": 5.0, "niceness": 0, **changes})


@contextmanager
def serving(settings):
    """Give a client of a service that runs inside the context."""
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


def uploaded(client, content=TINY, **headers):
    """Upload a programme; return what is answered."""
    answer = client.post(f"{API}/programmes", content=content, headers={**YAML, **headers})
    assert answer.status_code == 201, answer.text
    return answer.json()


def ended(client, job, seconds=60, **headers):
    """Wait for the end of a job; return it."""
    until = monotonic() + seconds
    while True:
        found = client.get(f"{API}/jobs/{job}", headers=headers).json()
        if found["state"] in ENDED:
            return found
        assert monotonic() < until, f"the job is still {found['state']}"
        sleep(0.05)


def asked(client, programme, what, **body):
    """Ask for a job (``solves``, ``replans`` ...); return it."""
    answer = client.post(f"{API}/programmes/{programme}/{what}", json=body)
    assert answer.status_code == 202, answer.text
    return answer.json()


def solved(client, programme, **body):
    """Solve a programme; return the job once it has ended."""
    return ended(client, asked(client, programme, "solves", **body)["id"])
