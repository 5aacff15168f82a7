"""``explain --why-not`` and ``suggest`` as somebody types them."""

import json

import pytest
from support.command_line import INSTANCES, run

INSTANCE = INSTANCES / "over-full.yaml"


@pytest.fixture(scope="module")
def solution(tmp_path_factory):
    folder = tmp_path_factory.mktemp("given")
    assert run("solve", INSTANCE, "-o", folder, "--quiet", "--deterministic").exit_code == 0
    return folder / "over-full.solution.yaml"


def test_the_price_is_told(solution):
    done = run("explain", INSTANCE, solution, "--why-not", "aarhus-dresden", columns=110)
    assert done.exit_code == 0
    assert "What is in the way now" in done.output
    assert "This is the price:" in done.output
    assert "Proven: no schedule that grants it costs less." in done.output


def test_the_price_as_data(solution):
    done = run("explain", INSTANCE, solution, "--why-not", "aarhus-dresden", "--json")
    told = json.loads(done.output)
    assert told["outcome"] == "priced"
    assert told["levels"][0]["change"] == told["levels"][0]["after"] - told["levels"][0]["before"] > 0
    assert told["schedule"]
    assert told["conflict"] is None


def test_what_cannot_be_granted(solution):
    asked = ("explain", INSTANCE, solution, "--why-not", "ghent-cracow", "--at", "2025-09-18T20:00")
    done = run(*asked)
    assert done.exit_code == 0
    assert "It cannot be granted" in done.output
    assert "over-full.yaml:" in done.output
    told = json.loads(run(*asked, "--json").output)
    assert told["conflict"]["shown"]["irreducible"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain", INSTANCE, "SOLUTION"], "SOLUTION and --why-not go together"),
        (["explain", INSTANCE, "--at", "2025-09-18T20:00"], "--at and --in go with --why-not"),
        (["explain", INSTANCE, "SOLUTION", "--why-not", "nobody"], "there is no meeting 'nobody'"),
        (["explain", INSTANCE, "SOLUTION", "--why-not", "ghent-cracow", "--in", "rome"], "no city 'rome'"),
        (["explain", INSTANCE, "SOLUTION", "--why-not", "ghent-cracow", "--at", "soon"], "'soon'"),
        (["suggest", INSTANCE, "SOLUTION", "--parties", "aarhus,espo"], 'did you mean "espoo"?'),
        (["suggest", INSTANCE, "SOLUTION", "--parties", "aarhus"], "two parties or more"),
        (["suggest", INSTANCE, "SOLUTION", "--parties", "a,b", "--duration", "long"], "a duration such as"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message, solution):
    done = run(*(solution if argument == "SOLUTION" else argument for argument in arguments), columns=200)
    assert done.exit_code == 2
    assert message in done.output


def test_a_schedule_that_breaks_a_rule_is_refused(solution, tmp_path):
    broken = tmp_path / "broken.yaml"
    lines = solution.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "activity: welcome," not in line]
    assert len(kept) < len(lines)
    broken.write_text("".join(kept), encoding="utf-8")
    for question in (["explain", "--why-not", "ghent-cracow"], ["suggest", "--parties", "aarhus,espoo"]):
        done = run(question[0], INSTANCE, broken, *question[1:])
        assert done.exit_code == 1
        assert "breaks the rules" in done.output


def test_places_for_a_new_meeting(solution):
    full = run("suggest", INSTANCE, solution, "--parties", "aarhus,espoo")
    assert full.exit_code in (0, 4)
    moved = run("suggest", INSTANCE, solution, "--parties", "aarhus,espoo", "--moves", "1", "--top", "2")
    assert moved.exit_code == 0
    assert "Level 1: requests not granted, by priority." in moved.output
    asked = (
        "suggest",
        INSTANCE,
        solution,
        "--parties",
        "aarhus,espoo",
        "--moves",
        "1",
        "--top",
        "1",
        "--json",
    )
    told = json.loads(run(*asked).output)
    (best,) = told["suggestions"]
    assert len(best["moved"]) + len(best["displaced"]) <= 1
    assert best["proven"]
