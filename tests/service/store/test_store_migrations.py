import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from scheduler.service.store import open_store
from scheduler.service.store.database import Database, migrations_on
from scheduler.service.store.tables import METADATA

OPENING = "import sys; from scheduler.service.store import open_store; s = open_store(sys.argv[1]); " + (
    "print(s.secrets.feed_key().hex()); s.close()"
)


@pytest.fixture
def database(database_url):
    opened = Database(database_url)
    yield opened
    opened.close()


def migrated(database, revision):
    with database.writing() as connection:
        command.downgrade(migrations_on(connection), revision)


def tables_in(database):
    return set(sa.inspect(database.engine).get_table_names())


def test_the_steps_lead_to_the_tables_that_the_program_knows(database):
    database.upgrade()
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    found = sa.inspect(database.engine)
    for table in METADATA.sorted_tables:  # which alembic does not compare
        key = found.get_pk_constraint(table.name)["constrained_columns"]
        assert key == [column.name for column in table.primary_key]
        rules = {key["constrained_columns"][0]: key["options"] for key in found.get_foreign_keys(table.name)}
        for column in table.c:
            for foreign in column.foreign_keys:
                assert rules[column.name].get("ondelete") == foreign.ondelete, (table.name, column.name)


def test_they_lead_back_and_forth(database):
    database.upgrade()
    migrated(database, "base")
    assert tables_in(database) == {"alembic_version"}
    database.upgrade()
    assert tables_in(database) == {*METADATA.tables, "alembic_version"}


def test_a_store_that_is_up_to_date_is_left_alone(database_url, store):
    store.keys.add("mine", "read")
    again = open_store(database_url)
    assert [key.name for key in again.keys.all()] == ["mine"]
    again.close()


def test_a_store_of_a_later_program_is_not_touched(database):
    database.upgrade()
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ValueError, match="of another version of this program"):
        database.upgrade()


def test_other_kinds_of_databases_are_refused():
    with pytest.raises(ValueError, match="sqlite or postgresql, not mysql"):
        Database("mysql://127.0.0.1/x")


def test_processes_that_open_a_new_store_at_once_agree(database_url):
    opening = [
        subprocess.Popen(
            [sys.executable, "-c", OPENING, database_url], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    told = [process.communicate(timeout=120) for process in opening]
    assert [process.returncode for process in opening] == [0] * 4, told
    assert len({out for out, _ in told}) == 1, "they have the same secret"
