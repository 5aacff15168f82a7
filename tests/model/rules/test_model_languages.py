"""Rule 12 in the model where many could be sent: they matter as far as they speak differently."""

from support.making import make, meeting

from scheduler.model.build import build
from scheduler.model.rules.interpreters import lines
from scheduler.problem import discretise


def problem(members):
    """Return two delegations that each send one of so many, who speak one of two languages."""
    return discretise(
        make(
            delegations=[{"id": d, "split": "members"} for d in ("d", "e")],
            participants=[
                {"id": f"{d}{n}", "delegation": d, "languages": [("en", "ko")[n % 2]]}
                for d in ("d", "e")
                for n in range(members)
            ],
            interpreters=[{"id": "pool", "languages": ["en", "ko"]}],
            meetings=[meeting("m", "d", "e")],
        )
    )


def test_who_speaks_alike_is_in_one_group():
    many = problem(6)
    found = list(lines(many, many.tasks[0]))
    groups = {tuple(tuple(p.id for p in group) for group in line.groups): line.serving for line in found}
    english, korean = ("d0", "d2", "d4"), ("d1", "d3", "d5")
    others = [tuple(p.replace("d", "e") for p in group) for group in (english, korean)]
    pools = frozenset(many.instance.interpreters)
    assert groups == {
        (english, others[0]): None,
        (english, others[1]): pools,
        (korean, others[0]): pools,
        (korean, others[1]): None,
    }


def test_the_model_grows_with_the_people_and_not_with_their_pairs():
    small, large = (len(build(problem(n)).context.logic.cp.proto.constraints) for n in (10, 40))
    assert large < 6 * small
