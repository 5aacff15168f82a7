"""Jobs that are asked for at random: each ends, with a result or with a sentence, and no process dies of it.

SCHEDULER_SIEGE=100 tries so many of each kind; a few are tried in the usual run.
"""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.served import API, ended

MANY = int(os.environ.get("SCHEDULER_SIEGE", "3"))
QUIET = settings(
    max_examples=MANY, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)
NAMES = TEXTS | st.sampled_from(["turin", "lyon", "valencia", "turin-lyon", "opening", "../x", "a" * 200])
MOMENTS = TEXTS | st.sampled_from(
    [
        "2017-11-20T09:00",
        "2017-11-20T09:00+01:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-12:00",
        "24:00",
    ]
)
LENGTHS = TEXTS | st.sampled_from(["30min", "0min", "999999999999h", "-1h", "1.5h", "P1D", "\u0661min"])


def of(client, programme, what, body):
    """Ask for a job; look at what becomes of it."""
    answer = client.post(f"{API}/programmes/{programme}/{what}", json={"time_limit": 2, **body})
    assert answer.status_code in (202, 422), answer.text
    if answer.status_code == 202:
        job = ended(client, answer.json()["id"])
        assert job["state"] in ("done", "failed")
        assert "process" not in job["message"]
        assert "Traceback" not in job["message"]
        assert (job["state"] == "failed") == bool(job["message"])


@QUIET
@given(
    body=st.fixed_dictionaries(
        {}, optional={"now": MOMENTS, "pin": st.lists(NAMES, max_size=3), "free": st.lists(NAMES, max_size=3)}
    )
)
def test_replans(client, tiny, body):
    of(client, tiny[0], "replans", {"schedule": tiny[1], **body})


@QUIET
@given(body=st.fixed_dictionaries({"activity": NAMES}, optional={"at": MOMENTS, "city": NAMES}))
def test_questions_why_not(client, tiny, body):
    of(client, tiny[0], "why-nots", {"schedule": tiny[1], **body})


@QUIET
@given(
    body=st.fixed_dictionaries(
        {"parties": st.lists(NAMES, min_size=2, max_size=4)},
        optional={"duration": LENGTHS, "city": NAMES, "moves": st.integers(0, 2)},
    )
)
def test_suggestions(client, tiny, body):
    of(client, tiny[0], "suggestions", {"schedule": tiny[1], **body})


@QUIET
@given(
    body=st.fixed_dictionaries(
        {},
        optional={
            "seed": st.integers(0, 2**31 - 1),
            "workers": st.sampled_from([1, 2, 64]),
            "deterministic": st.booleans(),
            "time_limit": st.sampled_from([1e-300, 0.001, 1]),
        },
    )
)
def test_solves(client, tiny, body):
    of(client, tiny[0], "solves", body)
