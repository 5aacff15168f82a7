import pytest
import sqlalchemy as sa
from support.stores import at_once, draft, job_in, programme_in

from scheduler.service.store.queue import Ending
from scheduler.service.store.records import Origin, Publication, Source, State, new_id
from scheduler.service.store.tables import METADATA


def test_a_programme_is_entered_with_its_first_version(store):
    files = (Source("forum.yaml", "ünï".encode()), Source("tables/people.csv", b"\x00\xff"))
    made = store.programmes.add(new_id(), "forum", draft('{"a": 1}', title="Forum ü 北京", files=files))
    assert store.programmes.get(made.id) == made
    assert (made.key, made.title) == ("forum", "Forum ü 北京")
    (version,) = store.programmes.versions(made.id)
    assert (version.number, version.created) == (1, made.created)
    assert version.created.utcoffset().total_seconds() == 0
    assert store.programmes.instance(made.id, 1) == '{"a": 1}'
    assert store.programmes.files(made.id, 1) == list(files)


def test_it_is_entered_once(store):
    identity = new_id()
    first = store.programmes.add(identity, "forum", draft())
    assert store.programmes.add(identity, "other", draft("{1}")) == first
    assert store.programmes.versions(identity)[0].sha256 == draft().sha256


def test_versions_count_on_and_the_same_contents_make_none(store):
    programme = programme_in(store)
    assert store.programmes.add_version(programme, draft()).number == 1
    second = store.programmes.add_version(programme, draft("{2}", title="New", note="moved"))
    assert (second.number, second.note) == (2, "moved")
    assert store.programmes.get(programme).title == "New"
    assert store.programmes.add_version(programme, draft()).number == 3, "back to the first is a change"
    assert [each.number for each in store.programmes.versions(programme)] == [3, 2, 1]
    assert store.programmes.version(programme).number == 3
    assert store.programmes.version(programme, 2) == second
    assert store.programmes.version(programme, 9) is None
    assert store.programmes.instance(programme, 9) is None


def test_versions_that_are_entered_at_once_all_have_a_number(store):
    programme = programme_in(store)
    made = at_once(6, lambda n: store.programmes.add_version(programme, draft(f"{{{n}}}")))
    assert sorted(version.number for version in made) == [2, 3, 4, 5, 6, 7]


def test_nothing_is_added_to_a_programme_that_is_not_there(store):
    assert store.programmes.add_version(new_id(), draft()) is None
    assert store.programmes.get(new_id()) is None
    assert not store.programmes.delete(new_id())


def test_programmes_are_listed_the_newest_first_or_the_one_that_a_key_is_for(store):
    made = [programme_in(store, key) for key in ("a", "b", "c")]
    assert [each.id for each in store.programmes.all()] == made[::-1]
    assert [each.key for each in store.programmes.all(made[1])] == ["b"]


def test_an_error_leaves_nothing_behind(store):
    with pytest.raises((sa.exc.StatementError, TypeError)):
        store.programmes.add(new_id(), "forum", draft(files=(Source("p.yaml", "no bytes"),)))
    assert store.programmes.all() == []


def test_schedules_are_entered_once_and_listed(store):
    programme = programme_in(store)
    first = store.schedules.add(new_id(), programme, 1, '{"x": 1}', Origin.UPLOAD)
    assert store.schedules.add(first.id, programme, 1, "{}", Origin.UPLOAD) == first
    edited = store.schedules.add(new_id(), programme, 1, "{}", Origin.EDIT, first.id, "by hand")
    assert store.schedules.solution(first.id) == '{"x": 1}'
    assert (edited.parent, edited.note, edited.job) == (first.id, "by hand", None)
    assert store.schedules.of(programme) == [edited, first]
    assert store.schedules.get(new_id()) is None
    assert store.schedules.solution(new_id()) is None


def test_a_programme_takes_all_that_belongs_to_it_along_and_nothing_else(store):
    kept, gone = programme_in(store), programme_in(store)
    for programme in (kept, gone):
        job_in(store, programme)
        job = store.queue.claim("one")
        store.queue.end(job, Ending(State.DONE, {}, "{}"))
        now = job.started
        files = {"a.ics": b"1", "b.ics": programme.encode()}
        store.publications.add(Publication(programme, 1, new_id(), 1, now, "", {}), files, ["programme"])
        store.keys.add("bound", "read", programme)
    assert store.programmes.delete(gone)
    with store.database.reading() as connection:
        for table in METADATA.sorted_tables:
            if "programme" in table.c:
                found = connection.execute(sa.select(table.c.programme).distinct()).scalars().all()
                assert found == [kept], table.name
        data = set(connection.execute(sa.select(METADATA.tables["contents"].c.data)).scalars())
        events = connection.execute(sa.select(METADATA.tables["events"].c.job).distinct()).scalars().all()
    assert data == {b"1", kept.encode()}
    assert events == [store.jobs.of(kept)[0].id]
