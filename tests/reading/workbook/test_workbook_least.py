"""The least meetings that people of a workbook ask for count, whether it says what counts or not."""

import pytest
from support.sheets_made import book, small

from scheduler.checker import Checker
from scheduler.domain.objective import DEFAULT_OBJECTIVE, OBJECTIVE_WITH_LEAST, ObjectiveTerm, TermName
from scheduler.exports.workbook import workbook_bytes
from scheduler.exports.workbook.pages import pages_of
from scheduler.reading import WorkbookError, load_workbook
from scheduler.search.result import SolveOptions
from scheduler.search.solve import solve

FORUM = {
    "programme": [["name", "Forum"], ["time zone", "Europe/Oslo"], ["meeting length", "30min"]],
    "cities": [
        ["city", "date", "from", "to"],
        ["Oslo", "2026-03-10", "09:00", "09:30"],
        ["Oslo", "2026-03-10", "10:00", "10:30"],
    ],
    "venues": [["city", "venue", "room", "tables"], ["Oslo", "Hall", "Area", 1]],
    "people": [
        ["name", "least meetings"],
        ["Ann", None],
        ["Bo", 1],
        ["Cy", None],
        ["Di", None],
        ["Eve", None],
    ],
    "wishes": [
        ["from", "to", "wish"],
        ["Ann", "Cy", "must"],
        ["Cy", "Ann", "must"],
        ["Ann", "Bo", "like"],
        ["Di", "Eve", "like"],
    ],
}
"""Two meetings fit, an hour apart. Bo's would give Ann a break; what Di and Eve wish is worth as much."""

OBJECTIVE = [["term", "level"], ["too few meetings", 1], ["requests", 2]]


def imported(sheets, **how):
    return load_workbook(book(sheets), name="p.xlsx", **how).instance


def asking(sheet="people", **changes):
    """Return the small programme, in which somebody asks for two meetings."""
    sheets = small(
        delegations=[["delegation"], ["Valencia"], ["Sydney"], ["Guangzhou"], ["Seoul"]], **changes
    )
    sheets[sheet][0].append("least meetings")
    sheets[sheet][1].append(2)
    return sheets


def held(solution, person):
    return sum(person in placement.activity.split("--") for placement in solution.placements)


@pytest.mark.parametrize("sheet", ["people", "delegations"])
def test_without_an_objective_it_counts_after_requests_and_before_breaks(sheet):
    instance = imported(asking(sheet))
    assert instance.objective == OBJECTIVE_WITH_LEAST
    assert [(term.term, term.weight, term.level) for term in instance.objective] == [
        ("requests", 1, 1),
        ("too_few_meetings", 1, 2),
        ("breaks", 1, 3),
    ]


def test_what_more_says_of_it_counts_too():
    sheets = small()
    sheets["people"][0].append("more")
    sheets["people"][1].append("meetings: {least: 1}")
    assert imported(sheets).objective == OBJECTIVE_WITH_LEAST


def test_where_nobody_asks_for_it_nothing_is_said():
    sheets = small()
    sheets["people"][0] += ["least meetings", "most meetings"]
    sheets["people"][1] += [0, 3]
    assert imported(sheets).objective == DEFAULT_OBJECTIVE


@pytest.mark.parametrize("name", ["an objective", "more"])
def test_an_objective_that_is_given_is_the_whole_objective(name):
    sheets = asking(objective=[["term"], ["breaks"]])
    if name == "more":
        del sheets["objective"]
        sheets["programme"].append(["more", "objective: [{term: breaks}]"])
    assert imported(sheets).objective == (ObjectiveTerm(term=TermName.BREAKS),)


def test_nothing_at_all_is_an_objective_too():
    sheets = asking()
    sheets["programme"].append(["more", "objective: []"])
    assert imported(sheets).objective == ()


def test_a_least_that_is_refused_does_not_count():
    sheets = asking()
    sheets["people"][1][-1] = "two"
    with pytest.raises(WorkbookError, match=r"p\.xlsx:people:2:F"):
        imported(sheets)
    assert imported(sheets, keep_going=True).objective == DEFAULT_OBJECTIVE


@pytest.mark.parametrize(
    ("least", "more", "bo", "levels"),
    [
        (None, {}, 0, [2, 0]),
        (1, {}, 1, [2, 0, 1]),
        (2, {}, 1, [2, 1, 1]),
        (1, {"objective": OBJECTIVE}, 1, [0, 2]),
    ],
)
def test_a_schedule_gives_the_least_where_that_costs_no_request(least, more, bo, levels):
    sheets = FORUM | more
    sheets["people"] = [
        ["name", "least meetings"],
        ["Bo", least],
        *([name, None] for name in ("Ann", "Cy", "Di", "Eve")),
    ]
    instance = imported(sheets)
    solution = solve(instance, SolveOptions(workers=1)).solution
    assert [level.value for level in Checker(instance).levels(solution)] == levels
    assert held(solution, "bo") == bo


@pytest.mark.parametrize("objective", [DEFAULT_OBJECTIVE, OBJECTIVE_WITH_LEAST, ()])
def test_it_is_written_so_that_it_is_read_as_it_was(objective):
    instance = imported(asking()).changed(objective=objective)
    assert load_workbook(workbook_bytes(instance)).instance == instance
    rows = [row for page in pages_of(instance) if page.sheet.name == "objective" for row in page.rows]
    assert [row["term"] for row in rows] == [term.term for term in objective]
