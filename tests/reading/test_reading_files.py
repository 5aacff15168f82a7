"""Files as files: what is read at all, what a whole bad file is told, solutions, dicts, limits."""

import datetime as dt
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from support.any_programme import programmes
from support.spoiling import GOOD, complaints, spoiled

from scheduler.domain import Instance, Placement, Solution, Window
from scheduler.reading import (
    InputError,
    InputFault,
    instance_from,
    judge,
    load,
    load_solution,
    text,
    yaml_data,
)
from scheduler.reading.yaml_data import parse


def said(call, *args, **more):
    with pytest.raises(InputError) as caught:
        call(*args, **more)
    return str(caught.value).splitlines()


def test_a_good_file_is_an_instance(tmp_path):
    file = tmp_path / "forum.yaml"
    file.write_text(GOOD, encoding="utf-8")
    instance = load(file)
    assert instance == load(str(file))
    assert instance == Instance.model_validate(yaml.load(GOOD, yaml.BaseLoader))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"a: 1\nb: \x00\x01", "2:1: is a binary file, not text"),
        (b"\x7fELF\x00\x00", "1:1: is a binary file, not text"),
        (b"\xff\xfea\x00", "1:1: should be saved as UTF-8, not as UTF-16 or UTF-32"),
        (b"\x00\x00\xfe\xffa", "1:1: should be saved as UTF-8, not as UTF-16 or UTF-32"),
        (b"a: 1\nb: caf\xe9", "2:7: is not UTF-8 text (byte 0xe9): save it as UTF-8"),
        (b"\xef\xbb\xbfb: \xff", "1:4: is not UTF-8 text (byte 0xff): save it as UTF-8"),
        ("# é\né: \xff".encode("latin-1"), "1:3: is not UTF-8 text (byte 0xe9): save it as UTF-8"),
        (
            b"# nothing",
            "1:1: should be a mapping: the keys `programme`, `cities` and so on, with their values",
        ),
        (b"- a", "1:1: should be a mapping: the keys `programme`, `cities` and so on, with their values"),
        (b"forum", "1:1: should be a mapping: the keys `programme`, `cities` and so on, with their values"),
        (b"{}", "1:1: programme: is missing\n1:1: cities: is missing"),
    ],
)
def test_what_is_no_instance_file_is_told_so_clearly(tmp_path, content, message):
    assert complaints(tmp_path, content) == message.splitlines()


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path):
    assert complaints(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == []
    assert complaints(tmp_path, b"\xef\xbb\xbfprogramm: 1\r\ncities: []\r\n") == [
        "1:1: programme: is missing",
        '1:1: programm: "programm" is no key here; did you mean "programme"?',
        "2:9: cities: should have at least 1 entry",
    ]


def test_there_is_a_file(tmp_path):
    missing = tmp_path / "none.yaml"
    assert said(load, missing) == [f"{missing}: does not exist"]
    assert said(load, tmp_path) == [f"{tmp_path}: is a folder, not a file"]
    assert said(load, "a\0b")[0].startswith("a\\x00b: cannot be read")
    assert said(load, "a" * 5000)[0].endswith("cannot be read: File name too long")


def test_a_file_has_a_largest_size(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "MAX_BYTES", 2_000_000)
    assert complaints(tmp_path, GOOD + "#" * (2_000_000 - len(GOOD))) == []
    assert complaints(tmp_path, GOOD + "#" * (2_000_001 - len(GOOD))) == [
        "is too large: at most 2 MB are read"
    ]


def test_a_file_is_not_nested_without_end(tmp_path):
    (line,) = complaints(tmp_path, "a: " + "[" * 100_000)
    assert line == f"1:44: {'a' + '.0' * 40}: this is nested too deeply: at most 40 levels are read"
    assert complaints(tmp_path, "[" * 30 + "]" * 30)[0].startswith("1:1: should be a mapping")


def test_a_file_does_not_hold_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(yaml_data, "MAX_NODES", 100)
    assert complaints(tmp_path, "a: [" + "1, " * 200 + "]") == [
        "1:302: a.99: the file holds too much: at most 100 values are read"
    ]


def test_a_bomb_of_aliases_does_not_go_off(tmp_path):
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    lines = complaints(tmp_path, bomb)
    assert sum("is an alias" in line for line in lines) == 72
    assert sum("is an anchor" in line for line in lines) == 9


def test_everything_is_told_at_once(tmp_path):
    bad = GOOD.replace("grid: 15min", "gird: 15min").replace("seats: 100", "seats: many")
    bad = bad.replace("[porto, guest]", "[portto, guest]").replace("priority: high", "prioritty: high")
    bad = bad.replace("duration: 45min, win", "duration: soon, win").replace("[lyon, host]", "[lyons, host]")
    bad = (
        bad.replace("after: first", "after: frist")
        .replace("to: seoul", "to: sole")
        .replace("    kind: conference\n", "")
    )
    bad = bad.replace("speaker: guest", "speaker: gust").replace("meal: {", "meall: {")
    assert [line.split(": ", 2)[:2] for line in complaints(tmp_path, bad)] == [
        ["3:3", "programme.gird"],
        ["12:31", "cities.0.venues.0.rooms.0.seats"],
        ["22:26", "travel.links.0.to"],
        ["36:5", "sessions.0.kind"],
        ["40:32", "sessions.0.talks.0.speaker"],
        ["43:15", "meetings.0.parties.0"],
        ["44:5", "meetings.0.prioritty"],
        ["45:28", "meetings.1.parties.0"],
        ["45:52", "meetings.1.duration"],
        ["47:30", "precedences.0.after"],
        ["49:3", "load.meall"],
    ]


def test_what_is_misshapen_is_still_known_by_its_name(tmp_path):
    bad = GOOD.replace("id: guest\n", "id: guest\n    colour: red\n    roles: 5\n")
    bad = bad.replace("{id: porto}", "{id: porto, size: none}").replace(
        "{id: hall, seats: 100}", "{seats: 100}"
    )
    bad = bad.replace("- {id: tower, rooms: [{id: top}]}", "- tower").replace(
        "- {id: water,", "- {id: water, gap: x,"
    )
    bad = bad.replace(
        "    speakers: [guest",
        "    rooms: [hall, top]\n    venues: [tower]\n    track: water\n    speakers: [guest",
    )
    lines = [line for line in complaints(tmp_path, bad) if "is no " in line]
    assert [line.split('" ')[1] for line in lines] == ["is no key here"]


def test_a_part_that_is_no_list_hides_no_other_error_and_makes_none(tmp_path):
    bad = GOOD.replace("participants:\n", "participants: none\nignored:\n").replace(
        "after: first", "after: frist"
    )
    assert [line.split(": ")[1] for line in complaints(tmp_path, bad)] == [
        "participants",
        "ignored",
        "precedences.0.after",
    ]


@pytest.mark.parametrize(
    "spoil", ["cities", "programme", "sessions", "meetings", "delegations", "objective", "load"]
)
def test_whatever_part_is_missing_the_rest_is_judged(tmp_path, spoil):
    data = yaml.load(GOOD, yaml.BaseLoader)
    data[spoil] = "none"
    data["precedences"][0]["before"] = "first"
    lines = said(instance_from, data)
    assert [line.split(": ")[0] for line in lines] == [spoil, "precedences.0.after"]


def test_what_takes_the_place_of_something_missing_is_not_to_blame():
    data = yaml.load(GOOD, yaml.BaseLoader)
    for city in data["cities"]:
        del city["venues"], city["opening"], city["time_zone"]
    assert said(instance_from, data) == [
        f"cities.{i}.{key}: is missing" for i in (0, 1) for key in ("time_zone", "opening", "venues")
    ]


def test_a_list_whose_every_entry_is_misshapen_is_replaced():
    data = yaml.load(GOOD, yaml.BaseLoader)
    data["precedences"][0]["before"] = "first"
    for city in data["cities"]:
        city["venues"] = [[]]
    places = ["cities.0.venues.0", "cities.1.venues.0", "precedences.0.after"]
    assert [line.split(": ")[0] for line in said(instance_from, data)] == places
    data["cities"] = [["madrid"], "seoul"]
    places = ["cities.0", "cities.1", "precedences.0.after"]
    assert [line.split(": ")[0] for line in said(instance_from, data)] == places


def test_a_check_of_a_whole_part_is_made_without_its_misshapen_values(tmp_path):
    lines = spoiled(tmp_path, "departure: 2025-03-11", "languages: 5\n    departure: 2025-03-09")
    assert lines == [
        "29:5: participants.0: `departure` should be later than `arrival`",
        '31:16: participants.0.languages: "5" should be a list, such as [a, b]',
    ]


def test_where_no_zone_is_right_no_time_is_to_blame(tmp_path):
    bad = GOOD.replace("+01:00", "").replace("Asia/Seoul", "Mars")
    assert [line.split(": ")[1] for line in complaints(tmp_path, bad)] == ["cities.1.time_zone"]
    worse = bad.replace("Europe/Madrid", "Europe")
    assert [line.split(": ")[1] for line in complaints(tmp_path, worse)] == [
        "cities.0.time_zone",
        "cities.1.time_zone",
    ]
    none = GOOD.replace("+01:00", "").replace("grid: 15min", "time_zone: Mars")
    assert [line.split(": ")[1] for line in complaints(tmp_path, none)] == ["programme.time_zone"]


def test_times_without_an_offset_are_in_the_programmes_zone_or_the_one_of_all_cities(tmp_path):
    local = GOOD.replace("+01:00", "")
    assert all("has no offset" in line for line in complaints(tmp_path, local))
    file = tmp_path / "forum.yaml"
    file.write_text(local.replace("grid: 15min", "time_zone: America/New_York"), encoding="utf-8")
    assert load(file).participants[0].arrival.utcoffset() == dt.timedelta(hours=-4)
    file.write_text(local.replace("Asia/Seoul", "Europe/Madrid"), encoding="utf-8")
    assert load(file).participants[0].arrival.utcoffset() == dt.timedelta(hours=1)


def test_an_error_is_one_line_whatever_names_it_speaks_of(tmp_path):
    bad = GOOD.replace("grid: 15min", '"a\\nb": "c\\u2028d"').replace(
        "morning:", '"x\\ny": {from: 9}\n  morning:'
    )
    bad = bad.replace("priority: high", 'day_part: "x\\ty"')
    assert complaints(tmp_path, bad) == [
        '3:3: programme.a\\nb: "a\\nb" is no key here; '
        "there are id, title, grid, time_zone, organizer and now",
        '24:18: day_parts.x\\ny.from: "9" should be a time of day such as "09:30"',
        '46:15: meetings.0.day_part: "x\\ty" is no day part of this programme; did you mean "x\\ny"?',
    ]


def test_after_very_many_errors_the_first_are_told(monkeypatch):
    monkeypatch.setattr(judge, "MAX_FAULTS", 1200)
    data = yaml.load(GOOD, yaml.BaseLoader)
    many = data | {"meetings": [{}] * 5000}
    lines = said(instance_from, many)
    assert lines[0] == "more than 1200 things are wrong: the first are listed"
    assert lines[-1] == "meetings.99.parties: is missing"
    monkeypatch.setattr(judge, "MAX_FAULTS", 5)
    assert said(instance_from, many) == ["more than 5 things are wrong: this is no instance"]


# -- solutions ------------------------------------------------------------------------------------

PLACED = """\
programme: forum
status: optimal
levels:
  - {level: 1, value: 3, bound: 3, status: optimal}
placements:
  - activity: first
    start: 2025-03-10T09:00+01:00
    room: tables
    table: 1
    attendees: [lyon.1]
    interpreter: {pool: french, unit: 1}
unscheduled:
  - {activity: second, reason: no table was free}
"""


def test_a_solution_is_read_from_its_file(tmp_path):
    file = tmp_path / "forum.solution.yaml"
    file.write_text(PLACED, encoding="utf-8")
    solution = load_solution(file)
    assert solution == Solution.model_validate(yaml.load(PLACED, yaml.BaseLoader))
    written = yaml.safe_dump(solution.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    file.write_text(written, encoding="utf-8")
    assert load_solution(file) == solution


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("table: 1", "table: 0", ['9:12: placements.0.table: "0" should be at least 1']),
        ("+01:00", "", ['7:12: placements.0.start: "2025-03-10T09:00" has no offset']),
        ("unit: 1", "units: 1", [
            "11:18: placements.0.interpreter.unit: is missing",
            '11:33: placements.0.interpreter.units: "units" is no key here; did you mean "unit"?',
        ]),
        ("programme: forum\n", "", ["1:1: programme: is missing"]),
        ("reason: no", "reason: &a no", ['13:32: unscheduled.0.reason: "&a" is an anchor']),
        ("reason: no table was free", "reason: *a", ['13:32: unscheduled.0.reason: "*a" is an alias']),
        ("status: optimal\nlevels", "status: fine\nlevels", ['2:9: status: "fine" should be optimal,']),
    ],
)  # fmt: skip
def test_a_bad_solution_is_told_at_its_place(tmp_path, old, new, expected):
    file = tmp_path / "forum.solution.yaml"
    file.write_text(PLACED.replace(old, new), encoding="utf-8")
    lines = said(load_solution, file)
    assert len(lines) == len(expected)
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(f"{file}:{start}")


