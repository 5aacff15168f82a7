"""`scheduler generate`: a large programme made up, as files."""

import pytest
from support.command_line import run, run_apart

from scheduler.generating import GenerateSpec, generate
from scheduler.reading import load


def contents(directory):
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_a_programme_is_written_with_its_tables(tmp_path):
    done = run("generate", "--meetings", 90, "--cities", 2, "--days", 3, "--seed", 5, "-o", tmp_path / "new")
    assert done.exit_code == 0, done.output
    path = tmp_path / "new" / "programme-90-seed-5.yaml"
    assert done.output.startswith(f"{path}: 90 meetings, ")
    assert load(path) == generate(GenerateSpec(90, cities=2, days=3, seed=5))
    assert path.read_text().splitlines()[0] == (
        "# Made up: scheduler generate --meetings 90 --cities 2 --days 3 --seed 5 "
        "--utilisation 0.85 --mandatory 0.05"
    )


def test_the_same_options_give_the_same_bytes_in_any_process(tmp_path):
    assert run("generate", "--meetings", 60, "-o", tmp_path / "a").exit_code == 0
    for seed in ("1", "2"):  # of Python's hashes, by which sets are ordered
        code = f"import os; assert os.environ['PYTHONHASHSEED'] == '{seed}'"
        done = run_apart(
            "generate", "--meetings", 60, "-o", tmp_path / seed, code=code, env={"PYTHONHASHSEED": seed}
        )
        assert done.returncode == 0, done.stderr
        assert contents(tmp_path / seed) == contents(tmp_path / "a")


@pytest.mark.parametrize(
    "options", [["--meetings", 0], ["--meetings", 10, "--utilisation", 0], ["--days", 3]]
)
def test_bad_usage(options, tmp_path):
    assert run("generate", *options, "-o", tmp_path / "new").exit_code == 2
    assert not (tmp_path / "new").exists()
