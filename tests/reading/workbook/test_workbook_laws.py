"""What holds of any workbook: order and spelling do not matter, and no row is lost."""
# ruff: noqa: E501 - cells stand here whole

import datetime as dt
import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from support.sheets_made import SMALL, book, small

from scheduler.exports.instance_file import data_of
from scheduler.reading import WorkbookError, load_workbook

FULL = small(
    sessions=[
        ["title", "kind", "duration", "speakers", "room"],
        ["Opening", "inaugural", 60, "Anna García (chair)", "Hall"],
        ["Visit", "field visit", 90, None, None],
    ],
    locks=[["activity", "start", "room"], ["Opening", dt.datetime(2025, 5, 12, 9), "Hall"]],
    precedences=[["before", "after"], ["Opening", "Visit"]],
    availability=[
        ["person", dt.datetime(2025, 5, 12, 9), dt.datetime(2025, 5, 12, 10)],
        ["Ben Li", "x", None],
        ["Seoul", None, "no"],
    ],
)
"""The small programme with some of everything."""


def spelt(name, chance):
    """Return a header as somebody else might write it."""
    if not isinstance(name, str):
        return name
    name = chance.choice([str.upper, str.title, str.swapcase, str])(name)
    name = name.replace(" ", chance.choice([" ", "_", "-", "  "]))
    return unicodedata.normalize("NFD", name) + chance.choice(["", " ", ":", " *"])


def shuffled(sheets, chance):
    """Return sheets with sheets, rows and columns in another order and headers in another spelling."""
    found = {}
    for title in chance.sample(list(sheets), len(sheets)):
        header, *rows = sheets[title]
        if title == "programme":
            found[title] = [header, *chance.sample(rows, len(rows))]
            continue
        # The person heads a grid; rows of a venue stay in order, as the first of them speaks for all.
        columns = list(range(len(header)))
        if title != "availability":
            chance.shuffle(columns)
        order = rows if title == "wishes" else chance.sample(rows, len(rows))
        filled = [[*row, *[None] * (len(header) - len(row))] for row in order]
        blank = [[] for _ in range(chance.randrange(3))]
        made = [
            [spelt(header[c], chance) for c in columns],
            *blank,
            *([row[c] for c in columns] for row in filled),
        ]
        found[spelt(title, chance).rstrip("*: ")] = made
    return found


def without_order(data):
    """Return data with all its lists sorted."""
    if isinstance(data, dict):
        return {key: without_order(value) for key, value in data.items()}
    if isinstance(data, list):
        return sorted((without_order(item) for item in data), key=repr)
    return data


EXPECTED = without_order(data_of(load_workbook(book(FULL)).instance))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_order_and_spelling_do_not_matter(seed):
    sheets = shuffled(FULL, random.Random(seed))
    assert without_order(data_of(load_workbook(book(sheets)).instance)) == EXPECTED


def outcome(contents, **how):
    """Return what is reported of a workbook, and whether anything is wrong with it."""
    try:
        found = load_workbook(contents, **how)
    except WorkbookError as error:
        return error.report, bool(error.faults)
    return found.report, bool(found.faults)


VALUES = st.sampled_from(
    [
        None, "", "x", "all", "Anna García", "Ben Li; 王伟", "Valencia", "2025-05-12", "12/13/2025", "03/04/2025",
        "09:00", "25:00", -1, 0, 3.5, 45789.375, True, "=1+1", "#REF!", "{a: [", "a: 1", "id: Hall", ";;", "\u202eabc",
        dt.datetime(2025, 5, 12, 9), dt.date(2025, 5, 13), dt.time(9, 0, 30), "never", "like", "Europe/Paris", "e" * 300,
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_every_row_is_used_or_refused_whatever_the_cells_say(data):
    sheets = {title: [list(row) for row in rows] for title, rows in FULL.items()}
    for _ in range(data.draw(st.integers(1, 4))):
        title = data.draw(st.sampled_from(sorted(sheets)))
        row = data.draw(st.integers(0, len(sheets[title]) - 1))
        cells = sheets[title][row]
        column = data.draw(st.integers(0, max(0, len(cells) - 1) + (row == 0)))
        cells += [None] * (column + 1 - len(cells))
        cells[column] = data.draw(VALUES)
    contents = book(sheets)
    report, _ = outcome(contents, keep_going=True)
    for count in report.counts:
        refused = {row.row for row in report.refused if row.sheet == count.sheet}
        assert count.read == count.used + len(refused)
    strict, faults = outcome(contents)
    assert strict == report
    assert bool(report.refused) <= faults


def test_the_small_programme_is_read_the_same_each_time():
    assert load_workbook(book(SMALL)).instance == load_workbook(book(SMALL)).instance