def test_no_mapping_is_no_solution(tmp_path):
    file = tmp_path / "forum.solution.yaml"
    file.write_text("- a", encoding="utf-8")
    (line,) = said(load_solution, file)
    assert line.startswith(f"{file}:1:1: should be a mapping with the key")


# -- dicts ----------------------------------------------------------------------------------------


def test_a_dict_is_an_instance_with_whatever_values_a_developer_has():
    data = yaml.load(GOOD, yaml.BaseLoader)
    plain = instance_from(data)
    data["programme"]["grid"] = dt.timedelta(minutes=15)
    data["day_parts"] = {"morning": Window(start=dt.time(9), end=dt.time(11))}
    data["interpreters"][0]["languages"] = {"fr", "en"}
    data["meetings"] = tuple(data["meetings"])
    data["cities"][0]["opening"][0]["date"] = dt.date(2025, 3, 10)
    assert instance_from(data) == plain


def test_a_dict_is_told_its_paths():
    data = yaml.load(GOOD, yaml.BaseLoader)
    data["meetings"][0] |= {"parties": ["porto", "nobody"], "start": 5}
    with pytest.raises(InputError) as caught:
        instance_from(data)
    assert caught.value.faults == [
        InputFault("", 0, 0, ("meetings", 0, "start"), "start", "is no key here"),
        InputFault("", 0, 0, ("meetings", 0, "parties", 1), "nobody", "is no party of this programme"),
    ]
    assert said(instance_from, {"meetings": {"table": "meetings.csv"}})[-1].startswith(
        "meetings: should be a list"
    )
    assert said(instance_from, {})[0] == "programme: is missing"
    assert said(instance_from, [])[0].startswith("should be a mapping with the keys programme and cities")


