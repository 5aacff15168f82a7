import pytest
from support.command_line import run, write_hand_made, write_instance
from support.doctored import CASES
from support.hand_made import PLACEMENTS, hand_placed, solution_of

from scheduler.checker import Verdict
from scheduler.domain import RuleName, Violation
from scheduler.exports import write_solution


def words_of(text):
    return " ".join(text.split())


@pytest.fixture
def good(tmp_path):
    claims = hand_placed()
    levels = (claims.levels[0].model_copy(update={"value": 4, "bound": 4}), claims.levels[1])
    return write_hand_made(tmp_path, claims.model_copy(update={"levels": levels}))


def test_a_valid_schedule_is_called_valid_and_its_costs_are_told(good):
    result = run("check", *good)
    assert result.exit_code == 0
    said = words_of(result.stdout)
    assert said.startswith("Valid: the schedule keeps all 14 rules.")
    assert "1 requests not granted, by priority 4 4" in said
    assert "2 breaks in people's days 5 5" in said
    assert "Note" not in said


def test_claims_that_are_not_so_are_named(tmp_path):
    claims = hand_placed()  # claims 1 on level 1, where the schedule comes to 4
    high = claims.levels[1].model_copy(update={"bound": 6})
    result = run(
        "check", *write_hand_made(tmp_path, claims.model_copy(update={"levels": (claims.levels[0], high)}))
    )
    assert result.exit_code == 0
    assert "Note: the file claims 1 on level 1; it is 4." in result.stdout
    assert "Note: the file claims that nothing is below 6 on level 2; the schedule has 5." in words_of(
        result.stdout
    )


def test_claims_about_levels_that_the_programme_has_not_are_passed_over(good, tmp_path):
    instance, _ = write_hand_made(tmp_path, objective=[{"term": "requests", "level": 1, "weight": 2}])
    said = words_of(run("check", instance, good[1]).stdout)
    assert "1 requests not granted, by priority 4 x 2 8" in said
    assert "level 2" not in said


def test_terms_of_one_level_are_added_up(good, tmp_path):
    objective = [{"term": "requests", "level": 1}, {"term": "breaks", "level": 1, "weight": 2}]
    instance, _ = write_hand_made(tmp_path, objective=objective)
    said = words_of(run("check", instance, good[1]).stdout)
    assert "1 requests not granted, by priority 4 4 1 breaks in people's days 5 x 2 10 1 together 14" in said


def test_every_breach_says_rule_who_where_when_and_a_sentence(tmp_path):
    moved = [dict(p, start="2025-03-29T10:00+00:00") if p["activity"] == "islands" else p for p in PLACEMENTS]
    result = run("check", *write_hand_made(tmp_path, solution_of(moved)), columns=200)
    assert result.exit_code == 1
    said = result.stdout
    assert said.startswith("Invalid: the schedule breaks the rules in ")
    assert "Rule 8, plenary" in said
    assert "who: " in said
    assert "Praia, Cabo Verde" in said
    assert "what: islands, opening" in said or "what: opening, islands" in said
    assert "when: Saturday 29 March 2025, 10:00-10:30" in said


def test_a_party_that_nobody_knows_is_told_by_its_id(tmp_path, monkeypatch):
    violation = Violation(rule=RuleName.PERSON, message="A stranger came.", parties=("stranger",))
    monkeypatch.setattr(
        "scheduler.cli.checking.check", lambda instance, solution: Verdict(violations=(violation,))
    )
    assert "who: stranger" in run("check", *write_hand_made(tmp_path)).stdout


def test_the_room_of_a_breach_is_named_with_its_city(tmp_path):
    wrong = [dict(p, table=5) if p["activity"] == "islands" else p for p in PLACEMENTS]
    said = run("check", *write_hand_made(tmp_path, solution_of(wrong)), columns=200).stdout
    assert "where: Meeting area, Paços do Concelho, Lisbon" in said


@pytest.mark.parametrize("name", ["room", "attendee", "activity"])
def test_what_the_instance_does_not_know_is_told_by_its_id(tmp_path, name):
    changes = {
        "room": {"room": "attic"},
        "attendee": {"attendees": ["stranger"]},
        "activity": {"activity": "ghost"},
    }
    wrong = [p | changes[name] if p["activity"] == "islands" else p for p in PLACEMENTS]
    result = run("check", *write_hand_made(tmp_path, solution_of(wrong)), columns=200)
    assert result.exit_code == 1
    assert "Rule 1, placement" in result.stdout
    assert {"room": "attic", "attendee": "stranger", "activity": "ghost"}[name] in result.stdout


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_each_rule_that_is_broken_ends_with_1_and_is_named(tmp_path, case):
    parts = case.instance.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    instance = write_instance(tmp_path / "i.yaml", parts)
    kept = write_solution(case.kept, tmp_path / "kept.yaml")
    broken = write_solution(case.broken, tmp_path / "broken.yaml")
    assert run("check", instance, kept).exit_code == 0
    result = run("check", instance, broken)
    assert result.exit_code == 1
    assert f"Rule {list(RuleName).index(case.rule) + 1}, {case.rule}" in result.stdout
    assert result.stdout.count("\nRule ") == 1
