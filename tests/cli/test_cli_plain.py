"""Errors where nobody sees colours: a line each, and nothing that moves a cursor."""

from scheduler.cli.plain import errors


def test_in_a_pipe_each_message_is_one_line(capsys):
    errors().print("word " * 40 + "\x1b[2J", style="bold")
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "\x1b" not in said
