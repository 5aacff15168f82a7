from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from lxml import etree
from support.exported import instances, named_instances, relaxed, solutions
from support.hand_made import facts, hand_made, hand_placed

from scheduler.domain import Instance, Meeting, Solution
from scheduler.exports import By
from scheduler.exports.formats import Manner
from scheduler.exports.gantt.lettering import LEAST, clean
from scheduler.exports.gantt.palette import SHUT
from scheduler.exports.gantt.svg import files

SVG = "{http://www.w3.org/2000/svg}"


def parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False))


def bars(root: Any) -> Iterator[Any]:
    return (g for g in root.iter(f"{SVG}g") if g.get("class") == "bar")


def extent(bar: Any) -> tuple[float, float]:
    box = bar.find(f"{SVG}rect")
    return float(box.get("x")), float(box.get("x")) + float(box.get("width"))


def said(bar: Any) -> list[str]:
    return [text.text or "" for text in bar.iter(f"{SVG}text")]


def scale(root: Any) -> tuple[float, float]:
    """Work out from the hours at the top how wide a minute is, and where midnight would be."""
    hours = [t for t in root.iter(f"{SVG}text") if t.get("text-anchor") == "middle" and ":" in t.text]
    first, second = hours[:2]
    minutes = [60 * int(t.text[:2]) + int(t.text[3:]) for t in (first, second)]
    apart = (minutes[1] - minutes[0]) % (24 * 60)
    wide = (float(second.get("x")) - float(first.get("x"))) / apart
    return wide, float(first.get("x")) - wide * minutes[0]


