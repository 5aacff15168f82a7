"""`scheduler template`: a workbook to fill in."""

import pytest
from support.command_line import INSTANCES, run, write_instance

from scheduler.exports import workbook_bytes, workbook_tables
from scheduler.exports.workbook.cells import LONGEST
from scheduler.reading import load

EVERY_RULE = INSTANCES / "every-rule.yaml"


def test_an_empty_workbook(tmp_path):
    done = run("template", "-o", tmp_path / "new" / "programme.xlsx")
    assert (done.exit_code, done.output) == (0, f"{tmp_path / 'new' / 'programme.xlsx'}\n")
    assert (tmp_path / "new" / "programme.xlsx").read_bytes() == workbook_bytes()


def test_a_filled_folder(tmp_path):
    done = run("template", EVERY_RULE, "-o", tmp_path / "sheets")
    tables = workbook_tables(load(EVERY_RULE))
    assert (done.exit_code, done.output) == (0, f"{tmp_path / 'sheets'} ({len(tables)} tables)\n")
    assert {path.name: path.read_bytes() for path in (tmp_path / "sheets").iterdir()} == tables


@pytest.mark.parametrize(("name", "there"), [("p.xlsx", "p.xlsx"), ("sheets", "sheets/people.csv")])
def test_what_may_have_been_filled_in_is_not_written_over(tmp_path, name, there):
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine")
    done = run("template", "-o", tmp_path / name)
    assert done.exit_code == 2
    assert f"{tmp_path / there}: is there already" in done.output.replace("\n", "")
    assert (tmp_path / there).read_text() == "mine"
    assert run("template", "-o", tmp_path / name, "--force").exit_code == 0
    assert (tmp_path / there).read_bytes()[:4] in (b"PK\x03\x04", b"\xef\xbb\xbfe")


@pytest.mark.parametrize("name", ["p.ods", "p.csv", "p.xls"])
def test_other_files_than_workbooks_are_refused(tmp_path, name):
    done = run("template", "-o", tmp_path / name)
    assert done.exit_code == 2
    assert "should end in .xlsx for a workbook" in done.output
    assert not list(tmp_path.iterdir())


def test_an_instance_that_no_cell_can_hold_is_refused(tmp_path):
    city = {
        "id": "oslo",
        "time_zone": "Europe/Oslo",
        "opening": [{"date": "2025-03-10", "from": "09:00", "to": "12:00"}],
        "venues": [{"id": "v", "address": "a" * (LONGEST + 1)}],
    }
    instance = write_instance(tmp_path / "p.yaml", {"programme": {"id": "p"}, "cities": [city]})
    done = run("template", instance, "-o", tmp_path / "p.xlsx")
    assert done.exit_code == 2
    assert "does not go into a cell of the sheet cities, which holds 32,767 characters" in done.output
    assert not (tmp_path / "p.xlsx").exists()


def test_an_empty_template_is_told_what_it_lacks(tmp_path):
    run("template", "-o", tmp_path / "p.xlsx")
    done = run("import", "spreadsheet", tmp_path / "p.xlsx", "-o", tmp_path / "p.yaml", columns=200)
    assert done.exit_code == 2
    assert 'p.xlsx: has nothing in the sheet "venues" that says where things can take place' in done.output
