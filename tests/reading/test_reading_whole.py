"""Everything wrong with an instance at once, whatever part of it cannot be read."""

import datetime as dt

import pytest
import yaml
from support.spoiling import GOOD, complaints, spoiled

from scheduler.reading import (
    InputError,
    instance_from,
    judge,
    load,
)


def said(call, *args, **more):
    with pytest.raises(InputError) as caught:
        call(*args, **more)
    return str(caught.value).splitlines()


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
