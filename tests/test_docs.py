"""What the documentation shows is what happens: its files are written, its commands run, its code run."""

import doctest
import io
import re
import shlex
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter
from support.command_line import INSTANCES, write_instance
from support.making import city

from scheduler.cli import words
from scheduler.cli.commands import cli
from scheduler.cli.console import Terminal
from scheduler.cli.summary import levels_table, print_granted
from scheduler.domain import Instance, TermName
from scheduler.exports.csv_tables import SCHEDULE, UNSCHEDULED
from scheduler.reading import MAX_BYTES, load, load_solution
from scheduler.reading.shape import bare, entries_of, is_model, keys_of, values_of
from scheduler.reading.yaml_data import MAX_DEPTH, MAX_NODES, parse

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.glob("*.md")), ROOT / "CONTRIBUTING.md")
RUN_ELSEWHERE = ("make", "git", ".", "pip", "python")
"""Commands that are for the reader alone."""


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    name: str
    text: str


def blocks(path):
    fenced = re.findall(r"^```(\w+)[ ]?(\S*)\n(.*?)^```$", path.read_text(encoding="utf-8"), re.M | re.S)
    return [Block(*found) for found in fenced]


def commands(text):
    """Return the commands of a console block, each with the output that is shown."""
    parts = re.split(r"^\$ ", text, flags=re.M)[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


class Shell:
    """Runs commands in the current folder, ``scheduler`` in this process."""

    code = 0

    def run(self, command):
        if command == "echo $?":
            return f"{self.code}\n"
        parts = shlex.split(command)
        if parts[0] == "scheduler" and not set("|>") & set(parts):
            done = CliRunner().invoke(cli, parts[1:], env={"COLUMNS": "80"})
            self.code = done.exit_code
            return done.output
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
        self.code = done.returncode
        return done.stdout + done.stderr


def agrees(output, shown):
    """Return whether an output is what is shown, where ``...`` stands for anything."""
    lines = [re.escape(line.rstrip()).replace(r"\.\.\.", ".*") for line in shown.rstrip().splitlines()]
    pattern = "\n".join(lines)
    pattern = re.sub(r"^\.\*\n", r"(?:.*\\n)?", pattern)
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in output.rstrip().splitlines()), re.S)


def shows_something(path):
    return any(block.language in ("console", "python") for block in blocks(path))


@pytest.mark.parametrize("path", [*filter(shows_something, PAGES)], ids=lambda path: path.stem)
def test_what_a_page_shows_is_what_happens(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "instances").symlink_to(INSTANCES)
    shell, names = Shell(), {}
    for block in blocks(path):
        if block.name and block.language in ("yaml", "csv"):
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
        elif block.language == "diff":
            change(tmp_path / block.name, block.text)
        elif block.language == "python":
            run_python(path, block.text, names)
        elif block.language == "console":
            for command, shown in commands(block.text):
                if shlex.split(command)[0] not in RUN_ELSEWHERE:
                    output = shell.run(command)
                    assert agrees(output, shown), f"$ {command}\n{output}"


def change(path, text):
    """Change a file as a block of ``-`` and ``+`` lines says."""
    lines = text.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] != skipped) for skipped in "+-")
    before = path.read_text(encoding="utf-8")
    assert before.count(old) == 1, text
    path.write_text(before.replace(old, new), encoding="utf-8")


def run_python(path, text, names):
    """Run a block as the examples of a docstring are."""
    assert ">>>" in text, f"{path}: examples are written as typed, with what they print"
    test = doctest.DocTestParser().get_doctest(text, names, path.name, str(path), 0)
    said = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=said.append, clear_globs=False)
    names |= test.globs
    assert runner.failures == 0, "".join(said)


@pytest.mark.parametrize(
    ("output", "shown", "same"),
    [
        ("a\nb\n", "a\nb", True),
        ("a  \nb\n", "a\nb\n", True),
        ("a\nb\n", "a\nc", False),
        ("a\nx\ny\nb\n", "a\n...\nb", True),
        ("a\nb\n", "...\na\nb", True),
        ("took 0.3 s\n", "took ... s", True),
        ("a.b\n", "acb\n", False),
        ("", "", True),
        ("something\n", "", False),
    ],
)
def test_outputs_are_compared_strictly(output, shown, same):
    assert bool(agrees(output, shown)) is same


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_links_lead_somewhere(path):
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        if "://" in file:
            continue
        page = path.parent / file if file else path
        assert page.exists(), target
        if anchor:
            titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, (
                target
            )


# -- the reference of instances --------------------------------------------------------------------


def models_within(kind, found):
    """Collect the parts that a type of value leads to."""
    kind = bare(kind)
    if is_model(kind):
        if kind not in found:
            found.append(kind)
            for field in keys_of(kind).values():
                models_within(field, found)
    else:
        for inner in (entries_of(kind), values_of(kind)):
            if inner is not None:
                models_within(inner, found)
    return found


