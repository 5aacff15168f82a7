"""Shared by the tests of the service."""

import pytest
from support.served import serving, settings_in, solved, uploaded


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
