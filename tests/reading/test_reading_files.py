"""Files as files: what is read at all, what a whole bad file is told, solutions, dicts, limits."""

import json

import pytest
import yaml
from support.spoiling import GOOD, complaints

from scheduler.domain import Instance
from scheduler.reading import (
    InputError,
    load,
    load_with_places,
    text,
    yaml_data,
)


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


def test_every_part_has_the_place_where_it_is_written(tmp_path):
    file = tmp_path / "forum.yaml"
    file.write_text(GOOD, encoding="utf-8")
    instance, places = load_with_places(file)
    lines = GOOD.splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "meetings:" in line)
    found = places.of([("meetings",), ("meetings", 0, "id"), ("meetings", 0, "due")])
    assert [place.rsplit(":", 2)[0] for place in found] == [str(file)] * 3
    assert int(found[0].split(":")[-2]) >= number
    assert instance.meetings[0].id in lines[int(found[1].split(":")[-2]) - 1]
    assert int(found[2].split(":")[-2]) >= number  # not written: the place of its meeting


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
    (line,) = complaints(tmp_path, "a: " + "[" * 500)
    assert line == f"1:44: {'a' + '.0' * 40}: this is nested too deeply: at most 40 levels are read"
    (line,) = complaints(tmp_path, "a: " + "[" * 100_000)
    assert line.endswith(": this is nested too deeply: at most 40 levels are read")
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


def test_json_may_escape_what_it_likes(tmp_path):
    name = "\U0001f680 \U00020bb7\u91ce, \\ud83d\\ude80 \u738b"
    data = yaml.load(GOOD, yaml.BaseLoader)
    data["programme"]["title"] = name
    file = tmp_path / "forum.json"
    for in_ascii in (True, False):
        file.write_text(json.dumps(data, ensure_ascii=in_ascii), encoding="utf-8")
        assert load(file).programme.title == name
    file.write_text(json.dumps(data).replace("\\ude80", ""), encoding="utf-8")
    assert "invalid Unicode character escape code" in said(load, file)[0]