def test_a_value_that_no_file_can_hold_is_told_in_pydantics_words():
    data = yaml.load(GOOD, yaml.BaseLoader)
    data["programme"]["title"] = b"\xff"
    (line,) = said(instance_from, data)
    assert line.startswith("programme.title: should be a valid string")


def test_a_dict_that_holds_itself_is_refused():
    data: dict[str, object] = {}
    data["programme"] = [data]
    assert "is nested too deeply" in said(instance_from, data)[0]


# -- laws -----------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(programmes(), st.booleans(), st.sampled_from([None, True]))
def test_an_instance_written_to_yaml_and_read_back_is_the_same(tmp_path_factory, data, short, flow):
    instance = instance_from(data)
    assert instance == Instance.model_validate(data)
    written = instance.model_dump(mode="json", by_alias=True, exclude_defaults=short)
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_text(
        yaml.dump(written, Dumper=_Quoting, allow_unicode=True, default_flow_style=flow), encoding="utf-8"
    )
    assert load(file) == instance


class _Quoting(yaml.SafeDumper):
    """Writes what it is given, without anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


SIGNS = list("[]{}:-&*!'\"|>%@#~5\n\t \u2028\ufeff")
WORDS = ["&a", "*a", "!!x", "---\n", "- ", ": ", "null", "-1", "all", "2025-03-10", "9" * 400]
MOMENTS = ["9999-12-31T23:59", "0001-01-01T00:00+14:00"]
PIECES = st.sampled_from([*SIGNS, *WORDS, *MOMENTS])


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.lists(PIECES, max_size=3))
def test_a_mutilated_file_is_an_instance_or_an_input_error(tmp_path_factory, start, length, pieces):
    _survives(tmp_path_factory, (GOOD[:start] + "".join(pieces) + GOOD[start + length :]).encode())


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=80),
        st.text(max_size=80).map(str.encode),
        st.lists(PIECES).map("".join).map(str.encode),
    )
)
def test_whatever_a_file_holds_it_is_an_instance_or_an_input_error(tmp_path_factory, content):
    _survives(tmp_path_factory, content)


VALUES = st.recursive(
    st.sampled_from(
        [None, True, False, 0, -1, 1.5, 10**17, "", "all", "guest", "x", "9h", "2025-03-10", "24:00"]
    ),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "from", "to", "table"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_stands_anywhere_it_is_an_instance_or_an_input_error(data):
    programme = parse(GOOD, "").data
    place = programme
    while True:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.integers(0, 3)) == 0:
            break
        place = place[key]
    place[key] = data.draw(VALUES)
    with suppress(InputError):
        assert isinstance(instance_from(programme), Instance)


def _survives(tmp_path_factory, content: bytes) -> None:
    file: Path = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content)
    try:
        assert isinstance(load(file), Instance)
    except InputError as error:
        faults = error.faults
    else:
        return
    assert faults
    for fault in faults:
        assert fault.message
        assert fault.line >= 0
        assert "\n" not in str(fault)


def test_a_placement_is_a_value_like_any_other():
    data = parse(GOOD, "").data
    placement = Placement(
        activity="first", start=dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC), room="tables", table=1
    )
    assert instance_from(data | {"baseline": [placement]}).baseline == (placement,)
    (line,) = said(instance_from, data | {"baseline": [placement, placement]})
    assert line == 'baseline.1.activity: "first" has a place in the baseline already'
