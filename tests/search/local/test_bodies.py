"""People and interpreters by number."""

from support.making import make, meeting

from scheduler.domain import InterpreterSeat
from scheduler.problem import discretise
from scheduler.search.local.bodies import Bodies


def bodies():
    instance = make(
        delegations=[
            {"id": "teams", "split": "members", "parallel": 2, "languages": ["ko"]},
            {"id": "named", "split": "members", "parallel": 1},
        ],
        participants=[
            {"id": "ada", "delegation": "named", "languages": ["en", "fr"]},
            {"id": "bob", "delegation": "named", "languages": ["fr"]},
            {"id": "cyd"},
        ],
        interpreters=[
            {"id": "korean", "languages": ["ko", "en"], "count": 2},
            {"id": "french", "languages": ["fr", "ko"]},
        ],
        meetings=[meeting("m", "teams", "named")],
    )
    problem = discretise(instance)
    return problem, Bodies(problem)


def test_people_come_first_and_have_their_number_back():
    problem, found = bodies()
    assert found.people == len(problem.people)
    assert [found.id(found.person(p.id)) for p in problem.people] == [p.id for p in problem.people]
    assert [found.person(p.id) for p in problem.people] == list(range(found.people))


def test_interpreters_come_after_them_pool_by_pool():
    _, found = bodies()
    n = found.people
    assert found.interpreters == 3
    assert (found.units("korean"), found.units("french"), found.units("none")) == ([n, n + 1], [n + 2], [])
    assert [found.seat(body) for body in (n, n + 1, n + 2)] == [
        InterpreterSeat(pool="korean", unit=1),
        InterpreterSeat(pool="korean", unit=2),
        InterpreterSeat(pool="french", unit=1),
    ]


def test_languages_are_bits():
    _, found = bodies()
    en, fr = found.spoken(["en"]), found.spoken(["fr"])
    assert (en.bit_count(), fr.bit_count(), en & fr) == (1, 1, 0)
    assert found.spoken(["fr", "en"]) == found.spoken(["en", "fr"]) == en | fr
    assert found.spoken([]) == 0
    assert found.languages("named") == en | fr
    assert found.languages("teams") == found.spoken(["ko"])
    assert found.languages("cyd") == 0


def test_teams_stand_in_and_members_do_not():
    _, found = bodies()
    assert found.stands_in("teams")
    assert not found.stands_in("named")
