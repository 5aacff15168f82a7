import pytest
from rich.cells import cell_len
from support.command_line import run, write_hand_made, write_instance
from support.doctored import CASES
from support.hand_made import PLACEMENTS, facts, solution_of
from support.making import city, hold, make, meeting, put, schedule, session

from scheduler.domain import RuleName
from scheduler.exports import write_solution


@pytest.fixture
def hand(tmp_path):
    return write_hand_made(tmp_path)


def shown(*arguments, columns=200):
    """Return what is printed, its lines with single spaces."""
    result = run("show", *arguments, columns=columns)
    assert result.exit_code == 0, result.output
    return [" ".join(line.split()) for line in result.stdout.splitlines()]


def written(tmp_path, instance, solution):
    parts = instance.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return write_instance(tmp_path / "i.yaml", parts), write_solution(solution, tmp_path / "s.yaml")


def between(lines, start, end):
    return lines[lines.index(start) : lines.index(end)]


def test_each_day_and_city_has_its_table_on_its_own_clock(hand):
    lines = shown(*hand)
    assert lines[0] == 'Open cities, "by hand"'
    lisbon = between(
        lines, "Saturday 29 March 2025, Lisbon (UTC+00:00)", "Sunday 30 March 2025, Madrid (UTC+02:00)"
    )
    assert "10:00-10:30 Opening Noble hall audience: everybody" in lisbon
    assert "11:00-11:30 Ferries, islands Meeting area, table 2 Guangzhou: 代表一" in lisbon
    assert "Praia, Cabo Verde" in lisbon
    assert "interpreter: pt/zh" in lisbon
    madrid = lines[lines.index("Sunday 30 March 2025, Madrid (UTC+02:00)") :]
    assert '09:30-11:00 Smart cities 🏙️, "the ecosystem" and its talks; C:\\New hall' in " ".join(madrid)
    assert "Moderator; of talks (moderator)" in " ".join(madrid)
    assert "Chair of the track (chair)" in madrid
    assert "10:30-11:00 Closing words hall Moderator; of talks" in madrid
    assert "12:00-12:30 untitled Tables, table 1 Tallinn - Praia, Cabo Verde" in madrid


@pytest.mark.parametrize("more", [(), ("--city", "madrid"), ("--party", "porto")])
def test_a_session_stands_before_the_talk_that_it_begins_with(tmp_path, more):
    # By their ids alone each talk would come first.
    talks = [{"id": f"a-talk-{s}", "speaker": "porto-1", "duration": "30min"} for s in "yz"]
    sessions = [session(f"session-{t['id'][-1]}", talks=[t], audience=["porto"]) for t in talks]
    people = [{"id": f"porto-{n}", "delegation": "porto"} for n in (1, 2)]
    instance = make("porto", sessions=sessions, participants=people)
    held = [
        hold(name, start)
        for start, names in (("10:00", ["session-y", "a-talk-y"]), ("11:00", ["session-z", "a-talk-z"]))
        for name in names
    ]
    lines = shown(*written(tmp_path, instance, schedule(*held)), *more)
    told = [line.split()[1] for line in lines if line[:3] in ("10:", "11:")]
    assert told == ["session-y", "a-talk-y", "session-z", "a-talk-z"]


def test_one_time_zone_need_not_be_named(tmp_path):
    instance = make("porto", "turin", meetings=[meeting("m", "porto", "turin")])
    lines = shown(*written(tmp_path, instance, schedule(put("m", "10:00"))))
    assert "Monday 10 March 2025, Madrid" in lines


def test_columns_of_wide_characters_align(hand):
    lines = run("show", *hand, columns=120).stdout.splitlines()
    wide = next(i for i, line in enumerate(lines) if "地铁" in line)
    heading = next(line for line in reversed(lines[:wide]) if line.startswith("Time"))
    assert cell_len(lines[wide][: lines[wide].index("hall")]) == heading.index("Where")


def test_what_is_not_scheduled_has_its_reason(hand):
    lines = shown(*hand)
    assert "Requests granted: 2 of 4" in lines
    assert "Mandatory sessions and meetings placed: 2 of 2" in lines
    assert lines[lines.index("normal Field visit") + 1] == "no room is free"
    assert lines[lines.index("low =Refused, sadly (Guangzhou - Tallinn)") + 1].startswith(
        "nobody speaks both"
    )


def test_what_must_be_scheduled_and_is_not_comes_first(tmp_path):
    files = write_hand_made(tmp_path, solution_of(PLACEMENTS[1:]))
    lines = shown(*files)
    assert "Mandatory sessions and meetings placed: 1 of 2" in lines
    assert lines.index("mandatory Opening") < lines.index("normal Field visit")


def test_rooms_say_how_much_of_their_hours_is_used(hand):
    lines = shown(*hand)
    usage = lines[lines.index("Use of rooms and tables, of the hours that they are open") :]
    assert "Lisbon Meeting area 2 22h 30min 2%" in usage
    assert "Madrid hall 9h 1h30 17%" in usage


def test_a_city_alone(hand):
    lines = shown(*hand, "--city", "lisbon")
    assert "Saturday 29 March 2025, Lisbon (UTC+00:00)" in lines
    assert not any("Madrid" in line for line in lines)


