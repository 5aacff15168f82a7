"""Certificates: what is so is proven and accepted, what is not so is refused, whatever was written."""

import random

import pytest
from support.slots import any_slots, best_value, make_slots

from scheduler.domain import LevelReport, Status
from scheduler.problem.slotted import SlotLevel
from scheduler.search.certificates import proving
from scheduler.search.certificates.checking import RefusedError, Step, check
from scheduler.search.certificates.files import check_folder, claims_of, read, write
from scheduler.search.certificates.proving import (
    Claim,
    TooLargeError,
    checked,
    hinted,
    missing,
    opposite,
    proven,
)

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"certificates need {' and '.join(missing())}")

BREAKS = (SlotLevel(1, 0, 1),)
TIGHT = make_slots([(0, 1), (0, 2), (1, 2)], 3, tables=1, levels=BREAKS, fairness=1)
"""One of the three has a break, whatever the order."""
NO_ROOM = make_slots([(0, 1), (0, 2), (0, 3)], 2)
CHAIN = (((1, 2), (-1, 2), (1, -2), (-1, -2)), ((2,), ()))
"""Clauses of two variables that cannot hold, and a proof of it."""


def entries(slots, claims, folder):
    return list(write(slots, claims, folder, 60.0))


def test_an_optimum_is_accepted_by_both_checkers(tmp_path):
    [entry] = entries(TIGHT, {"level-1": Claim((), 1)}, tmp_path)
    assert entry.good
    assert "by the verified checker drup" in entry.said
    [again] = check_folder(TIGHT, tmp_path, 60.0)
    assert again.good


def test_an_optimum_that_is_one_too_high_is_refused(tmp_path):
    [entry] = entries(TIGHT, {"level-1": Claim((), 2)}, tmp_path)
    assert (entry.good, entry.said) == (
        False,
        "refused: the clauses can be satisfied: what is claimed is not so",
    )


def test_infeasibility(tmp_path):
    [entry] = entries(NO_ROOM, {"rules": Claim()}, tmp_path / "so")
    assert entry.good
    [entry] = entries(TIGHT, {"rules": Claim()}, tmp_path / "not so")
    assert entry.good is False


@pytest.mark.parametrize(
    ("old", "new"), [("level-1 1", "level-1 2"), ("level-1 1", "rules none"), ("level-1 1", "level-1 7")]
)
def test_a_doctored_claim_is_refused(tmp_path, old, new):
    entries(TIGHT, {"level-1": Claim((), 1)}, tmp_path)
    claims = tmp_path / "claims.txt"
    claims.write_text(claims.read_text().replace(old, new))
    [entry] = check_folder(TIGHT, tmp_path, 60.0)
    assert entry.good is False


def test_a_doctored_claim_with_the_clauses_that_belong_to_it_is_refused(tmp_path):
    """The proof of the true claim does not prove the clauses of the false one."""
    entries(TIGHT, {"level-1": Claim((), 1)}, tmp_path / "true")
    entries(TIGHT, {"level-1": Claim((), 2)}, tmp_path / "false")
    proof = (tmp_path / "true" / "level-1.drup").read_text()
    (tmp_path / "false" / "level-1.drup").write_text(proof)
    [entry] = check_folder(TIGHT, tmp_path / "false", 60.0)
    assert entry.good is False
    (tmp_path / "false" / "level-1.drup").write_text("0\n")
    [entry] = check_folder(TIGHT, tmp_path / "false", 60.0)
    assert (entry.good, entry.said) == (False, "refused: a lemma does not follow by unit propagation")


def test_another_instance_is_refused(tmp_path):
    entries(TIGHT, {"level-1": Claim((), 1)}, tmp_path)
    other = make_slots([(0, 1), (0, 2), (1, 2)], 4, tables=1, levels=BREAKS)
    [entry] = check_folder(other, tmp_path, 60.0)
    assert entry.said == "refused: level-1.cnf is not what the instance and the claim say"


@pytest.mark.parametrize("text", ["", "1 2\n", "1 x 0\n", "0 1 0\n"])
def test_a_proof_that_is_none_is_refused(tmp_path, text):
    entries(TIGHT, {"level-1": Claim((), 1)}, tmp_path)
    (tmp_path / "level-1.drup").write_text(text)
    [entry] = check_folder(TIGHT, tmp_path, 60.0)
    assert entry.good is (None if entry.good is None else text == "")  # some need no lemma at all


