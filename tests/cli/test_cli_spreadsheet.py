"""``scheduler import spreadsheet``: what is written, what is said, and how it ends."""

import csv

import pytest
from support.command_line import run
from support.sheets_made import SMALL, book, small, with_cell

from scheduler.reading import load, load_workbook


@pytest.fixture
def written(tmp_path):
    def write(sheets, name="programme.xlsx"):
        path = tmp_path / name
        path.write_bytes(book(sheets))
        return path

    return write


def test_a_workbook_becomes_an_instance_and_its_rows_are_counted(written, tmp_path):
    source, target = written(SMALL), tmp_path / "new" / "programme.yaml"
    done = run("import", "spreadsheet", source, "-o", target)
    assert done.exit_code == 0
    assert done.output == (
        "programme: 5 rows read, 5 used, 0 refused\n"
        "venues: 3 rows read, 3 used, 0 refused\n"
        "travel: 1 row read, 1 used, 0 refused\n"
        "people: 4 rows read, 4 used, 0 refused\n"
        "wishes: 3 rows read, 3 used, 0 refused\n"
        "In all 16 rows read, 16 used, 0 refused\n"
        f"{target}: 2 cities, 3 rooms, 4 people, 0 sessions, 2 meeting requests\n"
    )
    assert load(target) == load_workbook(source).instance
    assert target.read_text().startswith("# Imported from programme.xlsx.\n")
    assert not (target.parent / "error_rows.csv").exists()


BAD = with_cell(with_cell(SMALL, "people", 3, 1, "ben at sydney"), "wishes", 4, 2, "Valncia")


def test_all_errors_are_told_at_once_and_nothing_but_the_refused_rows_is_written(written, tmp_path):
    source, target = written(BAD), tmp_path / "programme.yaml"
    done = run("import", "spreadsheet", source, "-o", target)
    assert done.exit_code == 2
    assert done.stderr == (
        f'{source}:people:3:A: "ben at sydney" should be an email address such as anna@valencia.example '
        '(column "email")\n'
        f'{source}:wishes:4:B: "Valncia" is neither a person nor a delegation of this programme; did you '
        'mean "Valencia"? (column "to")\n'
        "2 rows besides cannot be used because of these.\n"
        "programme: 5 rows read, 5 used, 0 refused\n"
        "venues: 3 rows read, 3 used, 0 refused\n"
        "travel: 1 row read, 1 used, 0 refused\n"
        "people: 4 rows read, 3 used, 1 refused\n"
        "wishes: 3 rows read, 0 used, 3 refused\n"
        f"In all 16 rows read, 12 used, 4 refused (see {tmp_path / 'error_rows.csv'})\n"
        "2 errors found.\n"
    )
    assert not target.exists()
    rows = list(csv.DictReader((tmp_path / "error_rows.csv").open(encoding="utf-8-sig", newline="")))
    assert [(row["sheet"], row["row"], row["column"], row["value"]) for row in rows] == [
        ("people", "3", "A", "ben at sydney"),
        ("wishes", "2", "B", "Ben Li"),
        ("wishes", "3", "A", "Sydney Water"),
        ("wishes", "4", "B", "Valncia"),
    ]
    assert rows[1]["reason"] == 'is refused (people:3) (column "to")'
    assert [rows[0][f"cell {n}"] for n in (1, 2, 3)] == ["ben at sydney", "Ben Li", "Sydney Water"]


def test_what_can_be_used_is_imported_on_request(written, tmp_path):
    source, target, refused = written(BAD), tmp_path / "programme.yaml", tmp_path / "refused" / "rows.csv"
    done = run("import", "spreadsheet", source, "-o", target, "--keep-going", "--error-rows", refused)
    assert done.exit_code == 0
    assert done.stdout.endswith(f"{target}: 2 cities, 3 rooms, 3 people, 0 sessions, 0 meeting requests\n")
    assert [person.name for person in load(target).participants] == ["Anna García", "王伟", "김민준"]
    assert len(refused.read_text().splitlines()) == 5


@pytest.mark.parametrize(("sheets", "code"), [(SMALL, 0), (BAD, 2)])
def test_a_dry_run_writes_nothing(written, tmp_path, sheets, code):
    source = written(sheets)
    for more in ([], ["-o", tmp_path / "programme.yaml"], ["--keep-going"]):
        assert run("import", "spreadsheet", source, "--dry-run", *more).exit_code == code
    assert list(tmp_path.iterdir()) == [source]


def test_a_large_programme_is_written_with_tables_beside_it(written, tmp_path, monkeypatch):
    monkeypatch.setattr("scheduler.cli.spreadsheets._LARGE", 5)
    source, target = written(SMALL), tmp_path / "programme.yaml"
    done = run("import", "spreadsheet", source, "-o", target)
    assert f"{target} and 2 tables beside it: 2 cities" in done.output
    assert load(target) == load_workbook(source).instance
    assert (tmp_path / "programme-meetings.csv").exists()
    spaced = with_cell(with_cell(SMALL, "people", 1, 6, "role"), "people", 2, 6, '"a;b"')
    done = run("import", "spreadsheet", written(spaced), "-o", tmp_path / "spaced.yaml")
    assert f"{tmp_path / 'spaced.yaml'}: 2 cities" in done.output  # no cell could say that role
    assert load(tmp_path / "spaced.yaml").participants[0].roles == {"a;b"}


def test_what_is_not_read_is_named(written, tmp_path):
    sheets = small(Hotels=[["name"], ["Ritz"]])
    sheets["people"][0].append("Phone")
    done = run("import", "spreadsheet", written(sheets), "--dry-run")
    assert 'Note: people: column F "Phone" is not read.\n' in done.stderr
    assert "Note: Hotels: is not read: no sheet of that name is known.\n" in done.stderr


def test_an_output_is_needed_and_is_not_the_input(written):
    source = written(SMALL)
    assert "Missing option '-o'" in run("import", "spreadsheet", source).output
    done = run("import", "spreadsheet", source, "-o", source)
    assert (done.exit_code, "is the file that is to be imported" in done.output) == (2, True)


def test_no_file(tmp_path):
    done = run("import", "spreadsheet", tmp_path / "none.xlsx", "--dry-run")
    assert done.exit_code == 2
    assert done.output.startswith(f"{tmp_path / 'none.xlsx'}: cannot be read: No such file")


def test_texts_of_strangers_neither_move_the_cursor_nor_run_as_formulas(written, tmp_path):
    sheets = with_cell(SMALL, "wishes", 2, 2, "=HYPERLINK(\u009b1m)")
    done = run("import", "spreadsheet", written(sheets), "-o", tmp_path / "p.yaml")
    assert "\u009b" not in done.output
    rows = list(csv.DictReader((tmp_path / "error_rows.csv").open(encoding="utf-8-sig", newline="")))
    assert rows[0]["value"].startswith("'=HYPERLINK")