@relaxed
@given(instances() | named_instances(), solutions())
def test_every_placement_is_a_bar_in_its_row_from_its_start_to_its_end(
    instance: Instance, solution: Solution
) -> None:
    found: Counter[tuple[str, str, str, str]] = Counter()
    for name, data in files(instance, solution, Manner(By.CITY)).items():
        root = parsed(data)
        rooms = {r.id for v in instance.city(_city(name)).venues for r in v.rooms}
        for bar in bars(root):
            start = dt.datetime.fromisoformat(bar.get("data-start"))
            assert name.endswith(f"{start.date()}.svg")
            row = bar.get("data-row")
            assert row in rooms or row.rpartition(".")[0] in rooms
            _says_what_it_is(instance, bar)
            found[bar.get("data-id"), row, bar.get("data-start"), bar.get("data-end")] += 1
    expected: Counter[tuple[str, str, str, str]] = Counter()
    for placement in solution.placements:
        zone = instance.city_of(placement.room).zone
        length = instance.activity(placement.activity).duration
        start = placement.start.astimezone(zone)
        end = (start.astimezone(dt.UTC) + length).astimezone(zone)
        area = instance.room(placement.room).is_area
        row = f"{placement.room}.{placement.table or 0}" if area else placement.room
        times = (start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"))
        expected[placement.activity, row, *times] += 1
    assert found == expected


def _says_what_it_is(instance: Instance, bar: Any) -> None:
    """Hold that a bar tells its title and its parties, and shows nothing but what it tells of them."""
    activity = instance.activity(bar.get("data-id"))
    told = " ".join(bar.find(f"{SVG}title").text.split())
    assert not activity.title.strip() or clean(activity.title) in told
    labels = [clean(instance.party_label(party)) for party in getattr(activity, "parties", ())]
    assert all(label in told for label in labels)
    if isinstance(activity, Meeting) and clean(labels[0]):
        shown = said(bar)[0] if said(bar) else ""
        start = shown.removesuffix("…")
        assert " \N{EN DASH} ".join(labels).startswith(start)


def _city(name: str) -> Any:
    return name.split("-")[1]


def test_a_bar_stands_where_the_hours_say() -> None:
    (data,) = [d for n, d in files(hand_made(), hand_placed(), Manner(By.CITY)).items() if "lisbon" in n]
    root = parsed(data)
    minute, midnight = scale(root)
    for bar in bars(root):
        start, end = (dt.datetime.fromisoformat(bar.get(f"data-{which}")) for which in ("start", "end"))
        assert extent(bar) == pytest.approx(
            tuple(midnight + minute * (60 * at.hour + at.minute) for at in (start, end)), abs=0.05
        )


@relaxed
@given(solutions())
def test_bars_are_as_long_as_they_last_and_apart_in_their_row(solution: Solution) -> None:
    for data in files(hand_made(), solution, Manner(By.CITY)).values():
        root = parsed(data)
        boxes: dict[str, list[tuple[float, float, float]]] = {}
        widths = set()
        for bar in bars(root):
            left, right = extent(bar)
            start, end = (dt.datetime.fromisoformat(bar.get(f"data-{which}")) for which in ("start", "end"))
            minutes = (end.astimezone(dt.UTC) - start.astimezone(dt.UTC)) / dt.timedelta(minutes=1)
            widths.add(round((right - left) / minutes, 2))
            y = float(bar.find(f"{SVG}rect").get("y"))
            boxes.setdefault(bar.get("data-row"), []).append((y, left, right))
        assert not widths or max(widths) - min(widths) <= 0.011
        for row in boxes.values():
            row.sort()
            assert all(a[0] != b[0] or a[2] <= b[1] + 0.02 for a, b in pairwise(row))


@pytest.mark.parametrize("by", list(By))
def test_letters_are_never_smaller_than_can_be_read(by: By) -> None:
    for data in files(hand_made(), hand_placed(), Manner(by)).values():
        sizes = {float(text.get("font-size")) for text in parsed(data).iter(f"{SVG}text")}
        assert min(sizes) >= LEAST


@relaxed
@given(instances() | named_instances(), solutions())
def test_whatever_a_text_holds_the_file_is_xml_with_a_title(instance: Instance, solution: Solution) -> None:
    for by in (By.DELEGATION, By.PARTICIPANT):
        for data in files(instance, solution, Manner(by)).values():
            root = parsed(data)
            assert root.find(f"{SVG}title") is not None
            assert all(bar.find(f"{SVG}title").text for bar in bars(root))


def test_text_says_who_meets_in_the_city_and_with_whom_in_an_agenda() -> None:
    written = {
        by: {name: parsed(data) for name, data in files(hand_made(), hand_placed(), Manner(by)).items()}
        for by in (By.CITY, By.DELEGATION)
    }
    (meeting,) = (
        b for b in bars(written[By.CITY]["gantt-lisbon-2025-03-29.svg"]) if b.get("data-kind") == "meeting"
    )
    assert said(meeting) == ["Guangzhou", "Praia, Cabo V…"]
    of_guangzhou = written[By.DELEGATION]["gantt-delegation-guangzhou.svg"]
    (meeting,) = (b for b in bars(of_guangzhou) if b.get("data-kind") == "meeting")
    assert meeting.get("data-row") == "delegate-1"
    assert said(meeting)[0].startswith("with Praia")
    assert "Room" not in meeting.find(f"{SVG}title").text


def test_a_leg_says_from_where_to_where_on_both_days_of_a_night() -> None:
    root = parsed(files(hand_made(), hand_placed(), Manner(By.PARTICIPANT))["gantt-participant-praia.svg"])
    legs = [bar for bar in bars(root) if bar.get("data-kind") == "travel"]
    assert {bar.get("data-start") for bar in legs} == {"2025-03-29T13:10+00:00"}
    assert any("13:10 Lisbon → 15:30 Madrid" in " ".join(said(bar)) for bar in legs)


def test_free_time_is_drawn_between_what_somebody_does() -> None:
    root = parsed(files(hand_made(), hand_placed(), Manner(By.PARTICIPANT))["gantt-participant-praia.svg"])
    free = [
        (b.get("data-start")[11:16], b.get("data-end")[11:16])
        for b in bars(root)
        if b.get("data-kind") == "free"
    ]
    assert ("10:30", "11:00") in free
    assert ("11:30", "13:10") in free


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (By.PROGRAMME, ["gantt-lisbon-2025-03-29.svg", "gantt-madrid-2025-03-30.svg"]),
        (By.VENUE, ["gantt-venue-town-hall-2025-03-29.svg", "gantt-venue-centre-2025-03-30.svg"]),
        (
            By.ROOM,
            [
                "gantt-room-noble-hall.svg",
                "gantt-room-lisbon-tables.svg",
                "gantt-room-hall.svg",
                "gantt-room-madrid-tables.svg",
            ],
        ),
    ],
)
def test_there_is_a_picture_for_each_place_and_day(by: By, names: list[str]) -> None:
    assert list(files(hand_made(), hand_placed(), Manner(by))) == names


