import re

import pytest
from click.testing import CliRunner
from support.stores import programme_in

from scheduler.cli.commands import cli
from scheduler.cli.keys_command import SCOPES
from scheduler.service.access import Scope
from scheduler.service.store import open_store


@pytest.fixture
def database(tmp_path):
    return f"sqlite:///{tmp_path}/keys.db"


@pytest.fixture
def store(database):
    opened = open_store(database)
    yield opened
    opened.close()


def run(database, *arguments):
    return CliRunner().invoke(
        cli, ["keys", *arguments], env={"COLUMNS": "140", "SCHEDULER_DATABASE": database}
    )


def test_a_key_that_is_made_opens_what_it_is_for(database, store):
    programme = programme_in(store)
    done = run(database, "add", "Anna", "--scope", "plan", "--programme", programme)
    assert done.exit_code == 0
    key = store.keys.find(done.stdout.strip())
    assert (key.name, key.scope, key.programme) == ("Anna", "plan", programme)
    assert done.stderr == f"A key for Anna (plan), shown only now; it is listed as {key.prefix}:\n"


def test_keys_are_listed_without_their_texts(database, store):
    assert run(database, "list").stdout == "There are no keys.\n"
    programme = programme_in(store)
    made = [store.keys.add("Anna", "plan", programme), store.keys.add("board\x1b[2J", "read")]
    store.keys.revoke(made[0][0].id)
    listed = run(database, "list").stdout
    assert re.search(rf"{made[0][0].prefix} +Anna +plan +{programme} +\S+ \S+ +yes *\n", listed)
    assert re.search(rf"{made[1][0].prefix} +board.* read ", listed)
    assert "\x1b" not in listed
    assert not any(text.split("_", 2)[2] in listed for _, text in made)


@pytest.mark.parametrize("named", ["id", "prefix", "text"])
def test_a_key_is_revoked_by_whatever_names_it(database, store, named):
    made, text = store.keys.add("Anna", "plan")
    _, other = store.keys.add("Ben", "plan")
    done = run(database, "revoke", text if named == "text" else getattr(made, named))
    assert done.exit_code == 0
    assert done.stdout.endswith(" is revoked.\n")
    assert text.split("_", 2)[2] not in done.output
    assert store.keys.find(text) is None
    assert store.keys.find(other) is not None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Anna", "--scope", "all"), "'all' is not one of 'read', 'plan', 'admin'"),
        (("add", "Anna"), "Missing option '--scope'"),
        (("add", " ", "--scope", "read"), "a key has a name"),
        (("add", "Anna", "--scope", "read", "--programme", "x"), "there is no programme 'x'"),
        (("revoke", "x"), "there is no key 'x'"),
        (("revoke", "sk_x"), "there is no key 'x'"),
        (("list", "--database", "mysql://127.0.0.1/x"), "sqlite or postgresql, not mysql"),
        (("list", "--database", "sqlite:////no/such/folder/k.db"), "cannot be used: unable to open"),
        (("list", "--database", "nonsense"), "the database is no URL"),
    ],
)
def test_what_cannot_be_done_is_told(database, arguments, said):
    done = run(database, *arguments)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert "Traceback" not in done.output


def test_the_scopes_are_those_of_the_service():
    assert tuple(scope.text for scope in Scope) == SCOPES


def test_what_is_missing_is_told(database, monkeypatch):
    monkeypatch.setattr("scheduler.cli.serving.find_spec", lambda name: None)
    done = run(database, "list")
    assert done.exit_code == 2
    assert "pip install 'scheduler[service]'" in done.output
