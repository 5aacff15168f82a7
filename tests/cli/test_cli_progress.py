import io

import pytest
from support.hand_made import facts

from scheduler.cli.console import Terminal
from scheduler.cli.panels import Panels
from scheduler.cli.progress import Lines, Silent, watcher
from scheduler.domain import Instance, Status
from scheduler.search import Progress


@pytest.fixture
def instance():
    objective = [
        {"term": "requests", "level": 2},
        {"term": "breaks", "level": 5},
        {"term": "city_changes", "level": 5},
    ]
    return Instance.model_validate(facts() | {"objective": objective})


def at(elapsed, level, value, bound, status=Status.FEASIBLE):
    return Progress(level, value, bound, status, elapsed)


def drawn(panels, width=100):
    """Return the panel as plain text."""
    terminal = Terminal()
    terminal.file, terminal.width = io.StringIO(), width
    terminal.print(panels.picture())
    return terminal.file.getvalue()


def rows(panels):
    """Return what stands in the rows of the levels: number, ..., state."""
    lines = [line.strip("│╭╮╰╯─ \n").split() for line in drawn(panels).splitlines()]
    return {line[0]: line[-5:] for line in lines if line and line[0].isdigit() and line[-1] != "far."}


# -- plain lines -----------------------------------------------------------------------------------


def test_lines_tell_when_a_level_begins_and_ends(instance, capsys):
    with Lines(instance) as lines:
        lines.tell(at(0.1, 2, None, 3, Status.UNKNOWN))
        lines.tell(at(0.2, 2, 4, 4, Status.OPTIMAL))
        lines.tell(at(0.3, 5, None, 0, Status.UNKNOWN))
    assert capsys.readouterr().out.splitlines() == [
        "    0.1 s  level 1 of 2 (requests not granted, by priority): searching, at least 3",
        "    0.2 s  level 1 of 2: 4, proven",
        "    0.3 s  level 2 of 2 (breaks in people's days; changes of city): searching, at least 0",
    ]


def test_lines_leave_a_second_between_news_of_one_level(instance, capsys):
    lines = Lines(instance)
    for tenth in range(35):
        lines.tell(at(tenth / 10, 2, 100 - tenth, 50))
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == ["0.0", "1.0", "2.0", "3.0"]
    assert said[-1].endswith("70, at least 50, gap 29%")


def test_lines_fall_silent_when_nobody_reads(instance, monkeypatch):
    class Gone(io.StringIO):
        writes = 0

        def write(self, text):
            Gone.writes += 1
            raise BrokenPipeError

    monkeypatch.setattr("sys.stdout", Gone())
    lines = Lines(instance)
    lines.tell(at(0.1, 2, 4, 4, Status.OPTIMAL))
    lines.tell(at(0.2, 5, 4, 4, Status.OPTIMAL))
    assert Gone.writes == 1


def test_lines_say_that_the_search_is_stopping(instance, capfd):
    Lines(instance).stopping()
    assert "the best schedule so far is kept" in capfd.readouterr().err


# -- the panel -------------------------------------------------------------------------------------


def test_the_panel_shows_where_each_level_stands(instance):
    panels = Panels(instance, Terminal())
    assert rows(panels) == {"2": ["-", "-", "-", "-", "waiting"], "5": ["-", "-", "-", "-", "waiting"]}
    panels.tell(at(1.0, 2, None, 3, Status.UNKNOWN))
    assert rows(panels)["2"][-1] == "searching"
    panels.tell(at(1.5, 2, 10, 5))
    assert drawn(panels).count("50%") == 1
    panels.tell(at(3.0, 2, 10, 10, Status.OPTIMAL))
    assert rows(panels)["2"] == ["10", "0%", "2.0", "s", "proven"]
    panels.tell(at(3.5, 5, None, 0, Status.UNKNOWN))
    assert rows(panels)["5"][-1] == "searching"


def test_a_level_that_was_left_unproven_is_no_longer_searched(instance):
    panels = Panels(instance, Terminal())
    panels.tell(at(1.0, 2, 10, 5))
    panels.tell(at(2.0, 5, None, 0, Status.UNKNOWN))
    assert rows(panels)["2"][-2:] == ["not", "proven"]


def test_the_panel_says_how_to_stop_and_that_it_is_stopping(instance):
    panels = Panels(instance, Terminal())
    assert "Ctrl-C keeps the best so far" in drawn(panels)
    panels.stopping()
    assert "Ctrl-C again aborts" in drawn(panels)


def test_the_panel_fits_a_narrow_terminal(instance):
    assert max(map(len, drawn(Panels(instance, Terminal()), width=60).splitlines())) <= 60


def test_the_panel_bears_the_programmes_title_harmlessly(instance):
    programme = instance.programme.model_copy(update={"title": "[red]Red\x1b[2J"})
    panels = Panels(instance.model_copy(update={"programme": programme}), Terminal())
    assert "[red]Red [2J" in drawn(panels)


def test_the_panel_goes_away_when_the_search_is_over(instance):
    terminal = Terminal()
    terminal.file = io.StringIO()
    with Panels(instance, terminal) as panels:
        panels.tell(at(0.1, 2, 4, 4, Status.OPTIMAL))
    assert panels._live.is_started is False


# -- which one -------------------------------------------------------------------------------------


def test_what_is_shown_suits_the_output(instance):
    live, plain = Terminal(), Terminal()
    live._force_terminal, plain._force_terminal = True, False
    live._environ = {"TERM": "xterm"}
    assert isinstance(watcher(instance, live), Panels)
    assert isinstance(watcher(instance, plain), Lines)
    assert isinstance(watcher(instance, None), Silent)
    live._environ = {"TERM": "dumb"}
    assert isinstance(watcher(instance, live), Lines)


def test_silence_is_silent(capfd):
    with Silent() as silent:
        silent.tell(at(0.1, 1, 1, 1))
        silent.stopping()
    assert capfd.readouterr() == ("", "")