def test_a_day_when_the_clock_changes_shows_the_hours_that_there_are() -> None:
    placements = [
        {"activity": "untitled", "start": "2025-03-30T01:30+01:00", "room": "madrid-tables", "table": 1}
    ]
    solution = Solution.model_validate({"programme": "hand-made", "placements": placements})
    root = parsed(files(hand_made(), solution, Manner(By.CITY))["gantt-madrid-2025-03-30.svg"])
    hours = [t.text for t in root.iter(f"{SVG}text") if t.get("text-anchor") == "middle"]
    assert hours[:3] == ["01:00", "03:00", "04:00"]


def test_who_is_away_is_grey_then_and_who_has_nothing_is_told_so() -> None:
    name = "gantt-participant-late.svg"
    root = parsed(files(hand_made(), hand_placed(), Manner(By.PARTICIPANT))[name])
    assert "Nothing is scheduled." in [t.text for t in root.iter(f"{SVG}text")]
    placements = [{"activity": "opening", "start": "2025-03-29T11:30+00:00", "room": "noble-hall"}]
    solution = Solution.model_validate({"programme": "hand-made", "placements": placements})
    root = parsed(files(hand_made(), solution, Manner(By.PARTICIPANT))[name])
    (bar,) = bars(root)
    assert bar.find(f"{SVG}rect").get("stroke-dasharray")  # in the audience
    assert [t for t in root.iter(f"{SVG}text") if t.text == "in the audience"]
    grey = [box for box in root.iter(f"{SVG}rect") if box.get("fill") == SHUT]
    assert len(grey) == 1  # the sign in the legend: the hours begin when the guest is there


def test_a_meeting_for_which_nobody_was_chosen_has_a_row_of_its_own() -> None:
    solution = hand_placed()
    unsent = [p.model_copy(update={"attendees": ()}) for p in solution.placements if p.activity == "islands"]
    solution = solution.model_copy(update={"placements": tuple(unsent)})
    root = parsed(files(hand_made(), solution, Manner(By.DELEGATION))["gantt-delegation-guangzhou.svg"])
    assert [bar.get("data-row") for bar in bars(root)] == [""]
    assert "nobody chosen" in [t.text for t in root.iter(f"{SVG}text")]


def test_with_very_many_tables_each_has_one_line_that_can_be_read() -> None:
    given = facts()
    given["cities"][0]["venues"][0]["rooms"][1]["tables"] = 120
    instance = Instance.model_validate(given)
    root = parsed(files(instance, hand_placed(), Manner(By.CITY))["gantt-lisbon-2025-03-29.svg"])
    (meeting,) = (bar for bar in bars(root) if bar.get("data-kind") == "meeting")
    assert said(meeting) == ["Guangzhou \N{EN DASH} P…"]
    assert min(float(t.get("font-size")) for t in root.iter(f"{SVG}text")) == LEAST
    assert float(root.get("height")[:-2]) < 1600
    hours = [t.text for t in root.iter(f"{SVG}text") if t.get("text-anchor") == "middle"]
    assert hours.count("12:00") == 2  # above and below
