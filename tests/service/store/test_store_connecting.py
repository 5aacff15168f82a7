"""What SQLite and PostgreSQL are told, what comes of a lost connection, and what differs between the two."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from support.stores import draft, job_in, programme_in

from scheduler.service.store import open_store
from scheduler.service.store.connecting import connecting
from scheduler.service.store.queue import Ending
from scheduler.service.store.records import Origin, State, new_id


@pytest.fixture
def postgres_url(postgres):
    with postgres.database() as url:
        yield url


@pytest.fixture
def in_postgres(postgres_url):
    opened = open_store(postgres_url, lease=60.0, attempts=3)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("scheduler.db", "no URL: sqlite:///FILE or postgresql"),
        ("postgresql+psycopg://me:secret@host:port/x", "no URL"),
        ("mysql://127.0.0.1/x", "sqlite or postgresql, not mysql"),
        ("postgresql+nothing://127.0.0.1/x", "PostgreSQL needs psycopg: pip install"),
    ],
)
def test_what_cannot_be_connected_to_is_refused(url, told):
    with pytest.raises(ValueError, match=told) as refused:
        connecting(url)
    assert "secret" not in str(refused.value)


def test_of_the_libraries_for_postgresql_one_is_meant():
    engine = connecting("postgresql://127.0.0.1/x")
    assert engine.dialect.driver == "psycopg"
    engine.dispose()


def test_any_text_is_kept(store):
    programme = programme_in(store)
    store.keys.add("a\x00b \ud800 日程 \N{PARTY POPPER}", "read")
    assert [kept.name for kept in store.keys.all()] == ["a\ufffdb \ufffd 日程 \N{PARTY POPPER}"]
    store.programmes.add_version(programme, draft('{"x": "\\u0000"}', title="T\x00", note="\x00"))
    assert store.programmes.get(programme).title == "T\ufffd"
    assert store.programmes.instance(programme, 2) == '{"x": "\\u0000"}'
    job = job_in(store, programme, at="\x00\ud800")
    claimed = store.queue.claim("here")
    assert claimed.request == {"at": "\x00\ud800"}
    store.queue.tell(claimed, [("level", {"text": "\x00"})], best={"solution": "\x00"})
    store.queue.end(claimed, Ending(State.FAILED, {"why": "\x00"}, message="the meeting '\x00' is gone"))
    assert store.jobs.get(job.id).message == "the meeting '\ufffd' is gone"
    assert store.jobs.result(job.id) == {"why": "\x00"}
    assert store.jobs.best(job.id) == {"solution": "\x00"}
    made = store.schedules.add(new_id(), programme, 1, "{}", Origin.EDIT, note="\x00")
    assert store.schedules.get(made.id).note == "\ufffd"


def test_the_clock_is_shared_tells_utc_and_moves_on_within_a_transaction(store):
    with store.database.writing() as connection:
        first = store.database.now(connection)
        second = store.database.now(connection)
    assert first.tzinfo is dt.UTC
    assert first < second
    assert abs((second - dt.datetime.now(dt.UTC)).total_seconds()) < 60


def test_what_a_server_that_is_gone_has_left_is_ended_by_postgresql(in_postgres):
    with in_postgres.database.reading() as connection:
        told = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("idle_in_transaction_session_timeout", "tcp_keepalives_idle", "lock_timeout")
        }
    assert told == {
        "idle_in_transaction_session_timeout": "1min",
        "tcp_keepalives_idle": "15",
        "lock_timeout": "20s",
    }


def test_connections_that_are_lost_are_replaced(in_postgres, postgres, postgres_url):
    programme = programme_in(in_postgres)
    for _ in range(3):
        postgres.cut(postgres_url)
        assert in_postgres.programmes.get(programme).id == programme


def test_a_job_that_another_server_is_just_claiming_holds_nobody_up(in_postgres):
    programme = programme_in(in_postgres)
    first, second = job_in(in_postgres, programme), job_in(in_postgres, programme)
    with in_postgres.database.writing() as connection:
        held = in_postgres.queue._next(connection, in_postgres.database.now(connection))
        assert held.id == first.id
        assert in_postgres.queue.claim("other").id == second.id
        assert in_postgres.queue.claim("other") is None
    assert in_postgres.queue.claim("other").id == first.id


def test_who_has_waited_for_another_sees_what_that_one_did(in_postgres, postgres, postgres_url):
    name = postgres_url.rpartition("/")[2]
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_isolation TO 'serializable'")
    in_postgres.database.engine.dispose()
    programme = programme_in(in_postgres)
    entered = []

    def enter():
        entered.append(in_postgres.programmes.add_version(programme, draft('{"n": 3}', sha256="3" * 64)))

    with in_postgres.database.writing() as connection:
        in_postgres.database.alone(connection, f"versions {programme}")
        waiting = threading.Thread(target=enter)
        waiting.start()
        values = {"programme": programme, "number": 2, "note": "", "created": dt.datetime.now(dt.UTC)}
        statement = "INSERT INTO versions (programme, number, note, created, instance, sha256) VALUES"
        connection.execute(
            sa.text(f"{statement} (:programme, :number, :note, :created, '{{}}', 'x')"), values
        )
        waiting.join(0.3)
        assert not entered
    waiting.join(20)
    assert [version.number for version in entered] == [3]


def test_of_two_that_lock_each_other_out_one_is_told_to_ask_again(in_postgres):
    barrier = threading.Barrier(2)
    ended = []

    def lock(one, other):
        try:
            with in_postgres.database.writing() as connection:
                in_postgres.database.alone(connection, one)
                barrier.wait()
                in_postgres.database.alone(connection, other)
                ended.append("done")
        except OperationalError:
            ended.append("told")

    threads = [threading.Thread(target=lock, args=names) for names in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(ended) == ["done", "told"]


def test_a_database_that_cannot_hold_all_letters_is_refused(postgres):
    name = "latin"
    postgres.run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(ValueError, match="in LATIN1: make one with the encoding UTF8"):
        open_store(postgres.url(name))
