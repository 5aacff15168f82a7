"""Shared by the tests of the service."""

import pytest
from support.postgres import postgres  # noqa: F401 - a fixture, found here by its name
from support.served import serving, settings_in, solved, uploaded

from scheduler.service.store import open_store


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A service without keys, with jobs; one for all tests of a module."""
    with serving(settings_in(tmp_path_factory.mktemp("service"))) as client:
        yield client


@pytest.fixture(scope="module")
def tiny(client):
    """A small programme that is uploaded and solved: its id, and that of its schedule."""
    programme = uploaded(client)["id"]
    return programme, solved(client, programme)["schedule"]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The URL of a database that is empty yet, of either kind: whoever takes it is tested with both."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store.db"
        return
    with request.getfixturevalue("postgres").database() as url:
        yield url


@pytest.fixture
def store(database_url):
    """An empty store; what tests it has no other way to the database."""
    opened = open_store(database_url, lease=60.0, attempts=3, lapses=5)
    yield opened
    opened.close()