@pytest.mark.parametrize(
    "text", ["", "level-1\n", "level-1 x\n", "level-2 3 1\n", "level-1 1\nlevel-2 4 0\n"]
)
def test_claims_that_do_not_hang_together_are_refused(tmp_path, text):
    (tmp_path / "claims.txt").write_text(text)
    with pytest.raises(RefusedError):
        read(tmp_path)


def test_zero_needs_no_proof(tmp_path):
    [entry] = entries(TIGHT, {"level-1": Claim((), 0)}, tmp_path)
    assert entry.said == "0 needs no proof: no cost is ever negative"
    assert [entry.good for entry in check_folder(TIGHT, tmp_path, 60.0)] == [True]


def test_what_takes_too_long_is_said_to_be_too_large(tmp_path):
    [entry] = list(write(TIGHT, {"level-1": Claim((), 1)}, tmp_path, 0.001))
    assert entry.good is None
    assert entry.said.startswith("too large to check here (")
    assert (tmp_path / "level-1.cnf").exists()


def test_what_is_not_proven_is_not_claimed():
    slots = make_slots([(0, 1)], 2)
    reports = [
        LevelReport(level=1, value=3, bound=3, status=Status.OPTIMAL),
        LevelReport(level=2, value=5, bound=1, status=Status.FEASIBLE),
    ]
    assert claims_of(slots, Status.FEASIBLE, reports) == {"level-1": Claim((), 3)}
    assert claims_of(slots, Status.INFEASIBLE, []) == {"rules": Claim()}
    assert claims_of(slots, Status.UNKNOWN, []) == {}


def test_the_verified_checker_has_a_word(monkeypatch):
    clauses = proving.Opposite(2, CHAIN[0])
    assert checked(clauses, CHAIN[1], 60.0).verified
    monkeypatch.setattr(proving, "_verified", lambda *_: False)
    with pytest.raises(RefusedError, match="verified checker refuses"):
        checked(clauses, CHAIN[1], 60.0)


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Step(5, (2,), (1, 2))],
        [Step(5, (2,), (1, 3)), Step(6, (), (5, 3, 4))],
        [Step(5, (), (1, 2))],
        [Step(5, (2,), (1, 9)), Step(6, (), (5, 3, 4))],
        [Step(1, (2,), (1, 2)), Step(6, (), (5, 3, 4))],
    ],
)
def test_steps_that_do_not_follow(steps):
    with pytest.raises(RefusedError):
        check(CHAIN[0], steps)


def test_steps_that_follow():
    assert check(CHAIN[0], [Step(5, (2,), (1, 2)), Step(6, (), (5, 3, 4))]) == 2


def test_lemmas_that_do_not_follow():
    with pytest.raises(RefusedError, match="does not follow"):
        hinted(proving.Opposite(3, ((1, 2), (1, -2), (-1, 3, 2))), [(-3,), (-1,), ()], 60.0)
    with pytest.raises(RefusedError, match="does not end"):
        hinted(proving.Opposite(2, ((1, 2),)), [(1, 2)], 60.0)


def test_only_what_is_needed_is_kept():
    clauses = proving.Opposite(9, (*CHAIN[0], (5, 6), (-5, 7)))
    steps = hinted(clauses, [(6, 7), (2,), (5, 6, 8), ()], 60.0)
    assert [step.lemma for step in steps] == [(2,), ()]
    assert check(clauses.clauses, steps) == 2


def test_random_clauses_agree_with_trying_everything():
    chance = random.Random(1)
    for _ in range(60):
        clauses = [
            tuple(v * chance.choice((1, -1)) for v in chance.sample(range(2, 8), 3)) for _ in range(40)
        ]
        given = proving.Opposite(7, tuple(clauses))
        possible = any(
            all(any((v > 0) == bool(n >> abs(v) & 1) for v in clause) for clause in clauses)
            for n in range(0, 256, 4)
        )
        if possible:
            with pytest.raises(RefusedError):
                checked(given, [()], 60.0)


@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_optima_of_random_problems(seed, tmp_path):
    slots = any_slots(seed)
    best = best_value(slots)
    claims = {"rules": Claim()}
    if best is not None:
        claims = {f"level-{k}": Claim(best[:k], value) for k, value in enumerate(best)}
    assert all(entry.good for entry in entries(slots, claims, tmp_path))
    assert all(entry.good for entry in check_folder(slots, tmp_path, 60.0))
    with pytest.raises((RefusedError, TooLargeError)):
        proven(opposite(make_slots([(0, 1)], 2), Claim()), 60.0)
