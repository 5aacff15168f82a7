"""`scheduler import`: a benchmark file in, an instance file out."""

import pytest
from support.command_line import run
from support.forums import FORUM

from scheduler.reading import load, load_b2b


@pytest.fixture
def forum(tmp_path):
    path = tmp_path / "forum.dzn"
    path.write_text(FORUM)
    return path


def test_a_forum_is_written_as_an_instance(forum, tmp_path):
    target = tmp_path / "new" / "forum.yaml"
    done = run("import", "b2b", forum, "-o", target)
    assert (done.exit_code, done.output) == (0, f"{target}: 4 meetings of 5 participants\n")
    assert load(target) == load_b2b(forum)
    assert target.read_text().startswith("# Imported from forum.dzn.\n")


@pytest.mark.parametrize(("said", "bound"), [("none", None), ("0", 0), ("3", 3)])
def test_fairness(forum, tmp_path, said, bound):
    target = tmp_path / "forum.yaml"
    assert run("import", "b2b", forum, "-o", target, "--fairness", said).exit_code == 0
    assert load(target).fairness.breaks == bound


@pytest.mark.parametrize("said", ["-1", "two", "1.5", "", "9" * 5000, "²"])
def test_a_fairness_that_is_no_number(forum, tmp_path, said):
    done = run("import", "b2b", forum, "-o", tmp_path / "forum.yaml", "--fairness", said)
    assert done.exit_code == 2
    assert "neither a whole number from 0 nor none" in done.output.replace("\n", " ")
    assert not (tmp_path / "forum.yaml").exists()


def test_a_bad_file_is_refused_with_all_its_errors_and_nothing_is_written(forum, tmp_path):
    forum.write_text(FORUM.replace("|1, 4, 3", "|1, 6, 3").replace("0, 0, 6", "0, 0, 7"))
    done = run("import", "b2b", forum, "-o", tmp_path / "forum.yaml")
    assert done.exit_code == 2
    assert done.output.splitlines() == [
        f'{forum}:9:17: requested.3: "6" is no participant: there are 1 to 5',
        f'{forum}:14:16: fixed.3: "7" is no slot: there are 1 to 6',
        "2 errors found.",
    ]
    assert not (tmp_path / "forum.yaml").exists()


def test_the_file_itself_is_not_written_over(forum):
    done = run("import", "b2b", forum, "-o", forum)
    assert done.exit_code == 2
    assert "is the file that is to be imported" in done.output
    assert forum.read_text() == FORUM
