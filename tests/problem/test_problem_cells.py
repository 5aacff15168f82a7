"""Cells say of many meetings what options say of each."""

import pytest
from support.making import away, city, hours, make, meeting
from support.tiny import tiny_instance

from scheduler.problem import discretise
from scheduler.problem.cells import Cells, members


def starts_and_places(cells, task):
    found = [cells.cells[number] for number in members(cells.admissible(task))]
    return [(cell.start, cell.place.room.id, cell.date) for cell in found]


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_the_cells_of_a_meeting_are_its_options(first):
    for seed in range(first, first + 50):
        problem = discretise(tiny_instance(seed))
        cells = Cells(problem, problem.meetings)
        for task in problem.meetings:
            expected = [(o.start, o.place.room.id, o.date) for o in task.options]
            assert sorted(starts_and_places(cells, task)) == sorted(expected), (seed, task.activity.id)


def test_cells_are_in_the_order_of_time_and_known_by_number():
    problem = discretise(
        make(
            "a", "b", cities=[city("madrid", {"id": "area", "tables": 2}, {"id": "annex", "tables": 1})],
            meetings=[meeting("m", "a", "b")],
        )
    )  # fmt: skip
    cells = Cells(problem, problem.meetings)
    assert [c.start for c in cells.cells] == sorted(c.start for c in cells.cells)
    assert [cells.number(c.start, c.place) for c in cells.cells] == list(range(len(cells.cells)))
    assert len(cells.cells) == 2 * 18


def test_people_who_come_and_go_together_share_their_cells():
    problem = discretise(
        make(
            participants=[
                {"id": "early", "absences": [away("12:00", "18:00")]},
                {"id": "early-too", "absences": [away("12:00", "18:00")]},
                {"id": "late", "absences": [away("09:00", "12:00")]},
            ],
            meetings=[meeting("m", "early", "late"), meeting("n", "early", "early-too")],
        )
    )
    cells = Cells(problem, problem.meetings)
    early, early_too, late = (problem.instance.person(name) for name in ("early", "early-too", "late"))
    assert cells.available(early, 30) is cells.available(early_too, 30)
    assert cells.available(early, 30) & cells.available(late, 30) == 0
    assert [len(members(cells.admissible(task))) for task in problem.meetings] == [0, 6]


def test_windows_and_pins_are_kept():
    problem = discretise(make("a", "b", meetings=[meeting("m", "a", "b", windows=[hours("10:00", "11:00")])]))
    cells = Cells(problem, problem.meetings)
    assert len(members(cells.admissible(problem.meetings[0]))) == 2
    assert members(0b1011) == [0, 1, 3]
    assert members(0) == []