MODELS = {model.__name__: model for model in models_within(Instance, [])}
REFERENCE = (DOCS / "instance.md").read_text(encoding="utf-8")
TABLES_OF_KEYS = [
    (names.split(), re.findall(r"^\| `([^`]+)`", table, re.M))
    for names, table in re.findall(r"<!-- keys of ([\w ]+) -->\n((?:\|.*\n)+)", REFERENCE)
]


def tabled(name):
    """Return the keys that the tables of the reference give a part."""
    return [key for names, keys in TABLES_OF_KEYS if name in names for key in keys]


def test_the_reference_has_a_table_for_every_part():
    assert {name for names, _ in TABLES_OF_KEYS for name in names} == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_the_reference_names_every_key_and_no_other(name):
    extra = {"availability"} if name == "Instance" else set()
    assert sorted(tabled(name)) == sorted({*keys_of(MODELS[name]), *extra})


def examples():
    """Return the examples of the reference: each key at the top with its value."""
    for block in blocks(DOCS / "instance.md"):
        if block.language == "yaml" and not block.name:
            yield from parse(block.text, "example").data.items()


def test_the_examples_of_the_reference_are_right():
    for key, value in examples():
        if key in ("participants", "meetings", "availability") and isinstance(value, dict):
            assert list(value) == ["table"]
        elif key == "baseline" and isinstance(value, dict):
            assert list(value) == ["solution"]
        else:
            kind = Instance.model_fields[key].annotation
            context = {"time_zone": None}
            TypeAdapter(kind).validate_python(value, context=context, by_alias=True, by_name=False)


def test_every_term_is_explained():
    section = REFERENCE[REFERENCE.index("| term | counts |") :].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([^`]+)`", section, re.M)) == set(TermName)


def test_the_tables_of_the_reference_are_read(tmp_path):
    """The examples of tables fit an instance that has what they name."""
    people = {"id": "mobility-adviser", "delegation": "guangzhou", "roles": ["mobility"]}
    path = tmp_path / "instance.yaml"
    parts = {
        "programme": {"id": "example"},
        "cities": [city("madrid"), city("valencia", {"id": "salon", "tables": 1})],
        "delegations": [{"id": "sydney"}, {"id": "tokyo"}, {"id": "guangzhou", "split": "members"}],
        "participants": [people],
        "meetings": {"table": "requests.csv"},
        "availability": {"table": "availability.csv"},
    }
    for block in blocks(DOCS / "instance.md"):
        if block.language == "csv":
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
    instance = load(write_instance(path, parts))
    assert [meeting.mandatory for meeting in instance.meetings] == [False, True]
    assert instance.meetings[0].roles == {"guangzhou": "mobility"}
    assert instance.delegations[2].absences


def test_the_file_of_the_reference_that_changes_another_is_read(tmp_path):
    (block,) = (b for b in blocks(DOCS / "instance.md") if b.language == "yaml" and b.name)
    base = ROOT / "instances" / "asia-innova-2017.yaml"
    (tmp_path / base.name).write_bytes(base.read_bytes())
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / block.name).write_text(block.text, encoding="utf-8")
    before, after = load(base), load(tmp_path / "scenarios" / block.name)
    assert len(after.meetings) == len(before.meetings) - 1
    assert len(after.precedences) == len(before.precedences) + 1
    assert len(after.room("cibeles-tables").closed) == len(before.room("cibeles-tables").closed) + 1
    assert after.programme.title != before.programme.title


def test_every_key_at_the_top_has_an_example():
    assert {key for key, _ in examples()} == set(Instance.model_fields) | {"availability"}


def test_every_value_is_described_as_the_files_have_it():
    text = (DOCS / "files.md").read_text(encoding="utf-8")
    assert ",".join(SCHEDULE) in text
    assert ",".join(UNSCHEDULED) in text


# -- what the README shows of the demo -------------------------------------------------------------


def test_the_readme_shows_what_the_demo_finds():
    """Its output is that of the schedule in ``solutions/``: renew it with `make demo` when this fails."""
    name = "asia-innova-2017"
    solution = load_solution(ROOT / "solutions" / name / f"{name}.solution.yaml")
    terminal = Terminal()
    terminal.file, terminal.width = io.StringIO(), 80
    terminal.print(words.RESULT[solution.status])
    terminal.print(levels_table(solution.levels, solution.terms))
    print_granted(terminal, load(INSTANCES / f"{name}.yaml"), solution.model_copy(update={"unscheduled": ()}))
    printed = [line.rstrip() for line in terminal.file.getvalue().split("Priority")[0].splitlines()]
    shown = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[1].splitlines()
    assert [line for line in printed if line not in shown] == []


def test_limits_are_those_of_the_reader():
    assert MAX_BYTES == 50_000_000
    assert MAX_NODES == 2_000_000
    assert MAX_DEPTH == 40
    for limit in ("50 MB", "2 million keys and values", "40 levels of nesting"):
        assert limit in " ".join(REFERENCE.split())
