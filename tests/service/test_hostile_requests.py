"""Requests made at random from the OpenAPI document: nothing breaks, and every answer is one that it knows.

SCHEDULER_SIEGE=500 tries so many requests of each kind; a few are tried in the usual run.
"""

import os
from contextlib import suppress
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from support.besieged import bearer, listening, seed
from support.served import settings_in

from scheduler.service.app import create_app
from scheduler.service.settings import Settings

MANY = int(os.environ.get("SCHEDULER_SIEGE", "3"))
DOCUMENT = create_app(Settings(database="sqlite://", auth=True)).openapi()
OPERATIONS = [(method, path) for path, each in DOCUMENT["paths"].items() for method in each]
load_all_checks()
EXPECTED = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)


@pytest.fixture(scope="module")
def besieged(tmp_path_factory):
    """A service with keys and one without, which run no jobs, and what is in both."""
    folder = tmp_path_factory.mktemp("besieged")
    seeded = seed(settings_in(folder, auth=True))
    with (
        listening(settings_in(folder, auth=True, jobs=0)) as address,
        listening(settings_in(folder, auth=False, jobs=0)) as without_keys,
    ):
        yield address, without_keys, seeded


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda each: each.removeprefix("/api/v1"))
def test_nothing_breaks_and_all_is_as_documented(besieged, method, path, mode):
    with_keys, without_keys, seeded = besieged
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    operation = schema[path][method.upper()]

    @settings(
        max_examples=MANY,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), known=st.integers(0, 3), key=st.integers(0, 9))
    def visit(case, known, key):
        if known:
            case.path_parameters = {**(case.path_parameters or {}), **_known(case, seeded, method)}
        address = with_keys if key > 2 else without_keys
        held = bearer(seeded.keys["admin" if key > 3 else "read"]) if key else {}
        answer = case.call(base_url=address, headers=held, timeout=60)
        case.validate_response(answer, checks=EXPECTED)

    with suppress(*[Unsatisfiable] if mode is GenerationMode.NEGATIVE else []):  # some cannot be wrong
        visit()


def _known(case, seeded, method):
    """What is there for the parameters of a path; what is deleted is not what the others look at."""
    there = {**seeded.known, "programme": seeded.other} if method == "delete" else seeded.known
    return {name: quote(there[name], safe="") for name in case.path_parameters or {}}