def test_a_participants_agenda_has_their_travel(hand):
    lines = shown(*hand, "--party", "delegate-2")
    assert lines[0] == 'Open cities, "by hand" - Delegate 2, "Mobility"'
    assert "13:10-15:30 Plane Lisbon - Madrid" in lines
    assert '09:30-10:00 Metro, 地铁 hall Delegate 2, "Mobility"' in lines
    assert not any("Ferries" in line or "Use of rooms" in line for line in lines)
    assert "low =Refused, sadly (Guangzhou - Tallinn)" in lines


def test_a_delegations_agenda_says_who_travels(hand):
    lines = shown(*hand, "--party", "Tallinn")
    assert "13:10-15:30 Plane Lisbon - Madrid Delegate 3" in lines
    assert "Delegate 4" in lines


def test_travel_to_a_city_is_in_the_agenda_there(hand):
    lines = shown(*hand, "--party", "tallinn", "--city", "madrid")
    assert "13:10-15:30 Plane Lisbon - Madrid Delegate 3" in lines
    assert not any("Opening" in line for line in lines)


def test_days_of_people_follow_their_way(tmp_path):
    """Somebody who goes there and back on one day is shown in this order, not city by city."""
    there = city("alba", {"id": "alba-area", "tables": 1})
    links = [{"from": "madrid", "to": "alba", "duration": "1h", "both_ways": True}]
    instance = make(
        *("porto", "turin"),
        cities=[city(), there],
        travel={"links": links},
        meetings=[meeting(name, "porto", "turin") for name in ("m1", "m2", "m3")],
    )
    placed = schedule(put("m1", "09:00"), put("m2", "11:00", "alba-area"), put("m3", "13:00"))
    files = written(tmp_path, instance, placed)
    cities = [line.split(", ")[1] for line in shown(*files, "--party", "porto") if line.startswith("Monday")]
    assert cities == ["Madrid", "Alba", "Madrid"]
    cities = [line.split(", ")[1] for line in shown(*files) if line.startswith("Monday")]
    assert cities == ["Alba", "Madrid"]


def test_nobody_with_nothing_has_an_empty_agenda(hand):
    assert "Nothing is scheduled." in shown(*hand, "--party", "late")


def test_parties_say_whom_they_send(tmp_path):
    """A team's own name says whose it is; a speaker is there in their own name, with their role."""
    instance = make(
        "turin",
        delegations=[{"id": "porto", "name": "Porto", "split": "members", "parallel": 2}, {"id": "graz"}],
        participants=[{"id": "chair", "delegation": "graz", "name": "Chair"}],
        sessions=[
            session("s", parties=["porto", "graz"], speakers=[{"participant": "chair", "role": "chair"}])
        ],
        meetings=[meeting("m", "porto", "turin")],
    )
    placed = schedule(hold("s", "10:00", "hall", "porto.1"), put("m", "12:00", "area", 1, "porto.2"))
    lines = shown(*written(tmp_path, instance, placed))
    assert "10:00-11:00 s hall Chair (chair)" in lines
    assert "Porto (team 1)" in lines
    assert "12:00-12:30 m area, table 1 Porto (team 2)" in lines
    assert not any("Porto: " in line for line in lines)


def test_a_party_that_sends_nobody_is_still_named(tmp_path):
    wrong = [dict(p, attendees=[]) if p["activity"] == "islands" else p for p in PLACEMENTS]
    lines = shown(*write_hand_made(tmp_path, solution_of(wrong)))
    assert "11:00-11:30 Ferries, islands Meeting area, table 2 Guangzhou" in lines


def test_a_schedule_that_breaks_rules_says_so(tmp_path):
    case = next(case for case in CASES if case.rule is RuleName.PERSON)
    files = written(tmp_path, case.instance, case.broken)
    lines = shown(*files)
    assert lines[-2:] == [
        "This schedule breaks the rules in 1 place.",
        f"`scheduler check {files[0]} {files[1]}` names them.",
    ]


def test_a_schedule_that_keeps_them_does_not(tmp_path):
    case = next(case for case in CASES if case.rule is RuleName.ROOM)
    assert not any("breaks" in line for line in shown(*written(tmp_path, case.instance, case.kept)))


def test_a_schedule_that_speaks_of_something_else_is_refused(tmp_path):
    wrong = [dict(p, room="attic") if p["activity"] == "islands" else p for p in PLACEMENTS]
    instance, solution = write_hand_made(tmp_path, solution_of(wrong))
    result = run("show", instance, solution)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {solution}: ")
    assert "attic" in result.stderr


def test_control_characters_stay_out_of_the_terminal(tmp_path):
    parts = facts()
    parts["programme"]["title"] = "[bold]Red\u001b[31m\u0007"
    files = write_hand_made(tmp_path, programme=parts["programme"])
    said = run("show", *files).stdout
    assert "[bold]Red" in said
    assert "\x1b" not in said
    assert "\x07" not in said


def test_tables_fit_eighty_columns(hand):
    assert max(map(cell_len, run("show", *hand, columns=80).stdout.splitlines())) <= 80
