"""The description of sheets: no name means two things, each column stands for a key that there is."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain import City, DayRelation, Instance, Meeting, Room, Session, Talk, Transfer, Venue
from scheduler.reading.shape import bare, entries_of, is_model, type_at
from scheduler.sheets import READ_ME, SHEETS, Kind, Shape, folded, is_carried, joined, sheet, split

ENTRIES = {"venues": Venue, "transfers": Transfer, "talks": Talk, "locks": Meeting}
"""What an entry is, of sheets whose place does not say it."""
NOT_YET = {("meetings", "least"), ("meetings", "most")}


def entry_of(page):
    """Return the model of what a row of a sheet describes; None where it is no part of an instance."""
    if page.shape is Shape.SETTINGS:
        return Instance
    if page.name in ENTRIES:
        return ENTRIES[page.name]
    kind = type_at(Instance, page.place) if page.place else None
    return entries_of(kind)


def key_at(kind, path):
    for step in path:
        kind = entries_of(kind) or kind
        kind = type_at(kind, (step,)) if is_model(kind) else None
    return bare(kind) if kind is not None else None


COLUMNS = [(page, column) for page in SHEETS for column in page.columns if column.path is not None]


@pytest.mark.parametrize(("page", "column"), COLUMNS, ids=lambda each: each.name)
def test_a_column_stands_for_a_key_of_the_instance_file(page, column):
    entry = entry_of(page)
    if is_model(entry) and column.path not in NOT_YET:
        assert key_at(entry, column.path) is not None


@pytest.mark.parametrize("page", SHEETS, ids=lambda page: page.name)
def test_no_name_means_two_columns(page):
    names = [name for column in page.columns for name in {*map(folded, (column.name, *column.aliases))}]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_no_name_means_two_sheets():
    names = [name for page in SHEETS for name in {*map(folded, (page.name, *page.aliases))}]
    names += {folded(name) for name in READ_ME}
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("model", [Room, City, Meeting, Session, Talk, DayRelation])
def test_whatever_has_no_column_stands_in_more(model):
    page = next(
        page for page in SHEETS if entry_of(page) is model or (model is Room and page.name == "venues")
    )
    at = ("rooms",) if model is Room else ()
    keys = {
        column.path[len(at)]
        for column in page.columns
        if column.path and column.path[: len(at)] == at and column.path != at
    }
    has_more = any(column.kind is Kind.MORE for column in page.columns)
    assert has_more or {field.alias or name for name, field in model.model_fields.items()} <= keys


def test_sheets_and_columns_are_found_by_name():
    assert sheet("people").column("email").kind is Kind.EMAIL
    with pytest.raises(KeyError):
        sheet("peoples")
    with pytest.raises(KeyError):
        sheet("people").column("e-mail")


@pytest.mark.parametrize(
    ("written", "name"),
    [("Correo_Electrónico *", "correoelectronico"), (" E-Mail:", "email"), ("名前", "名前"), ("?!", "")],
)
def test_capitals_accents_spaces_and_punctuation_do_not_matter(written, name):
    assert folded(written) == name


@given(st.lists(st.text(max_size=20), max_size=5))
def test_several_texts_in_a_cell_come_apart_again(texts):
    assert split(joined(texts)) == texts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" ; ;", []),
        ("es;en", ["es", "en"]),
        ('"a;b" ; c', ["a;b", "c"]),
        ('say "hello"; b', ['say "hello"', "b"]),
        ('"open', ['"open']),
    ],
)
def test_what_people_write_comes_apart(text, found):
    assert split(text) == found


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("Anna", True),
        ("two\nlines", True),
        ("王伟 👩‍🔬", True),
        ("", False),
        (" a", False),
        ("a\u00a0", False),
        ("\x07", False),
        ("a\r\nb", False),
    ],
)
def test_what_a_cell_cannot_say(text, carried):
    assert is_carried(text) is carried
