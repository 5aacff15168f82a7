import io
import os

import pytest

from scheduler.cli.console import Sheet, Terminal, seen


def printed(renderable, width=60):
    terminal = Terminal()
    terminal.file, terminal.width = io.StringIO(), width
    terminal.print(renderable)
    return [line.rstrip() for line in terminal.file.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines", "two\nlines"),
        ("bell\x07 and\x1b[31m red", "bell  and [31m red"),
        ("line\u2028end\x85", "line end "),
        ("हिन्दी क\u200dष 代表", "हिन्दी क\u200dष 代表"),
    ],
)
def test_only_what_can_be_seen_is_shown(text, shown):
    assert seen(text) == shown


def test_text_is_taken_as_it_is():
    assert printed("[bold]:smile:[/bold] 12") == ["[bold]:smile:[/bold] 12"]


def test_empty_columns_are_left_out():
    sheet = Sheet("A", "B", "C", right=("C",))
    sheet.add("1", "", "2")
    sheet.add("3")
    lines = printed(sheet)
    assert lines[0].split() == ["A", "C"]
    assert lines[2].split() == ["1", "2"]
    assert lines[3] == "3"


def test_numbers_stand_to_the_right_and_stay_whole():
    sheet = Sheet("Text", "N", right=("N",))
    sheet.add("word " * 30, "1000")
    sheet.add("", "5")
    lines = printed(sheet, width=30)
    assert lines[2].endswith(" 1000")
    assert lines[-1].endswith("    5")


def test_long_words_are_folded_not_cut():
    sheet = Sheet("Text")
    sheet.add("x" * 50)
    assert "".join(printed(sheet, width=20)[2:]) == "x" * 50


def test_a_closed_pipe_is_for_the_command_to_end():
    reader, writer = os.pipe()
    os.close(reader)
    terminal = Terminal()
    terminal.file = os.fdopen(writer, "w")
    with pytest.raises(BrokenPipeError):
        terminal.print("x")
    with pytest.raises(BrokenPipeError):
        terminal.file.close()
