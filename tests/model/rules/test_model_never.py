"""Rule 14 in the model: who is sent never meets whom they are never to meet."""

from support.fixing import breaks, keeps, model_of
from support.making import DATE, away, hold, make, meeting, put, session

from scheduler.domain import RuleName
from scheduler.problem import discretise


def instance(*pairs, away_at=(), **more):
    people = [{"id": f"{party}-{n}", "delegation": party} for party in "ab" for n in (1, 2)]
    given = {
        "delegations": [{"id": party, "split": "members"} for party in "ab"],
        "participants": [p | ({"absences": away_at} if p["id"] == "b-1" else {}) for p in people],
        "meetings": [meeting("m", "a", "c"), meeting("n", "a", "b")],
        "never": pairs,
    }
    return make("c", **given | more)


def sent(activity, *who):
    return put(activity, "10:00", "area", 1, *who)


def test_who_is_never_to_meet_the_other_is_no_candidate():
    apart = instance(["c", "a-1"])
    keeps(apart, sent("m", "a-2"))
    breaks(RuleName.NEVER, apart, sent("m", "a-1"))
    task = discretise(apart).by_id["m"]
    assert [person.id for person in task.candidates] == ["a-2"]


def test_two_who_are_never_to_meet_are_not_both_sent():
    apart = instance(["a-1", "b-2"])
    keeps(apart, sent("n", "a-1", "b-1"))
    keeps(apart, sent("n", "a-2", "b-2"))
    breaks(RuleName.NEVER, apart, sent("n", "a-1", "b-2"))


def test_sessions_bring_anybody_together():
    keeps(
        instance(["c", "a-1"], sessions=[session("s", parties=["c", "a"])]), hold("s", "10:00", "hall", "a-1")
    )


def test_where_nobody_can_be_sent_together_there_is_no_place():
    pairs = [[f"a-{n}", "b-2"] for n in (1, 2)]
    apart = instance(*pairs, away_at=[away("09:00", "17:30", DATE)])
    problem = discretise(apart)
    assert len(problem.by_id["n"].options) == 1
    assert len(discretise(instance(*pairs)).by_id["n"].options) == 18
    none = instance(*pairs, ["a", "b-1"], meetings=[meeting("m", "a", "c")])
    assert len(discretise(none).by_id["m"].options) == 18


def test_the_rule_adds_nothing_where_one_party_sends_somebody():
    context = model_of(instance(["c", "a-1"]))
    assert not any(context.problem.apart.pairs(task) for task in context.problem.meetings)
