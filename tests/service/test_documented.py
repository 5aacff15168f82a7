"""What the interface says of itself."""

import re
from pathlib import Path

import pytest
from support.served import API

GOLDEN = Path(__file__).parent / "operations.txt"
WITHOUT_KEY = {"GET /health"}


@pytest.fixture(scope="module")
def document(client):
    return client.get(f"{API}/openapi.json").json()


def operations(document):
    """Return the operations of the interface by method and path."""
    return {
        f"{method.upper()} {path.removeprefix(API)}": operation
        for path, methods in document["paths"].items()
        if path.startswith(API)
        for method, operation in methods.items()
    }


def test_operations_come_and_go_knowingly(document):
    """Whoever adds one, or takes one away, says so in the file: others build on it."""
    assert sorted(operations(document)) == sorted(GOLDEN.read_text(encoding="utf-8").splitlines())


def test_each_operation_says_what_it_does_and_what_may_happen(document):
    for name, operation in operations(document).items():
        assert operation["tags"], name
        assert re.fullmatch(r"[A-Z].*[^.]", operation["summary"]), name
        assert operation["description"].endswith("."), name
        assert [status for status in operation["responses"] if status < "300"], name
        if name not in WITHOUT_KEY:
            assert operation["security"], name
            assert {"401", "403"} <= set(operation["responses"]), name
        if "{" in name:
            assert {"404", "422"} <= set(operation["responses"]), name


def test_all_that_goes_wrong_is_told_as_problems(document):
    for name, operation in operations(document).items():
        for status, response in operation["responses"].items():
            if status >= "400":
                assert list(response["content"]) == ["application/problem+json"], (name, status)
                schema = response["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}


def test_everything_that_is_referred_to_is_there(document):
    text = str(document)
    for name in set(re.findall(r"#/components/schemas/([\w.-]+)", text)):
        assert name in document["components"]["schemas"]
    assert "HTTPValidationError" not in text


def test_parameters_say_what_they_are(document):
    for name, operation in operations(document).items():
        for parameter in operation.get("parameters", []):
            assert parameter["schema"], name
            if parameter["in"] == "path":
                assert parameter.get("description"), (name, parameter["name"])


def test_the_key_is_described(document):
    (scheme,) = document["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
