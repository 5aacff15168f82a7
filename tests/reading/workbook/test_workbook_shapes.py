"""What `more` says in a shape that its keys do not have is told at its cell, and ends no program."""

import pytest
from support.spoiled_workbooks import NAME, each, put, spoiled

from scheduler.reading import load_workbook
from scheduler.reading.workbook import WorkbookError

WRONG = ("5", "[1]", "{a: 1}", "text", "[{id: x}]")
PLACES = {
    "Cities": "F3 F7",
    "Venues": "I1 I2",
    "Delegations": "E1 E2",
    "People": "M4 M5",
    "Sessions": "J1 J2",
}
KEYS = {
    "Cities": ("venues", "opening", "transfers", "id"),
    "Venues": ("closed", "features", "id"),
    "Delegations": ("absences", "load", "meetings"),
    "People": ("absences", "load", "meetings", "roles"),
    "Sessions": ("talks", "pin", "prefer", "speakers", "id"),
}
TOP = (
    "programme", "cities", "travel", "day_parts", "delegations", "participants", "sessions", "meetings",
    "precedences", "day_relations", "never", "load", "fairness", "breaks", "priorities",
    "objective", "baseline",
)  # fmt: skip


def said_of(sheet, key, value):
    """Return what is said of a workbook in which `more` of a sheet says something."""
    head, cell = ("A6 B6" if sheet == "Programme" else PLACES[sheet]).split()
    spoil = each(put(f"{sheet}!{head}", "More"), put(f"{sheet}!{cell}", f"{key}: {value}"))
    try:
        load_workbook(spoiled(spoil), name=NAME)
    except WorkbookError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("key", TOP)
def test_the_top(key):
    said = [said_of("Programme", key, value) for value in WRONG]  # none ends in another error
    assert any(said)


@pytest.mark.parametrize("sheet", KEYS)
def test_entries(sheet):
    for key in KEYS[sheet]:
        for value in WRONG[:2]:
            assert said_of(sheet, key, value)


@pytest.mark.parametrize(
    ("sheet", "key", "value", "said"),
    [
        (
            "Programme",
            "cities",
            "5",
            'Programme:6:B: "cities: 5" says `cities`, which the sheet "cities" says',
        ),
        ("Programme", "load", "5", "says `load`, which should be made of keys and values in braces"),
        ("Cities", "venues", "5", 'Cities:7:F: "venues: 5" says `venues`, which should be a list'),
        ("Sessions", "id", "x", "says `id`, which has a column of its own"),
    ],
)
def test_what_is_said(sheet, key, value, said):
    assert said in said_of(sheet, key, value)
